"""UNHCR's categories stacked by year, from the first year that has those counted now."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from analysis.charts.drawing.axis_style import SMALL, label_values
from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, axes, finish, styled
from analysis.displacement.measures import CATEGORIES, MEASURES
from analysis.displacement.unhcr import CategoryCount, UnhcrCount
from analysis.language import _, locale
from analysis.numbers import phrasing

HATCHES = ("", "////", "xx")
_MOST = 10  # bars: more would have no room for their numbers
_MILLION = 1_000_000
_ROOMY = 6  # bars: over so many, a number and its scale word have room on one line
_ORDER = tuple(reversed(CATEGORIES))  # the largest at the bottom


@styled
def stacked_categories(count: UnhcrCount, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the categories on top of each other for the newest dates that have those counted now.

    Parameters
    ----------
    count : UnhcrCount
    as_of : datetime.date or None
    """
    if not count.stacked:
        return Blank(count.name, count.lacking)
    figure, ax = axes(3.5)
    shown = count.stacked[-_MOST:]
    places = range(len(shown))
    roomy = len(places) <= _ROOMY
    bottoms = [0.0] * len(shown)
    for n, category in enumerate(_ORDER):
        if not any(category in c.parts for c in shown):
            continue
        heights = [c.parts[category].value if category in c.parts else 0 for c in shown]
        ax.bar(
            places, heights, bottom=bottoms, width=0.7, color=COLOURS[(0, 5, 1)[n]],
            hatch=HATCHES[n], edgecolor="white", linewidth=0.5, label=MEASURES[category].name,
        )  # fmt: skip
        bottoms = [b + h for b, h in zip(bottoms, heights, strict=True)]
    for place, one in zip(places, shown, strict=True):
        words = _in_short(one.sum.value)
        ax.annotate(
            words if roomy else words.replace(" ", "\n"), (place, one.sum.value), xytext=(0, 3),
            textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, color=INK,
        )  # fmt: skip
    ax.set_xticks(places, [str(c.period.last_day.year) for c in shown])
    label_values(ax, "y", "persons")
    ax.set_ylim(top=(1.34 if roomy else 1.48) * max(bottoms))  # room for the key
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], labels[::-1], loc="upper left", fontsize=SMALL)
    return finish(
        figure,
        title=count.name,
        subtitle=_("People in the world at the end of the year"),
        alt=_alt(count, shown),
        table=count.table(),
        as_of=as_of,
        note=_("Years before lack the third category and are left out.")
        if len(shown) == len(count.stacked) < len(count.world)
        else _("Earlier years are in the table.")
        if len(shown) < len(count.stacked)
        else "",
    )


def _in_short(people: float) -> str:
    """A sum over its bar: 7.6 million, 423,000."""
    if people >= _MILLION:
        return phrasing.figure(people, "persons", 1)
    return phrasing.figure(float(f"{people:.3g}"), "persons", 0)


def _alt(count: UnhcrCount, shown: Sequence[CategoryCount]) -> str:
    first, last = shown[0], shown[-1]
    parts = "; ".join(
        f"{MEASURES[c].name}: {last.parts[c].formats['words']}"
        for c in CATEGORIES
        if c in last.parts
    )
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
