"""Tables found in a file by their headings, as sheets of text that know where each cell stands.

Whatever is wrong with a cell can then be said with file, row and column. Nothing is guessed about
the cells here: `figures` reads them.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.producers.files import Text, WorkbookSheet, open_tables

Headings = Mapping[str, Sequence[str]]
"""For each column that is wanted, the headings under which producers publish it, the best first."""

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_PREAMBLE = 60  # lines in which headings are looked for
_LISTED = 12  # headings that a message lists


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as it stands in a file.

    Attributes
    ----------
    file : str
        The name of the file, with that of the file or sheet inside it.
    cells : pandas.DataFrame
        The columns that were wanted and are there, by the names they are wanted under. All text,
        without spaces at its ends. The index is the number of the row in the file.
    headings : mapping of str to str
        By column, what the file calls it.
    counted : str
        What the file's rows are called: ``"row"``, in JSON ``"item"``.
    around : tuple of str
        The lines of words before the headings and after the last row.
    remark : str
        How the file was read, where that is not plain.
    """

    file: str
    cells: pd.DataFrame
    headings: Mapping[str, str]
    counted: str = "row"
    around: tuple[str, ...] = ()
    remark: str = ""

    def has(self, column: str) -> bool:
        """Return whether the file has the column."""
        return column in self.cells.columns

    def refusal(self, wrong: pd.Series, column: str, what: str, remedy: str) -> DataError:
        """Return the error that names the first wrong cell, and says how many there are.

        Parameters
        ----------
        wrong : pandas.Series of bool
            By row, whether its cell is wrong; at least one is.
        what, remedy : str
            What is wrong, where ``{}`` stands for the cell, and what to do.
        """
        rows = wrong.index[wrong]
        where = f"{self.file}, {self.counted} {rows[0]}, column '{self.headings[column]}'"
        more = len(rows) - 1
        also = f" (So in {more} more {self.counted}{'s' if more > 1 else ''}.)" if more else ""
        cell = repr(self.cells.at[rows[0], column])
        return DataError(f"{where}: {what.format(cell)}. {remedy}{also}")


class _OtherTable(DataError):
    """A table that is not the one looked for; `missing` counts the headings that it lacks."""

    missing = 0


def read_sheets(
    path: Path, headings: Headings, required: Sequence[str], *, holding: Sequence[str] = ()
) -> list[Sheet]:
    """Return the tables of a file that have the required headings.

    Parameters
    ----------
    path : pathlib.Path
        CSV (separated by comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows Latin-1), a
        workbook, or a zip of these. Lines of words may stand around the table, and a row of HXL
        tags below its headings.
    headings : mapping
        The columns that are wanted. Capitals, spaces and underscores in headings do not matter.
    required : sequence of str
        The columns without which a table is another one: notes and footnotes beside the data.
    holding : sequence of str, optional
        Texts of which a row must hold one, else it is not read: of a file of a thousand indicators
        there may be two that matter.

    Raises
    ------
    DataError
        If the file cannot be read or is cut off, or has no such table.
    """
    found: list[Sheet] = []
    others: list[_OtherTable] = []
    for table in open_tables(path):
        try:
            if isinstance(table, Text):
                found.append(_of_text(table, headings, required, holding))
            else:
                found.append(_of_workbook(table, headings, required, holding))
        except _OtherTable as other:
            others.append(other)
    if not found:
        raise min(others, key=lambda other: other.missing)
    return found


def sheet_of_items(
    file: str, items: Sequence[Mapping[str, Any]], headings: Headings, required: Sequence[str]
) -> Sheet:
    """Return the items of a JSON document as a sheet: its fields are columns, null is no text.

    Raises
    ------
    DataError
        If there are no items, or they lack a required field.
    """
    if not items:
        raise DataError(f"{file} has no items. Ask the service again, or for more.")
    table = pd.DataFrame.from_records(list(items))
    names = [str(name) for name in table.columns]
    found = _found(names, headings)
    _require(f"{file}, fields of its items", names, found, headings, required)
    table.index = pd.RangeIndex(1, len(table) + 1)
    table = table[list(found.values())].map(_as_text)
    names = list(found.values())
    return _sheet(file, table, names, found, "item")


def _as_text(value: object) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _of_text(
    given: Text, headings: Headings, required: Sequence[str], holding: Sequence[str]
) -> Sheet:
    head = given.text.split("\n", _PREAMBLE)[:_PREAMBLE]
    rows = {
        (number, separator): next(csv.reader([line], delimiter=separator), [])
        for number, line in enumerate(head)
        for separator in _SEPARATORS
    }
    at, separator = max(rows, key=lambda place: len(_found(rows[place], headings)))
    names, found = rows[at, separator], _found(rows[at, separator], headings)
    _require(f"{given.file}, row {at + 1}", names, found, headings, required)
    lines, after = _without_last_words(given, at, separator, len(names))
    numbers = range(at + 2, at + 2 + len(lines))
    if holding and any(_holds(line, holding) for line in lines):
        kept = [each for each in zip(numbers, lines, strict=True) if _holds(each[1], holding)]
        table = _parsed(given.file, [line for _, line in kept], at, separator, names)
        if len(table) == len(kept):  # else a text goes over several lines, and rows keep theirs
            table.index = pd.Index([number for number, _ in kept])
    else:
        table = _parsed(given.file, lines, at, separator, names)
    table = table[~(table == "").all(axis=1)]
    before = (line.strip(' ",;\t') for line in head[:at])
    sheet = _sheet(given.file, table, names, found)
    return replace(sheet, around=(*filter(None, before), *after), remark=given.remark)


