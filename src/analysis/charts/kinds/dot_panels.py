"""A few figures as dots with ranges: one panel for each thing counted, never one axis for two."""

from __future__ import annotations

import datetime

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import label_values, name_rows, title_panel, write_beside
from analysis.charts.drawing.frame import COLOURS, MARKERS, Blank, Chart, finish, panels, styled
from analysis.displacement.counts import Counts
from analysis.displacement.measures import MEASURES
from analysis.language import _, locale


@styled
def counted(counts: Counts, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw each figure as a dot with its range, its country and period beside it.

    Parameters
    ----------
    counts : Counts
        Of one nature; each indicator gets a panel with an axis of its own.
    as_of : datetime.date or None
    """
    groups = counts.by_indicator()
    if not groups:
        return Blank(counts.title, counts.lacking)
    flow = all(MEASURES[indicator].nature == "flow" for indicator in groups)
    sizes = [len(group) for group in groups.values()]
    figure, column = panels(
        0.38 * sum(sizes) + 0.75 * len(sizes), len(sizes), height_ratios=[n + 0.6 for n in sizes]
    )
    alone = len({count.area for count in counts.counts}) == 1
    for n, (ax, (indicator, group)) in enumerate(zip(column, groups.items(), strict=True)):
        people = [count.people for count in group]
        dots.draw(
            ax, range(len(people)), people, along="x", marker=MARKERS[n], markersize=6.5,
            color=COLOURS[n], linewidth=1.4, capsize=dots.CAP,
        )  # fmt: skip
        for place, one in enumerate(people):
            write_beside(ax, one.formats["words"], dots.highest(one), place, apart=8)
        name_rows(ax, [c.period.label(locale()) if alone else c.name for c in group], room=0.6)
        ax.set_xlim(0, 1.45 * max(map(dots.highest, people)))
        label_values(ax, "x", "persons", most=5)
        if len(column) > 1:
            title_panel(ax, MEASURES[indicator].name)
    return finish(
        figure,
        title=counts.title,
        subtitle=_("People during the period named; bars are the ranges of the wording")
        if flow
        else _("People at the date named; bars are the ranges of the wording"),
        alt=_("{title}. {rows}.").format(
            title=counts.title,
            rows="; ".join(
                f"{c.name} ({MEASURES[c.indicator].name}): {c.people.formats['range']}"
                for c in counts.counts
            ),
        ),
        table=counts.table(),
        as_of=as_of,
        note=_("Periods can overlap: the figures are not added.") if flow else "",
    )
