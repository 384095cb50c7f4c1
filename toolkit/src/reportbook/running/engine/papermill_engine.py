"""The papermill engine ``reportbook``: papermill's own client on forked kernels.

It is found by its entry point, so ``papermill --engine reportbook`` uses it, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from reportbook.running.engine.client import ForkedKernelManager
from reportbook.running.engine.preload import STACK
from reportbook.running.engine.warm import can_fork, shared

NAME = "reportbook"


class _Client(PapermillNotebookClient):
    """papermill's client, with the forked kernel of a manager."""

    def __init__(self, *given: Any, manager: ForkedKernelManager, **more: Any) -> None:
        super().__init__(*given, **more)
        self._manager = manager

    def create_kernel_manager(self) -> Any:
        self.km = self._manager
        return self.km

    async def _async_cleanup_kernel(self) -> None:
        try:
            await super()._async_cleanup_kernel()
        finally:
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()  # they wait for a kernel that was stopped or died
            await asyncio.sleep(0)

    _cleanup_kernel = run_sync(_async_cleanup_kernel)


class _Manager(NotebookExecutionManager):
    """Keeps the account of a run; writes it to disk now and then instead of twice a cell."""

    def save(self, **given: Any) -> None:
        since = (self.now() - self.last_save_time).total_seconds()
        if self.autosave_cell_every and since >= self.autosave_cell_every:
            super().save(**given)

    def save_now(self) -> None:
        super().save()


class WarmEngine(NBClientEngine):
    """Runs a notebook in a clean child of a warm process, or in an ordinary kernel without fork.

    Of the settings it takes besides papermill's own, `kernel` is a forked kernel that was started
    already, so that it makes itself ready while papermill reads the notebook; `folder` and
    `environment` are the kernel's, if it is to be started and they are not to be this process's.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: Any = True,
        log_output: bool = False,
        autosave_cell_every: float = 30,
        **given: Any,
    ) -> Any:
        """As papermill's own; papermill writes the notebook itself unless an exception comes."""
        manager = _Manager(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **given)
        except BaseException:
            manager.notebook_complete()
            manager.save_now()
            raise
        manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: float = 60,
        execution_timeout: float | None = None,
        kernel: ForkedKernelManager | None = None,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        **given: Any,
    ) -> Any:
        settings = merge_kwargs(
            remove_args(["input_path", "timeout", "startup_timeout"], **given),
            timeout=execution_timeout if execution_timeout else given.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        if can_fork():
            manager = kernel or ForkedKernelManager(shared(STACK).address)
            client = _Client(nb_man, manager=manager, **settings)
        else:
            client = PapermillNotebookClient(nb_man, **settings)
        of_kernel = {"cwd": folder and str(folder), "env": environment and dict(environment)}
        return client.execute(**{key: value for key, value in of_kernel.items() if value})
