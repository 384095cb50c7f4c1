"""How axes look: named rows, values along an axis, days and years, panel titles, keys."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.dates import date2num, num2date
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing.frame import GREY, INK
from analysis.language import locale
from analysis.numbers import phrasing

SMALL = 8.5  # points: type beside marks and in keys
PANEL = 9.0  # points: type of a panel's title

_MONTHS = {1: 3, 2: 6}  # in a part of an axis of so many years; of more, a part is a year
_MOST_YEARS = 12  # as many names as have room side by side
_STEPS = (1, 2, 5, 10, 20, 50)  # from one name to the next, in years
_ROUND = 5
_EDGE = 0.015  # of an axis of time, at either end


def name_rows(
    ax: Axes,
    names: Sequence[str],
    *,
    room: float = 0.5,
    between: bool = False,
    axis_line: bool = False,
) -> None:
    """Name rows that stand at 0, 1, … from the top; the grid has a line for each value.

    Parameters
    ----------
    ax : Axes
    names : sequence of str
        One for each row.
    room : float
        Above the first and below the last row, in rows.
    between : bool
        Whether each row has a line of the grid, too.
    axis_line : bool
        Whether the axis below has a line of its own.
    """
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(len(names) - 1 + room, -room)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=between, axis="y")
    ax.spines["bottom"].set_visible(axis_line)


def label_values(ax: Axes, along: Literal["x", "y"], unit: str, *, most: int | None = None) -> None:
    """Print an axis's values in their unit.

    Parameters
    ----------
    ax : Axes
    along : str
        Which axis, ``x`` or ``y``.
    unit : str
        A unit of `analysis.numbers.phrasing`.
    most : int, optional
        How many steps at most; by default as many as matplotlib finds room for.
    """
    axis = ax.xaxis if along == "x" else ax.yaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _n: phrasing.tick(value, unit)))
    if most is not None:
        ax.locator_params(axis=along, nbins=most)


def draw_zero_line(ax: Axes, *, linewidth: float = 0.8) -> None:
    """Draw the line from which bars start."""
    ax.axvline(0, color=GREY, linewidth=linewidth)


def write_beside(
    ax: Axes, text: str, x: float, y: float, *, apart: float = 7, **look: Any
) -> Annotation:
    """Write a text to the right of a mark.

    Parameters
    ----------
    ax : Axes
    text : str
    x, y : float
        The mark's right end, in the data's coordinates.
    apart : float
        How far from there the text begins, in points.
    **look
        Passed on to `Axes.annotate`.
    """
    return ax.annotate(
        text, (x, y), xytext=(apart, 0), textcoords="offset points", va="center",
        **{"fontsize": SMALL, "color": INK, **look},
    )  # fmt: skip


def title_panel(ax: Axes, text: str, *, apart: float = 6) -> None:
    """Write what a panel shows over its left end, so many points above it."""
    ax.set_title(text, loc="left", fontsize=PANEL, pad=apart)


def draw_key(ax: Axes, marks: Sequence[tuple[str, str, str, str]]) -> None:
    """Say over the axes what marks stand for, side by side.

    Parameters
    ----------
    ax : Axes
    marks : sequence of (str, str, str, str)
        Marker, colour of its edge, colour within, and what it stands for.
    """
    for marker, colour, face, meaning in marks:
        ax.plot([], [], marker, color=colour, markerfacecolor=face, label=meaning)
    ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=len(marks), fontsize=SMALL,
        handletextpad=0.3,
    )  # fmt: skip


def day(date: datetime.date) -> float:
    """Return where a day stands on an axis of time: a number of days, as matplotlib counts them."""
    return float(date2num(date))


def label_years(ax: Axes) -> None:
    """Name each year in its middle, between two ticks, on an axis that has whole years.

    A figure of the end of a year stands at the right end of that year. Named at its tick, the next
    year would seem to be the figure's. An axis of one year has its quarters, one of two years their
    halves, from the first to the last in which something is drawn.

    Parameters
    ----------
    ax : Axes
        Everything is drawn on it and on those that share its x axis, which has days as `day` gives
        them.
    """
    sharing = ax.get_shared_x_axes().get_siblings(ax)
    drawn = [edge for each in sharing for edge in each.dataLim.intervalx if isfinite(edge)]
    begin, end = (num2date(edge).date() for edge in (min(drawn), max(drawn)))
    years = range(begin.year, end.year + 1)
    after = datetime.date(end.year + 1, 1, 1)
    months = _MONTHS.get(len(years))
    if months:
        parts = [datetime.date(year, n, 1) for year in years for n in range(1, 13, months)]
        starts = [
            part
            for part, following in pairwise([*parts, after])
            if begin < following and part <= end
        ]
        after = min([part for part in parts if part > end], default=after)
        names = [_part(start, months, named=start == starts[0]) for start in starts]
    else:
        starts = [datetime.date(year, 1, 1) for year in years]
        step = next(step for step in _STEPS if len(years) <= step * _MOST_YEARS)
        first = years[0] if step < _ROUND else 0  # 2000, 2005: years that end so are looked for
        names = [str(year) if (year - first) % step == 0 else "" for year in years]
    edges = [day(start) for start in (*starts, after)]
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    ax.set_xticks(edges, [""] * len(edges))
    ax.set_xticks(middles, names, minor=True)
    for each in sharing:
        each.tick_params(axis="x", which="minor", length=0)
    room = _EDGE * (edges[-1] - edges[0])  # so that a mark at the end of a year is whole
    ax.set_xlim(edges[0] - room, edges[-1] + room)


def _part(start: datetime.date, months: int, *, named: bool) -> str:
    """The first and the last month of a part of a year; below the first named part, the year."""
    names = locale().months["stand-alone"]["abbreviated"]
    name = f"{names[start.month]}–{names[start.month + months - 1]}"
    return f"{name}\n{start.year}" if named or start.month == 1 else name
