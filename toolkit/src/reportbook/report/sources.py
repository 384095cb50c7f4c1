"""The report's list of sources, to which a row can be added."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from reportbook.errors import ReportError
from reportbook.files.csv_rows import read_rows
from reportbook.report.project import Project

FILE = "sources.csv"
_COLUMNS = ("source", "publisher", "title", "published", "dating", "kind", "via", "url")


def source_keys(project: Project) -> set[str]:
    """Return the keys of the list's sources; none where there is no list.

    Raises
    ------
    ReportError
        If the list is none.
    """
    path = project.data / FILE
    if not path.is_file():
        return set()
    table = read_rows(path, project.shown(path))
    if table.columns[:1] != ["source"]:
        raise ReportError(
            f"{project.shown(path)}: the first column of a list of sources must be 'source'."
        )
    return {row["source"] for row in table.rows}


def add_source(project: Project, source: Mapping[str, str]) -> None:
    """Add a row to the list of sources; what the list has no column for is left out.

    Raises
    ------
    ReportError
        If the key is taken, or the list is none.
    """
    path, key = project.data / FILE, source["source"]
    if key in source_keys(project):
        raise ReportError(f"{project.shown(path)} has the source '{key}' already.")
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(_COLUMNS) + "\n"
    columns = next(csv.reader(io.StringIO(text, newline="")))
    written = io.StringIO()
    csv.DictWriter(written, columns, extrasaction="ignore", lineterminator="\n").writerow(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    end = "" if text.endswith("\n") else "\n"
    path.write_text(text + end + written.getvalue(), encoding="utf-8")
