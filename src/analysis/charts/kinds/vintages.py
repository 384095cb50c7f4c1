"""How one published number was revised: its value and range by the date it was known from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes

from analysis.charts.drawing import dots, labels
from analysis.charts.drawing.axis_style import SMALL, day, label_values, label_years
from analysis.charts.drawing.frame import COLOURS, Blank, Chart, axes, finish, styled
from analysis.data.periods import reader_date
from analysis.language import _
from analysis.numbers.estimate import Estimate
from analysis.vintages.as_known import Vintages

_SIZE = 5  # points: a dot
# Where labels stand, in points from the end of a bar: above it, or below it.
_ABOVE = (
    (0, 5, "right", "bottom"), (0, 5, "center", "bottom"), (0, 22, "right", "bottom"),
    (0, 36, "right", "bottom"), (8, 0, "left", "center"), (-3, 5, "right", "bottom"),
)  # fmt: skip
_FIRST = (*_ABOVE[:2], _ABOVE[-1])
_BELOW = (
    (0, -5, "center", "top"), (-10, -5, "left", "top"), (-6, 0, "right", "center"),
    (0, -5, "right", "top"), (0, -16, "right", "top"), (0, -28, "right", "top"),
)  # fmt: skip
_ROOM = 1.2  # of the highest value: an axis from zero, with a label above the mark
_LEAST_SPAN = 0.1  # of an axis of shares: ten percentage points


@styled
def revisions(result: Vintages, *, subtitle: str) -> Chart | Blank:
    """Draw each vintage as a dot with its range at the day it became known, held until the next.

    Parameters
    ----------
    result : Vintages
        The number's vintages, oldest first.
    subtitle : str
        What is measured, in which unit.
    """
    title = _("{label}, as known at each date").format(label=result.label)
    figures = result.table()
    dated = [(v.known_from, v.estimate) for v in result.items if v.known_from]
    if not dated:
        return Blank(title, figures.empty)
    if len(dated) == 1:
        ((known_from, only),) = dated
        date = reader_date(known_from)
        words = _("{number}, known from {date} on; nothing revised it").format(
            number=only.formats["range"], date=date
        )
        return Blank(title, words)
    figure, ax = axes(2.3)
    newest = max(known_from for known_from, _estimate in dated)
    until = day(result.as_of or newest + datetime.timedelta(days=60))
    days = [day(known_from) for known_from, _estimate in dated]
    estimates = [estimate for _known_from, estimate in dated]
    heights = [estimate.value for estimate in estimates]
    for run in _runs(result, until):  # what is of another plan or method is joined by no line
        ax.step(*run, where="post", color=COLOURS[0], linewidth=1.2)
    dots.ranges(ax, estimates, days, along="y", linewidth=1.0)
    # Over bars that do not show, and whole at zero.
    ax.plot(days, heights, "o", color=COLOURS[0], markersize=_SIZE, clip_on=False)
    first, last = estimates[0], estimates[-1]
    unit = first.unit
    label_values(ax, "y", unit, most=5)
    ax.margins(y=0.2)
    note = _("Dots stand at the day a figure became known.")
    if len(result.runs) > 1:
        note += " " + _("No line joins figures that are not compared: {why}.").format(
            why=result.apart
        )
    bottom, top = ax.get_ylim()
    if unit == "share" and bottom > 0:
        note += " " + _("The axis does not begin at zero.")
        if top - bottom < _LEAST_SPAN:  # a narrow axis would make much of very little
            middle = (bottom + top) / 2
            ax.set_ylim(max(0.0, middle - _LEAST_SPAN / 2), middle + _LEAST_SPAN / 2)
    else:
        ax.set_ylim(0, _ROOM * max(map(dots.highest, estimates)))
    label_years(ax)
    said = dots.what_bars_are({ax: estimates}, along="y", mark=_SIZE)
    chart = finish(
        figure, title=title, subtitle=subtitle, alt=_alt(result, first, last, len(dated)),
        table=figures, as_of=result.as_of, note=f"{note} {said}".strip(),
    )  # fmt: skip
    _label_ends(labels.settle(figure), ax, [*zip(days, estimates, strict=True)])
    return chart


def _runs(result: Vintages, until: float) -> Iterator[tuple[list[float], list[float]]]:
    """Days and values of each run of comparable vintages, held until the next one begins."""
    runs = [[v for v in run if v.known_from] for run in result.runs]
    runs = [run for run in runs if run]
    starts = [day(run[0].known_from) for run in runs if run[0].known_from]
    for run, end in zip(runs, [*starts[1:], until], strict=True):
        days = [day(v.known_from) for v in run if v.known_from]
        values = [v.estimate.value for v in run]
        yield [*days, end], [*values, values[-1]]


def _label_ends(settled: labels.Settled, ax: Axes, dated: Sequence[tuple[float, Estimate]]) -> None:
    """Write the last and the first figure where they lie on no line and no bar."""
    (start, first), (end, last) = dated[0], dated[-1]
    above = [
        labels.Label(ax, last.formats["brief"], end, dots.highest(last), places=_ABOVE),
        labels.Label(ax, first.formats["brief"], start, dots.highest(first), places=_FIRST),
    ]
    written = labels.place(settled, above, size=SMALL)
    if len(written) < len(above):
        below = [
            labels.Label(ax, label.text, label.x, dots.lowest(each), places=_BELOW)
            for label, each in zip(above, (last, first), strict=True)
            if label.text not in written
        ]
        labels.place(settled, below, size=SMALL, avoid=list(ax.texts))


def _alt(result: Vintages, first: Estimate, last: Estimate, number: int) -> str:
    text = _("{label} as known at each of {n} dates: first {first}, last {last}.").format(
        label=result.label, n=number, first=first, last=last
    )
    if len(result.runs) > 1:
        text += " " + _("The line is cut where figures are not compared: {why}.").format(
            why=result.apart
        )
    return text
