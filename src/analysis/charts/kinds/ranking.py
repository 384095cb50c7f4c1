"""Ranked amounts: one row each, longest first, with its range as a bar across the mark."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import draw_zero_line, label_values, name_rows, write_beside
from analysis.charts.drawing.frame import COLOURS, Blank, Chart, axes, finish, styled
from analysis.numbers.estimate import Estimate
from analysis.numbers.tables import Table

_MOST_LETTERS = 10
_THICK = 0.62  # of a row: its bar


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
    for place, (_name, amount) in enumerate(rows):
        ax.barh(place, amount.value, height=_THICK, color=COLOURS[0], alpha=0.85)
        write_beside(ax, _beside(amount), dots.highest(amount), place, apart=5)
    dots.ranges(ax, [amount for _name, amount in rows])
    # Half a bar, and a hundredth of what all the bars take.
    room = _THICK / 2 + 0.01 * (len(rows) - 1 + _THICK)
    name_rows(ax, [name for name, _amount in rows], room=room)
    draw_zero_line(ax)
    ax.margins(x=0.16)
    ax.set_xlim(left=0)
    label_values(ax, "x", rows[0][1].unit, most=5)
    return finish(
        figure, title=title, subtitle=subtitle, alt=alt, table=table, as_of=as_of, note=note
    )


def _beside(amount: Estimate) -> str:
    """What stands beside a bar; of an exact sum not every digit, which the table has."""
    words = amount.formats["words"]
    exact = amount.low == amount.high
    return amount.formats["brief"] if exact and len(words) > _MOST_LETTERS else words
