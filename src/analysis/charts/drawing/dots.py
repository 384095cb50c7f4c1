"""Estimates as marks, with bars for the ranges of their wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from matplotlib.axes import Axes

from analysis.charts.drawing.frame import INK
from analysis.language import _
from analysis.numbers.estimate import Estimate

CAP = 2.5  # points: half the line across the end of a bar


def reach(estimate: Estimate) -> tuple[float, float] | None:
    """Return how far the range reaches below and above the value; None where a bound is unknown.

    An unknown bound is never drawn as a range of zero width.
    """
    if estimate.low is None or estimate.high is None:
        return None
    return estimate.value - estimate.low, estimate.high - estimate.value


def highest(estimate: Estimate) -> float:
    """Return the highest value that is drawn: the upper bound, or the value where none is known."""
    return estimate.value if estimate.high is None else estimate.high


def lowest(estimate: Estimate) -> float:
    """Return the lowest value that is drawn: the lower bound, or the value where none is known."""
    return estimate.value if estimate.low is None else estimate.low


def what_bars_are(
    drawn: Mapping[Axes, Sequence[Estimate]], *, along: Literal["x", "y"], mark: float
) -> str:
    """Return a sentence on the bars that show beside marks, or none where no number has a range.

    Parameters
    ----------
    drawn : mapping of Axes to sequence of Estimate
        What is drawn on each, which has the limits it will have.
    along : str
        The axis along which their values run, ``x`` or ``y``.
    mark : float
        How large a mark is, in points: a range that lies within it does not show.
    """
    shows: list[bool] = []
    for ax, estimates in drawn.items():
        ends = ax.get_xlim() if along == "x" else ax.get_ylim()
        box = ax.get_window_extent()
        points = (box.width if along == "x" else box.height) * 72 / ax.figure.dpi
        hidden = mark / 2 / points * abs(ends[1] - ends[0])
        reaches = [max(reach(estimate) or (0.0,)) for estimate in estimates]
        shows += [each > hidden for each in reaches if each > 0]
    if not shows:
        return ""
    if not any(shows):
        return _("The ranges of the wording are narrower than the marks.")
    if all(shows):
        return _("Bars are the ranges of the wording.")
    return _("Bars are the ranges of the wording, where these are wider than a mark.")


def draw(
    ax: Axes,
    places: Sequence[float],
    estimates: Sequence[Estimate],
    *,
    along: Literal["x", "y"],
    **look: Any,
) -> None:
    """Draw estimates that look alike, all in one: an artist for each would cost ten times more.

    Parameters
    ----------
    ax : Axes
    places : sequence of float
        Where each stands on the other axis.
    estimates : sequence of Estimate
        One for every place. Where a bound is unknown there is no bar: never one of no length.
    along : str
        The axis along which their values run, ``x`` or ``y``.
    **look
        Passed on to `Axes.errorbar`.
    """
    reaches = [reach(estimate) for estimate in estimates]
    bars = list(zip(*(each for each in reaches if each is not None), strict=True))
    for bounded in (True, False):
        chosen = [n for n, each in enumerate(reaches) if (each is not None) == bounded]
        if not chosen:
            continue
        at, values = [places[n] for n in chosen], [estimates[n].value for n in chosen]
        x, y = (values, at) if along == "x" else (at, values)
        ax.errorbar(
            x, y, xerr=bars if bounded and along == "x" else None,
            yerr=bars if bounded and along == "y" else None, linestyle="none", **look,
        )  # fmt: skip


def ranges(
    ax: Axes,
    estimates: Sequence[Estimate],
    places: Sequence[float] | None = None,
    *,
    along: Literal["x", "y"] = "x",
    linewidth: float = 1.2,
) -> None:
    """Draw the range of each estimate over a bar or dot that is there; none where it is exact.

    Parameters
    ----------
    ax : Axes
    estimates : sequence of Estimate
    places : sequence of float, optional
        Where each stands on the other axis; by default in rows from 0 on.
    along : str
        The axis along which their values run, ``x`` or ``y``.
    linewidth : float
        In points.
    """
    rows = range(len(estimates)) if places is None else places
    wide = [
        (place, estimate)
        for place, estimate in zip(rows, estimates, strict=True)
        if max(reach(estimate) or (0,)) > 0
    ]
    if wide:
        draw(
            ax, [place for place, _estimate in wide], [estimate for _place, estimate in wide],
            along=along, color=INK, linewidth=linewidth, capsize=CAP,
        )  # fmt: skip
