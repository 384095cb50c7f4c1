"""An edition released: what it says is recorded beside its file, and from then on held to it."""

from __future__ import annotations

import datetime
import hashlib
import shutil
from pathlib import Path

from reportbook.commands.build import build
from reportbook.commands.progress import Progress
from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.scratch import Scratch
from reportbook.report.editions import edition_names, load_editions
from reportbook.report.project import Project
from reportbook.report.settings import CONFIG
from reportbook.results.files import RESULTS, read_published
from reportbook.results.released import read_record, record_folder
from reportbook.running.environment import packages, python_here
from reportbook.site.crate import DATA, ENVIRONMENT, Released, write_crate


def release(
    project: Project, name: str, *, jobs: int = 0, progress: Progress | None = None
) -> list[Path]:
    """Build an edition, publish it, and record its results, its data and its environment.

    Returns
    -------
    The files that were written.

    Raises
    ------
    ReportError
        If it has no file of its own, was released before, or cannot be built.
    """
    known = edition_names(project)
    if name not in known:
        raise ReportError(
            f"There is no edition '{name}' with a file of its own that is built. There are "
            f"{listed(known)}.{did_you_mean(name, known)}"
        )
    (edition,) = load_editions(project, [name])
    if edition.file == CONFIG:
        raise ReportError(
            f"What {CONFIG} describes cannot be released: write editions/{name}.yml with its title."
        )
    if read_record(project, name) is not None:
        raise ReportError(
            f"'{name}' is released already: {project.shown(record_folder(project, name))}. What it "
            f"says is changed by a correction in {edition.file}."
        )
    (outcome,) = build(project, [name], jobs=jobs, progress=progress).outcomes
    if outcome.problems:
        raise ReportError("\n".join([f"'{name}' cannot be released:", *outcome.problems]))
    results = read_published(project, name)
    assert results is not None  # it was just published
    with Scratch() as scratch:
        made = scratch.path / name
        made.mkdir()
        shutil.copyfile(project.site / name / RESULTS, made / RESULTS)
        (made / DATA).write_text(checksums(project), encoding="utf-8")
        about = [
            f"# {python_here()}",
            *(f"{each}=={number}" for each, number in packages().items()),
        ]
        (made / ENVIRONMENT).write_text("\n".join(about) + "\n", encoding="utf-8")
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        write_crate(made, project, Released(edition, today, results))
        folder = record_folder(project, name)
        folder.mkdir(parents=True, exist_ok=True)
        # the results last: an edition that has them is released
        paths = sorted(made.iterdir(), key=lambda path: path.name == RESULTS)
        written = [Path(shutil.copyfile(path, folder / path.name)) for path in paths]
    return written


def checksums(project: Project) -> str:
    """The SHA-256 of every file of the report's data, as ``sha256sum --check`` reads them."""
    paths = sorted(path for path in project.data.rglob("*") if path.is_file())
    shown = [path for path in paths if not _is_hidden(path.relative_to(project.data))]
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {project.shown(path)}\n"
        for path in shown
    )
    return "".join(lines)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
