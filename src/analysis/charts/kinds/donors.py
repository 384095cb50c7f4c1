"""The donors of a plan: one bar each, and what the source leaves unnamed as a remainder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import draw_zero_line, label_values, name_rows, write_beside
from analysis.charts.drawing.frame import COLOURS, GREY, Blank, Chart, axes, finish, styled
from analysis.covid_funding.donor_tables import donor_table, rest_name
from analysis.covid_funding.donors import Denominator, Donors
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate


@dataclass(frozen=True)
class _Bar:
    """An amount with its name and its share; a remainder is what no donor is named for."""

    name: str
    amount: Estimate
    share: Estimate | Absent
    remainder: bool = False


@styled
def donors(found: Donors, denominator: Denominator = "received") -> Chart | Blank:
    """Draw what each donor gave, with its share of what was received or required.

    Parameters
    ----------
    found : Donors
        The donors of one plan.
    denominator : str
        ``received`` or ``required``; with the second, what had not come is drawn as well.
    """
    title = _("Who gave to {plan}").format(plan=found.plan.name)
    table = donor_table(found, denominator)
    named = [
        _Bar(g.name, g.amount, g.share(denominator))
        for g in found.gifts
        if isinstance(g.amount, Estimate)
    ]
    if not named or found.period is None:
        reasons = (g.amount.reason for g in found.gifts if isinstance(g.amount, Absent))
        return Blank(title, next(reasons, table.empty))
    drawn = [*named, *_remainders(found, denominator)]
    figure, ax = axes(0.36 * len(drawn) + 0.5)
    for place, bar in enumerate(drawn):
        _draw(ax, place, bar)
    dots.ranges(ax, [bar.amount for bar in drawn])
    name_rows(ax, [bar.name for bar in drawn])
    draw_zero_line(ax)
    ax.set_xlim(0, 1.44 * max(bar.amount.value for bar in drawn))
    label_values(ax, "x", "USD", most=5)
    date = found.period.label()
    return finish(
        figure,
        title=title,
        subtitle=_subtitle(found, denominator).format(date=date),
        alt=_told(f"{title}, {date}.", drawn),
        table=table,
        as_of=found.as_of,
        note=_note(found),
    )


def _remainders(found: Donors, denominator: Denominator) -> list[_Bar]:
    """What no donor is named for, and against the requirement what had not come."""
    bars = []
    if isinstance(found.rest, Estimate):
        share = found.rest_of_received if denominator == "received" else found.rest_of_required
        bars.append(_Bar(rest_name(), found.rest, share, remainder=True))
    if denominator == "required" and isinstance(found.gap, Estimate):
        bars.append(_Bar(_("Not received"), found.gap, Absent(""), remainder=True))
    return bars


def _draw(ax: Axes, place: int, bar: _Bar) -> None:
    amount, share = bar.amount, bar.share
    if bar.remainder:
        ax.barh(
            place, amount.value, height=0.62, color="white", edgecolor=GREY, hatch="////",
            linewidth=0.8,
        )  # fmt: skip
    else:
        ax.barh(place, amount.value, height=0.62, color=COLOURS[0], alpha=0.85)
    text = amount.formats["brief"]
    if isinstance(share, Estimate):
        text += f" · {share.formats['value']}"
    write_beside(ax, text, dots.highest(amount), place, apart=6)


def _subtitle(found: Donors, denominator: Denominator) -> str:
    if isinstance(found.received, Absent):
        return _("US dollars received by {date}; the total is not known")
    if denominator == "received":
        return _("US dollars received by {date}, and share of all that was received")
    return _("US dollars received by {date}, and share of what was required")


def _note(found: Donors) -> str:
    parts = []
    if isinstance(found.rest, Estimate):
        parts.append(_("Hatched: not a donor, but what the source leaves open."))
    if found.elsewhere:
        names = ", ".join(dict.fromkeys(g.name for g in found.elsewhere))
        parts.append(
            _("Not drawn: {names}, named by another source without a total.").format(names=names)
        )
    return " ".join([*parts, _("Bars across the ends are the ranges of the sources’ wording.")])


def _told(title: str, drawn: Sequence[_Bar]) -> str:
    """What the drawing shows, in words."""
    return " ".join([
        title,
        *(
            _("{name}: {amount}, {share}.").format(
                name=bar.name, amount=bar.amount, share=bar.share
            )
            if isinstance(bar.share, Estimate)
            else _("{name}: {amount}.").format(name=bar.name, amount=bar.amount)
            for bar in drawn
        ),
    ])  # fmt: skip
