"""The files that readers can download of a chart: data as CSV and XLSX, picture as SVG and PNG."""

from __future__ import annotations

import base64
import csv
import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportbook.files.signs import plain_cell
from reportbook.results.attribution import attribution

FOLDER = "downloads"  # beside an edition's index.html
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}

_MOST_ROWS_OF_WORKBOOK = 50_000  # a workbook lies in memory while it is written
_PARTS = ("value", "low", "high", "text")  # of a figure: what it is, its range, what readers see
# a workbook states when it was made; a fixed day keeps the same data the same bytes
_MADE = datetime.datetime(1980, 1, 1)

Row = list[str | int | float | None]


@dataclass(frozen=True)
class ChartFile:
    """One file: its kind (``csv``), and its name in the folder of downloads."""

    kind: str
    name: str


def address(name: str) -> str:
    """A published name as part of an address: ``a.stock_chart`` becomes ``a-stock-chart``."""
    return name.replace(".", "-").replace("_", "-")


def write_files(
    record: Mapping[str, Any], shown: Mapping[str, Any], edition: str, folder: Path
) -> list[ChartFile]:
    """Write the files of one published chart into `folder`, and return which they are.

    Parameters
    ----------
    record
        The chart's record with its name. What it draws stands in ``table``.
    shown
        What the cell displays, by media type; PNG as base64.
    edition
        The edition's title, which a workbook names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = address(record["name"])
    files = []
    if record.get("table"):
        rows = plain_rows(record["table"])
        with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([plain_cell(cell) for cell in row] for row in rows)
        files.append(ChartFile("csv", f"{stem}.csv"))
        if len(record["table"]["rows"]) <= _MOST_ROWS_OF_WORKBOOK:
            rows = plain_rows(record["table"])
            _write_workbook([*rows], about(record, edition), folder / f"{stem}.xlsx")
            files.append(ChartFile("xlsx", f"{stem}.xlsx"))
    for kind, media in PICTURES.items():
        if media in shown:
            content = shown[media]
            data = base64.b64decode(content) if kind == "png" else content.encode()
            (folder / f"{stem}.{kind}").write_bytes(data)
            files.append(ChartFile(kind, f"{stem}.{kind}"))
    return files


def plain_rows(table: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of a table record, heads first, one value a cell.

    A column of figures becomes four: value, ``_low``, ``_high`` and, as readers see it, ``_text``.
    Of a date or a source stands what programs read: ``2020-05``, the source's key.
    """
    columns, rows = table["columns"], table["rows"]
    figures = [any(_is_figure(row[n]) for row in rows) for n in range(len(columns))]
    heads: Row = []
    for column, is_figure in zip(columns, figures, strict=True):
        name = column["name"]
        heads += [name, *(f"{name}_{part}" for part in _PARTS[1:])] if is_figure else [name]
    yield heads
    for row in rows:
        line: Row = []
        for cell, is_figure in zip(row, figures, strict=True):
            if not is_figure:
                line.append(cell["value"] if isinstance(cell, dict) else cell)
            elif isinstance(cell, dict):
                line += [_short(cell.get(part)) for part in _PARTS]
            else:
                line += [None, None, None, cell]
        yield line


def _is_figure(cell: object) -> bool:
    return isinstance(cell, dict) and not isinstance(cell["value"], str)


def _short(value: str | float | None) -> str | int | float | None:
    """A whole number without its ``.0``."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def about(record: Mapping[str, Any], edition: str) -> Iterator[tuple[str, str]]:
    """What the sheet "About" says of the data: title, edition, as-of date, licence, sources."""
    yield "Title", record["title"]
    yield "Edition", edition
    yield "As of", record.get("as_of") or "everything published so far"
    if record.get("licence"):
        yield "Licence", record["licence"]
    if record.get("alt"):
        yield "What it shows", record["alt"]
    for column in record["table"]["columns"]:
        unit = f", in {column['unit']}" if column.get("unit") else ""
        yield f"Column {column['name']}", f"{column.get('title') or column['name']}{unit}"
    for source in record.get("source_records", ()):
        said = (attribution(source), source.get("title"), source.get("published"))
        words = ", ".join(dict.fromkeys(filter(None, said)))
        yield "Source", " ".join(filter(None, (words, source.get("url"))))


def _write_workbook(rows: list[Row], facts: Iterator[tuple[str, str]], path: Path) -> None:
    import xlsxwriter

    # text stays text: nothing that begins with '=' or 'http' is turned into something else
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, options) as book:
        _fill(book, rows, facts)
    path.write_bytes(content.getvalue())


def _fill(book: Any, rows: list[Row], facts: Iterator[tuple[str, str]]) -> None:
    book.set_properties({"created": _MADE})
    bold = book.add_format({"bold": True})
    data, told = book.add_worksheet("Data"), book.add_worksheet("About")
    data.freeze_panes(1, 0)
    data.write_row(0, 0, rows[0], bold)
    for number, row in enumerate(rows[1:], 1):
        data.write_row(number, 0, row)
    data.autofit()
    told.set_column(0, 0, 24)
    told.set_column(1, 1, 100, book.add_format({"text_wrap": True}))
    for number, (name, said) in enumerate(facts):
        told.write(number, 0, name, bold)
        told.write(number, 1, said)
