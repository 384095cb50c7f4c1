"""The largest displacements over time: a panel each, on one scale."""

from __future__ import annotations

import datetime

from analysis.charts.drawing.axis_style import (
    SMALL,
    day,
    label_values,
    label_years,
    title_panel,
)
from analysis.charts.drawing.frame import (
    COLOURS,
    GREY,
    INK,
    Blank,
    Chart,
    axes,
    finish,
    panels,
    styled,
)
from analysis.charts.kinds.ranking import ranked
from analysis.crises.compared import Crises
from analysis.language import _
from analysis.numbers.estimate import Estimate

_PANEL = 0.78  # inches
_IN_TEXT = 5  # displacements that the alternative text names


@styled
def crises_over_time(crises: Crises, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the people of each displacement at every year's end, a panel each.

    Parameters
    ----------
    crises : Crises
    as_of : datetime.date or None
    """
    if not crises.crises:
        return Blank(crises.title, crises.lacking)
    number = len(crises.crises)
    if number == 1:
        figure, ax = axes(2.0)
        column = [ax]
    else:
        figure, column = panels(_PANEL * number, number, sharex=True, sharey=True)
    broken = False
    for ax, crisis in zip(column, crises.crises, strict=True):
        for stretch in crisis.count.world.stretches:
            days = [day(s.period.last_day) for s in stretch.stocks]
            people = [s.people.value for s in stretch.stocks]
            alone = "o" if len(days) == 1 else ""
            ax.plot(days, people, marker=alone, color=COLOURS[0], linewidth=1.5, markersize=4)
            ax.fill_between(days, people, color=COLOURS[0], alpha=0.18, linewidth=0)
            if stretch.ended_by:
                broken = True
                begin = stretch.ended_by.period.first_day
                ax.axvline(day(begin), color=GREY, linewidth=1, linestyle=(0, (3, 3)))
        newest = crisis.newest()
        last = crisis.stocks[-1].period.last_day
        ax.annotate(
            newest.formats["brief"], (day(last), newest.value), xytext=(6, 0),
            textcoords="offset points", va="center", fontsize=SMALL, color=INK,
            annotation_clip=False,
        )  # fmt: skip
        title_panel(ax, crisis.name, apart=2)
        label_values(ax, "y", "persons", most=2)
    column[0].set_ylim(bottom=0)
    label_years(column[-1])
    return finish(
        figure,
        title=crises.title,
        subtitle=_("People in other countries at the end of each year, on one scale"),
        alt=_("{title}: a line for each of {n}. {largest}.").format(
            title=crises.title,
            n=number,
            largest="; ".join(
                _("{name}: {people}, at most {highest}").format(
                    name=c.name,
                    people=c.newest().formats["value"],
                    highest=c.highest().people.formats["value"],
                )
                for c in crises.crises[:_IN_TEXT]
            ),
        ),
        table=crises.table(),
        as_of=as_of,
        note=_("Dashed: a break, from which on people are counted in another way.")
        if broken
        else "",
    )


def crises_in_region(crises: Crises, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw which share of each displacement is in its region of origin.

    Parameters
    ----------
    crises : Crises
    as_of : datetime.date or None
    """
    title = _("How many stay in the region of origin")
    rows = [
        (_("{origin} ({region})").format(origin=c.name, region=c.scope.region_name), c.in_region())
        for c in crises.crises
    ]
    known = [(name, share) for name, share in rows if isinstance(share, Estimate)]
    known.sort(key=lambda row: -row[1].value)
    return ranked(
        known,
        title=title,
        subtitle=_("Per cent of the people in other countries"),
        alt=_("{title}. {rows}.").format(
            title=title, rows="; ".join(f"{name}: {s.formats['value']}" for name, s in known)
        ),
        table=crises.hosting_table(),
        as_of=as_of,
        note=_("Regions are the United Nations’ sub-regions, without the country of origin."),
    )
