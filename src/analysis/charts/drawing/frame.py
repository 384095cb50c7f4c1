"""What every chart shares: its size and style, title, credit, alternative text and display."""

from __future__ import annotations

import base64
import datetime
import html
import textwrap
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import pictures
from analysis.charts.drawing.column_layout import ColumnLayout
from analysis.data.observations import Source
from analysis.data.periods import reader_date
from analysis.language import _
from analysis.numbers.estimate import Record
from analysis.numbers.tables import Table

Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")

STYLE = Path(__file__).with_name("report.mplstyle")
LICENCE = "CC-BY-4.0"
_MOST_NAMED = 3  # who stands behind a chart; from the next on, how many more
WIDTH = 6.4  # inches: wide enough for a laptop, its type still readable on a phone

# Okabe and Ito's palette, which readers with any colour vision can tell apart, in the order in
# which series take it; grey is context.
INK = "#222222"
GREY = "#8a8a8a"
PALE = "#c9c9c9"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKERS = ("o", "s", "D", "^", "v", "P")  # series differ by marker too: readable without colour


@dataclass(frozen=True)
class Chart:
    """A picture with what it shows in words and figures.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The picture; tests ask it through its axes.
    title : str
        The finding's subject.
    alt : str
        Alternative text, written from the data.
    table : Table
        Everything drawn, as figures.
    sources : tuple of Source
        Credit for the data drawn.
    as_of : datetime.date or None
        The date whose knowledge it uses; None for everything known.
    licence : str
        SPDX identifier for the chart itself.
    """

    figure: Figure
    title: str
    alt: str
    table: Table
    sources: tuple[Source, ...]
    as_of: datetime.date | None
    licence: str = LICENCE

    @cached_property
    def svg(self) -> str:
        """The picture as SVG, the same bytes for the same data."""
        if "svg_and_png" in self.__dict__:  # drawn already
            return self.svg_and_png[0]
        with style():
            return pictures.svg(self.figure)

    @cached_property
    def svg_and_png(self) -> tuple[str, bytes]:
        """The picture as SVG, and as PNG for slides and documents that take no SVG."""
        with style():
            return pictures.svg_and_png(self.figure)

    def as_record(self) -> Record:
        """Return the plain record that a publication keeps of the chart."""
        table = self.table.as_record()
        return {
            "kind": "chart",
            "title": self.title,
            "alt": self.alt,
            "table": {key: table[key] for key in ("title", "columns", "rows")},
            "sources": [s.key for s in self.sources],
            "source_records": [s.as_record() for s in self.sources],
            "licence": self.licence,
            "as_of": self.as_of and self.as_of.isoformat(),
        }

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: object = None
    ) -> dict[str, str]:
        shown = {"text/plain": self.alt}
        if "image/png" in (include or ()):  # it takes time to make: only when asked for
            shown["image/png"] = base64.b64encode(self.svg_and_png[1]).decode()
        return {**shown, "image/svg+xml": self.svg}


@dataclass(frozen=True)
class Blank:
    """What stands in a chart's place when there is nothing to draw: the reason, in words."""

    title: str
    reason: str

    def as_record(self) -> Record:
        """Return the plain record of a chart that could not be drawn."""
        return {
            "kind": "chart", "title": self.title, "alt": self.reason, "reason": self.reason,
            "table": None, "sources": [], "source_records": [], "licence": LICENCE, "as_of": None,
        }  # fmt: skip

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/plain": f"{self.title}: {self.reason}",
            "text/html": f'<p class="rb-absent"><strong>{html.escape(self.title)}</strong>: '
            f"{html.escape(self.reason)}</p>",
        }


def style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws in the report's style."""
    return mpl.rc_context(_style())


@cache
def _style() -> mpl.RcParams:
    return mpl.rc_params_from_file(STYLE, use_default_template=False)


