"""Corrections of producers' tables: a record each, held to what the producer still publishes.

A correction is no line of code. Its record says which cell, what the producer publishes there, what
it ought to be, why, and who was told. Once the producer publishes something else, the correction
fails, and its record is closed with the day of that snapshot; older snapshots stay corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.data.periods import Period
from analysis.errors import DataError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell of a producer's table that is wrong as published.

    Attributes
    ----------
    key : str
    table : str
        The table, such as ``fts_plans``.
    row : mapping of str to str
        The columns that tell the row from all others, with their values as text.
    column : str
        The column of the cell.
    published, corrected : str
        What stands there, and what ought to; as text, ``""`` for nothing.
    seen : Period
        When the snapshot was published in which it was first seen.
    fixed : Period or None
        When the snapshot was published in which the producer had changed it; None as long as it
        has not.
    why, told : str
        The reason, and who was told of it and when.
    """

    key: str
    table: str
    row: Mapping[str, str]
    column: str
    published: str
    corrected: str
    seen: Period
    fixed: Period | None
    why: str
    told: str

    def concerns(self, snapshot: Period) -> bool:
        """Return whether it is of a snapshot published then."""
        ended = self.fixed is not None and self.fixed.last_day <= snapshot.last_day
        return self.seen.last_day <= snapshot.last_day and not ended


def row_of(text: str) -> dict[str, str]:
    """Return the columns and values of a row, written as ``plan_id=629 country=SYR``.

    Raises
    ------
    DataError
        If it is not written so.
    """
    parts = [part.partition("=") for part in text.split()]
    if not parts or not all(name and equals and value for name, equals, value in parts):
        raise DataError(
            f"corrections.csv: {text!r} names no row. Write columns and values, such as "
            "'plan_id=629 country=SYR'."
        )
    return {name: value for name, _, value in parts}


def corrected(
    table: pd.DataFrame, published: Sequence[Period], corrections: Iterable[Correction]
) -> pd.DataFrame:
    """Return a table with the cells that its corrections are of.

    Parameters
    ----------
    table : pandas.DataFrame
        The column ``snapshot`` holds the place in `published` of each row's snapshot.
    published : sequence of Period
        When each snapshot was published, oldest first.
    corrections : iterable of Correction
        Those of this table.

    Raises
    ------
    DataError
        If a cell is no longer what a correction says that the producer publishes.
    """
    made, ended = table, []
    for correction in corrections:
        rows = _rows(made, correction)
        now = [_text(cell) for cell in made.loc[rows, correction.column]]
        of = [published[place] for place in made.loc[rows, "snapshot"]] or [published[-1]]
        if not correction.concerns(of[0]):
            continue
        if now != [correction.published]:
            ended.append(_ended(correction, now, of[0]))
            continue
        if made is table:
            made = table.copy()
        made[correction.column] = _with(made[correction.column], rows, correction.corrected)
    if ended:
        raise DataError("\n".join(ended))
    return made


def _rows(table: pd.DataFrame, correction: Correction) -> pd.Series:
    unknown = [name for name in (*correction.row, correction.column) if name not in table.columns]
    if unknown:
        raise DataError(
            f"corrections.csv, {correction.key}: {correction.table} has no column "
            f"{', '.join(unknown)}."
        )
    rows = table["snapshot"].notna()
    for name, value in correction.row.items():
        rows &= table[name].astype(str) == value
    if rows.sum() > 1:
        raise DataError(
            f"corrections.csv, {correction.key}: {int(rows.sum())} rows of {correction.table} are "
            f"{_named(correction)}. Name more columns."
        )
    return rows


def _with(column: pd.Series, rows: pd.Series, value: str) -> pd.Series:
    """The column with another value; a text that a category does not have yet is added to it."""
    if column.dtype == "category":
        if value not in column.cat.categories:
            column = column.cat.add_categories([value])
        return column.where(~rows, value)
    return column.where(~rows, None if value == "" else float(value)).astype(column.dtype)


def _text(cell: object) -> str:
    return "" if cell is None or str(cell) == "<NA>" else str(cell)


def _named(correction: Correction) -> str:
    return ", ".join(f"{name} {value}" for name, value in correction.row.items())


def _ended(correction: Correction, now: Sequence[str], snapshot: Period) -> str:
    found = f"it is {now[0] or 'blank'}" if now else "there is no such row"
    if now == [correction.corrected]:
        found += ", as corrected"
    return (
        f"corrections.csv, {correction.key}: the {correction.column} of {_named(correction)} in "
        f"{correction.table} was published as {correction.published or 'blank'}, and in the "
        f"snapshot of {snapshot} {found}. The producer has changed it: look at it, and write "
        f"{snapshot} into the column 'fixed'."
    )
