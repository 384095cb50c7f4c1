"""The one place that runs notebooks: papermill, in worker processes over the cores."""

from __future__ import annotations

import json
import multiprocessing
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportbook import observed
from reportbook.notebook_files import nbformat, read_notebook
from reportbook.publish import WANTS_PNG
from reportbook.records import code_cells

CELL_TIMEOUT = 600  # seconds a single cell may take
_STARTS = 5  # kernels of several notebooks may choose the same port; the one that loses ends


_SETTINGS = {
    "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this environment, not of the user's folder
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # the debugger warns from every kernel otherwise
}
_NOT_STARTED = "Kernel died before replying to kernel_info"
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LINE_IN_CELL = re.compile(r"Cell In\s*\[\d+\], line (\d+)|File <ipython-input[^>]*>:(\d+)")


@dataclass(frozen=True)
class Task:
    """A notebook to run: `source` is left as it is, what happened is written to `output`.

    With `pictures`, charts are also kept as PNG, for readers to take along. With `root`, the
    project's folder, what the run reads is observed.
    """

    source: Path
    output: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    timeout: int = CELL_TIMEOUT
    pictures: bool = False
    root: Path | None = None


@dataclass(frozen=True)
class Failure:
    """Why a notebook stopped.

    `cell` counts the code cells from the top, as JupyterLab numbers them when all are run, and
    `line` the lines of that cell; both are None where no cell is to blame.
    """

    error: str
    message: str
    cell: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = "" if self.cell is None else f"code cell {self.cell}"
        place += "" if self.line is None else f", line {self.line}"
        what = f"{self.error}: {self.message}" if self.error else self.message
        return f"{place}: {what}" if place else what


@dataclass(frozen=True)
class Run:
    """What became of a task.

    `observed` is what the run read, as `observed.Watch.found` tells it; None where nobody watched.
    A `remembered` run took place earlier: everything it depends on is as it was then.
    """

    task: Task
    seconds: float
    failure: Failure | None = None
    observed: Mapping[str, Any] | None = None
    remembered: bool = False


def run_notebook(
    source: Path,
    output: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: int = CELL_TIMEOUT,
    pictures: bool = False,
    root: Path | None = None,
) -> Run:
    """Run one notebook and write what happened to `output`, also if it failed.

    The working folder is the notebook's own, as in JupyterLab. No exception of the notebook
    comes out: it is the run's `failure`.
    """
    task = Task(Path(source), Path(output), dict(parameters or {}), timeout, pictures, root)
    started = time.perf_counter()
    for setting, value in _SETTINGS.items():
        os.environ.setdefault(setting, value)
    os.environ[WANTS_PNG] = "1" if pictures else ""  # kernels inherit it
    task.output.parent.mkdir(parents=True, exist_ok=True)
    task.output.unlink(missing_ok=True)
    seen = _watched(task)
    for _ in range(_STARTS):
        failure = _execute(task)
        if failure is None or failure.message != _NOT_STARTED:
            break
    return Run(task, time.perf_counter() - started, failure, _seen(seen))


def _watched(task: Task) -> Path | None:
    """Have the kernels to come write down what they read, and where they do."""
    seen = task.output.resolve().with_suffix(".observed.json") if task.root else None
    os.environ[observed.ROOT] = str(task.root or "")
    os.environ[observed.OUTPUT] = str(seen or "")
    if seen is not None:
        seen.unlink(missing_ok=True)
    return seen


def _seen(written: Path | None) -> dict[str, Any] | None:
    """What the kernel wrote down; None if it did not come to that."""
    try:
        return json.loads(written.read_text(encoding="utf-8")) if written else None
    except (OSError, ValueError):
        return None
    finally:
        if written:
            written.unlink(missing_ok=True)


def _execute(task: Task) -> Failure | None:
    import logging

    nbformat()  # before papermill imports it the slow way
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    # it warns of parameters its own reader does not see; ours has checked them
    logging.getLogger("papermill").setLevel(logging.ERROR)
    source = task.source.resolve()
    try:
        papermill.execute_notebook(
            source,
            task.output.resolve(),
            dict(task.parameters),
            cwd=source.parent,
            # the notebook's own kernel name may be of another machine; its language never differs
            kernel_name="python3",
            language="python",
            progress_bar=False,
            execution_timeout=task.timeout,
            # kernels warn, each, that they talk over local sockets
            extra_arguments=[
                "--IPKernelApp.log_level=50",
                f"--IPKernelApp.extra_extensions={observed.__name__}",
            ],
        )
    except papermill.PapermillExecutionError as error:
        trace = _COLOURS.sub("", "\n".join(error.traceback))
        found = _LINE_IN_CELL.search(trace)
        line = int(found[1] or found[2]) if found else None
        message = _COLOURS.sub("", error.evalue).strip()
        return Failure(error.ename, message, _failed_cell(task.output), line)
    except CellTimeoutError:
        return Failure(
            "",
            f"was still running after {task.timeout} seconds and was stopped",
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
    return None


def _failed_cell(executed: Path) -> int | None:
    """The last cell that was begun, for papermill stops at the first that fails."""
    if not executed.exists():
        return None
    begun = [
        number
        for number, cell in code_cells(read_notebook(executed))
        if cell.metadata.get("papermill", {}).get("start_time")
    ]
    return begun[-1] if begun else None


def run_all(
    tasks: Iterable[Task],
    *,
    jobs: int,
    on_start: Callable[[Task], None] = lambda task: None,
    on_end: Callable[[Run], None] = lambda run: None,
) -> list[Run]:
    """Run tasks in `jobs` worker processes; one that fails, or kills its worker, stops no other.

    Returns the runs in the order of the tasks. The two callbacks are called from threads, one at
    a time.
    """
    waiting: queue.SimpleQueue[tuple[int, Task]] = queue.SimpleQueue()
    ordered = list(tasks)
    for item in enumerate(ordered):
        waiting.put(item)
    runs: dict[int, Run] = {}
    talking = threading.Lock()
    stopped = threading.Event()

    def work() -> None:
        # one process per thread: a worker that is killed takes its own task with it, no more
        pool = _one_worker()
        try:
            while not stopped.is_set():
                try:
                    number, task = waiting.get_nowait()
                except queue.Empty:
                    return
                with talking:
                    on_start(task)
                started = time.perf_counter()
                try:
                    run = pool.submit(
                        run_notebook,
                        task.source,
                        task.output,
                        task.parameters,
                        timeout=task.timeout,
                        pictures=task.pictures,
                        root=task.root,
                    ).result()
                except BrokenProcessPool:
                    killed = Failure("", "the process that ran the notebook was killed")
                    run = Run(task, time.perf_counter() - started, killed)
                    pool = _one_worker()
                with talking:
                    runs[number] = run
                    on_end(run)
        finally:
            pool.shutdown(wait=not stopped.is_set(), cancel_futures=True)

    threads = [threading.Thread(target=work) for _ in range(max(1, min(jobs, len(ordered))))]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        stopped.set()
        raise
    return [runs[number] for number in range(len(ordered))]


def _one_worker() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
