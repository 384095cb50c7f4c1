"""The one place that runs notebooks: papermill, on our engine, over the cores."""

from __future__ import annotations

import builtins
import json
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from reportbook.files.notebooks import nbformat, plain_text, read_notebook, read_plain
from reportbook.report.contents import NOTEBOOK
from reportbook.results.publishing import WANTS_PNG
from reportbook.results.records import code_cells
from reportbook.running import watch
from reportbook.running.engine.preload import KERNEL
from reportbook.running.engine.warm import WarmProcess, can_fork, end_shared, for_notebooks_in
from reportbook.running.environment import digest_of_variable, digest_of_variables, of_no_user
from reportbook.running.tasks import CELL_TIMEOUT, Failure, Run, Task

_MEGABYTE = 1_000_000
_STARTS = 5  # kernels of several notebooks may choose the same port; the one that loses ends


_SETTINGS = {
    "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this environment, not of the user's folder
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # the debugger warns from every kernel otherwise
}
_OF_THE_KERNEL = (
    "--IPKernelApp.log_level=50",  # kernels warn, each, that they talk over local sockets
    f"--IPKernelApp.extra_extensions={watch.__name__}",
    "--HistoryManager.hist_file=:memory:",  # as nbclient has it
)
RAISES, MARK = "raises-exception", "papermill-error-cell-tag"  # nbclient's tag, papermill's
ENGINE = "reportbook"  # papermill finds it by its entry point
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LINE_IN_CELL = re.compile(r"Cell In\s*\[\d+\], line (\d+)|File <ipython-input[^>]*>:(\d+)")
_LINE_IN_MODULE = re.compile(r"^File (?P<path>\S.*?\.py):(?P<line>\d+)", re.MULTILINE)
_OF_OTHERS = {".venv", "site-packages"}


def run_notebook(
    source: Path,
    output: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: int = CELL_TIMEOUT,
    pictures: bool = False,
) -> Run:
    """Run one notebook and write what happened to `output`, also if it failed.

    The working folder is the notebook's own, as in JupyterLab. No exception of the notebook
    comes out: it is the run's `failure`.
    """
    task = Task(Path(source), Path(output), dict(parameters or {}), timeout, pictures)
    return run_all([task], jobs=1)[0]


def _run(task: Task) -> Run:
    started = time.perf_counter()
    task.output.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(_STARTS):
        warm = _warm(task) if can_fork() else None
        failure = _execute(task, warm)
        if failure is None or not _was_not_started(failure):
            break
    if failure and warm and warm.has_ended:
        # another notebook may have ended it: run this one again where no other can do so
        with WarmProcess(KERNEL, settings=of_no_user()) as alone:
            failure = _execute(task, alone)
    return Run(task, time.perf_counter() - started, failure, _seen(task))


def _warm(task: Task) -> WarmProcess:
    return for_notebooks_in(task.source.resolve().parent, of_no_user())


def _watching(task: Task) -> dict[str, str]:
    """What tells a kernel to watch what the run reads, and where to write that down."""
    if task.root is None:
        return {}
    return {watch.ROOT: str(task.root), watch.OUTPUT: str(_seen_in(task))}


def _seen_in(task: Task) -> Path:
    return task.output.resolve().with_suffix(".observed.json")


def _seen(task: Task) -> dict[str, Any] | None:
    """What the kernel wrote down; None if it ended before it wrote anything."""
    if task.root is None:
        return None
    written = _seen_in(task)
    try:
        seen: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        return _with_what_was_given(seen)
    except (OSError, ValueError):
        return None
    finally:
        written.unlink(missing_ok=True)


def _with_what_was_given(seen: dict[str, Any]) -> dict[str, Any]:
    """What a run read, with the variables as they are here: what it was given, and can be again.

    Its kernel sets some for itself, and so may its cells: those it would find again, too.
    """
    variables = {name: digest_of_variable(name) for name in seen["variables"]}
    everything = digest_of_variables() if seen.pop("lists_variables") else None
    return {**seen, "variables": variables, "all_variables": everything}


