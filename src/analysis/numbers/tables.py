"""Tables for readers: a caption, headed columns, figures with their ranges, and a plain record."""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.data.observations import Source
from analysis.data.periods import Period, reader_date
from analysis.language import _, ngettext
from analysis.numbers.estimate import Absent, Estimate, Record

if TYPE_CHECKING:
    import pandas as pd

_MOST_ROWS_SHOWN = 1000  # on a page: nobody reads more there, and the record has all
_MOST_ROWS_OPEN = 12  # a longer table is folded, so that the page stays short

Cell = str | int | float | Estimate | Absent | Period | Source | datetime.date | None


@dataclass(frozen=True)
class Column:
    """A column: its name in the record, its head for readers and the unit of its figures."""

    name: str
    title: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under headed columns.

    Attributes
    ----------
    title : str
        The caption.
    columns : sequence of Column
        One for every cell of a row.
    rows : sequence of sequence of Cell
        A cell is text, a number, an estimate, an absence, a period, a date or a source.
    note : str
        What a reader must know to read it; stands under it.
    empty : str
        What is said instead when there are no rows, such as why nothing is known.

    Raises
    ------
    ValueError
        When a row is longer or shorter than the columns.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    empty: str = _("No figure was published for this.")

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Row {number} of {self.title!r} has {len(row)} cells "
                    f"for {len(self.columns)} columns."
                )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that a figure or a cell of the table rests on, each once."""
        found: dict[str, Source] = {}
        for cell in (cell for row in self.rows for cell in row):
            if isinstance(cell, Estimate):
                found.update((s.key, s) for s in cell.sources)
            elif isinstance(cell, Source):
                found[cell.key] = cell
        return tuple(found.values())

    def as_record(self) -> Record:
        """Return the plain record: columns, rows as text and numbers, sources."""
        return {
            "kind": "table",
            "title": self.title,
            "columns": [{"name": c.name, "title": c.title, "unit": c.unit} for c in self.columns],
            "rows": [[_plain(cell) for cell in row] for row in self.rows],
            "note": self.note,
            "reason": "" if self.rows else self.empty,
            "sources": [s.key for s in self.sources],
            "source_records": [s.as_record() for s in self.sources],
        }

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a data frame; a figure becomes three columns: value, low and high."""
        import pandas as pd

        columns: dict[str, Sequence[object]] = {}
        for n, column in enumerate(self.columns):
            cells = [_plain(row[n]) for row in self.rows]
            if any(isinstance(cell, dict) and "low" in cell for cell in cells):
                for suffix, key in (("", "value"), ("_low", "low"), ("_high", "high")):
                    columns[column.name + suffix] = [
                        cell.get(key) if isinstance(cell, dict) else None for cell in cells
                    ]
            else:
                columns[column.name] = [
                    cell["value"] if isinstance(cell, dict) else cell for cell in cells
                ]
        return pd.DataFrame(columns)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.rows:
            return {
                "text/plain": f"{self.title}: {self.empty}",
                "text/html": f'<p class="rb-absent"><strong>{html.escape(self.title)}</strong>: '
                f"{html.escape(self.empty)}</p>",
            }
        lines = [" | ".join(c.title for c in self.columns)]
        lines += [" | ".join(text(cell) for cell in row) for row in self.rows[:_MOST_ROWS_SHOWN]]
        more = len(self.rows) - _MOST_ROWS_SHOWN
        if more > 0:
            lines.append(ngettext("and {n} more row", "and {n} more rows", more).format(n=more))
        return {
            "text/plain": "\n".join([self.title, *lines, *([self.note] if self.note else [])]),
            "text/html": self._html(),
        }

    def _html(self) -> str:
        heads = "".join(f'<th scope="col">{html.escape(c.title)}</th>' for c in self.columns)
        body = []
        for row in self.rows[:_MOST_ROWS_SHOWN]:
            first, *others = row
            cells = [f'<th scope="row">{_marked_up(first)}</th>']
            cells += [f"<td>{_marked_up(cell)}</td>" for cell in others]
            body.append(f"<tr>{''.join(cells)}</tr>")
        note = f'<p class="rb-note">{html.escape(self.note)}</p>' if self.note else ""
        title = html.escape(self.title)
        table = (
            f'<div class="rb-table" role="region" tabindex="0" aria-label="{title}">'
            f"<table><caption>{title}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(body)}</tbody></table></div>{note}"
        )
        if len(self.rows) <= _MOST_ROWS_OPEN:
            return table
        rows = ngettext("{n} row", "{n} rows", len(self.rows)).format(n=len(self.rows))
        if len(self.rows) > _MOST_ROWS_SHOWN:
            rows = _("the first {shown} of {rows}").format(shown=_MOST_ROWS_SHOWN, rows=rows)
        return f'<details class="rb-long"><summary>{title} ({rows})</summary>{table}</details>'


def text(cell: Cell) -> str:
    """Return a cell as the reader sees it."""
    if cell is None:
        return "–"
    if isinstance(cell, Estimate):
        return cell.formats["range"]
    if isinstance(cell, Absent):
        return cell.said
    if isinstance(cell, Period):
        return cell.label()
    if isinstance(cell, datetime.date):
        return reader_date(cell)
    if isinstance(cell, Source):
        return cell.attribution
    return str(cell)


def _marked_up(cell: Cell) -> str:
    shown = html.escape(text(cell))
    if isinstance(cell, Source) and cell.url:
        # what it is called stands on the page of sources: here it would be half of a long table
        return f'<a href="{html.escape(cell.url)}">{shown}</a>'
    if isinstance(cell, Absent):
        return f'<span title="{html.escape(cell.reason, quote=True)}">{shown}</span>'
    if isinstance(cell, Estimate):
        # Two elements: a narrow column breaks the line between figure and range, not inside one.
        words, bracket, beside = shown.partition(" (")
        return f"<span>{words}</span>" + (f" <small>({beside}</small>" if bracket else "")
    if isinstance(cell, Period | datetime.date):
        return f"<span>{shown}</span>"
    return shown


def _plain(cell: Cell) -> str | int | float | Record | None:
    if isinstance(cell, Estimate):
        return {"text": text(cell), "value": cell.value, "low": cell.low, "high": cell.high}
    if isinstance(cell, Absent):
        return {"text": text(cell), "value": None, "low": None, "high": None, "reason": cell.reason}
    if isinstance(cell, Period | datetime.date):
        return {"text": text(cell), "value": str(cell)}
    if isinstance(cell, Source):
        return {"text": text(cell), "value": cell.key}
    return cell
