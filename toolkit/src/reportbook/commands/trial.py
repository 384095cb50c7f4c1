"""What a table would change if it were taken: its rows, and the numbers that readers see."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportbook.cache.run_or_recall import run_or_recall
from reportbook.cache.runs import Memory
from reportbook.commands.accept import moves
from reportbook.comparing.copies import copy_without_data
from reportbook.errors import ReportError
from reportbook.files.notebooks import read_plain
from reportbook.files.scratch import Scratch
from reportbook.report.project import Project, load_project
from reportbook.results.records import Published, read_records
from reportbook.running.execution import run_all
from reportbook.running.tasks import CELL_TIMEOUT, Run, Task
from reportbook.snapshots.changes import Changes, changes_of
from reportbook.snapshots.producers import Reading
from reportbook.snapshots.taking import Provenance, refuse_fall, take


@dataclass(frozen=True, slots=True)
class Trial:
    """What taking a reading would change.

    Attributes
    ----------
    reading : Reading
    refusal : str
        Why it would be refused unless a fall is accepted; ``""`` if it would not.
    changes : Changes
    moved : sequence of str
        The published numbers that would move, a line each, with the defaults of the notebooks.
    failures : sequence of str
        Notebooks that would fail or fail now: of their numbers nothing is known.
    """

    reading: Reading
    refusal: str
    changes: Changes
    moved: Sequence[str]
    failures: Sequence[str]


def trial_of(
    project: Project,
    reading: Reading,
    whence: Provenance,
    *,
    jobs: int = 1,
    timeout: int = CELL_TIMEOUT,
) -> Trial:
    """Take a reading in a copy of the project, and run its notebooks in both; nothing is changed.

    Raises
    ------
    ReportError
        If it cannot be taken at all.
    """
    refusal = ""
    try:
        refuse_fall(project, reading, extends=whence.extends)
    except ReportError as fall:
        refusal = str(fall)
    changes = changes_of(project, reading, extends=whence.extends)
    if not (changes.added or changes.removed or changes.revised):
        return Trial(reading, refusal, changes, (), ())
    pages = [page for page in project.notebooks if not page.is_text]
    with Scratch() as scratch:
        copy = _copy_with(project, reading, whence, scratch.path / "copy")
        now = run_or_recall(
            Memory(project.root, project.memory),
            [Task(each.path, _output(scratch.path / "now", each.stem), timeout=timeout)
             for each in pages],
            jobs=jobs,
        )  # fmt: skip
        then = run_all(
            [
                Task(
                    copy / each.path.relative_to(project.root),
                    _output(scratch.path / "then", each.stem),
                    timeout=timeout,
                    root=copy,
                )
                for each in pages
            ],
            jobs=jobs,
        )
        failures = [
            f"{project.shown(page.path)}{' with it' if run in then else ''}: {run.failure}"
            for page, *both in zip(pages, now, then, strict=True)
            for run in both
            if run.failure is not None
        ]
        moved = [
            line
            for page, before, after in zip(pages, now, then, strict=True)
            if before.failure is None and after.failure is None
            for line in moves(_records(before, page.address), _records(after, page.address))
        ]
    return Trial(reading, refusal, changes, moved, failures)


def _copy_with(project: Project, reading: Reading, whence: Provenance, folder: Path) -> Path:
    copy_without_data(project, folder)
    if project.data.is_dir():
        shutil.copytree(project.data, folder / project.settings.data)
    take(load_project(folder), reading, whence, may_fall=True)
    return folder


def _output(folder: Path, stem: str) -> Path:
    return folder / f"{stem}.ipynb"


def _records(run: Run, address: str) -> dict[str, Published]:
    return {each.name: each for each in read_records(read_plain(run.task.output), address)}
