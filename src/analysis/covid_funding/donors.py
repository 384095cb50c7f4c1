"""Who gave which share of what a plan received, and which share of what it required.

A share is computed only from figures that one source states together: the donor's money, the total
received and the requirement. Donors that a source does not name are a remainder, not a donor.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.covid_funding.appeals import coverage
from analysis.covid_funding.plans import Plan, amount, plan
from analysis.data.load import Data
from analysis.data.observations import Observation, Source
from analysis.data.periods import Period
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import NOT_COMPUTED, Absent, Estimate

Denominator = Literal["received", "required"]
DENOMINATORS = ("received", "required")

# A concentration index over fewer would say more about who was named than about who gave.
ENOUGH_NAMED = 0.95


@dataclass(frozen=True)
class Gift:
    """What one donor gave to a plan, as one source states it.

    Attributes
    ----------
    donor, name : str
        ISO 3166-1 alpha-3 code, or that of a group; and the reader's name.
    amount : Estimate or Absent
        Received from the donor, in USD; absent where the source states only the share.
    of_received, of_required : Estimate or Absent
        Shares of what the plan had received and of what it required.
    """

    donor: str
    name: str
    amount: Estimate | Absent
    of_received: Estimate | Absent
    of_required: Estimate | Absent
    period: Period
    source: Source

    def share(self, denominator: Denominator) -> Estimate | Absent:
        """Return the share of what was received or of what was required."""
        return self.of_received if denominator == "received" else self.of_required


@dataclass(frozen=True)
class Donors:
    """The donors of one plan that one source names, and what that source leaves open.

    Attributes
    ----------
    period : Period or None
        The date of the source's figures; None where no donor is known.
    gifts : tuple of Gift
        Largest first, from the source that names most of them beside a total.
    elsewhere : tuple of Gift
        Donors that other sources name.
    received, required, gap : Estimate or Absent
        The totals that the same source states, and the second less the first.
    coverage : Estimate or Absent
        The first over the second.
    rest, rest_of_received, rest_of_required : Estimate or Absent
        What donors gave that are not named, and its shares.
    named : Estimate or Absent
        The share of what was received that came from named donors.
    """

    plan: Plan
    as_of: datetime.date | None
    period: Period | None
    source: Source | None
    gifts: tuple[Gift, ...]
    elsewhere: tuple[Gift, ...]
    received: Estimate | Absent
    required: Estimate | Absent
    gap: Estimate | Absent
    coverage: Estimate | Absent
    rest: Estimate | Absent
    rest_of_received: Estimate | Absent
    rest_of_required: Estimate | Absent
    named: Estimate | Absent

    @property
    def largest_share(self) -> Estimate | Absent:
        """The largest named donor's share of what was received, labelled with who it is."""
        if not self.gifts:
            what = _("who gave to {plan}").format(plan=self.plan.name)
            label = _("Largest named donor’s share of what {plan} had received")
            return unstated(what, "share", label.format(plan=self.plan.name))
        first = self.gifts[0]
        label = _("Largest named donor’s share of what {plan} had received ({donor}, {date})")
        noun = _("the share of what {plan} had received from its largest named donor ({donor})")
        said = {"donor": first.name, "plan": self.plan.name, "date": first.period.label()}
        return first.of_received.labelled(label.format(**said)).called(noun.format(**said))

    @property
    def concentration(self) -> Estimate | Absent:
        """The Herfindahl–Hirschman index of the named donors; absent where too few are named."""
        label = _("Concentration of the donors of {plan}").format(plan=self.plan.name)
        if isinstance(self.named, Absent):
            return Absent(self.named.reason, "ratio", label)
        if self.named.value < ENOUGH_NAMED:
            reason = _("named donors gave {named} of the total, less than the {enough:.0%} needed")
            reason = reason.format(named=self.named, enough=ENOUGH_NAMED)
            return Absent(reason, "ratio", label, NOT_COMPUTED)
        noun = _("the concentration of the donors of {plan}").format(plan=self.plan.name)
        return estimate.concentration(_amounts(self.gifts)).labelled(label).called(noun)

    def gift(self, donor: str) -> Gift | None:
        """Return what one donor gave, from the leading source where that names it."""
        return next((g for g in (*self.gifts, *self.elsewhere) if g.donor == donor), None)