def _execute(task: Task, warm: WarmProcess | None) -> Failure | None:
    import logging

    nbformat()  # before papermill imports it the slow way
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from reportbook.running.engine.client import ForkedKernelManager, TooMuchOutput

    # it warns of parameters its own reader does not see; ours has checked them
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    source = task.source.resolve()
    task.output.unlink(missing_ok=True)
    _seen_in(task).unlink(missing_ok=True)
    environment = {
        **_SETTINGS,
        **os.environ,
        **of_no_user(),
        WANTS_PNG: "1" if task.pictures else "",
        **_watching(task),
    }
    kernel = ForkedKernelManager(warm.address, lent=True) if warm else None
    try:
        if kernel is not None:  # it makes itself ready while papermill reads the notebook
            kernel.start_kernel(_OF_THE_KERNEL, str(source.parent), environment)
        papermill.execute_notebook(
            source if source.suffix == NOTEBOOK else read_notebook(source),
            task.output.resolve(),
            dict(task.parameters),
            engine_name=ENGINE,
            # the notebook's own kernel name may be of another machine; its language never differs
            kernel_name="python3",
            language="python",
            progress_bar=False,
            execution_timeout=task.timeout,
            extra_arguments=list(_OF_THE_KERNEL),
            output_limit=task.output_limit * _MEGABYTE,
            kernel=kernel,
            folder=source.parent,
            environment=environment,
        )
    except papermill.PapermillExecutionError as error:
        if _was_asked_for(task.output):
            return None
        trace = _COLOURS.sub("", "\n".join(error.traceback))
        found = _LINE_IN_CELL.search(trace)
        line = int(found[1] or found[2]) if found else None
        message = _COLOURS.sub("", error.evalue).strip()
        module = _module_at_fault(error.ename, trace, task)
        return Failure(error.ename, message, _failed_cell(task.output), line, module)
    except CellTimeoutError:
        return Failure(
            "",
            f"was still running after {task.timeout} seconds and was stopped",
            _failed_cell(task.output),
        )
    except TooMuchOutput:
        return Failure(
            "",
            f"wrote more than {task.output_limit} MB of output and was stopped ('--output-limit' "
            "allows more)",
            _failed_cell(task.output),
        )
    except DeadKernelError:
        return Failure(
            "",
            "the kernel died (killed from outside, out of memory, or a crash in compiled code)",
            _failed_cell(task.output),
        )
    except Exception as error:  # a kernel that does not start, a disk that is full: contained
        return Failure(type(error).__name__, str(error).rstrip("."))
    finally:
        if kernel is not None:
            kernel.end()
    return None


def _module_at_fault(error: str, trace: str, task: Task) -> str:
    """The last place in the report's own modules that a traceback names, with its line.

    Empty where there is none, and for an error that was raised to be read: one of the report's own
    kinds, or a ``ValueError``.
    """
    if error == "ValueError" or not hasattr(builtins, error) or task.root is None:
        return ""
    root = task.root.resolve()
    for found in reversed([*_LINE_IN_MODULE.finditer(trace)]):
        path = Path(found["path"]).expanduser()
        if path.is_relative_to(root) and not _OF_OTHERS & set(path.relative_to(root).parts):
            return f"{path.relative_to(root).as_posix()}, line {found['line']}"
    return ""


def _was_not_started(failure: Failure) -> bool:
    from reportbook.running.engine.of_nbclient import NOT_STARTED

    return failure.message == NOT_STARTED


def _forget_working_folder() -> None:
    from reportbook.running.engine.of_papermill import forget_working_folder

    forget_working_folder()


def _was_asked_for(executed: Path) -> bool:
    """Whether only cells raised that are tagged to do so. Then papermill's own marks are taken out.

    papermill runs on after such a cell, and says at the end that the notebook failed.
    """
    notebook = read_plain(executed)
    raised = [cell for cell in notebook["cells"] if _raised(cell)]
    if not all(RAISES in (cell["metadata"].get("tags") or ()) for cell in raised):
        return False
    authors = [cell for cell in notebook["cells"] if MARK not in cell["metadata"].get("tags", ())]
    executed.write_text(plain_text({**notebook, "cells": authors}), encoding="utf-8")
    return bool(raised)


def _raised(cell: Mapping[str, Any]) -> bool:
    said = any(output["output_type"] == "error" for output in cell.get("outputs", ()))
    return said or cell["metadata"].get("papermill", {}).get("exception") is True


def _failed_cell(executed: Path) -> int | None:
    """The last cell that was begun, for papermill stops at the first that fails."""
    if not executed.exists():
        return None
    begun = [
        number
        for number, cell in code_cells(read_plain(executed))
        if cell["metadata"].get("papermill", {}).get("start_time")
    ]
    return begun[-1] if begun else None


def run_all(
    tasks: Iterable[Task],
    *,
    jobs: int,
    on_start: Callable[[Task], None] = lambda task: None,
    on_end: Callable[[Run], None] = lambda run: None,
) -> list[Run]:
    """Run tasks, `jobs` at a time; one that fails, or kills its kernel, stops no other.

    Returns the runs in the order of the tasks. The two callbacks are called from threads, one at
    a time.
    """
    ordered = list(tasks)
    if not ordered:  # to import papermill takes a second
        return []
    waiting: queue.SimpleQueue[tuple[int, Task]] = queue.SimpleQueue()
    for item in enumerate(ordered):
        waiting.put(item)
    runs: dict[int, Run] = {}
    talking = threading.Lock()
    stopped = threading.Event()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            take_turns()
        except BaseException as error:  # of a callback: a notebook's own never comes out
            failed.append(error)
            stopped.set()

    def take_turns() -> None:
        while not stopped.is_set():
            try:
                number, task = waiting.get_nowait()
            except queue.Empty:
                return
            with talking:
                on_start(task)
            run = _run(task)
            with talking:
                runs[number] = run
                on_end(run)

    # the work is done in the kernels' processes; what is left here is waiting for them
    threads = [
        threading.Thread(target=work, daemon=True) for _ in range(max(1, min(jobs, len(ordered))))
    ]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]
    except BaseException:
        stopped.set()
        end_shared()  # and with them every kernel that is at work
        raise
    finally:
        _forget_working_folder()
    return [runs[number] for number in range(len(ordered))]
