"""UNHCR's categories stacked by year, from the first year that has them all."""

from __future__ import annotations

import datetime

from analysis.charts.drawing.axis_style import SMALL, label_values
from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, axes, finish, styled
from analysis.displacement.measures import CATEGORIES, MEASURES
from analysis.displacement.unhcr import UnhcrCount
from analysis.language import _, locale
from analysis.numbers import phrasing

HATCHES = ("", "////", "xx")
_ROOMY = 6  # bars: over so many, a number and its scale word have room on one line
_ORDER = tuple(reversed(CATEGORIES))  # the largest at the bottom


@styled
def stacked_categories(count: UnhcrCount, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the three categories on top of each other for every date that has all three.

    Parameters
    ----------
    count : UnhcrCount
    as_of : datetime.date or None
    """
    if not count.stacked:
        return Blank(count.name, count.lacking)
    figure, ax = axes(3.5)
    places = range(len(count.stacked))
    roomy = len(places) <= _ROOMY
    bottoms = [0.0] * len(count.stacked)
    for n, category in enumerate(_ORDER):
        heights = [c.parts[category].value for c in count.stacked]
        ax.bar(
            places, heights, bottom=bottoms, width=0.7, color=COLOURS[(0, 5, 1)[n]],
            hatch=HATCHES[n], edgecolor="white", linewidth=0.5, label=MEASURES[category].name,
        )  # fmt: skip
        bottoms = [b + h for b, h in zip(bottoms, heights, strict=True)]
    for place, one in zip(places, count.stacked, strict=True):
        words = phrasing.figure(one.sum.value, "persons", 1)
        ax.annotate(
            words if roomy else words.replace(" ", "\n"), (place, one.sum.value), xytext=(0, 3),
            textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, color=INK,
        )  # fmt: skip
    ax.set_xticks(places, [str(c.period.last_day.year) for c in count.stacked])
    label_values(ax, "y", "persons")
    ax.set_ylim(top=(1.34 if roomy else 1.48) * max(bottoms))  # room for the key
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], labels[::-1], loc="upper left", fontsize=SMALL)
    return finish(
        figure,
        title=count.name,
        subtitle=_("People in the world at the end of the year"),
        alt=_alt(count),
        table=count.table(),
        as_of=as_of,
        note=_("Years before lack the third category and are left out."),
    )


def _alt(count: UnhcrCount) -> str:
    first, last = count.stacked[0], count.stacked[-1]
    parts = "; ".join(f"{MEASURES[c].name}: {last.parts[c].formats['words']}" for c in CATEGORIES)
    return _(
        "{title}. Stacked bars from {start} to {end}; together {first} at the start and {last} at "
        "the end. At the end: {parts}."
    ).format(
        title=count.name,
        start=first.period.label(locale()),
        end=last.period.label(locale()),
        first=first.sum.formats["words"],
        last=last.sum.formats["words"],
        parts=parts,
    )
