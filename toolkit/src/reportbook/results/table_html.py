"""A table as HTML: on a page, under a chart and in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

MOST_ROWS_SHOWN = 1000  # on a page: more can be downloaded, and nobody reads them there
_MOST_ROWS_OPEN = 12


def table_html(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, classes: str = ""
) -> Iterator[str]:
    """The pieces of a table's HTML in their order, a cell each.

    Parameters
    ----------
    caption, heads, rows
        As HTML. The first cell of a row names it, for those who hear the table read.
    classes
        For the style sheet.
    """
    yield f'<table class="{classes}">' if classes else "<table>"
    yield f"<caption>{caption}</caption><thead><tr>"
    yield from (f'<th scope="col">{head}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for name, *cells in rows:
        yield f'<tr><th scope="row">{name}</th>'
        yield from (f"<td>{cell}</td>" for cell in cells)
        yield "</tr>"
    yield "</tbody></table>"


def scrolling_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls in a frame of its own where it is wider than the page; as HTML."""
    return (
        f'<div class="rb-table" role="region" tabindex="0" aria-label="{caption}">'
        f"{''.join(table_html(caption, heads, rows))}</div>"
    )


def foldable_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, in_all: int = 0
) -> str:
    """The same, behind a click if it is long: so that the page stays short.

    `in_all` says how many rows there are, where `rows` are the first of them.
    """
    table = scrolling_table(caption, heads, rows)
    if len(rows) <= _MOST_ROWS_OPEN:
        return table
    said = f"{len(rows)} rows"
    if in_all > len(rows):
        said = f"the first {len(rows):,} of {in_all:,} rows"
    return f'<details class="rb-long"><summary>{caption} ({said})</summary>{table}</details>'
