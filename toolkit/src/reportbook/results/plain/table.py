"""A data frame as a record and as HTML: with its units, formats and ranges by column."""

from __future__ import annotations

import datetime
import html
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.dates import reader_date
from reportbook.results.plain.report_words import language, sources_by_key, unit_patterns
from reportbook.results.printing import in_unit, printed
from reportbook.results.schema import Cells, Column, Figure, Said, TableRecord, Value
from reportbook.results.table_html import MOST_ROWS_SHOWN, foldable_table

if TYPE_CHECKING:
    import pandas as pd

_FIRST_YEAR, _LAST_YEAR = 1800, 2100

Format = str | Callable[[Any], str]


def table_record(
    name: str,
    frame: pd.DataFrame | pd.Series[Any],
    *,
    caption: str = "",
    units: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    ranges: Mapping[str, tuple[str, str]] | None = None,
    source: str | Sequence[str] = (),
    note: str = "",
) -> TableRecord:
    """Return the record of a table.

    Parameters
    ----------
    name
        What it is published under.
    frame
        A data frame, or a series as its only column. An index that says more than the number of
        the row comes first.
    caption
        What the table shows; readers need it.
    units
        By column: as of a plain number.
    formats
        By column how its cells are written, as ``"{:.1%}"`` or a function; else by unit and range.
    ranges
        By column the two columns that hold its low and high ends. These are not shown by
        themselves.
    source
        Keys of sources.
    note
        What a reader must know to read it.

    Raises
    ------
    ReportError
        If it has no caption, or a column is named that it does not have.
    """
    if not caption:
        raise ReportError(
            f"'{name}' is a table without a caption. Say what it shows: "
            'publish("…", frame, caption="Rain by month, in millimetres").'
        )
    sources = sources_by_key(source, name)
    cells = _cells(name, frame, caption, units or {}, formats or {}, ranges or {})
    return {
        "kind": "table",
        "title": caption,
        "columns": cells["columns"],
        "rows": cells["rows"],
        "note": note,
        "reason": "" if len(frame) else "it has no rows",
        "sources": [each["source"] for each in sources],
        "source_records": sources,
    }


def cells_of(name: str, frame: pd.DataFrame | pd.Series[Any], title: str) -> Cells:
    """Return what a picture draws as a table."""
    return _cells(name, frame, title, {}, {}, {})


def shown(record: TableRecord) -> dict[str, str]:
    """What a reader of the notebook and of the page sees, by media type."""
    heads = [column.get("title") or column["name"] for column in record["columns"]]
    if not record["rows"]:
        said = f"{record['title']}: {record['reason']}"
        return {"text/plain": said, "text/html": f'<p class="rb-absent">{html.escape(said)}</p>'}
    shown_rows = record["rows"][:MOST_ROWS_SHOWN]
    more = len(record["rows"]) - len(shown_rows)
    rows = [[text_of(cell) for cell in row] for row in shown_rows]
    note = record.get("note") or ""
    plain = [record["title"], " | ".join(heads), *(" | ".join(row) for row in rows)]
    plain += [f"and {more:,} more rows"] if more else []
    marked = foldable_table(
        html.escape(record["title"]),
        [html.escape(head) for head in heads],
        [[html.escape(cell) for cell in row] for row in rows],
        in_all=len(record["rows"]),
    )
    marked += f'<p class="rb-note">{html.escape(note)}</p>' if note else ""
    return {"text/plain": "\n".join([*plain, *([note] if note else [])]), "text/html": marked}


def text_of(cell: Value | Figure | Said) -> str:
    """Return a cell as readers see it."""
    if isinstance(cell, dict):
        return cell["text"]
    return "–" if cell is None else str(cell)


