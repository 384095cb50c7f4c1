"""The rows of a CSV file by column, or the row that is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportbook.errors import ReportError

_LONGEST_CELL = 131_072  # letters: the csv module's own limit, which other packages lift for all
_TOO_LONG = (
    f"a cell has more than {_LONGEST_CELL:,} letters, as where a quotation mark is never closed"
)


@dataclass(frozen=True)
class Rows:
    """A table: the names of its columns, and each row with the line it begins on."""

    columns: list[str]
    lines: list[tuple[int, dict[str, str]]]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows without their lines."""
        return [row for _, row in self.lines]


def read_rows(
    path: Path, shown: str, wanted: Callable[[list[str]], bool] = lambda columns: True
) -> Rows:
    """The rows of the file `path`, which errors call `shown`; empty lines are left out.

    A table is read to its end only if its columns are `wanted`.

    Raises
    ------
    ReportError
        If it cannot be read, is not UTF-8, or a row has not as many cells as there are columns:
        with file and row.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReportError(f"{shown} cannot be read: {error.strerror}.") from error
    columns = _heading(content)
    if not wanted(columns):
        return Rows(columns, [])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.object.count(b"\n", 0, error.start) + 1
        raise ReportError(f"{shown}, row {bad}: the file is not UTF-8 text.") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        found = Rows(next(reader, []), [])
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(found.columns):
                raise ReportError(
                    f"{shown}, row {line}: it has {len(cells)} cells, but there are "
                    f"{len(found.columns)} columns."
                )
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                raise ReportError(f"{shown}, row {line}: {_TOO_LONG}.")
            if cells:
                row = dict(zip(found.columns, cells, strict=True))
                found.lines.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReportError(f"{shown}, row {line}: {_said(error)}.") from error
    return found


def _heading(content: bytes) -> list[str]:
    """The cells of the first line; none if it is not that of a table."""
    first = content.partition(b"\n")[0].decode("utf-8-sig", "replace")
    try:
        return next(csv.reader([first.rstrip("\r")]), [])
    except csv.Error:
        return []


def _said(error: csv.Error) -> str:
    if "field larger than field limit" in str(error):
        return _TOO_LONG
    return f"it is not CSV ({error})"
