"""A drawn figure as a record and as a picture: of matplotlib, and of Altair and Plotly if there."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reportbook.errors import ReportError
from reportbook.results.plain.report_words import sources_by_key
from reportbook.results.plain.table import cells_of
from reportbook.results.schema import ChartRecord

if TYPE_CHECKING:
    import pandas as pd

SVG, PNG = "image/svg+xml", "image/png"
_DOTS = 150  # an inch, of a PNG
_PLOTLY_NAMES = re.compile(rb'id="defs-([0-9a-f]{6})"')  # drawn by lot anew for each picture

Draw = Callable[[Any, str, str], bytes]  # figure, published name, "svg" or "png"


class Library(NamedTuple):
    """A library that draws: whether something is a figure of it, its picture, its data."""

    module: str
    type: str
    draw: Draw
    data: Callable[[Any], Any]


def library_of(x: Any) -> Library | None:
    """The library that `x` is a figure of; None if it is none. It imports none of them."""
    for library in _LIBRARIES:
        kind = getattr(sys.modules.get(library.module), library.type, None)
        if kind is not None and isinstance(x, kind):
            return library
    return None


def chart_record(
    name: str,
    x: Any,
    *,
    title: str = "",
    alt: str = "",
    data: pd.DataFrame | pd.Series[Any] | None = None,
    source: str | Sequence[str] = (),
    licence: str = "",
) -> ChartRecord:
    """Return the record of a figure.

    Parameters
    ----------
    name
        What it is published under.
    title
        What it is called: in links to it, and under its files.
    alt
        What it shows, in words: for those who do not see it.
    data
        What it draws, for readers to take along. Altair and Plotly figures know theirs.
    source
        Keys of sources.
    licence
        An SPDX identifier, such as ``CC-BY-4.0``.

    Raises
    ------
    ReportError
        If title or alternative text is missing.
    """
    for given, missing, example in (
        (title, "a title", 'title="Rain by month"'),
        (alt, "an alternative text", 'alt="Bars: most rain falls in May, 120 mm; least in August"'),
    ):
        if not given:
            raise ReportError(
                f"'{name}' is a figure without {missing}, which who cannot see it needs. "
                f'Write it like this: publish("{name}", figure, {example}).'
            )
    sources = sources_by_key(source, name)
    if data is None:
        library = library_of(x)
        data = library.data(x) if library else None
    record: ChartRecord = {
        "kind": "chart",
        "title": title,
        "alt": alt,
        "table": None if data is None else cells_of(name, data, title),
        "sources": [each["source"] for each in sources],
        "source_records": sources,
    }
    if licence:
        record["licence"] = licence
    return record


def drawn(
    name: str, x: Any, record: ChartRecord, library: Library, *, with_png: bool
) -> dict[str, str]:
    """The picture of a figure by media type; one that a notebook would show again is closed."""
    shown = {SVG: library.draw(x, name, "svg").decode()}
    if with_png:
        shown[PNG] = base64.b64encode(library.draw(x, name, "png")).decode()
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and library.module == "matplotlib.figure":
        pyplot.close(x)
    return {"text/plain": f"{record['title']}. {record['alt']}", **shown}


def _by_matplotlib(figure: Any, name: str, kind: str) -> bytes:
    import matplotlib

    # the same figure is the same bytes: names in the picture follow from its own, not from chance
    with matplotlib.rc_context({"svg.hashsalt": name}), io.BytesIO() as stream:
        about = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(stream, format=kind, metadata=about, dpi=_DOTS, bbox_inches="tight")
        return stream.getvalue()


def _by_altair(chart: Any, name: str, kind: str) -> bytes:
    stream: Any = io.StringIO() if kind == "svg" else io.BytesIO()
    try:
        chart.save(stream, format=kind)
    except (ImportError, ValueError) as error:
        if "vl-convert" not in str(error):
            raise
        raise ReportError(_cannot_draw(name, "Altair", "vl-convert-python")) from error
    made = stream.getvalue()
    return made.encode() if isinstance(made, str) else bytes(made)


def _by_plotly(figure: Any, name: str, kind: str) -> bytes:
    try:
        made = bytes(figure.to_image(format=kind))
    except (ImportError, ValueError, RuntimeError) as error:
        if "kaleido" not in str(error).casefold() and "chrome" not in str(error).casefold():
            raise
        raise ReportError(
            _cannot_draw(name, "Plotly", "kaleido, and Chrome or Chromium")
        ) from error
    by_lot = _PLOTLY_NAMES.search(made) if kind == "svg" else None
    return made.replace(by_lot[1], b"plot") if by_lot else made


def _cannot_draw(name: str, library: str, needed: str) -> str:
    return (
        f"'{name}' is a figure of {library}, which cannot be made a picture here: that takes "
        f"{needed}. Install it, or publish a figure of matplotlib."
    )


def _of_altair(chart: Any) -> Any:
    data = getattr(chart, "data", None)
    return data if hasattr(data, "columns") and hasattr(data, "reset_index") else None


def _of_plotly(figure: Any) -> Any:
    """The points of all traces that have an x and a y, one a row."""
    import pandas as pd

    parts = [
        pd.DataFrame({"series": trace.name or "", "x": list(trace.x), "y": list(trace.y)})
        for trace in figure.data
        if getattr(trace, "x", None) is not None and getattr(trace, "y", None) is not None
    ]
    return pd.concat(parts, ignore_index=True) if parts else None


def _no_data(figure: Any) -> None:
    """What a figure of matplotlib draws is not known from it."""


_LIBRARIES = (
    Library("matplotlib.figure", "Figure", _by_matplotlib, _no_data),
    Library("altair", "TopLevelMixin", _by_altair, _of_altair),
    Library("plotly.basedatatypes", "BaseFigure", _by_plotly, _of_plotly),
)