def _cells(
    name: str,
    frame: pd.DataFrame | pd.Series[Any],
    title: str,
    units: Mapping[str, str],
    formats: Mapping[str, Format],
    ranges: Mapping[str, tuple[str, str]],
) -> Cells:
    whole = _as_frame(frame)
    known = list(whole.columns)
    asked = [*units, *formats, *ranges, *(end for ends in ranges.values() for end in ends)]
    for column in asked:
        if column not in known:
            raise ReportError(
                f"'{name}': the table has no column '{column}'. It has {listed(known)}."
                + did_you_mean(column, known)
            )
    hidden = {end for ends in ranges.values() for end in ends}
    columns: list[Column] = []
    by_column = []
    for column in (each for each in known if each not in hidden):
        unit = units.get(column, "")
        columns.append({"name": column, "title": column, "unit": unit})
        low, high = (whole[end] for end in ranges[column]) if column in ranges else (None, None)
        by_column.append(_column(whole[column], low, high, unit, formats.get(column)))
    rows = [list(row) for row in zip(*by_column, strict=True)]
    return {"title": title, "columns": columns, "rows": rows}


def _as_frame(frame: pd.DataFrame | pd.Series[Any]) -> pd.DataFrame:
    """The frame with its index among its columns where it says something, and columns of text."""
    import pandas as pd

    if isinstance(frame, pd.Series):
        frame = frame.to_frame("value" if frame.name is None else frame.name)
    index = frame.index
    numbered = isinstance(index, pd.RangeIndex) and index.name is None
    whole = frame.copy(deep=False)
    whole.columns = pd.Index([_said(column) for column in frame.columns])
    if not numbered:
        names = [each or f"index {place}" for place, each in enumerate(index.names, 1)]
        whole.index = index.set_names(names)
        whole = whole.reset_index()
    return whole


def _said(column: Any) -> str:
    return " ".join(map(str, column)) if isinstance(column, tuple) else str(column)


def _column(
    cells: pd.Series[Any],
    low: pd.Series[Any] | None,
    high: pd.Series[Any] | None,
    unit: str,
    form: Format | None,
) -> list[Value | Figure | Said]:
    years = _could_be_years(cells)
    pattern = in_unit(unit, unit_patterns())
    spoken = language()
    made: list[Value | Figure | Said] = []
    for place, cell in enumerate(cells):
        plain = _plain(cell)
        is_number = isinstance(plain, int | float) and not isinstance(plain, bool)
        least, most = (None if end is None else _number(end.iloc[place]) for end in (low, high))
        if plain is None:
            made.append(None)
        elif form is not None:
            said = _by(form, cell)
            made.append(_figure(said, plain, least, most) if is_number else said)
        elif not is_number:
            made.append(reader_date(str(plain), spoken))
        elif years and not unit:
            made.append(_figure(str(plain), plain, least, most))
        else:
            assert isinstance(plain, int | float)
            said = printed(plain, least, most, pattern, spoken).range
            made.append(_figure(said, plain, least, most))
    return made


def _by(form: Format, cell: Any) -> str:
    if not isinstance(form, str):
        return str(form(cell))
    try:
        return form.format(cell)
    except (ValueError, LookupError, TypeError) as error:
        raise ReportError(
            f"The format '{form}' does not fit the cell {cell!r} ({error}). Write one like "
            "'{:.1f}' or '{:,}', or give a function."
        ) from error


def _figure(said: str, value: Any, low: float | None, high: float | None) -> Figure:
    return {"text": said, "value": value, "low": low, "high": high}


def _could_be_years(cells: pd.Series[Any]) -> bool:
    """Whether a column holds nothing but whole numbers that read as years, not as 2,024."""
    found = [_plain(cell) for cell in cells]
    return all(isinstance(each, int) and _FIRST_YEAR <= each <= _LAST_YEAR for each in found)


def _plain(cell: Any) -> Value:
    """A cell as JSON: a number, text, an ISO date, or nothing where it is missing."""
    if hasattr(cell, "item") and not isinstance(cell, datetime.date):
        cell = cell.item()  # of numpy
    if cell is None or cell != cell:  # not a number, not a time: pandas' ways to say missing
        return None
    if isinstance(cell, datetime.datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, bool | int | str):
        return cell
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    return str(cell)


def _number(cell: Any) -> float | None:
    plain = _plain(cell)
    return float(plain) if isinstance(plain, int | float) else None
