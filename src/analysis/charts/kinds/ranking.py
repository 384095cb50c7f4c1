"""Ranked amounts: one row each, longest first, with its range as a bar across the mark."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing import dots
from analysis.charts.drawing.frame import COLOURS, GREY, INK, Blank, Chart, axes, finish, styled
from analysis.numbers import phrasing
from analysis.numbers.estimate import Estimate
from analysis.numbers.tables import Table


@styled
def ranked(
    rows: Sequence[tuple[str, Estimate]],
    *,
    title: str,
    subtitle: str,
    alt: str,
    table: Table,
    as_of: datetime.date | None,
    note: str = "",
) -> Chart | Blank:
    """Draw amounts of one unit as horizontal bars in the order given.

    Parameters
    ----------
    rows : sequence of (str, Estimate)
        Name and amount, in the order drawn from the top.
    title, subtitle, alt, table, as_of, note
        As in `frame.finish`; `table` holds every figure drawn.
    """
    if not rows:
        return Blank(title, table.empty)
    figure, ax = axes(0.31 * len(rows) + 0.45)
    unit = rows[0][1].unit
    for place, (_name, amount) in enumerate(rows):
        ax.barh(place, amount.value, height=0.62, color=COLOURS[0], alpha=0.85)
        ax.annotate(
            amount.formats["value"],
            (amount.high if amount.high is not None else amount.value, place),
            xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK,
        )  # fmt: skip
    dots.ranges(ax, [amount for _name, amount in rows])
    ax.set_yticks(range(len(rows)), [name for name, _amount in rows])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.invert_yaxis()
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.spines["bottom"].set_visible(False)
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.margins(x=0.16, y=0.01)
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, unit)))
    ax.locator_params(axis="x", nbins=5)
    return finish(
        figure, title=title, subtitle=subtitle, alt=alt, table=table, as_of=as_of, note=note
    )
