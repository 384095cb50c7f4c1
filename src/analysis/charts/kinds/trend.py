"""Stocks over time: a line with its range as a band, cut at every break of the series."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import SMALL, day, label_values, label_years, title_panel
from analysis.charts.drawing.frame import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    Blank,
    Chart,
    axes,
    finish,
    panels,
    styled,
)
from analysis.data.periods import Period, days_between
from analysis.displacement.stocks import Series, Stock, figures
from analysis.language import _, locale, ngettext

_A_YEAR = 366  # days between two figures that a line may join


@styled
def trend(series: Sequence[Series], *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw one definition's series for several areas, each named at its end.

    Figures that stand beside the leading one of their period are hollow and off the line. A dashed
    line marks each break, and no line or band runs across it, nor over more than a year without a
    figure.

    Parameters
    ----------
    series : sequence of Series
        The first gives the chart its title; those without stocks are left out. A single figure is
        said in words.
    as_of : datetime.date or None
    """
    drawn = [(one, one.place) for one in series if one.stocks]
    title = series[0].name
    if not drawn:
        return Blank(title, series[0].lacking)
    if sum(len(one.stocks) for one, _name in drawn) == 1:
        ((one, name),) = drawn
        return Blank(
            title,
            _("the only figure known is {people}, {place}, {date}").format(
                people=_range(one.stocks[0]),
                place=name,
                date=one.stocks[0].period.label(locale()),
            ),
        )
    figure, ax = axes(3.5)
    for n, (one, _name) in enumerate(drawn):
        _draw(ax, one, COLOURS[n], MARKERS[n])
    _name_ends(ax, drawn)
    _mark_breaks(ax, [one for one, _name in drawn])
    _scaled(ax)
    return _finished(figure, title, drawn, as_of)


