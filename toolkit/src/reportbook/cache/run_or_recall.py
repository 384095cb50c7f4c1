"""The one way to have notebooks run: what is remembered and fresh is taken, the rest is run."""

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
    """The runs of tasks, in their order; those that succeed are remembered as they end.

    Parameters
    ----------
    force
        Run all anew.
    may_run
        Where it says no, a task that is not fresh is not run: its failure says why it would be.
    run_all
        What runs those that are not fresh: `execution.run_all`, or a cluster's.

    Notes
    -----
    Tasks that are the same but for where their output goes are run once.
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
            reasons = memory.stale(task) or ["to be run anew"]
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
    """A task that would have to be run, and was not to be."""


def _as(run: Run, task: Task, on_end: Callable[[Run], None]) -> Run:
    """What became of a task, if another with the same content was run in its stead."""
    if run.task.output == task.output:
        return run
    if run.task.output.exists():
        task.output.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(run.task.output, task.output)
    same = replace(run, task=task, remembered=run.failure is None)
    on_end(same)
    return same
