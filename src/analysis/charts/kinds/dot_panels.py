"""A few figures as dots with ranges: one panel for each thing counted, never one axis for two."""

from __future__ import annotations

import datetime

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import label_values, name_rows, title_panel, write_beside
from analysis.charts.drawing.frame import COLOURS, MARKERS, Blank, Chart, finish, panels, styled
from analysis.displacement.counts import Counts
from analysis.displacement.measures import MEASURES
from analysis.language import _

_SIZE = 6.5  # points: a dot


@styled
def counted(counts: Counts, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw each figure as a dot with its range, its country and period beside it.

    Parameters
    ----------
    counts : Counts
        Of one nature; each indicator gets a panel with an axis of its own. A single one is said in
        words.
    as_of : datetime.date or None
    """
    groups = counts.by_indicator()
    if not groups:
        return Blank(counts.title, counts.lacking)
    if len(counts.counts) == 1:
        (only,) = counts.counts
        return Blank(
            counts.title,
            _("the only figure known is {people}, {which}").format(
                people=only.people.formats["words"], which=counts.row(only)
            ),
        )
    drawn = {}
    sizes = [len(group) for group in groups.values()]
    figure, column = panels(
        0.38 * sum(sizes) + 0.75 * len(sizes), len(sizes), height_ratios=[n + 0.6 for n in sizes]
    )
    for n, (ax, (indicator, group)) in enumerate(zip(column, groups.items(), strict=True)):
        people = [count.people for count in group]
        dots.draw(
            ax, range(len(people)), people, along="x", marker=MARKERS[n], markersize=_SIZE,
            color=COLOURS[n], linewidth=1.4, capsize=dots.CAP,
        )  # fmt: skip
        for place, one in enumerate(people):
            write_beside(ax, one.formats["words"], dots.highest(one), place, apart=8)
        name_rows(ax, [counts.row(count) for count in group], room=0.6)
        ax.set_xlim(0, 1.45 * max(map(dots.highest, people)))
        label_values(ax, "x", "persons", most=5)
        if len(column) > 1:
            title_panel(ax, MEASURES[indicator].name)
        drawn[ax] = people
    bars = dots.what_bars_are(drawn, along="x", mark=_SIZE)
    return finish(
        figure,
        title=counts.title,
        subtitle=counts.unit,
        alt=_alt(counts),
        table=counts.table(),
        as_of=as_of,
        note=" ".join(filter(None, [bars, counts.note])),
    )


def _alt(counts: Counts) -> str:
    groups = counts.by_indicator()
    several = len(groups) > 1
    rows = "; ".join(
        f"{counts.row(c)}{f' ({MEASURES[c.indicator].name})' if several else ''}: "
        f"{c.people.formats['range']}"
        for c in counts.counts
    )
    return _("{title}. {unit}. {rows}.").format(title=counts.title, unit=counts.unit, rows=rows)
