"""The donors of a plan: one bar each, and what the source leaves unnamed as a remainder."""

from __future__ import annotations

from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing import dots
from analysis.charts.drawing.frame import COLOURS, GREY, INK, Blank, Chart, axes, finish, styled
from analysis.covid_funding.donor_tables import donor_table, rest_name
from analysis.covid_funding.donors import Denominator, Donors
from analysis.language import _
from analysis.numbers import phrasing
from analysis.numbers.estimate import Absent, Estimate


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
    named = [(g.name, g.amount, g.share(denominator)) for g in found.gifts if _is(g.amount)]
    if not named:
        return Blank(title, found.gifts[0].amount.reason if found.gifts else table.empty)
    rest = found.rest_of_received if denominator == "received" else found.rest_of_required
    others = [(rest_name(), found.rest, rest)]
    if denominator == "required":
        others.append((_("Not received"), found.gap, Absent("")))
    others = [row for row in others if _is(row[1])]
    figure, ax = axes(0.36 * (len(named) + len(others)) + 0.5)
    for place, (_name, amount, share) in enumerate([*named, *others]):
        _bar(ax, place, amount, share, remainder=place >= len(named))
    dots.ranges(ax, [amount for _name, amount, _share in (*named, *others)])
    names = [name for name, _amount, _share in (*named, *others)]
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.spines["bottom"].set_visible(False)
    ax.axvline(0, color=GREY, linewidth=0.8)
    ax.set_xlim(0, 1.44 * max(amount.value for _n, amount, _s in (*named, *others)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, "USD")))
    ax.locator_params(axis="x", nbins=5)
    return finish(
        figure,
        title=title,
        subtitle=_subtitle(found, denominator),
        alt=_told(title, found, denominator, named),
        table=table,
        as_of=found.as_of,
        note=_note(found),
    )


def _bar(ax, place: int, amount: Estimate, share: Estimate | Absent, *, remainder: bool) -> None:
    style = (
        {"color": "white", "edgecolor": GREY, "hatch": "////", "linewidth": 0.8}
        if remainder
        else {"color": COLOURS[0], "alpha": 0.85}
    )
    ax.barh(place, amount.value, height=0.62, **style)
    text = phrasing.brief(amount.value, amount.unit)
    if _is(share):
        text += f" · {share.formats['value']}"
    ax.annotate(
        text, (amount.high if amount.high is not None else amount.value, place),
        xytext=(6, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK,
    )  # fmt: skip


def _subtitle(found: Donors, denominator: Denominator) -> str:
    text = _("US dollars received by {date}; the total is not known")
    if _is(found.received) and denominator == "received":
        text = _("US dollars received by {date}, and share of all that was received")
    elif _is(found.received):
        text = _("US dollars received by {date}, and share of what was required")
    return text.format(date=found.period.label())


def _note(found: Donors) -> str:
    parts = []
    if _is(found.rest):
        parts.append(_("Hatched: not a donor, but what the source leaves open."))
    if found.elsewhere:
        names = ", ".join(dict.fromkeys(g.name for g in found.elsewhere))
        parts.append(
            _("Not drawn: {names}, named by another source without a total.").format(names=names)
        )
    return " ".join([*parts, _("Bars across the ends are the ranges of the sources’ wording.")])


def _told(title: str, found: Donors, denominator: Denominator, named: list) -> str:
    """What the drawing shows, in words."""
    said = [f"{title}, {found.period.label()}."]
    for name, amount, share in named:
        said.append(
            _("{name}: {amount}, {share}.").format(name=name, amount=amount, share=share)
            if _is(share)
            else _("{name}: {amount}.").format(name=name, amount=amount)
        )
    if _is(found.rest):
        said.append(_("{name}: {amount}.").format(name=rest_name(), amount=found.rest))
    if denominator == "required" and _is(found.gap):
        said.append(_("Not received: {amount}.").format(amount=found.gap))
    return " ".join(said)


def _is(x: Estimate | Absent) -> bool:
    return isinstance(x, Estimate)
