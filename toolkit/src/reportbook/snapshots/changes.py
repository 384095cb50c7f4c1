"""What a new reading would change in a table: rows that come, go, and are revised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportbook.report.project import Project
from reportbook.snapshots.producers import Reading
from reportbook.snapshots.taking import joined, table_in_place

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Revised:
    """A cell that has another value: its row in words, its column, and both values as text."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows come, go and are revised, and the revised cells, the largest change first."""

    added: int
    removed: int
    revised: int
    cells: Sequence[Revised]


def changes_of(project: Project, reading: Reading, *, extends: bool) -> Changes:
    """Compare a table as it is in place with what it would be with a reading taken.

    Parameters
    ----------
    extends
        Whether the reading replaces only the rows it speaks of.
    """
    key = list(reading.key)
    old = table_in_place(project, reading)
    new = reading.rows.astype(dict.fromkeys(key, str))
    if old is None:
        return Changes(len(new), 0, 0, ())
    after = joined(old, new, list(reading.whole)) if extends else new
    table = _texts(after, reading)
    before = _texts(old, reading).reindex(columns=table.columns, fill_value="")
    both = before.index.intersection(table.index)
    differ = before.loc[both] != table.loc[both]
    cells = [
        Revised(
            ", ".join(f"{name} {part}" for name, part in zip(key, _parts(row), strict=True)),
            str(column),
            str(before.at[row, column]),
            str(table.at[row, column]),
        )
        for column in differ
        for row in both[differ[column]]
    ]
    return Changes(
        added=len(table.index.difference(before.index)),
        removed=len(before.index.difference(table.index)),
        revised=int(differ.any(axis=1).sum()),
        cells=sorted(cells, key=_size, reverse=True),
    )


def _parts(row: object) -> tuple[object, ...]:
    return row if isinstance(row, tuple) else (row,)


def _texts(table: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """The table by its key, every cell as text: whole numbers without a point, missing is empty."""
    rows = table.astype(dict.fromkeys(reading.key, str)).set_index(list(reading.key))
    return rows.astype(object).where(rows.notna(), "").map(_text)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _size(cell: Revised) -> float:
    """How much a number changes; words change by nothing that can be compared."""
    try:
        return abs(float(cell.after or 0) - float(cell.before or 0))
    except ValueError:
        return 0.0
