"""A table as HTML, under a chart and in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


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
