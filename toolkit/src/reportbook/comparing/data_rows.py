"""Rows of the project's data that changed since a published edition recorded them.

A row is known by its kind and key: the name of its file's first column and what stands there
(``observation`` d001, ``source`` bureau). Nothing else is asked of the files but to be CSV.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError
from reportbook.files.csv_rows import read_rows
from reportbook.results.known import is_known

KINDS = {"observation": "observations", "source": "sources"}  # a record's key, and where it lies


@dataclass(frozen=True)
class Revision:
    """One row that changed, was added or withdrawn; `columns` give old and new text by name."""

    kind: str
    key: str
    columns: Mapping[str, tuple[str, str]]
    withdrawn: bool = False
    added: bool = False


@dataclass
class _Table:
    path: Path
    columns: list[str]
    rows: list[dict[str, str]]

    @property
    def kind(self) -> str:
        return self.columns[0]


def revisions(data: Path, results: Mapping[str, Any]) -> list[Revision]:
    """What changed in the CSV files of `data` since `results` recorded their rows.

    Results hold the rows that their numbers rest on, and of the others the keys (``rows``). Rows of
    a kind that no file holds came from elsewhere and are left out.
    """
    return [revision for _, _, revision in _revised(_tables(data), results)]


def row_keys(data: Path, as_of: str | None = None) -> dict[str, list[str]]:
    """The keys of the rows in the CSV files of `data` that results may rest on, by kind.

    They are those known at the ISO date `as_of`: see `reportbook.results.known`. A figure of a
    source that no file lists counts as known.
    """
    tables = _tables(data)
    later = _later_sources(tables, as_of)
    found: dict[str, list[str]] = {}
    for table in tables:
        if table.kind in KINDS:
            known = (row for row in table.rows if row.get("source") not in later)
            found.setdefault(table.kind, []).extend(row[table.kind] for row in known)
    return found


def _later_sources(tables: Iterable[_Table], as_of: str | None) -> set[str]:
    """The keys of the sources that were not known at a date."""
    return {
        row["source"]
        for table in tables
        if table.kind == "source" and "published" in table.columns
        for row in table.rows
        if not is_known(row["published"] or "", as_of)
    }


def copy_as_recorded(data: Path, results: Mapping[str, Any], folder: Path) -> None:
    """Copy `data` to `folder`, with the rows as `results` recorded them; `data` stays as it is."""
    shutil.copytree(data, folder)
    tables = _tables(folder)
    changed = []
    for table, row, revision in _revised(tables, results):
        old = {name: before for name, (before, _) in revision.columns.items()}
        if row is None:
            table.rows.append({**dict.fromkeys(table.columns, ""), **old})
        elif revision.added:
            table.rows.remove(row)
        else:
            row.update(old)
        changed.append(table)
    for table in {each.path: each for each in changed}.values():
        with table.path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, table.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(table.rows)


def _tables(data: Path) -> list[_Table]:
    found = []
    for path in sorted(data.rglob("*.csv")) if data.is_dir() else ():
        try:
            # another table can be large, and no record is a row of it
            read = read_rows(path, path.name, lambda columns: (columns or [""])[0] in KINDS)
        except ReportError:
            continue  # what reads the data says what is wrong
        found.append(_Table(path, read.columns or [""], read.rows))
    return found


def _revised(
    tables: Iterable[_Table], results: Mapping[str, Any]
) -> Iterator[tuple[_Table, dict[str, str] | None, Revision]]:
    """Each row that differs, with its table; no row where it is no longer there.

    All are found before the first is handed out: the rows may be changed meanwhile.
    """
    return iter(list(_differing(tables, results)))


def _differing(
    tables: Iterable[_Table], results: Mapping[str, Any]
) -> Iterator[tuple[_Table, dict[str, str] | None, Revision]]:
    later = _later_sources(tables, results.get("as_of"))
    for kind, field in KINDS.items():
        of_kind = [table for table in tables if table.kind == kind]
        rows = {row[kind]: (table, row) for table in of_kind for row in table.rows}
        for key, record in (results.get(field) or {}).items():
            if key in rows:
                table, row = rows[key]
                columns = {
                    name: (_text(value), row[name])
                    for name, value in record.items()
                    if name in row and not _same(value, row[name])
                }
                if columns:
                    yield table, row, Revision(kind, key, columns)
                continue
            home = next((each for each in of_kind if set(each.columns) == set(record)), None)
            if home is not None:
                columns = {name: (_text(value), "") for name, value in record.items()}
                yield home, None, Revision(kind, key, columns, withdrawn=True)
        known = set((results.get("rows") or {}).get(kind, rows))
        for key, (table, row) in rows.items():
            if key not in known and row.get("source") not in later:
                columns = {name: ("", text) for name, text in row.items()}
                yield table, row, Revision(kind, key, columns, added=True)


def _same(value: Any, text: str | None) -> bool:
    text = text or ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(text) == value
        except ValueError:
            return False
    if isinstance(value, bool):
        return _text(value) == text.casefold()
    return _text(value) == text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(map(_text, value)) if isinstance(value, list) else str(value)