def styled(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """Run a drawing function under the report's style."""

    @wraps(draw)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> Drawn:
        with style():
            return draw(*args, **kwargs)

    return drawn


def axes(height: float) -> tuple[Figure, Axes]:
    """Return a figure of the report's width with its axes.

    Parameters
    ----------
    height : float
        Of the drawing area in inches; title and credit come on top of it.
    """
    figure = Figure(figsize=(WIDTH, height), layout=ColumnLayout())
    return figure, figure.subplots()


def panels(
    height: float,
    rows: int,
    *,
    sharex: bool = False,
    sharey: bool = False,
    height_ratios: Sequence[float] | None = None,
) -> tuple[Figure, list[Axes]]:
    """Return a figure of the report's width with axes one above the other.

    Parameters
    ----------
    height : float
        Of the drawing area in inches; title and credit come on top of it.
    rows : int
        How many axes.
    sharex, sharey, height_ratios
        As in `Figure.subplots`.
    """
    figure = Figure(figsize=(WIDTH, height), layout=ColumnLayout())
    column = figure.subplots(
        rows, sharex=sharex, sharey=sharey, height_ratios=height_ratios, squeeze=False
    )
    return figure, list(column[:, 0])


def finish(
    figure: Figure,
    *,
    title: str,
    subtitle: str,
    alt: str,
    table: Table,
    as_of: datetime.date | None,
    note: str = "",
) -> Chart:
    """Put title, subtitle, credit and as-of around a drawing and return the chart.

    Parameters
    ----------
    figure : Figure
        From `axes` or `panels`, drawn.
    title, subtitle : str
        The finding's subject; what is measured, in which unit.
    alt : str
        Alternative text: what is shown, the range of values, the finding.
    table : Table
        Everything drawn, as figures; the credit line names its sources.
    as_of : datetime.date or None
        The date whose knowledge the chart uses.
    note : str
        What a reader must know to read it, such as what a mark stands for.
    """
    heading = textwrap.wrap(title, 56)
    below = textwrap.wrap(subtitle, 88)
    footer = [
        line for part in (note, _credit(table.sources, as_of)) for line in textwrap.wrap(part, 92)
    ]
    top = 0.14 + 0.25 * len(heading) + 0.19 * len(below) + 0.08
    bottom = 0.1 + 0.17 * len(footer) + 0.08
    height = figure.get_figheight() + top + bottom
    figure.set_figheight(height)
    within = (0.012, bottom / height, 0.976, 1 - (top + bottom) / height)
    figure.set_layout_engine(ColumnLayout(within))
    _place_empty_labels(figure)
    y = height - 0.14
    for line in heading:
        figure.text(0.015, y / height, line, va="top", fontsize=12.5, fontweight="bold", color=INK)
        y -= 0.25
    for line in below:
        figure.text(0.015, y / height, line, va="top", fontsize=9, color="#555555")
        y -= 0.19
    for n, line in enumerate(footer, 1):
        y = 0.08 + 0.17 * (len(footer) - n)
        figure.text(0.015, y / height, line, va="bottom", fontsize=8.5, color="#666666")
    return Chart(figure, title, alt, table, table.sources, as_of)


def _place_empty_labels(figure: Figure) -> None:
    """Say where axis labels without words stand: to find a place for them takes each layout and
    drawing as long as all the tick labels.
    """
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if not axis.label.get_text():
                axis.set_label_coords(0.5, 0.5)


def _credit(sources: Sequence[Source], as_of: datetime.date | None) -> str:
    named = list(dict.fromkeys(s.attribution for s in sources))
    if len(named) > _MOST_NAMED:
        more = _("and {n} more").format(n=len(named) - _MOST_NAMED)
        named = [*named[:_MOST_NAMED], more]
    known = (
        _("As known on {date}.").format(date=reader_date(as_of))
        if as_of
        else _("With everything published so far.")
    )
    return _("Source: {publishers}. {known}").format(publishers="; ".join(named), known=known)
