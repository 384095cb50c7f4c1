"""Reads the tables of a Data Package, checking every cell against the package's own descriptor.

The descriptor is the only schema: types, constraints, keys and references are read from
``datapackage.json`` (Data Package and Table Schema, version 1), so what stops a load here is what
``frictionless validate`` reports. Three checks go further, so that
reading changes no cell: a number is plain digits with a point, a period is one the calendar has,
and a file begins without a byte order mark.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from analysis.data.periods import Period
from analysis.errors import DataError, NotAccepted, did_you_mean

Cell = str | int | float | Period | None
Kind = TypeVar("Kind", str, int, float, Period)

REPORTED_PER_FILE = 10
LISTED_PER_MESSAGE = 20
LONGEST_CELL = 131_072  # letters: the csv module's own limit, which other packages lift for all
_TOO_LONG = f"a cell has more than {LONGEST_CELL:,} letters."

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Control signs, and those that show the text behind them in another order (UAX 9).
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INTEGER = re.compile(r"-?[0-9]+")
_PERIOD = "http://purl.org/dc/terms/PeriodOfTime"


def cell(row: Mapping[str, Cell], column: str, kind: type[Kind]) -> Kind:
    """Return a cell of a row as the type that its column has.

    Parameters
    ----------
    row : mapping of str to Cell
    column : str
        A column of the row.
    kind : type
        ``str``, ``int``, ``float`` or ``Period``.

    Raises
    ------
    DataError
        If the cell is empty or of another type.
    """
    value = row[column]
    if not isinstance(value, kind):
        raise DataError(f"column {column}: {value!r} where a {kind.__name__} is needed.")
    return value


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table as the descriptor gives it."""

    name: str
    kind: str
    read: Callable[[str], Cell]
    required: bool
    unique: bool
    minimum: float | None
    maximum: float | None
    pattern: re.Pattern[str] | None
    enum: tuple[str, ...]

    def value_of(self, text: str) -> tuple[Cell, str]:
        """Return the value of a cell's text and ``""``, or what it is instead and what is wrong."""
        if not text:
            wrong = "the cell is empty, and a value is required." if self.required else ""
            return ("" if self.read is str else None), wrong
        hidden = _HIDDEN.search(text)
        if hidden:
            sign = f"U+{ord(hidden[0]):04X}"
            return None, f"the cell has the sign {sign}, which nobody sees. Delete it."
        try:
            value = self.read(text)
        except (NotAccepted, ValueError) as problem:
            return None, str(problem)
        return value, self._problem(text, value)

    def _problem(self, text: str, value: Cell) -> str:
        """What is wrong with a cell that has a value, or ``""``."""
        if self.enum and text not in self.enum:
            return (
                f"{text!r} is not accepted.{did_you_mean(text, self.enum)} {_accepted(self.enum)}"
            )
        if self.pattern and not self.pattern.search(text):
            if text != text.strip():
                return f"{text!r} begins or ends with a space. Accepted: the same without it."
            return f"{text!r} is not accepted. Accepted: text of the form {self.pattern.pattern}"
        if isinstance(value, int | float):
            if self.minimum is not None and value < self.minimum:
                return f"{text!r} is too low. Accepted: {self.minimum} or more."
            if self.maximum is not None and value > self.maximum:
                return f"{text!r} is too high. Accepted: {self.maximum} or less."
        return ""


@dataclass(slots=True)
class Table:
    """One resource of the package: its columns, its rows, and what is wrong with them."""

    name: str
    path: Path
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    replaced_by: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...]
    rows: list[tuple[int, dict[str, Cell]]] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The file as messages name it: its folder and name."""
        return f"{self.path.parent.name}/{self.path.name}"

    def cells(self) -> Iterator[dict[str, Cell]]:
        """Yield each row's cells by column, in the order of the file."""
        return (row for _, row in self.rows)

    def values(self, column: str) -> dict[Cell, None]:
        """Return the distinct values of a column, in the order of the file."""
        return dict.fromkeys(row[column] for _, row in self.rows)

    def note(self, row: int, column: str, what: str) -> None:
        """Keep a problem: the row as an editor counts lines (0: the file), and the column.

        An empty column means that the row as a whole could not be read.
        """
        self.problems.append((row, column, what))


