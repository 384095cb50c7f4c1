"""How axes look: named rows, values along an axis, days and years, panel titles, keys."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing.frame import GREY, INK
from analysis.numbers import phrasing

SMALL = 8.5  # points: type beside marks and in keys
PANEL = 9.0  # points: type of a panel's title


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


def label_years(ax: Axes, *, fewest: int = 3, most: int = 9, shared: bool = True) -> None:
    """Label an axis of time by years, or by months where it is short.

    Parameters
    ----------
    ax : Axes
        Its x axis has days as `day` gives them.
    fewest, most : int
        How many labels.
    shared : bool
        Whether what all labels share stands at the end of the axis.
    """
    locator = AutoDateLocator(minticks=fewest, maxticks=most)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=shared))
