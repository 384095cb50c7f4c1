"""Shares over time as dots with ranges: each from one source, none joined to another."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import SMALL, day, label_values, label_years, title_panel
from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, finish, panels, styled
from analysis.displacement.measures import MANDATE
from analysis.displacement.regional_share import Pair, RegionalShare, StatedShare
from analysis.displacement.unhcr import UnhcrCount
from analysis.language import _, locale, ngettext
from analysis.numbers.estimate import Estimate

_SIZE = 5  # points: a mark


@styled
def share_pairs(
    shares: RegionalShare, unhcr: UnhcrCount, *, as_of: datetime.date | None
) -> Chart | Blank:
    """Draw every pair's share, the printed shares beside them, and UNHCR's in a panel of its own.

    Parameters
    ----------
    shares : RegionalShare
    unhcr : UnhcrCount
        Its panel is left out where it has no shares, or where they are the pairs themselves.
    as_of : datetime.date or None
    """
    pairs = [p for p in shares.pairs if isinstance(p.share, Estimate)]
    if not pairs:
        return Blank(shares.title, shares.lacking)
    leads = unhcr.scope.count == MANDATE
    beside = () if leads else unhcr.shares
    if len(pairs) == 1 and not shares.stated and not beside:
        (only,) = pairs
        return Blank(
            shares.title,
            _("the only share known is {share}, {date}").format(
                share=only.share, date=only.period.label(locale())
            ),
        )
    if beside:
        figure, column = panels(4.6, 2, sharex=True, sharey=True)
    else:
        figure, column = panels(3.0, 1)
    top, *below = column
    _dots(top, [p for p in pairs if p is not shares.lead], COLOURS[0], "o")
    _dots(top, [p for p in pairs if p is shares.lead], COLOURS[0], "o", lead=True)
    _dots(top, shares.stated, COLOURS[1], "D", markerfacecolor="none")
    _key(top, shares)
    counted = (
        _("People in UNHCR's count") if leads else _("People abroad as governments report them")
    )
    title_panel(top, counted, apart=22)
    for ax in below:
        _dots(ax, beside, COLOURS[2], "s")
        title_panel(ax, _("UNHCR's categories: another definition"))
    for ax in column:
        label_values(ax, "y", "share")
        ax.margins(x=0.06, y=0.12)
    label_years(column[-1])
    drawn = [*_ascending(pairs), *(one.share for one in shares.stated)]
    said = dots.what_bars_are({top: drawn}, along="y", mark=_SIZE)
    return finish(
        figure,
        title=shares.title,
        subtitle=_("Per cent of those counted"),
        alt=_alt(shares, beside),
        table=shares.table(beside=beside),
        as_of=as_of,
        note=" ".join(
            [
                _("Computed: from two figures of one source."),
                *([said] if said else []),
                *([_("The axis does not begin at zero.")] if top.get_ylim()[0] > 0 else []),
            ]
        ),
    )


def _dots(
    ax: Axes,
    shares: Sequence[Pair | StatedShare],
    colour: str,
    marker: str,
    *,
    lead: bool = False,
    **look: Any,
) -> None:
    known = [(day(s.period.last_day), s.share) for s in shares if isinstance(s.share, Estimate)]
    dots.draw(
        ax, [at for at, _share in known], [share for _at, share in known], along="y",
        color=colour, marker=marker, markersize=8 if lead else _SIZE, linewidth=1.3,
        capsize=dots.CAP, markeredgecolor=INK if lead else colour, **look,
    )  # fmt: skip


def _key(ax: Axes, shares: RegionalShare) -> None:
    """What the marks stand for, above the axes: a text among the marks would lie on a bar."""
    marks = [("o", COLOURS[0], _SIZE, COLOURS[0], COLOURS[0], _("computed"))]
    if isinstance(shares.share, Estimate):
        leads = _("leads this page: {share}").format(share=shares.share.formats["value"])
        marks.append(("o", COLOURS[0], 8, COLOURS[0], INK, leads))
    if shares.stated:
        marks.append(("D", COLOURS[1], _SIZE, "white", COLOURS[1], _("printed by the source")))
    for marker, colour, size, face, edge, meaning in marks:
        ax.plot(
            [], [], marker, color=colour, markersize=size, markerfacecolor=face,
            markeredgecolor=edge, label=meaning,
        )  # fmt: skip
    ax.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 0.99), ncols=len(marks), fontsize=SMALL,
        handletextpad=0.3,
    )  # fmt: skip


def _alt(shares: RegionalShare, beside: Sequence[Pair]) -> str:
    values = _ascending(shares.pairs)
    first, last = shares.pairs[0], shares.pairs[-1]
    text = _(
        "{title}. {n} dots from {start} to {end}, each the share of one source's pair, "
        "between {low} and {high}; the one that leads is {lead}."
    ).format(
        title=shares.title,
        n=len(values),
        start=first.period.label(locale()),
        end=last.period.label(locale()),
        low=values[0].formats["value"],
        high=values[-1].formats["value"],
        lead=shares.share.formats["range"],
    )
    if shares.stated:
        printed = sorted((one.share for one in shares.stated), key=lambda share: share.value)
        text += " " + ngettext(
            "A diamond beside them is a share that a source prints: {low}.",
            "{n} diamonds beside them are shares that sources print, between {low} and {high}.",
            len(printed),
        ).format(n=len(printed), low=printed[0].formats["value"], high=printed[-1].formats["value"])
    by_unhcr = _ascending(beside)
    if by_unhcr:
        text += " " + _(
            "In a panel of its own, UNHCR's shares at {n} year ends, between {low} and {high}."
        ).format(
            n=len(by_unhcr),
            low=by_unhcr[0].formats["value"],
            high=by_unhcr[-1].formats["value"],
        )
    return text


def _ascending(pairs: Sequence[Pair]) -> list[Estimate]:
    """The shares of those pairs that have one, the smallest first."""
    shares = [pair.share for pair in pairs if isinstance(pair.share, Estimate)]
    return sorted(shares, key=lambda share: share.value)
