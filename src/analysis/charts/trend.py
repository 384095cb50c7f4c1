"""Stocks over time: a line with its range as a band, cut at every break of the series."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import matplotlib.dates as mdates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from .. import phrasing
from ..language import _, locale, ngettext
from ..periods import Period
from ..stocks import Series, Stock
from ..tables import Table
from .frame import COLOURS, GREY, INK, MARKERS, Blank, Chart, axes, errors, finish, styled


@styled
def trend(
    series: Sequence[Series],
    names: Sequence[str],
    *,
    title: str,
    subtitle: str,
    table: Table,
    as_of: datetime.date | None,
    note: str = "",
) -> Chart | Blank:
    """Draw series of stocks, each with its own colour, marker and name at its end.

    Figures that stand beside the leading one of their period are hollow and off the line. A dashed
    line marks each break, and no line or band runs across it.

    Parameters
    ----------
    series : sequence of Series
        Those without stocks are left out.
    names : sequence of str
        What each is called at its end.
    title, subtitle, table, as_of, note
        As in `frame.finish`.
    """
    drawn = [(one, name) for one, name in zip(series, names, strict=True) if one.stocks]
    if not drawn:
        return Blank(title, series[0].lacking if series else table.empty)
    figure, ax = axes(3.5)
    for n, (one, name) in enumerate(drawn):
        _draw(ax, one, COLOURS[n], MARKERS[n])
        end = one.leading[-1]
        ax.annotate(
            name, (_day(end.period), end.people.value), xytext=(8, 0), textcoords="offset points",
            color=COLOURS[n], va="center", fontsize=9, annotation_clip=False, label=name,
        )  # fmt: skip
    _mark_breaks(ax, [one for one, _name in drawn])
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _n: phrasing.tick(y, "persons")))
    years(ax)
    return finish(
        figure,
        title=title,
        subtitle=subtitle,
        alt=_alt(title, drawn),
        table=table,
        as_of=as_of,
        note=note,
    )


def years(ax: Axes) -> None:
    """Label the axis of time by years, as many as fit."""
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=9))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))


def _draw(ax: Axes, series: Series, colour: str, marker: str) -> None:
    for stretch in series.stretches:
        days = [_day(s.period) for s in stretch.stocks]
        ax.plot(
            days, [s.people.value for s in stretch.stocks],
            color=colour, marker=marker, markersize=4, linewidth=1.6, label=series.name,
        )  # fmt: skip
        if len(days) > 1:
            ax.fill_between(
                days, [_end(s, "low") for s in stretch.stocks],
                [_end(s, "high") for s in stretch.stocks],
                color=colour, alpha=0.25, linewidth=0,
            )  # fmt: skip
    for stock in series.stocks:
        if stock.leads and len(series.leading) > 1:
            continue
        reach = errors(stock.people)
        ax.errorbar(
            _day(stock.period), stock.people.value, yerr=reach and [[reach[0]], [reach[1]]],
            color=colour, marker=marker, markersize=5, markerfacecolor="white",
            linewidth=1, capsize=2, linestyle="none",
        )  # fmt: skip


def _mark_breaks(ax: Axes, series: Sequence[Series]) -> None:
    """A dashed line between the last figure before each break and the first one after it."""
    marked: set[Period] = set()
    for one in series:
        for before, after in zip(one.stretches, one.stretches[1:], strict=False):
            period = before.ended_by.period
            if period in marked:
                continue
            marked.add(period)
            ends = _day(before.stocks[-1].period), _day(after.stocks[0].period)
            at = ends[0] + (ends[1] - ends[0]) / 2
            ax.axvline(at, color=GREY, linewidth=1, linestyle=(0, (3, 3)), zorder=0)
            ax.annotate(
                _("break, {period}").format(period=period.label(locale())),
                (at, 0), xycoords=("data", "axes fraction"), xytext=(-2, 4),
                textcoords="offset points", rotation=90, ha="right", va="bottom",
                fontsize=8, color=INK,
            )  # fmt: skip


def _alt(title: str, drawn: Sequence[tuple[Series, str]]) -> str:
    parts = [_("{title}.").format(title=title)]
    for one, name in drawn:
        first, last = one.leading[0], one.leading[-1]
        parts.append(
            ngettext(
                "{name}: one figure, {last} in {end}.",
                "{name}: {n} figures, from {first} in {start} to {last} in {end}.",
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
        broken = [s.ended_by for s in one.stretches if s.ended_by]
        if broken:
            parts.append(
                _("The line is broken at {periods}.").format(
                    periods=", ".join(b.period.label(locale()) for b in broken)
                )
            )
    return " ".join(parts)


def _range(stock: Stock) -> str:
    return phrasing.formats(stock.people)["range"]


def _end(stock: Stock, end: str) -> float:
    bound = getattr(stock.people, end)
    return np.nan if bound is None else bound


def _day(period: Period) -> datetime.date:
    return period.last_day
