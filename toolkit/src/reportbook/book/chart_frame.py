"""A chart on its page: its picture, and under it source, data as a table, files, a link to itself.

Plain HTML without scripts, put into the staged notebook in the place of the chart's output.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from reportbook.book.downloads import FOLDER, ChartFile, address
from reportbook.files.dates import publication, reader_date
from reportbook.results.attribution import attribution, attributions
from reportbook.results.table_html import MOST_ROWS_SHOWN, scrolling_table

_FILES = (("Data", ("csv", "xlsx")), ("Picture", ("svg", "png")))

_SIZE = re.compile(r"<svg\b[^>]*?\bviewBox=\"[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)\"")

Record = Mapping[str, Any]


def anchor(name: str) -> str:
    """An anchor for links to a published table; it stands above the table."""
    return f'<div class="rb-anchor" id="{address(name)}"></div>'


def framed(
    record: Record,
    files: Sequence[ChartFile],
    drawn: str,
    *,
    up: str,
    language: str,
    same_table: str = "",
) -> str:
    """The HTML of one chart, with the anchor for links to it.

    The picture is the file that readers can take along. On a phone it keeps the width at which
    its type can be read, in a frame that scrolls.

    Parameters
    ----------
    record
        The chart's record with its name.
    files
        What was written for it, its SVG among them.
    drawn
        The SVG itself.
    up
        From the chart's page to the edition's root: ``../``.
    same_table
        The published name of the table that shows the same on this page; without one, the table
        is put under the chart, behind a click.
    """
    name = address(record["name"])
    source = next(f"{up}{FOLDER}/{file.name}" for file in files if file.kind == "svg")
    alt = escape(" ".join(record["alt"].split()))
    size = _SIZE.search(drawn)
    # room is kept for the picture while it loads
    room = ' width="{}" height="{}"'.format(*size.groups()) if size else ""
    return (
        f'<figure class="rb-chart rb-anchor" id="{name}">'
        f'<div class="rb-picture" role="group" tabindex="0" '
        f'aria-label="Picture: {escape(record["title"])}">'
        f'<img src="{source}" alt="{alt}"{room}></div>'
        f"<figcaption>{block(record, files, up=up, language=language, same_table=same_table)}"
        "</figcaption></figure>"
    )


def undrawn(record: Record, *, language: str) -> str:
    """The HTML of a chart of which there is no picture: what it shows in words, and as a table."""
    name = address(record["name"])
    return (
        f'<figure class="rb-chart rb-anchor" id="{name}">'
        f'<p class="rb-undrawn"><strong>{escape(record["title"])}</strong><br>'
        f"{escape(' '.join(record['alt'].split()))}<br>"
        "<em>The picture is not drawn here: committed notebooks have none. "
        "'reportbook build' draws it.</em></p>"
        f"<figcaption>{block(record, (), up='', language=language)}</figcaption></figure>"
    )


def block(
    record: Record, files: Sequence[ChartFile], *, up: str, language: str, same_table: str = ""
) -> str:
    """What stands under one chart; the parameters are those of `framed`."""
    parts = []
    if record.get("source_records"):
        parts.append(_sources(record["source_records"], language))
    if credit := _credit(record, language):
        parts.append(f'<p class="rb-credit">{credit}</p>')
    table = record.get("table")
    if table and table["rows"] and not same_table:
        parts.append(
            '<details class="rb-long rb-chart-table"><summary>The same as a table'
            f"{_of_all(table['rows'])}</summary>{chart_table(table)}</details>"
        )
    parts.append(f'<p class="rb-chart-links">{_links(record, files, up, same_table)}</p>')
    return f'<div class="rb-under-chart">{"".join(parts)}</div>'


def chart_table(table: Record) -> str:
    """The table of a chart as HTML that scrolls in its own frame, with heads and caption.

    Of a very long one the first rows: all of them are among the files below the chart.
    """
    heads = [escape(column.get("title") or column["name"]) for column in table["columns"]]
    rows = ([_shown(cell) for cell in row] for row in table["rows"][:MOST_ROWS_SHOWN])
    return scrolling_table(escape(table["title"]), heads, rows)


def _of_all(rows: Sequence[object]) -> str:
    if len(rows) <= MOST_ROWS_SHOWN:
        return ""
    return f" (the first {MOST_ROWS_SHOWN:,} of {len(rows):,} rows)"


def _shown(cell: Any) -> str:
    if isinstance(cell, dict):
        cell = cell.get("text")
    return "–" if cell is None else escape(str(cell))


def _credit(record: Record, language: str) -> str:
    said = []
    if "as_of" in record:
        as_of = record["as_of"]
        known = (
            f"As known on {reader_date(as_of, language)}." if as_of else "Everything known so far."
        )
        said.append(known)
    if record.get("licence"):
        name = escape(record["licence"])
        address = f"https://spdx.org/licenses/{name}.html"
        said.append(f'Licence of the chart: <a rel="license" href="{address}">{name}</a>.')
    return " ".join(said)


def _sources(sources: Sequence[Record], language: str) -> str:
    said = f"Source: {escape(attributions(sources))}"
    if len(sources) > 1:
        said += f" ({len(sources)} documents)"
    items = "".join(f"<li>{_source(source, language)}</li>" for source in sources)
    return f'<details class="rb-chart-sources"><summary>{said}</summary><ul>{items}</ul></details>'


def _source(source: Record, language: str) -> str:
    title = escape(source.get("title") or source["source"])
    if source.get("url"):
        title = f'<a href="{escape(source["url"])}">{title}</a>'
    by = f"{escape(attribution(source))}, " if source.get("publisher") else ""
    return f"{by}{title}, {publication(source, language)}"


def all_rows(record: Record, files: Sequence[ChartFile], *, up: str) -> str:
    """What stands under a table that is too long for its page: links to all of it."""
    links = _data_links(record, files, up)
    return f'<p class="rb-chart-links"><span>All rows: {links}</span></p>'


def _data_links(record: Record, files: Sequence[ChartFile], up: str) -> str:
    return ", ".join(
        f'<a href="{up}{FOLDER}/{file.name}" download aria-label="All rows of '
        f'“{escape(record["title"])}” as {file.kind.upper()}">{file.kind.upper()}</a>'
        for file in files
    )


def _links(record: Record, files: Sequence[ChartFile], up: str, same_table: str) -> str:
    title = escape(record["title"])
    groups = []
    for what, kinds in _FILES:
        links = [
            f'<a href="{up}{FOLDER}/{file.name}" download '
            f'aria-label="{what} of “{title}” as {file.kind.upper()}">{file.kind.upper()}</a>'
            for file in files
            if file.kind in kinds
        ]
        if links:
            groups.append(f"<span>{what}: {', '.join(links)}</span>")
    if same_table:
        groups.append(f'<span><a href="#{address(same_table)}">The same as a table</a></span>')
    groups.append(
        f'<span><a href="#{address(record["name"])}" '
        f'aria-label="Link to the chart “{title}”">Link to this chart</a></span>'
    )
    return " ".join(groups)
