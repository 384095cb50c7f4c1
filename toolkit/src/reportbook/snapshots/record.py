"""``data/snapshots.csv``: which tables of producers there are, from when, from where."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from reportbook.errors import ReportError
from reportbook.files.csv_rows import read_rows
from reportbook.report.project import Project

FILE = "snapshots.csv"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A producer's table as it was on a day.

    Attributes
    ----------
    table : str
        The table that it is of.
    file : str
        Its file, from the folder of the data on.
    producer, title, licence, source : str
        The producer's name here; the dataset's title and licence; the key of its source.
    published, retrieved : str
        ISO dates; where nobody says when it was published, that of retrieval is both.
    address, parameters : str
        From where, and what was asked for there; a file's name where it was a file.
    rows : int
    sha256 : str
        Of the file.
    extends : bool
        Whether it replaces only the rows it speaks of, and not the whole table.
    """

    table: str
    file: str
    producer: str
    title: str
    published: str
    retrieved: str
    address: str
    parameters: str
    rows: int
    sha256: str
    licence: str
    source: str
    extends: bool


_COLUMNS = [each.name for each in fields(Snapshot)]


def read_snapshots(project: Project) -> list[Snapshot]:
    """Return the snapshots on record, in the order in which they were taken.

    Raises
    ------
    ReportError
        If the record is not one.
    """
    path = project.data / FILE
    if not path.is_file():
        return []
    shown = project.shown(path)
    table = read_rows(path, shown)
    if table.columns != _COLUMNS:
        raise ReportError(f"{shown}, row 1: the columns must be {', '.join(_COLUMNS)}.")
    return [_snapshot(f"{shown}, row {line}", row) for line, row in table.lines]


def _snapshot(place: str, row: dict[str, str]) -> Snapshot:
    if not row["rows"].isdecimal():
        raise ReportError(f"{place}, column rows: '{row['rows']}' is not a number.")
    if row["extends"] not in ("true", "false"):
        raise ReportError(f"{place}, column extends: '{row['extends']}' is neither true nor false.")
    words = {name: cell for name, cell in row.items() if name not in ("rows", "extends")}
    return Snapshot(**words, rows=int(row["rows"]), extends=row["extends"] == "true")


def add_snapshot(project: Project, snapshot: Snapshot) -> None:
    """Put a snapshot at the end of the record, which is whole at every moment."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in (*read_snapshots(project), snapshot):
        cells = asdict(each)
        writer.writerow([*map(_cell, cells.values())])
    write_whole(project.data / FILE, text.getvalue().encode("utf-8"))


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, and never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
