"""Reads large tables as columns: data frames, checked against the descriptor like any other.

A table of a hundred thousand rows is not kept as row objects. pandas' own parser splits the file,
and each distinct text of a column is read and checked once, by the rules of
`analysis.data.table_schema`; so the same row and the same cell are accepted or refused in both ways
of reading, with the same words. pandas takes 0.1 seconds for 139,000 rows. pyarrow's parser takes a
tenth of that, but as long again to be imported, and weighs 170 MB; DuckDB is no faster.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.data.table_schema import (
    LONGEST_CELL,
    Cell,
    Column,
    Package,
    Table,
    read_text,
    report,
    unknown_key,
    whole_rows,
)
from analysis.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"integer": "Int64", "number": "Float64"}
_Reference = tuple[Mapping[Cell, None], str]  # the keys of another table, and where they stand
_FIRST_ROW = 2  # as an editor counts: the header is the first


def read_columns(package: Package, name: str, path: Path) -> pd.DataFrame:
    """Return a file of a table as a data frame.

    Parameters
    ----------
    package : Package
        Its descriptor has the table's columns, and the tables that these refer to.
    name : str
        The table.
    path : pathlib.Path
        The file: a table has several, one for each snapshot.

    Returns
    -------
    pandas.DataFrame
        One row a row of the file. Whole numbers are ``Int64``, other numbers ``Float64``, both with
        ``<NA>`` for an empty cell; text is categorical, with ``""`` for an empty cell.

    Raises
    ------
    DataError
        If the file is missing or is not what the descriptor says, with file, row and column.
    """
    table = package.table(name, path)
    known = package.references_of(name)
    frame = _frame(table, known)
    if table.problems:
        raise DataError(report(table))
    return frame


def _frame(table: Table, known: Mapping[str, _Reference]) -> pd.DataFrame:
    """The table as a data frame; what is wrong with it is noted in the table."""
    import pandas as pd

    text = read_text(table.path, table.file)
    if not _is_plain(text, table):
        for _ in whole_rows(table):
            pass  # pandas would fill up short rows: what is wrong with the rows is noted here
    if table.problems:
        return pd.DataFrame(columns=[column.name for column in table.columns])
    cells = pd.read_csv(
        io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False, skip_blank_lines=False
    )
    frame = pd.DataFrame(
        {
            column.name: _column(table, column, cells[column.name], known.get(column.name))
            for column in table.columns
        }
    )
    if table.keys:
        again = frame.duplicated(list(table.keys))
        for row in frame.index[again]:
            key = ", ".join(str(frame.loc[row, name]) for name in table.keys)
            table.note(row + _FIRST_ROW, table.keys[0], f"the row for {key} stands twice.")
    return frame


def _is_plain(text: str, table: Table) -> bool:
    """Whether a file has the table's columns, no quotation marks, and in each line all cells."""
    header, *lines = text.removesuffix("\n").split("\n")
    names = [column.name for column in table.columns]
    separators = len(names) - 1
    return (
        header == ",".join(names)
        and '"' not in text
        and "\r" not in text
        and all(line.count(",") == separators and len(line) <= LONGEST_CELL for line in lines)
    )


def _column(table: Table, column: Column, cells: pd.Series, known: _Reference | None) -> pd.Series:
    """A column with its type; each distinct text is read once."""
    import pandas as pd

    codes, texts = pd.factorize(cells)
    values: list[Cell] = []
    for code, text in enumerate(texts):
        value, wrong = column.value_of(text)
        if not wrong and value and known is not None and value not in known[0]:
            wrong = unknown_key(value, *known)
        if wrong:
            for row in (codes == code).nonzero()[0]:
                table.note(int(row) + _FIRST_ROW, column.name, wrong)
        values.append(value)
    if column.kind in _DTYPES:
        numbers = pd.Series(values, dtype=_DTYPES[column.kind]).array
        return pd.Series(numbers.take(codes), cells.index)
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(values, dtype=object)), cells.index)


def plain_column(column: pd.Series) -> list[int | None]:
    """Return a column of whole numbers as Python's, with None for an empty cell."""
    return [
        None if value is None else int(value)
        for value in column.array.to_numpy(object, na_value=None)
    ]
