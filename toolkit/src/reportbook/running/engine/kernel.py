"""In a forked child: an IPython kernel that talks over the child's socket.

It is ipykernel's own kernel, shell, streams and message format, so that a notebook finds everything
it would find in a kernel of its own; only the ways in and out are other: one socket in place of
five, no connection file, no heartbeat.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import threading
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import DottedObjectName, Float

from reportbook.running.engine.streams import Publisher, Stream
from reportbook.running.engine.wire import Wire

SHELL, IOPUB = 0, 1
_COLLECTIONS = (20_000, 20, 50)  # what a notebook makes mostly stays: to look for waste is waste


class _Outlet:
    """Stands where ipykernel has a ZeroMQ socket to send on."""

    def __init__(self, wire: Wire, channel: int, context: zmq.Context) -> None:
        self._wire, self._channel, self.context = wire, channel, context

    def send_multipart(self, parts: list[Any], flags: int = 0, copy: bool = True, **_: Any) -> None:
        # an interrupt comes before or after a message: half of one could not be taken back
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._wire.send(self._channel, [bytes(memoryview(part)) for part in parts])
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def close(self) -> None: ...


class ForkedKernel(IPythonKernel):
    """ipykernel's kernel without what only a user at a screen needs."""

    shell_stream = AnyTrait()
    shell_channel_thread = AnyTrait()
    _execute_sleep = Float(0)  # a flush is over when it returns: there is nothing to wait for

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def start(self) -> None:
        self.io_loop = IOLoop.current()
        self.shell.exit_now = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """One request at a time is sent, so none is waiting when a cell fails."""


class ForkedKernelApp(IPKernelApp):
    """ipykernel's application over a `Wire`."""

    wire = AnyTrait()
    outstream_class = DottedObjectName(f"{Stream.__module__}.{Stream.__name__}")

    def init_connection_file(self) -> None: ...

    def init_poller(self) -> None: ...

    def init_heartbeat(self) -> None: ...

    def write_connection_file(self, **_: Any) -> None: ...

    def log_connection_info(self) -> None: ...

    def init_sockets(self) -> None:
        self.session.key = b""  # nobody else has this socket
        self.context = zmq.Context()
        self.configure_tornado_logger()
        self.iopub_socket = _Outlet(self.wire, IOPUB, self.context)
        self.iopub_thread = Publisher(self.iopub_socket, pipe=True, session=self.session)
        self.iopub_thread.start()

    def init_kernel(self) -> None:
        self.kernel = ForkedKernel.instance(
            parent=self,
            session=self.session,
            shell_stream=_Outlet(self.wire, SHELL, self.context),
            # asked for the thread that cells run in
            shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


def main(connection: socket.socket, arguments: list[str]) -> None:
    """Be a kernel until a message of no parts asks for the end, or the other side is gone."""
    gc.set_threshold(*_COLLECTIONS)
    app = ForkedKernelApp.instance()
    app.wire = Wire(connection)
    app.initialize(arguments)
    asyncio.run(_serve(app))


async def _serve(app: ForkedKernelApp) -> None:
    app.kernel.start()
    loop = asyncio.get_running_loop()
    requests: asyncio.Queue[list[bytes]] = asyncio.Queue()

    def read() -> None:
        # in a thread, for a cell may keep the loop from running
        while (message := app.wire.receive()) is not None:
            loop.call_soon_threadsafe(requests.put_nowait, message[1])
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=read, name="Wire", daemon=True).start()
    while parts := await requests.get():
        await app.kernel.dispatch_shell([zmq.Frame(part) for part in parts])
