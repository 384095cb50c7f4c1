"""Hosts ranked twice: by the people they host, and by these in proportion to their inhabitants."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import (
    draw_zero_line,
    label_values,
    name_rows,
    title_panel,
    write_beside,
)
from analysis.charts.drawing.frame import COLOURS, Blank, Chart, finish, panels, styled
from analysis.displacement.hosts import first_hosts
from analysis.displacement.proportion import THOUSAND, Proportion, Proportions
from analysis.language import _
from analysis.numbers.estimate import Estimate

_ROW = 0.28  # inches
_THICK = 0.62  # of a row: its bar
_IN_TEXT = 5  # hosts that the alternative text names in each panel


@styled
def in_proportion(found: Proportions, shown: int, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the largest hosts over the hosts with the most people for their size.

    Parameters
    ----------
    found : Proportions
    shown : int
        Hosts in each panel, from 1 on.
    as_of : datetime.date or None

    Raises
    ------
    NotAccepted
        When `shown` is not a whole number from 1 on.
    """
    largest, highest = first_hosts(found.by_number, shown), first_hosts(found.ranked, shown)
    if len(highest) < 2:
        return Blank(found.title, found.table().empty)
    figure, (above, below) = panels(2 * _ROW * len(largest) + 1.3, 2)
    _bars(above, [(h.host.name, h.host.people) for h in largest], COLOURS[0])
    title_panel(above, _("By number"))
    label_values(above, "x", "persons", most=5)
    _bars(below, _rows(highest), COLOURS[1])
    title_panel(below, _("In proportion: people per 1,000 inhabitants"))
    label_values(below, "x", THOUSAND, most=5)
    left_out = len(found.ranked) - len(highest)
    return finish(
        figure,
        title=found.title,
        subtitle=_("People, and people per 1,000 inhabitants of the host"),
        alt=_("{title}. By number: {largest}. Per 1,000 inhabitants: {highest}.").format(
            title=found.title,
            largest=_told([(h.host.name, h.host.people) for h in largest]),
            highest=_told(_rows(highest)),
        ),
        table=found.table(),
        as_of=as_of,
        note=_("The table has every host, and the year of each side.") if left_out else "",
    )


def _rows(hosts: Sequence[Proportion]) -> list[tuple[str, Estimate]]:
    return [
        (h.host.name, h.per_inhabitants) for h in hosts if isinstance(h.per_inhabitants, Estimate)
    ]


def _bars(ax: Axes, rows: Sequence[tuple[str, Estimate]], colour: str) -> None:
    for place, (_name, amount) in enumerate(rows):
        ax.barh(place, amount.value, height=_THICK, color=colour, alpha=0.85)
        write_beside(ax, amount.formats["brief"], dots.highest(amount), place, apart=5)
    dots.ranges(ax, [amount for _name, amount in rows])
    name_rows(ax, [name for name, _amount in rows], room=0.6)
    draw_zero_line(ax)
    ax.margins(x=0.14)
    ax.set_xlim(left=0)


def _told(rows: Sequence[tuple[str, Estimate]]) -> str:
    return "; ".join(f"{name} {amount.formats['brief']}" for name, amount in rows[:_IN_TEXT])
