"""The one way to have notebooks run: fresh runs are recalled from memory, the others are run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from reportbook.cache.runs import Memory
from reportbook.running.execution import run_all
from reportbook.running.tasks import Failure, Run, Task


def run_or_recall(
    memory: Memory,
    tasks: Iterable[Task],
    *,
    jobs: int,
    force: bool = False,
    may_run: Callable[[Task], bool] = lambda task: True,
    run_all: Callable[..., list[Run]] = run_all,
    on_start: Callable[[Task], None] = lambda task: None,
    on_end: Callable[[Run], None] = lambda run: None,
) -> list[Run]:
    """Recall or run tasks; the runs are in the order of the tasks.

    A run that succeeds is remembered as soon as it ends.

    Parameters
    ----------
    force
        Run all anew.
    may_run
        Says whether a task that is not fresh may be run. If not, its run has the failure `NotRun`
        with the reasons why it is not fresh.
    run_all
        Runs the tasks that are not fresh: `execution.run_all`, or the same on a cluster.
    on_start, on_end
        Are told of each task that begins to run, and of each run that ended or was recalled.

    Notes
    -----
    Tasks that differ only in where their output goes are run once, and the output is copied.
    """
    ordered = [replace(task, root=memory.root) for task in tasks]
    first: dict[object, Task] = {}
    for task in ordered:
        first.setdefault(memory.key(task) or task.output, task)
    done: dict[object, Run] = {}
    waiting: dict[object, Task] = {}
    for key, task in first.items():
        run = None if force else memory.recall(task)
        if run is None and not may_run(task):
            reasons = memory.stale(task) or ["its remembered run cannot be used"]
            run = Run(task, 0.0, NotRun("", f"not run: {'; '.join(reasons)}"))
        if run is None:
            waiting[key] = task
        else:
            done[key] = run
            on_end(run)

    kept: dict[Path, Run] = {}

    def ended(run: Run) -> None:
        kept[run.task.output] = run = replace(run, identity=memory.remember(run))
        on_end(run)

    runs = run_all(waiting.values(), jobs=jobs, on_start=on_start, on_end=ended)
    done.update((key, kept[run.task.output]) for key, run in zip(waiting, runs, strict=True))
    return [_as(done[memory.key(task) or task.output], task, on_end) for task in ordered]


class NotRun(Failure):
    """The task is not fresh, and the caller did not allow it to be run."""


def _as(run: Run, task: Task, on_end: Callable[[Run], None]) -> Run:
    """The run of a task, from the run of one that differs only in where its output goes."""
    if run.task.output == task.output:
        return run
    if run.task.output.exists():
        task.output.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(run.task.output, task.output)
    same = replace(run, task=task, remembered=run.failure is None)
    on_end(same)
    return same
