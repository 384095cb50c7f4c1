"""The papermill engine ``reportbook``: papermill's own client on forked kernels.

It is found by its entry point, so ``papermill --engine reportbook`` uses it, too. papermill imports
this module while it is itself being imported: what needs all of papermill is imported later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager

from reportbook.running.engine.client import ForkedKernelManager, TooMuchOutput
from reportbook.running.engine.own_kernel import is_own
from reportbook.running.engine.warm import can_fork, for_notebooks_in

_KEPT = 100_000  # characters of what was printed too much: nobody reads on


class WarmEngine(NBClientEngine):
    """Runs a notebook in a clean child of a warm process; in an ordinary kernel without fork.

    A notebook that asks for a kernel other than this environment's own Python gets that one.

    Of the settings it takes besides papermill's own, `kernel` is a forked kernel that was started
    already, so that it makes itself ready while papermill reads the notebook; `folder` and
    `environment` are the kernel's, if it is to be started and they are not to be this process's. A
    cell that writes more than `output_limit` bytes of output is stopped by `TooMuchOutput`.
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
        from reportbook.running.engine.of_papermill import Account

        account = Account(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )
        account.notebook_start()
        try:
            cls.execute_managed_notebook(account, kernel_name, log_output=log_output, **given)
        except BaseException as error:
            account.cleanup_pbar()  # before the account is closed, which would set it to its end
            if isinstance(error, TooMuchOutput):
                _shorten(account.nb)
            account.notebook_complete()
            account.save_now()
            raise
        account.cleanup_pbar()
        account.notebook_complete()
        return account.nb

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
        output_limit: int | None = None,
        **given: Any,
    ) -> Any:
        """As papermill's own, on a forked kernel where that is what was asked for."""
        from reportbook.running.engine.of_papermill import Client, PlainClient, settings_of_client

        settings = settings_of_client(
            given,
            kernel_name=kernel_name,
            start_timeout=start_timeout,
            execution_timeout=execution_timeout,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        if kernel or (can_fork() and is_own(kernel_name)):
            manager = kernel or ForkedKernelManager(for_notebooks_in(folder or Path.cwd()).address)
            manager.output_limit = output_limit
            client = Client(nb_man, manager=manager, **settings)
        else:
            client = PlainClient(nb_man, output_limit, **settings)
        of_kernel = {"cwd": folder and str(folder), "env": environment and dict(environment)}
        return client.execute(**{key: value for key, value in of_kernel.items() if value})


def _shorten(notebook: Any) -> None:
    """Keep the beginning of what was printed: a notebook file takes many times its memory."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            text = output.get("text", "")
            if len(text) > _KEPT:
                output["text"] = f"{text[:_KEPT]}\n… and {len(text) - _KEPT:,} characters more\n"