def _without_last_words(
    given: Text, at: int, separator: str, width: int
) -> tuple[list[str], tuple[str, ...]]:
    """The lines below the headings, without those of words that some producers put at the end.

    A row may lack its last cells, which spreadsheets leave out where they are blank. In the very
    last row, without an end of line, the download broke off.
    """
    lines = given.text.split("\n")[at + 1 :]
    words: list[str] = []
    while lines:
        cells = next(csv.reader(lines[-1:], delimiter=separator), [])
        if len(cells) > 1 or width == 1:
            break
        words[:0] = filter(None, cells)
        lines.pop()
    if not lines:
        raise DataError(f"{given.file} has headings and no rows. Download it again.")
    if len(cells) < width and not words and not given.text.endswith("\n"):
        raise DataError(
            f"{given.file}, row {at + 1 + len(lines)}: the file ends within this row. It is cut "
            "off: download it again."
        )
    return lines, tuple(words)


def _holds(line: str, texts: Sequence[str]) -> bool:
    return any(text in line for text in texts)


def _parsed(
    file: str, lines: Sequence[str], at: int, separator: str, names: Sequence[str]
) -> pd.DataFrame:
    """The cells below the headings, by the number of their row."""
    width = len(names)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            table = pd.read_csv(
                io.StringIO("\n".join(lines)),
                sep=separator,
                header=None,
                names=list(range(width + 1)),  # one more: some end each row with a separator
                index_col=False,
                dtype=str,
                na_filter=False,
                skip_blank_lines=False,
            )
    except pd.errors.ParserWarning:
        raise _too_wide(file, at + 2, separator, width) from None
    except pd.errors.ParserError as problem:
        wide = re.search(r"line (\d+), saw (\d+)", str(problem))
        if wide is None:
            raise DataError(
                f"{file}: quotation marks do not pair up, so that the file ends within a text. It "
                "may be cut off: download it again."
            ) from None
        raise _too_wide(file, int(wide[1]) + at + 1, separator, width) from None
    table.index = pd.RangeIndex(at + 2, at + 2 + len(table))
    beyond = table[width] != ""
    if beyond.any():
        raise _too_wide(file, table.index[beyond][0], separator, width)
    return table.drop(columns=width)


def _too_wide(file: str, row: int, separator: str, width: int) -> DataError:
    return DataError(
        f"{file}, row {row}: more cells than the {width} headings, separated by "
        f"{_SEPARATORS[separator]}. A text or number with that mark in it must stand in quotation "
        "marks: mend the row, or download the file again."
    )


def _of_workbook(
    given: WorkbookSheet, headings: Headings, required: Sequence[str], holding: Sequence[str]
) -> Sheet:
    head = list(itertools.islice(given.rows(), _PREAMBLE)) or [[]]
    at = max(range(len(head)), key=lambda number: len(_found(head[number], headings)))
    found = _found(head[at], headings)
    _require(f"{given.file}, row {at + 1}", head[at], found, headings, required)
    numbered = enumerate(itertools.islice(given.rows(), at + 1, None), at + 2)
    below = {number: row for number, row in numbered if any(row)}
    holders = {n: row for n, row in below.items() if not set(holding).isdisjoint(row)}
    below = holders or below
    table = pd.DataFrame.from_dict(below, orient="index", columns=range(len(head[at])), dtype=str)
    words = (" ".join(filter(None, row)) for row in head[:at])
    sheet = _sheet(given.file, table, head[at], found)
    return replace(sheet, around=tuple(filter(None, words)))


def _sheet(
    file: str,
    table: pd.DataFrame,
    names: Sequence[str],
    found: Mapping[str, str],
    counted: str = "row",
) -> Sheet:
    """The wanted columns of a table, without the row of tags that HXL puts below headings."""
    cells = pd.DataFrame(
        {
            column: table.iloc[:, names.index(heading)].str.strip()
            for column, heading in found.items()
        }
    )
    if len(cells) and cells.iloc[0].str.match(r"#|$").all() and cells.iloc[0].any():
        cells = cells.iloc[1:]
    if cells.empty:
        raise DataError(f"{file} has headings and no {counted}s. Download it again.")
    return Sheet(file, cells, {column: name.strip() for column, name in found.items()}, counted)


def _found(names: Sequence[str], headings: Headings) -> dict[str, str]:
    """By column that is wanted, the heading that there is for it."""
    there: dict[str, str] = {}
    for name in names:
        there.setdefault(_folded(name), name)
    found = {
        column: next((there[_folded(each)] for each in accepted if _folded(each) in there), None)
        for column, accepted in headings.items()
    }
    return {column: heading for column, heading in found.items() if heading is not None}


def _folded(heading: str) -> str:
    """A heading as it is compared: capitals, spaces and the kind of apostrophe do not matter."""
    plain = heading.replace("’", "'").replace("_", " ").replace("\xa0", " ")
    return " ".join(plain.casefold().split())


def _require(
    where: str,
    names: Sequence[str],
    found: Mapping[str, str],
    headings: Headings,
    required: Sequence[str],
) -> None:
    missing = [column for column in required if column not in found]
    if not missing:
        folded = [_folded(name) for name in names]
        for heading in found.values():
            if folded.count(_folded(heading)) > 1:
                raise DataError(
                    f"{where}: the column '{heading.strip()}' stands twice. Take out the one that "
                    "is not meant."
                )
        return
    wanted = "; ".join(" or ".join(f"'{each}'" for each in headings[column]) for column in missing)
    there = ", ".join(f"'{name.strip()}'" for name in names[:_LISTED] if name.strip())
    other = _OtherTable(
        f"{where}: there is no column {wanted}. There: {there or 'nothing'}. "
        "Is it the producer's file, with these columns chosen in the download?"
    )
    other.missing = len(missing)
    raise other
