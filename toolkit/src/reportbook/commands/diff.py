"""Two editions compared on request, with runs of now and with what was published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportbook.cache.run_or_recall import run_or_recall
from reportbook.cache.runs import Memory
from reportbook.commands.progress import Progress, RunPurpose
from reportbook.comparing.steps import compared, plan, states_of, step_tasks
from reportbook.errors import ReportError, listed
from reportbook.files.scratch import Scratch
from reportbook.report.project import Project
from reportbook.results.files import read_published
from reportbook.results.tried import edition_or_try
from reportbook.running.tasks import CELL_OUTPUT, CELL_TIMEOUT

_MOST_NAMED = 5  # numbers in a note


def diff(
    project: Project,
    old: str,
    new: str,
    *,
    jobs: int,
    timeout: int = CELL_TIMEOUT,
    output_limit: int = CELL_OUTPUT,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Compare two editions, or tries, by name; neither the project nor its site is written to.

    Returns
    -------
    What `comparing.steps.compared` gives.

    Raises
    ------
    ReportError
        If an edition does not exist, both are the same, or a notebook of either fails.
    """
    editions = {name: edition_or_try(project, name) for name in (old, new)}
    if old == new:
        raise ReportError(
            f"'{old}' would be compared with itself. Name two editions, the older first: "
            "'reportbook list' shows which there are."
        )
    progress = progress or Progress()
    published = read_published(project, old)
    made = plan(project, editions[old], editions[new], published)
    with Scratch() as scratch:
        tasks = step_tasks(project, made, scratch.path / "steps", (), timeout, output_limit)
        purposes = {
            task.output: RunPurpose(new, setting.address, made.step_of(setting))
            for setting, task in tasks.items()
        }
        progress.starts(len(tasks), 0)
        runs = run_or_recall(
            Memory(project.root, project.memory),
            tasks.values(),
            jobs=jobs,
            on_start=lambda task: progress.running(purposes[task.output]),
            on_end=lambda run: progress.ran(purposes[run.task.output], run),
        )
        states, notes = states_of(project, made, dict(zip(tasks, runs, strict=True)))
    if published is None:
        notes.append(f"'{old}' is not published: what changed code or data did to it is not seen.")
    notes += _stale(project, new, states[-1].results)
    return compared(project, made, states, notes)


def _stale(project: Project, new: str, fresh: Mapping[str, Any]) -> list[str]:
    """A note if the new edition was published with other numbers than a run of now gives."""
    published = read_published(project, new)
    if published is None:
        return [f"'{new}' is not published; its numbers here are those of a run of today."]
    moved = [
        name
        for name in dict.fromkeys((*published["numbers"], *fresh["numbers"]))
        if _shown(published["numbers"].get(name)) != _shown(fresh["numbers"].get(name))
    ]
    if not moved:
        return []
    more = f" and {len(moved) - _MOST_NAMED} more" if len(moved) > _MOST_NAMED else ""
    return [
        f"What is published as '{new}' is not what a run of today gives (otherwise in it: "
        f"{listed(moved[:_MOST_NAMED])}{more}). The comparison is with the run; "
        f"'reportbook build {new}' publishes it."
    ]


def _shown(record: Mapping[str, Any] | None) -> Any:
    return record and [record.get(key) for key in ("value", "low", "high", "text")]