class Package:
    """The tables of a Data Package, each read and checked when it is first asked for.

    Parameters
    ----------
    folder : pathlib.Path
        The folder that holds ``datapackage.json``.
    *expected : str
        Names of resources that must be there.

    Raises
    ------
    DataError
        If the descriptor cannot be used, here; on reading, with file, row and column of everything
        that is wrong, up to ten problems for each file.
    """

    def __init__(self, folder: Path, *expected: str) -> None:
        self._tables = {table.name: table for table in _descriptor(folder, expected)}
        self._read: set[str] = set()

    def read(self, *names: str) -> dict[str, Table]:
        """Return the tables named and those they refer to; all of them if none is named."""
        asked = self._with_references(names or tuple(self._tables))
        for name in asked:
            if name not in self._read:
                _read_rows(self._tables[name])
        for name in asked:
            if name not in self._read:
                _check_references(self._tables[name], self._tables)
        self._read |= asked.keys()
        reports = [report(table) for table in asked.values() if table.problems]
        if reports:
            raise DataError("\n".join(reports))
        return asked

    @property
    def replaced_by(self) -> dict[str, tuple[str, ...]]:
        """By table, the columns by whose values a newer snapshot's rows replace older ones.

        It is the resource's own property ``replacedBy``; without it, its primary key.
        """
        return {name: table.replaced_by or table.keys for name, table in self._tables.items()}

    def table(self, name: str, path: Path) -> Table:
        """Return a table as the descriptor has it, with nothing read, of a file of its own."""
        return dataclasses.replace(self._tables[name], path=path, rows=[], problems=[])

    def references_of(self, name: str) -> dict[str, tuple[Mapping[Cell, None], str]]:
        """Return, by column that refers to another table, the keys there and the place they stand.

        Raises
        ------
        DataError
            As of :meth:`read`.
        """
        references = self._tables[name].references
        tables = self.read(*(to for _, to, _ in references)) if references else {}
        return {
            column: (tables[to].values(key), f"{tables[to].file}, column {key}")
            for column, to, key in references
        }

    def _with_references(self, names: tuple[str, ...]) -> dict[str, Table]:
        found: dict[str, Table] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._tables[name]
                waiting += [resource for _, resource, _ in found[name].references]
        return {name: table for name, table in self._tables.items() if name in found}


def _descriptor(folder: Path, expected: tuple[str, ...]) -> Iterator[Table]:
    path = folder / "datapackage.json"
    file = f"{folder.name}/{path.name}"
    try:
        resources = json.loads(read_text(path, file))["resources"]
    except json.JSONDecodeError as problem:
        raise DataError(
            f"{file}, line {problem.lineno}, column {problem.colno}: not JSON, {problem.msg}."
        ) from None
    except (KeyError, TypeError):
        raise DataError(f"{file} lists no resources. Accepted: a Data Package.") from None
    missing = set(expected) - {resource["name"] for resource in resources}
    if missing:
        raise DataError(f"{file} names no resource {', '.join(sorted(missing))}.")
    for resource in resources:
        schema = resource["schema"]
        place = PurePosixPath(resource["path"])
        if place.is_absolute() or ".." in place.parts:
            raise DataError(
                f"{file}, resource {resource['name']}: its path {resource['path']} leads out of "
                f"{folder.name}. Accepted: a path within that folder."
            )
        yield Table(
            name=resource["name"],
            path=folder / place,
            columns=tuple(_column(f) for f in schema["fields"]),
            keys=tuple(_listed(schema.get("primaryKey", []))),
            replaced_by=tuple(resource.get("replacedBy", ())),
            references=tuple(
                (column, key["reference"]["resource"], target)
                for key in schema.get("foreignKeys", [])
                for column, target in zip(
                    _listed(key["fields"]), _listed(key["reference"]["fields"]), strict=True
                )
            ),
        )


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _column(spec: Mapping[str, Any]) -> Column:
    limits = spec.get("constraints", {})
    kind = "period" if spec.get("rdfType") == _PERIOD else spec["type"]
    if kind not in _READERS:
        raise DataError(
            f"datapackage.json, column {spec['name']}: type {kind!r} is not read here. "
            f"{_accepted(tuple(_READERS))}"
        )
    return Column(
        name=spec["name"],
        kind=kind,
        read=_READERS[kind],
        required=limits.get("required", False),
        unique=limits.get("unique", False),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=re.compile(limits["pattern"]) if "pattern" in limits else None,
        enum=tuple(limits.get("enum", ())),
    )


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(
            f"{text!r} is not a number. Accepted: digits with a point for decimals and no "
            "separator for thousands, such as 7700000 or 37.4."
        )
    return float(text)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"{text!r} is not a whole number. Accepted: digits, such as 2020.")
    return int(text)


_READERS: dict[str, Callable[[str], Cell]] = {
    "string": str,
    "number": _number,
    "integer": _integer,
    "period": Period.parse,
}


def read_text(path: Path, file: str) -> str:
    """Return a file's text, which must be UTF-8 without a byte order mark and not empty."""
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except FileNotFoundError:
        raise DataError(f"{file} is missing. It is expected at {path}.") from None
    except OSError as problem:
        raise DataError(f"{file} cannot be opened: {problem.strerror}.") from None
    save = 'Save it as UTF-8 without a byte order mark (not as "CSV UTF-8" or "Unicode text").'
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{file}, row 1: the file is UTF-16. {save}")
    if content.startswith(b"\xef\xbb\xbf"):
        raise DataError(f"{file}, row 1: the file begins with a byte order mark. {save}")
    if not content.strip():
        raise DataError(f"{file} is empty. Accepted: a line of column names, then the rows.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8")
        row = before.count("\n") + 1
        header = next(csv.reader([before.partition("\n")[0]]), [])
        place = len(next(csv.reader([before.rpartition("\n")[2]]), [""])) - 1
        column = f", column {header[place]}" if row > 1 and place < len(header) else ""
        raise DataError(
            f"{file}, row {row}{column}: byte 0x{content[problem.start]:02x} is not UTF-8. {save}"
        ) from None


