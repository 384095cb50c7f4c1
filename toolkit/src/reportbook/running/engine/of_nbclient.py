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

from jupyter_core.utils import ensure_async, run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from reportbook.running.engine.client import ForkedKernelManager, TooMuchOutput

USED = {
    "nbclient.client:NotebookClient._async_cleanup_kernel":
        "ends the kernel; it is extended to end what still waits for that kernel, too: otherwise "
        "Python complains of tasks that were destroyed",
    "nbclient.client:NotebookClient._cleanup_kernel":
        "is what is called in a program that is not asynchronous, and must be the same",
    "nbclient.client:NotebookClient.create_kernel_manager":
        "is replaced: gives the manager of the forked kernel; under another name, an ordinary "
        "kernel would be started, five times as slowly",
    "nbclient.client:NotebookClient.async_execute_cell":
        "runs one cell; it is extended to begin the count of the cell's output",
    "nbclient.client:NotebookClient.execute_cell":
        "is what is called in a program that is not asynchronous, and must be the same",
    "nbclient.client:NotebookClient.process_message":
        "is given all that a cell writes; without it output would have no limit",
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


class LimitedNotebookClient(NotebookClient):
    """nbclient's client on an ordinary kernel, which stops a cell that writes too much.

    Parameters
    ----------
    output_limit
        The characters that a cell may write; None for any number.
    """

    def __init__(self, nb: Any, output_limit: int | None = None, **more: Any) -> None:
        super().__init__(nb, **more)
        self._output_limit, self._written = output_limit, 0
        self._ending: asyncio.Future[Any] | None = None

    @property
    def _wrote_too_much(self) -> bool:
        return self._output_limit is not None and self._written > self._output_limit

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Take what a cell says, as long as it is not too much."""
        content = msg["content"]
        self._written += len(content["text"] if "text" in content else str(content))
        if self._wrote_too_much:
            if self._ending is None:
                self._ending = asyncio.ensure_future(self._end_at_once())
            return None
        return super().process_message(msg, cell, cell_index)

    async def async_execute_cell(self, *given: Any, **more: Any) -> Any:
        """Run a cell.

        Raises
        ------
        TooMuchOutput
            If it writes more than it may. Its kernel is ended.
        """
        self._written = 0
        try:
            return await super().async_execute_cell(*given, **more)
        except (DeadKernelError, CellTimeoutError):  # it may wait for more output after the reply
            if self._output_limit is None or self._ending is None:
                raise
            await self._ending
            raise TooMuchOutput(self._output_limit) from None

    async def _end_at_once(self) -> None:
        if self.km is not None:
            await ensure_async(self.km.shutdown_kernel(now=True))

    execute_cell = run_sync(async_execute_cell)