@styled
def two_counts(one: Series, other: Series, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw two definitions in panels of their own with one scale; nothing if one is missing.

    Parameters
    ----------
    one, other : Series
        Of the same area.
    as_of : datetime.date or None
    """
    title = _("Two counts beside each other, not one series")
    drawn = [(series, series.name) for series in (one, other)]
    for series, _name in drawn:
        if not series.stocks:
            return Blank(title, series.lacking)
    figure, column = panels(5.0, 2, sharex=True, sharey=True)
    for n, (ax, (series, name)) in enumerate(zip(column, drawn, strict=True)):
        _draw(ax, series, COLOURS[n], MARKERS[n])
        _mark_breaks(ax, [series])
        title_panel(ax, name, apart=16 if series.breaks else 6)
        _scaled(ax)
    return _finished(figure, title, drawn, as_of)


def _finished(
    figure: Figure, title: str, drawn: Sequence[tuple[Series, str]], as_of: datetime.date | None
) -> Chart:
    series = [one for one, _name in drawn]
    stocks = [stock for one in series for stock in one.stocks]
    runs = [run for one in series for stretch in one.stretches for run in _runs(stretch.stocks)]
    notes = [
        _(
            "Bands and bars are the ranges of the wording, where these are wider than a line or "
            "mark."
        )
        if any(max(dots.reach(stock.people) or (0,)) > 0 for stock in stocks)
        else "",
        _("Hollow: another figure for the same date.")
        if any(not stock.leads for stock in stocks)
        else "",
        _(
            "Dashed: a break, from which on people are counted in another way or a large number "
            "is entered at once."
        )
        if any(one.breaks for one in series)
        else "",
        _("No line where no figure is known for over a year.")
        if len(runs) > sum(len(one.stretches) for one in series)
        else "",
    ]
    return finish(
        figure,
        title=title,
        subtitle=_("People"),
        alt=_alt(title, drawn),
        table=figures(series),
        as_of=as_of,
        note=" ".join(note for note in notes if note),
    )


def _scaled(ax: Axes) -> None:
    ax.set_ylim(bottom=0)
    label_values(ax, "y", "persons")
    label_years(ax)


def _draw(ax: Axes, series: Series, colour: str, marker: str) -> None:
    alone = [stock for stock in series.stocks if not stock.leads]
    for stretch in series.stretches:
        for run in _runs(stretch.stocks):
            days = [_day(s.period) for s in run]
            ax.plot(
                days, [s.people.value for s in run],
                color=colour, marker=marker, markersize=4, linewidth=1.6, label=series.name,
            )  # fmt: skip
            if len(run) == 1:
                alone += run
                continue
            ax.fill_between(
                days, [_bound(s.people.low) for s in run], [_bound(s.people.high) for s in run],
                color=colour, alpha=0.25, linewidth=0,
            )  # fmt: skip
    for stock in alone:
        dots.draw(
            ax, [_day(stock.period)], [stock.people], along="y", color=colour, marker=marker,
            markersize=4 if stock.leads else 5.5,
            markerfacecolor=colour if stock.leads else "none", linewidth=1, capsize=2,
        )  # fmt: skip


def _runs(stocks: Sequence[Stock]) -> list[list[Stock]]:
    """Cut where no figure is known for more than a year: a line there would be made up."""
    runs: list[list[Stock]] = []
    for stock in stocks:
        if runs and days_between(runs[-1][-1].period, stock.period) <= _A_YEAR:
            runs[-1].append(stock)
        else:
            runs.append([stock])
    return runs


def _name_ends(ax: Axes, drawn: Sequence[tuple[Series, str]]) -> None:
    """Name each line at its right end, far enough from the next name to be read."""
    ends = [one.leading[-1] for one, _name in drawn]
    right = max(_day(end.period) for end in ends)
    apart = 0.12 * max(end.people.value for end in ends)
    above = np.inf
    for n in sorted(range(len(drawn)), key=lambda n: -ends[n].people.value):
        above = min(ends[n].people.value, above - apart)
        ax.annotate(
            textwrap.fill(drawn[n][1], 18), (right, above), xytext=(9, 0),
            textcoords="offset points", color=COLOURS[n], va="center", fontsize=9,
            annotation_clip=False,
        )  # fmt: skip


def _mark_breaks(ax: Axes, series: Sequence[Series]) -> None:
    """A dashed line between the last figure before each break and the first one after it."""
    places: dict[Period, float] = {}
    for one in series:
        for before, after in pairwise(one.stretches):
            start, end = before.stocks[-1].period.last_day, after.stocks[0].period.last_day
            if before.ended_by:
                places.setdefault(before.ended_by.period, day(start + (end - start) / 2))
    for period, at in places.items():
        ax.axvline(at, color=GREY, linewidth=1, linestyle=(0, (3, 3)), zorder=0)
        # The last name goes to the right of its line and the others to the left, out of its way.
        last = period == max(places)
        ax.annotate(
            _("break, {period}").format(period=period.label(locale())),
            (at, 1), xycoords=("data", "axes fraction"), xytext=(-3 if last else 3, 3),
            textcoords="offset points", ha="left" if last else "right", va="bottom",
            fontsize=SMALL, color=INK,
        )  # fmt: skip


def _alt(title: str, drawn: Sequence[tuple[Series, str]]) -> str:
    parts = [_("{title}.").format(title=title)]
    for one, name in drawn:
        first, last = one.leading[0], one.leading[-1]
        parts.append(
            ngettext(
                "{name}: one figure, {end}: {last}.",
                "{name}: {n} figures; {start}: {first}; {end}: {last}.",
                len(one.leading),
            ).format(
                name=name,
                n=len(one.leading),
                first=_range(first),
                last=_range(last),
                start=first.period.label(locale()),
                end=last.period.label(locale()),
            )
        )
        beside = len(one.stocks) - len(one.leading)
        if beside:
            parts.append(
                ngettext(
                    "{n} other figure for the same date stands beside them.",
                    "{n} other figures for the same dates stand beside them.",
                    beside,
                ).format(n=beside)
            )
        broken = [s.ended_by for s in one.stretches if s.ended_by]
        if broken:
            parts.append(
                _("The line is broken at {periods}.").format(
                    periods=", ".join(b.period.label(locale()) for b in broken)
                )
            )
    return " ".join(parts)


def _range(stock: Stock) -> str:
    return stock.people.formats["range"]


def _bound(bound: float | None) -> float:
    """A bound as a band takes it: no band is drawn where it is unknown."""
    return np.nan if bound is None else bound


def _day(period: Period) -> float:
    """Where a period stands on the axis of time."""
    return day(period.last_day)
