"""A further notebook, edition or source of a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from reportbook.commands.new.templates import as_yaml, filled_in, notebook_of
from reportbook.errors import ReportError
from reportbook.files.places import mistake_in_name
from reportbook.report.contents import TOC
from reportbook.report.corrections import BLANK
from reportbook.report.editions import FOLDER
from reportbook.report.grids import mistake_in_address
from reportbook.report.project import Project
from reportbook.report.sources import FILE as FILE_OF_SOURCES
from reportbook.report.sources import add_source
from reportbook.report.values import combined, read_signatures, values_by_hand
from reportbook.results.tried import edition_or_try

_STEM = re.compile(r"[a-z][a-z0-9_]*")
_ENTRY = re.compile(r"^(?P<indent> *)- +(file|glob|url):.*\n", re.MULTILINE)
_KNOWN = {"dating": "unknown", "kind": "own"}  # what a source begins with, by column


def new_notebook(project: Project, name: str) -> list[Path]:
    """Write a notebook with a parameter and a number, and put it at the end of the contents.

    Returns
    -------
    The files that were written.

    Raises
    ------
    ReportError
        If the name is no stem of published names, or taken.
    """
    if not _STEM.fullmatch(name) or mistake_in_name(name):
        raise ReportError(
            f"'{name}' is no name for a notebook: numbers are published under it, so it is made of "
            "lower case letters, digits and underscores, such as 'arrivals_by_sea'."
        )
    beside = project.notebooks[0].path.parent if project.notebooks else project.root / "notebooks"
    path = beside / f"{name}.ipynb"
    _refuse_to_overwrite(path, project)
    address = path.relative_to(project.root).with_suffix("").as_posix()
    contents = project.root / TOC
    contents_before = contents.read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook_of("notebook.percent", name=name), encoding="utf-8")
    contents.write_text(_with_entry(contents_before, address), encoding="utf-8")
    return [path, contents]


def new_edition(
    project: Project, name: str, overrides: Mapping[str, str], like: str = ""
) -> list[Path]:
    """Write an edition that sets the parameters given, and lists the others with their defaults.

    Parameters
    ----------
    overrides
        Parameters as on the command line.
    like
        The edition whose parameters it begins with, or a try: then it shows what the try showed.

    Returns
    -------
    The file that was written.

    Raises
    ------
    ReportError
        If the name is no address, or taken, or a parameter is not as its notebook declares it; or
        if a try was made of an edition that has changed since.
    """
    if mistake := mistake_in_address(name):
        raise ReportError(f"'{name}' {mistake}. Take one such as '2025-12'.")
    path = project.root / FOLDER / f"{name}.yml"
    _refuse_to_overwrite(path, project)
    signatures = read_signatures(project)
    given = values_by_hand(overrides, signatures)
    if like:
        edition = edition_or_try(project, like)
        given = combined(edition.given, given)
    shared, own = _shared(given)
    lines = {
        f"{each.name}: {as_yaml({each.name: each.default})[1:-1].partition(': ')[2]}"
        + (f"  {each.comment}" if each.comment else ""): None
        for signature in signatures.values()
        for each in signature.values()
    }
    text = filled_in(
        "edition.yml",
        title=f"{BLANK}: title of edition {name}",
        given=as_yaml(shared) if shared else "",
        own=as_yaml(own) if own else "",
        parameters=list(lines),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [path]


def new_source(project: Project, key: str) -> list[Path]:
    """Add a source to the report's list, with what only its author knows left to fill in.

    Returns
    -------
    The file that was written.

    Raises
    ------
    ReportError
        If the key is taken, or the list is none.
    """
    add_source(project, {"source": key, "publisher": BLANK, "title": BLANK, **_KNOWN})
    return [project.data / FILE_OF_SOURCES]


def _shared(
    given: Mapping[str, Mapping[str, object]],
) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """The values that all notebooks given them agree on, and those of single ones."""
    shared: dict[str, object] = {}
    own: dict[str, dict[str, object]] = {}
    for stem, values in given.items():
        for name, value in values.items():
            if shared.setdefault(name, value) != value:
                own.setdefault(stem, {})[name] = value
    return shared, own


def _with_entry(contents: str, address: str) -> str:
    """The contents with one more chapter at their end; comments stay where they are."""
    text = contents if contents.endswith("\n") else f"{contents}\n"
    entries = list(_ENTRY.finditer(text))
    if not entries:
        return f"{text}chapters:\n  - file: {address}\n"
    least = min(len(each["indent"]) for each in entries)
    return f"{text}{' ' * least}- file: {address}\n"


def _refuse_to_overwrite(path: Path, project: Project) -> None:
    if path.exists():
        raise ReportError(f"{project.shown(path)} is there already. Give the new one another name.")
