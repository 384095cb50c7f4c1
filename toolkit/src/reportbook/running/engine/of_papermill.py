"""The parts of papermill that are not documented for others, and what is made of them here.

`USED` names each part that a new version of papermill may move without notice. A test asks whether
each is still there; `pyproject.toml` keeps papermill below the next version that could move one.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager
from papermill.iorw import papermill_io
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from reportbook.running.engine.of_nbclient import ForkedNotebookClient, LimitedNotebookClient

USED = {
    "papermill.clientwrap:PapermillNotebookClient":
        "runs the cells and keeps papermill's account of each",
    "papermill.clientwrap:PapermillNotebookClient.execute_cell":
        "is extended to write the notebook while a cell takes its time; under another name, what "
        "was done would be lost when the process is killed",
    "papermill.engines:NotebookExecutionManager.save":
        "is replaced: writes the notebook now and then; under another name, a run takes longer, "
        "for it is written twice a cell",
    "papermill.engines:NotebookExecutionManager.last_save_time":
        "tells when the notebook was last written",
    "papermill.engines:NotebookExecutionManager.cleanup_pbar":
        "leaves the progress bar where the run has come to; otherwise it would stand at its end",
    "papermill.engines:NotebookExecutionManager.now":
        "is the time by the same clock",
    "papermill.engines:NotebookExecutionManager.notebook_complete":
        "closes the account of a run",
    "papermill.iorw:LocalHandler.cwd":
        "forgets the working folder; otherwise a later run in the same process would be told one "
        "that is gone",
    "papermill.iorw:papermill_io":
        "keeps the one object whose working folder it is",
    "papermill.log:logger":
        "is what papermill's own engine hands its client",
    "papermill.utils:merge_kwargs":
        "puts settings of the engine before those of the caller, as papermill's own engine does",
    "papermill.utils:remove_args":
        "leaves out settings that the client does not take, as papermill's own engine does",
}  # fmt: skip

_SECONDS_UNWRITTEN = 0.25
_PAUSE_AFTER_WRITE = 3  # times as long as it took: writing is a quarter of a run's time at most
__all__ = ["Account", "Client", "PlainClient", "forget_working_folder", "settings_of_client"]


class _WritingClient(NotebookClient):
    """A client that has the notebook written while a cell takes its time."""

    nb_man: Account

    async def async_execute_cell(self, *given: Any, **more: Any) -> Any:
        """Run a cell; if it is not done soon, what was done before it is written to disk."""
        writing = asyncio.get_running_loop().call_later(self.nb_man.until_due, self._write)
        try:
            return await super().async_execute_cell(*given, **more)
        finally:
            writing.cancel()

    execute_cell = run_sync(async_execute_cell)

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # the end of the run tells of a full disk
            self.nb_man.save_now()


class PlainClient(_WritingClient, LimitedNotebookClient, PapermillNotebookClient):
    """papermill's client, on an ordinary kernel."""


class Client(_WritingClient, ForkedNotebookClient, PapermillNotebookClient):
    """papermill's client, on the forked kernel of a manager."""


class Account(NotebookExecutionManager):
    """Keeps the account of a run, and writes it to disk less often than twice a cell.

    Whatever ends this process, what was done a second before is on disk; of a notebook so large
    that writing it takes its time, what was done three times as long before.
    """

    _unwritten = _SECONDS_UNWRITTEN

    @property
    def until_due(self) -> float:
        """In how many seconds the notebook may be written again, while a cell takes its time."""
        since: float = (self.now() - self.last_save_time).total_seconds()
        return max(_SECONDS_UNWRITTEN, self._unwritten - since)

    def save(self, **given: Any) -> None:
        """Write the notebook if the last time is a while ago."""
        if (self.now() - self.last_save_time).total_seconds() >= self._unwritten:
            self.save_now()

    def save_now(self) -> None:
        """Write the notebook."""
        began = self.now()
        super().save()
        took = (self.now() - began).total_seconds()
        self._unwritten = max(_SECONDS_UNWRITTEN, _PAUSE_AFTER_WRITE * took)


def settings_of_client(
    given: dict[str, Any],
    *,
    kernel_name: str,
    start_timeout: float,
    execution_timeout: float | None,
    **more: Any,
) -> dict[str, Any]:
    """What papermill's own engine makes of its settings for its client."""
    settings: dict[str, Any] = merge_kwargs(
        remove_args(["input_path", "timeout", "startup_timeout"], **given),
        timeout=execution_timeout if execution_timeout else given.get("timeout"),
        startup_timeout=start_timeout,
        kernel_name=kernel_name,
        log=logger,
        **more,
    )
    return settings


def forget_working_folder() -> None:
    """papermill keeps, for all threads, the folder that one of them saw as the working folder."""
    papermill_io.get_handler("local").cwd(None)
