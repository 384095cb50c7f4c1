"""The parts of nbclient, and of jupyter_client below it, that are not documented for others.

nbclient starts, drives and ends a kernel by a kernel manager and a kernel client. It is given ones
that speak with a forked kernel (`client`). They have what nbclient asks of such objects today; a
test looks through nbclient's source for anything else.

`USED` names each part that a new version may move without notice. A test asks whether each is still
there; `pyproject.toml` keeps both libraries below the next version that could move one.
"""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_core.utils import run_sync
from nbclient import NotebookClient

from reportbook.running.engine.client import ForkedKernelManager

USED = {
    "nbclient.client:NotebookClient._async_cleanup_kernel":
        "ends the kernel; it is extended to end what still waits for that kernel, too: otherwise "
        "Python complains of tasks that were destroyed",
    "nbclient.client:NotebookClient._cleanup_kernel":
        "is what is called in a program that is not asynchronous, and must be the same",
    "nbclient.client:NotebookClient.create_kernel_manager":
        "is replaced: gives the manager of the forked kernel; under another name, an ordinary "
        "kernel would be started, five times as slowly",
    "jupyter_client.client:KernelClient.shell_channel":
        "is replaced: what is sent goes over the one socket there is",
    "jupyter_client.client:KernelClient.iopub_channel":
        "is replaced, for the same reason",
    "jupyter_client.client:KernelClient._async_wait_for_ready":
        "says `NOT_STARTED`; in other words, a kernel that lost a port to another one would not "
        "be started again",
}  # fmt: skip

NOT_STARTED = "Kernel died before replying to kernel_info"


class ForkedNotebookClient(NotebookClient):
    """nbclient's client on the forked kernel of a manager."""

    def __init__(self, *given: Any, manager: ForkedKernelManager, **more: Any) -> None:
        super().__init__(*given, **more)
        self._manager = manager

    def create_kernel_manager(self) -> Any:
        """The manager this was made with."""
        self.km: Any = self._manager  # not nbclient's own class, but all that it asks of one
        return self.km

    async def _async_cleanup_kernel(self) -> None:
        try:
            await super()._async_cleanup_kernel()
        finally:
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()  # they wait for a kernel that was stopped or died
            await asyncio.sleep(0)

    _cleanup_kernel = run_sync(_async_cleanup_kernel)
