"""Estimates as marks, with bars for the ranges of their wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.axes import Axes

from analysis.charts.drawing.frame import INK, errors
from analysis.numbers.estimate import Estimate


def draw(
    ax: Axes,
    places: Sequence[Any],
    estimates: Sequence[Estimate],
    *,
    along: Literal["x", "y"],
    **look,
) -> None:
    """Draw estimates that look alike, all in one: an artist for each would cost ten times more.

    Parameters
    ----------
    ax : Axes
    places : sequence
        Where each stands on the other axis: a number or a date.
    estimates : sequence of Estimate
        One for every place. A bound that is unknown has no bar: never one of no length.
    along : str
        The axis along which their values run, ``x`` or ``y``.
    **look
        Passed on to `Axes.errorbar`.
    """
    reaches = [errors(estimate) for estimate in estimates]
    for known in (True, False):
        chosen = [n for n, reach in enumerate(reaches) if (reach is not None) == known]
        if not chosen:
            continue
        at, values = [places[n] for n in chosen], [estimates[n].value for n in chosen]
        bars = list(zip(*(reaches[n] for n in chosen), strict=True)) if known else None
        x, y = (values, at) if along == "x" else (at, values)
        ax.errorbar(x, y, **{f"{along}err": bars}, linestyle="none", **look)


def ranges(
    ax: Axes,
    estimates: Sequence[Estimate],
    places: Sequence[Any] | None = None,
    *,
    along: Literal["x", "y"] = "x",
    linewidth: float = 1.2,
) -> None:
    """Draw the range of each estimate over a bar or dot that is there; none where it is exact.

    Parameters
    ----------
    ax : Axes
    estimates : sequence of Estimate
    places : sequence, optional
        Where each stands on the other axis; by default in rows from 0 on.
    along : str
        The axis along which their values run, ``x`` or ``y``.
    linewidth : float
        In points.
    """
    wide = [
        (place, estimate)
        for place, estimate in zip(places or range(len(estimates)), estimates, strict=True)
        if max(errors(estimate) or (0,)) > 0
    ]
    if wide:
        draw(ax, *zip(*wide, strict=True), along=along, color=INK, linewidth=linewidth, capsize=2.5)
