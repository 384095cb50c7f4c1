"""An edition that stays as it was published, whatever becomes of the notebooks."""

from __future__ import annotations

from pathlib import Path

import yaml

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.editions import archived_names, edition_names
from reportbook.report.project import Project
from reportbook.results.files import RESULTS, load_results
from reportbook.site.archive import archive_of, pack

_LINE = "archived: true  # stays as it was published: no build makes it again\n"


def archive(project: Project, name: str) -> list[Path]:
    """Write a published edition into an archive beside its file, and note there that it is.

    Returns
    -------
    The files that were written.

    Raises
    ------
    ReportError
        If the edition has no file, or is not on the site.
    """
    archived = archived_names(project)
    known = [*edition_names(project), *archived]
    if name not in known:
        raise ReportError(
            f"There is no edition '{name}' with a file of its own. There are {listed(known)}."
            + did_you_mean(name, known)
        )
    book = project.site / name
    if not (book / RESULTS).is_file():
        raise ReportError(
            f"'{name}' is not on the site of this folder, so there is nothing to archive: "
            f"'reportbook build {name}' publishes it."
        )
    written = archive_of(project, name)
    pack(book, written)
    if name in archived:
        return [written]
    file = next(iter((project.root / EDITIONS).glob(f"{name}.y*ml")))
    text = file.read_text(encoding="utf-8")
    file.write_text(text + ("" if text.endswith("\n") else "\n") + _LINE, encoding="utf-8")
    return [written, file]


def restore(project: Project, name: str) -> list[Path]:
    """Archive an edition that left the site, and write a file for it; the next build puts it back.

    Returns
    -------
    The files that were written.

    Raises
    ------
    ReportError
        If the edition has a file, or was not put aside here.
    """
    places = (project.withdrawn / name, project.site / name)
    aside = next((each for each in places if (each / RESULTS).is_file()), places[0])
    if name in (*edition_names(project), *archived_names(project)):
        raise ReportError(
            f"'{name}' has a file in {EDITIONS}: build it, there is nothing to restore."
        )
    if not (aside / RESULTS).is_file():
        there = sorted(path.parent.name for path in project.withdrawn.glob(f"*/{RESULTS}"))
        raise ReportError(
            f"There is no edition '{name}' in {project.shown(project.withdrawn)}, where those are "
            f"that left the site. There {f'are {listed(there)}' if there else 'is none'}."
            + did_you_mean(name, there)
        )
    results = load_results(aside / RESULTS, project.shown(aside / RESULTS))
    about = {key: results[key] for key in ("title", "scope", "series") if results[key]}
    written, file = archive_of(project, name), project.root / EDITIONS / f"{name}.yml"
    pack(aside, written)
    text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=10_000)
    file.write_text(text + _LINE, encoding="utf-8")
    return [written, file]
