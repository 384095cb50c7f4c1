"""How one published number was revised: its value and range by the date it was known from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import SMALL, day, label_values, label_years
from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, axes, finish, styled
from analysis.language import _
from analysis.numbers.estimate import Estimate
from analysis.vintages.as_known import Vintages

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
    figure, ax = axes(2.3)
    newest = max(known_from for known_from, _estimate in dated)
    until = day(result.as_of or newest + datetime.timedelta(days=60))
    days = [day(known_from) for known_from, _estimate in dated]
    estimates = [estimate for _known_from, estimate in dated]
    heights = [estimate.value for estimate in estimates]
    for run in _runs(result, until):  # what is of another plan or method is joined by no line
        ax.step(*run, where="post", color=COLOURS[0], linewidth=1.2)
    ax.plot(days, heights, "o", color=COLOURS[0], markersize=5)
    dots.ranges(ax, estimates, days, along="y", linewidth=1.0)
    first, last = estimates[0], estimates[-1]
    _label(ax, last, (days[-1], dots.highest(last)), (0, 5), "right", "bottom")
    if len(dated) > 1:  # above its dot to the left, where no line is
        top = first.value if first.high is None else first.high
        _label(ax, first, (days[0], top), (4, 4), "right", "bottom")
    unit = first.unit
    label_years(ax, most=8, shared=False)
    label_values(ax, "y", unit, most=5)
    ax.margins(x=0.22, y=0.2)
    note = _("Dots stand at the day a figure became known; bars are the range of its wording.")
    if len(result.runs) > 1:
        note += " " + _("No line joins figures that are not compared: {why}.").format(
            why=result.apart
        )
    if unit == "share":
        note += " " + _("The axis does not begin at zero.")
        bottom, top = ax.get_ylim()
        if top - bottom < _LEAST_SPAN:  # a narrow axis would make much of very little
            middle = (bottom + top) / 2
            ax.set_ylim(max(0.0, middle - _LEAST_SPAN / 2), middle + _LEAST_SPAN / 2)
    else:
        ax.set_ylim(bottom=0)
    alt = (
        _("{label}: {last}, known at one date.")
        if len(dated) == 1
        else _("{label} as known at each of {n} dates: first {first}, last {last}.")
    ).format(label=result.label, n=len(dated), first=first, last=last)
    return finish(
        figure, title=title, subtitle=subtitle, alt=alt, table=figures, as_of=result.as_of,
        note=note,
    )  # fmt: skip


def _runs(result: Vintages, until: float) -> Iterator[tuple[list[float], list[float]]]:
    """Days and values of each run of comparable vintages, held until the next one begins."""
    runs = [[v for v in run if v.known_from] for run in result.runs]
    runs = [run for run in runs if run]
    starts = [day(run[0].known_from) for run in runs if run[0].known_from]
    for run, end in zip(runs, [*starts[1:], until], strict=True):
        days = [day(v.known_from) for v in run if v.known_from]
        values = [v.estimate.value for v in run]
        yield [*days, end], [*values, values[-1]]


def _label(
    ax: Axes,
    estimate: Estimate,
    at: tuple[float, float],
    shift: tuple[int, int],
    ha: str,
    va: str,
) -> None:
    ax.annotate(
        estimate.formats["brief"], at,
        xytext=shift, textcoords="offset points", ha=ha, va=va, fontsize=SMALL, color=INK,
    )  # fmt: skip
