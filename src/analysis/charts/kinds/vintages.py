"""How one published number was revised: its value and range by the date it was known from."""

from __future__ import annotations

import datetime

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing import dots
from analysis.charts.drawing.frame import COLOURS, GREY, INK, Blank, Chart, axes, finish, styled
from analysis.language import _
from analysis.numbers import phrasing
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
    dated = [v for v in result.items if v.known_from]
    if not dated:
        return Blank(title, figures.empty)
    figure, ax = axes(2.3)
    until = result.as_of or max(v.known_from for v in dated) + datetime.timedelta(days=60)
    days = [v.known_from for v in dated]
    values = [v.estimate.value for v in dated]
    ax.step([*days, until], [*values, values[-1]], where="post", color=COLOURS[0], linewidth=1.2)
    ax.plot(days, values, "o", color=COLOURS[0], markersize=5)
    dots.ranges(ax, [v.estimate for v in dated], days, along="y", linewidth=1.0)
    first, last = dated[0].estimate, dated[-1].estimate
    high = last.value if last.high is None else last.high
    _label(ax, last, (days[-1], high), (0, 5), "right", "bottom")
    if len(dated) > 1:  # left of its dot, where no line is
        _label(ax, first, (days[0], first.value), (-7, 0), "right", "center")
    unit = dated[0].estimate.unit
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _n: phrasing.tick(y, unit)))
    locator = AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    ax.locator_params(axis="y", nbins=5)
    ax.margins(x=0.18, y=0.2)
    ax.axvline(until, color=GREY, linewidth=0.6, linestyle=":")
    note = _("Dots stand at the day a figure became known; bars are the range of its wording.")
    if unit == "share":
        note += " " + _("The axis does not begin at zero.")
        bottom, top = ax.get_ylim()
        if top - bottom < _LEAST_SPAN:  # a narrow axis would make much of very little
            middle = (bottom + top) / 2
            ax.set_ylim(max(0.0, middle - _LEAST_SPAN / 2), middle + _LEAST_SPAN / 2)
    else:
        ax.set_ylim(bottom=0)
    alt = _("{label} as known at each of {n} dates: first {first}, last {last}.").format(
        label=result.label, n=len(dated), first=first, last=last
    )
    return finish(
        figure, title=title, subtitle=subtitle, alt=alt, table=figures, as_of=result.as_of,
        note=note,
    )  # fmt: skip


def _label(
    ax: Axes,
    estimate: Estimate,
    at: tuple[datetime.date, float],
    shift: tuple[int, int],
    ha: str,
    va: str,
) -> None:
    ax.annotate(
        phrasing.brief(estimate.value, estimate.unit), at,
        xytext=shift, textcoords="offset points", ha=ha, va=va, fontsize=8.5, color=INK,
    )  # fmt: skip
