"""A few figures as dots with ranges: one panel for each thing counted, never one axis for two."""

from __future__ import annotations

import datetime

from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing.frame import (
    COLOURS,
    INK,
    MARKERS,
    Blank,
    Chart,
    axes,
    errors,
    finish,
    styled,
)
from analysis.displacement.counts import Counts
from analysis.displacement.measures import MEASURES
from analysis.language import _, locale
from analysis.numbers import phrasing


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
    rows = [len(group) for group in groups.values()]
    figure, found = axes(
        0.38 * sum(rows) + 0.75 * len(rows), rows=len(rows), height_ratios=[n + 0.6 for n in rows]
    )
    alone = len({count.area for count in counts.counts}) == 1
    panels = [found] if len(rows) == 1 else list(found)
    for n, (ax, (indicator, group)) in enumerate(zip(panels, groups.items(), strict=True)):
        for place, count in enumerate(group):
            reach = errors(count.people)
            ax.errorbar(
                count.people.value, place, xerr=reach and [[reach[0]], [reach[1]]],
                marker=MARKERS[n], markersize=6.5, color=COLOURS[n], linewidth=1.4, capsize=2.5,
            )  # fmt: skip
            ax.annotate(
                count.people.formats["words"],
                (count.people.high or count.people.value, place), xytext=(8, 0),
                textcoords="offset points", va="center", fontsize=8.5, color=INK,
            )  # fmt: skip
        ax.set_yticks(
            range(len(group)), [c.period.label(locale()) if alone else c.name for c in group]
        )
        ax.tick_params(axis="y", labelcolor=INK)
        ax.set_ylim(len(group) - 0.4, -0.6)
        ax.grid(visible=True, axis="x")
        ax.grid(visible=False, axis="y")
        ax.spines["bottom"].set_visible(False)
        ax.set_xlim(0, 1.45 * max(c.people.high or c.people.value for c in group))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, "persons")))
        ax.locator_params(axis="x", nbins=5)
        if len(panels) > 1:
            ax.set_title(MEASURES[indicator].name, loc="left", fontsize=9)
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
