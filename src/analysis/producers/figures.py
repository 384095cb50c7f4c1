"""Cells of a producer's file read as numbers, years and dates, or refused where they stand.

Marks are one for a whole file: a file that writes "1.234,5" somewhere means a thousand by "1.234"
everywhere. Where its numbers can be read in two ways, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.errors import DataError
from analysis.producers.sheets import Sheet

NOT_REPORTED = (
    "", "-", "–", "..", "...", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "Not available",
)  # fmt: skip
"""What producers write where there is no number: none of these is a zero."""

_SPACES = re.compile(r"[ \xa0\u202f'’]")  # between thousands
# The ways to write numbers: the form of a cell, the mark between thousands, the one of decimals.
_WAYS = (
    (re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?"), "", "."),
    (re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?"), ",", "."),
    (re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?"), ".", ","),
)
_LARGEST = 1e15  # ten times the world's yearly product in dollars
_PLAINLY = "Save the file with plain digits and a point before decimals"


def numbers(
    sheet: Sheet, columns: Sequence[str], *, missing: Sequence[str] = (), whole: bool
) -> pd.DataFrame:
    """Return columns as whole numbers, missing where nothing is reported.

    Parameters
    ----------
    sheet : Sheet
    columns : sequence of str
        Those that there are; columns that the sheet does not have are missing throughout.
    missing : sequence of str
        Further marks of this producer for what is not reported.
    whole : bool
        Whether the producer counts in whole numbers, so that a fraction is a mistake. Else numbers
        are rounded to whole ones, halves to the even one.

    Returns
    -------
    pandas.DataFrame
        Of ``Int64``, with the sheet's index.

    Raises
    ------
    DataError
        If a cell is not a number, or the file's marks can be read in two ways.
    """
    there = [column for column in columns if sheet.has(column)]
    if not there or sheet.cells.empty:
        return pd.DataFrame(index=sheet.cells.index, columns=list(columns), dtype="Int64")
    cells = pd.concat([sheet.cells[column] for column in there], keys=there)
    cells = cells.mask(cells.isin([*NOT_REPORTED, *missing]))
    read = _read(sheet, cells, whole=whole)
    table = pd.DataFrame({column: cells.loc[column].map(read) for column in there})
    return table.reindex(columns=list(columns)).astype(float).round().astype("Int64")


def years(sheet: Sheet, column: str) -> pd.Series:
    """Return a column as years, of ``int``.

    Raises
    ------
    DataError
        If a cell is no year from 1900 to 2100.
    """
    cells = sheet.cells[column]
    wrong = ~cells.str.fullmatch(r"(19|20)\d\d|2100")
    if wrong.any():
        raise sheet.refusal(wrong, column, "{} is not a year", "Accepted: a year such as 2023.")
    return cells.astype(int)


def _read(sheet: Sheet, cells: pd.Series, *, whole: bool) -> dict[str, float]:
    """By text, the number it is in the one way of writing in which all of the file's can be."""
    texts = {text: _SPACES.sub("", text) for text in cells.dropna().unique()}
    fitting = [
        {text: _number(bare, thousands, decimals) for text, bare in texts.items()}
        for form, thousands, decimals in _WAYS
        if all(form.fullmatch(bare) for bare in texts.values())
    ]
    ways = [way for way in fitting if not whole or all(map(_is_whole, way.values()))]
    if not ways:
        for text, bare in texts.items():
            if not any(form.fullmatch(bare) for form, _, _ in _WAYS):
                raise _refusal(sheet, cells, text, "{} is not a number", "Accepted: digits.")
        if not fitting:
            text = next(t for t, bare in texts.items() if not _WAYS[0][0].fullmatch(bare))
            what = "{} cannot be written as the file's other numbers are"
            raise _refusal(sheet, cells, text, what, f"{_PLAINLY}.")
        text = next(text for text, value in fitting[0].items() if not _is_whole(value))
        what = "{} is not a whole number, which a count is"
        raise _refusal(sheet, cells, text, what, "Is it the right column, and as downloaded?")
    for text, value in ways[0].items():
        if abs(value) > _LARGEST:
            what = "{} is more than there are people or dollars"
            raise _refusal(sheet, cells, text, what, "Is it the right column?")
    for way in ways[1:]:
        for text, value in way.items():
            if value != ways[0][text]:
                what = f"{{}} can be {ways[0][text]:g} or {value:g}, and no other number tells"
                raise _refusal(sheet, cells, text, what, f"{_PLAINLY}.")
    return ways[0]


def _number(text: str, thousands: str, decimals: str) -> float:
    return float((text.replace(thousands, "") if thousands else text).replace(decimals, "."))


def _is_whole(value: float) -> bool:
    return value.is_integer() or abs(value) > _LARGEST  # which is refused for what it is


def _refusal(sheet: Sheet, cells: pd.Series, text: str, what: str, remedy: str) -> DataError:
    column = cells.index[cells == text][0][0]
    return sheet.refusal(sheet.cells[column] == text, column, what, remedy)