def donors(data: Data, appeal: str) -> Donors:
    """Return who gave to a plan.

    Parameters
    ----------
    data : Data
        What is known.
    appeal : str
        A key of `plans.PLANS`.

    Raises
    ------
    NotAccepted
        For an appeal that is not there.
    """
    chosen = plan(appeal)
    rows = data.funding.where(appeal=appeal, area=chosen.area)
    named = [o for o in rows if o.donor and o.measure in ("received", "donor_share")]
    if not named:
        what = _("who gave to {plan}").format(plan=chosen.name)
        none = unstated(what, "USD", "")
        return Donors(
            chosen, data.as_of, None, None, (), (), **dict.fromkeys(_TOTALS, none)
        )  # fmt: skip
    groups: dict[tuple[str, int], list[Observation]] = {}
    for o in named:
        groups.setdefault((o.source.key, o.appeal_year), []).append(o)

    def leads(group: Sequence[Observation]) -> tuple[bool, int, Period]:
        first = group[0]
        return _total(rows, first, "received") is not None, len(group), first.stated_period

    leading = max(groups.values(), key=leads)
    gifts = [_gift(data, rows, o) for o in leading]
    gifts.sort(key=_size, reverse=True)
    others = [_gift(data, rows, o) for o in named if o not in leading]
    first = leading[0]
    received, required = _total(rows, first, "received"), _total(rows, first, "required")
    totals = _totals(
        gifts,
        amount(received) if received else None,
        amount(required) if required else None,
    )
    nouns = {
        "rest_of_received": _("the share of what {plan} had received that no named donor gave"),
        "named": _("the share of what {plan} had received that named donors gave"),
    }
    labels = {
        "rest_of_received": _("Share of what {plan} had received that no named donor gave, {date}"),
        "named": _("Share of what {plan} had received that named donors gave, {date}"),
    }
    for key, text in labels.items():
        label = text.format(plan=chosen.name, date=first.stated_period.label())
        totals[key] = totals[key].labelled(label).called(nouns[key].format(plan=chosen.name))
    return Donors(
        chosen, data.as_of, first.stated_period, first.source, tuple(gifts), tuple(others), **totals
    )  # fmt: skip


def _gift(data: Data, rows: Sequence[Observation], o: Observation) -> Gift:
    if o.measure == "donor_share":
        only = _("the source states the share, not the amount")
        return Gift(
            o.donor, data.areas.name(o.donor), Absent(only, "USD"),
            Estimate.of(o, definition="donor_share").about(data.areas.in_sentence(o.donor)),
            Absent(only, "share"), o.stated_period, o.source,
        )  # fmt: skip
    given, name = amount(o), data.areas.in_sentence(o.donor)
    received, required = _total(rows, o, "received"), _total(rows, o, "required")
    no_received = Absent(
        _("the source of the amount states no total received at its date"), "share"
    )
    no_required = Absent(_("the source of the amount states no requirement at its date"), "share")
    return Gift(
        o.donor,
        data.areas.name(o.donor),
        given,
        estimate.share(given, amount(received)).about(name) if received else no_received,
        estimate.ratio(given, amount(required), unit="share").about(name)
        if required
        else no_required,
        o.stated_period,
        o.source,
    )


def _totals(
    gifts: Sequence[Gift], received: Estimate | None, required: Estimate | None
) -> dict[str, Estimate | Absent]:
    """What the source states in all, and what it leaves unnamed, by the fields of `Donors`."""
    missing = (
        _("the source of the donors states no total received")
        if received is None
        else _("the source of the donors states no requirement")
    )
    found: dict[str, Estimate | Absent] = {
        key: Absent(missing, "USD" if key in ("received", "required", "gap", "rest") else "share")
        for key in _TOTALS
    }
    if received is not None:
        found["received"] = received
    if required is not None:
        found["required"] = required
    if received is None:
        return found
    if required is not None:
        found["gap"] = estimate.gap(required, received)
        found["coverage"] = coverage(received, required)
    for gift in gifts:
        if isinstance(gift.amount, Absent):
            only_share = gift.amount.reason
            return found | {key: Absent(only_share, found[key].unit) for key in _FROM_AMOUNTS}
    named = estimate.total(_amounts(gifts))
    rest = received - named
    found["rest"] = rest
    found["rest_of_received"] = estimate.share(rest, received)
    found["named"] = estimate.share(named, received)
    if required is not None:
        found["rest_of_required"] = estimate.ratio(rest, required, unit="share")
    return found


_FROM_AMOUNTS = ("rest", "rest_of_received", "rest_of_required", "named")
_TOTALS = ("received", "required", "gap", "coverage", *_FROM_AMOUNTS)


def _total(rows: Sequence[Observation], of: Observation, measure: str) -> Observation | None:
    """The plan's total that the same source states for the same date."""
    return next(
        (
            o
            for o in rows
            if not o.donor
            and (o.measure, o.source, o.appeal_year) == (measure, of.source, of.appeal_year)
            and (o.period == of.period or of.measure == "donor_share")
        ),
        None,
    )


def _amounts(gifts: Sequence[Gift]) -> list[Estimate]:
    return [gift.amount for gift in gifts if isinstance(gift.amount, Estimate)]


def _size(gift: Gift) -> float:
    """What donors are ranked by: the amount, or the share where only that is stated."""
    known = gift.of_received if isinstance(gift.amount, Absent) else gift.amount
    return known.value if isinstance(known, Estimate) else 0.0