def _records(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it begins on."""
    # Strict: a quote that is never closed would otherwise swallow the rows below it.
    reader = csv.reader(io.StringIO(read_text(table.path, table.file), newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(len(cell) > LONGEST_CELL for cell in cells):
                table.note(line, "", _TOO_LONG)
                return
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        too_long = "field larger" in str(problem)
        table.note(
            line, "", _TOO_LONG if too_long else f"quotation marks do not pair up ({problem})."
        )


def whole_rows(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have a cell for each column, with the lines they begin on.

    What is wrong with the file's columns, and with rows of another width, is noted in the table.

    Raises
    ------
    DataError
        If the file is missing, empty or not UTF-8.
    """
    records = _records(table)
    _, header = next(records, (1, []))
    names = [column.name for column in table.columns]
    if header != names:
        table.note(1, "", _header_problem(header, names))
        return
    for line, cells in records:
        if len(cells) == len(names):
            yield line, cells
            continue
        what = f"{len(cells)} cells where the header names {len(names)} columns"
        table.note(line, "", f"{what}." if cells else "an empty line.")


def _read_rows(table: Table) -> None:
    seen: dict[str, dict[Cell, int]] = {
        column.name: {} for column in table.columns if column.unique or table.keys == (column.name,)
    }
    try:
        for line, cells in whole_rows(table):
            row = {
                column.name: _read_cell(table, line, column, text)
                for column, text in zip(table.columns, cells, strict=True)
            }
            for name, rows in seen.items():
                first = rows.setdefault(row[name], line)
                if first != line and row[name] is not None:
                    table.note(line, name, f"{row[name]!r} stands in row {first} already.")
            table.rows.append((line, row))
    except DataError as problem:
        table.note(0, "", str(problem))


def _header_problem(header: list[str], names: list[str]) -> str:
    if "".join(header[:1]).startswith("sep="):
        return "a line 'sep=', which is for Excel alone. Accepted: the names of the columns."
    if len(header) == 1 < len(names) and any(header[0].split(sign) == names for sign in ";\t|"):
        return f"{header[0][len(names[0])]!r} stands between the cells. Accepted: a comma."
    missing = [name for name in names if name not in header]
    extra = [name for name in header if name not in names]
    parts = []
    if missing:
        parts.append(f"column {', '.join(missing)} is missing.")
    if extra:
        parts.append(f"column {', '.join(extra)} is not in datapackage.json.")
    if not parts:
        parts.append("the columns stand twice or in another order.")
    return f"{' '.join(parts)} Accepted: {','.join(names)}"


def _read_cell(table: Table, line: int, column: Column, text: str) -> Cell:
    """Return the value of a cell, with a note of what is wrong."""
    value, wrong = column.value_of(text)
    if wrong:
        table.note(line, column.name, wrong)
    return value


def _check_references(table: Table, tables: Mapping[str, Table]) -> None:
    for column, resource, target_column in table.references:
        target = tables[resource]
        if any(not column for _, column, _ in target.problems):
            continue  # A row that cannot be read there may hold the key: its report comes first.
        known = target.values(target_column)
        for line, row in table.rows:
            if row[column] and row[column] not in known:
                wrong = unknown_key(row[column], known, f"{target.file}, column {target_column}")
                table.note(line, column, wrong)


def unknown_key(key: Cell, known: Mapping[Cell, None], place: str) -> str:
    """Return what is wrong with a key that the table it refers to has not.

    Parameters
    ----------
    key : str
    known : mapping
        The keys that are there.
    place : str
        Where: the file and its column.
    """
    keys = [str(each) for each in known]
    return (
        f"{key!r} is not in {place}.{did_you_mean(key, keys)} {_accepted(tuple(keys))} "
        f"Mend the key or add a row there."
    )


def _accepted(accepted: tuple[str, ...]) -> str:
    listed = ", ".join(accepted[:LISTED_PER_MESSAGE])
    more = len(accepted) - LISTED_PER_MESSAGE
    return f"Accepted: {listed}{f' and {more} more' if more > 0 else ''}."


def report(table: Table) -> str:
    """Return what is wrong with a table, a line each, up to ten and the number of the others."""
    problems = sorted(table.problems, key=lambda problem: problem[0])
    shown = [_message(table, *problem) for problem in problems[:REPORTED_PER_FILE]]
    if len(problems) > len(shown):
        shown.append(f"{table.file}: and {len(problems) - len(shown)} more.")
    return "\n".join(shown)


def _message(table: Table, row: int, column: str, what: str) -> str:
    if not row:
        return what
    place = f"row {row}, column {column}" if column else f"row {row}"
    return f"{table.file}, {place}: {what}"
