"""The kernel provisioner ``reportbook``: an ordinary kernel, forked instead of started.

For whoever drives kernels by jupyter_client (nbclient, nbval, jupyter-book). It is chosen by
``JUPYTER_DEFAULT_PROVISIONER_NAME=reportbook``; kernels other than this environment's own Python
are started as ever.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from reportbook.running.engine import of_matplotlib
from reportbook.running.engine.own_kernel import LAUNCHER, arguments_of
from reportbook.running.engine.warm import Child, can_fork, for_notebooks_in, fork


class _Process:
    """A forked child where jupyter_client expects a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, child: Child) -> None:
        self._child, self.pid = child, child.pid

    def poll(self) -> int | None:
        return 0 if self._child.has_ended else None

    def wait(self) -> int:
        self._child.wait()
        self._child.connection.close()
        return 0

    def send_signal(self, number: int) -> None:
        self._child.signal(number)

    def terminate(self) -> None:
        self._child.signal(signal.SIGTERM)

    def kill(self) -> None:
        self._child.signal(signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Launches this environment's Python kernel as a child of a warm process."""

    async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
        arguments = arguments_of(cmd)
        if arguments is None or not can_fork():
            return await super().launch_kernel(cmd, **given)
        environment = dict(given.get("env") or os.environ)
        environment.pop("JPY_PARENT_PID", None)  # the kernel's parent is another process than ours
        child = fork(
            for_notebooks_in(Path(given.get("cwd") or Path.cwd())).address,
            f"{__name__}:_be_a_kernel",
            arguments,
            folder=given.get("cwd") or None,
            environment=environment,
        )
        # the library's type asks for a `Popen`, of which it uses no more than this has
        self.process = _Process(child)  # type: ignore[assignment]
        self.pid = self.pgid = child.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait until the kernel has ended; jupyter_client's own looks every tenth of a second."""
        while await self.poll() is None:
            await asyncio.sleep(0.005)
        return await super().wait()


def _be_a_kernel(connection: socket.socket, arguments: list[str]) -> None:
    """In the child: the kernel that the command would have started, ended with its client."""
    import threading

    from ipykernel.kernelapp import IPKernelApp

    of_matplotlib.hide()

    def watch() -> None:
        connection.recv(1)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
    sys.argv[:] = [LAUNCHER, *arguments]
    IPKernelApp.launch_instance(arguments)
