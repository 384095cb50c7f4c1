"""Checks that something in the report rests on every source in its data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path

from reportbook.checking.publishing_reports import publishes
from reportbook.checking.python_code import modules
from reportbook.files.csv_rows import read_rows
from reportbook.report.editions import FOLDER
from reportbook.report.project import Project
from reportbook.results.files import RESULTS
from reportbook.snapshots.record import read_snapshots

Known = Callable[[str], Set[str] | None]


def check_sources(
    project: Project, used: Set[str], others: Iterable[str], sources_of: Known
) -> list[str]:
    """Sources in the report's data that nothing uses which any edition publishes.

    A table of sources is a CSV file of the folder whose first column is ``source``, their key. The
    sources of snapshots stay whatever is published: another edition's date may call for them.

    Parameters
    ----------
    used
        The sources of the edition of all defaults.
    others
        The names of the other editions.
    sources_of
        Gives the sources of an edition by its name, or None if they are not known. Where some are
        not, a source that the rest of the report mentions may be theirs, and nothing is said of it.
    """
    if not publishes(project):  # a table of other people's may begin with this word
        return []
    used = used | {snapshot.source for snapshot in read_snapshots(project)}
    unused = {
        (path, row): key
        for path in sorted(project.data.rglob("*.csv"))
        for row, key in _sources(project, path)
        if key and key not in used
    }
    if not unused:
        return []
    known = [sources_of(name) for name in others]
    theirs = set().union(*(each for each in known if each is not None))
    mentioned = _mentioned(project, unused.values()) if None in known else set()
    return [
        f"{project.shown(path)}, row {row}: nothing that the report publishes uses '{key}'. "
        "Publish a number, chart or table from it, or remove the row."
        for (path, row), key in unused.items()
        if key not in theirs | mentioned
    ]


def published_sources(project: Project, edition: str) -> set[str] | None:
    """The sources of an edition as it is published; None if it is not."""
    try:
        return {*json.loads((project.site / edition / RESULTS).read_bytes())["sources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sources(project: Project, path: Path) -> Iterator[tuple[int, str]]:
    """The keys in a table of sources, each with its row; none in a table of something else."""
    read = read_rows(path, project.shown(path), lambda columns: columns[:1] == ["source"])
    yield from ((row, cells["source"]) for row, cells in read.lines)


def _mentioned(project: Project, keys: Iterable[str]) -> set[str]:
    """The keys that stand somewhere in the report beside their own row."""
    files = [page.path for page in project.pages]
    files += modules(project.root)
    files += (path for path in (project.root / FOLDER).glob("*.y*ml"))
    texts = [path.read_text("utf-8", errors="replace") for path in files if path.is_file()]
    for path in project.data.rglob("*"):
        if path.is_file() and not any(_sources(project, path)):
            texts.append(path.read_text("utf-8", errors="replace"))
    return {
        key
        for key in keys
        if any(re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text) for text in texts)
    }
