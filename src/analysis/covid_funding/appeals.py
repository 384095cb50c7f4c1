"""What a plan required and what it had received over time, and the coverage: one over the other.

Received is what was paid and committed; pledges are not in it. Coverage is received over required,
against the latest requirement on or before the date of the money. A new plan year is a new plan,
not a revision of the old one.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.covid_funding.plans import PLAN_YEAR, Plan, amount, of_plan_year, plan
from analysis.data.load import Data
from analysis.data.observations import Observation, Source
from analysis.data.periods import Period
from analysis.data.precedence import precedence
from analysis.errors import Incompatible
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate


@dataclass(frozen=True)
class Requirement:
    """What a plan required from one day to the next revision or the end of its year.

    Attributes
    ----------
    year : int
        The plan year.
    period : Period
        The date as the source states it.
    amount : Estimate
        In USD.
    since, until : datetime.date
        From when on and until when it held.
    source : Source
    leads : bool
        False where the report uses another source's figure for the same date.
    """

    year: int
    period: Period
    amount: Estimate
    since: datetime.date
    until: datetime.date
    source: Source
    leads: bool = True


@dataclass(frozen=True)
class Receipt:
    """What a plan had received at a date, beside the requirement that held then.

    Attributes
    ----------
    year : int
        The plan year.
    period : Period
        The date of the money.
    amount : Estimate
        In USD, paid and committed.
    requirement : Requirement or None
        None where none is known that held then.
    coverage : Estimate or Absent
        Received over required, 0 upwards; it may pass 1.
    gap : Estimate or Absent
        Required less received.
    stated : Estimate or Absent
        The coverage that the source of the money states itself.
    """

    year: int
    period: Period
    amount: Estimate
    requirement: Requirement | None
    coverage: Estimate | Absent
    gap: Estimate | Absent
    stated: Estimate | Absent
    source: Source


@dataclass(frozen=True)
class History:
    """A plan over time.

    Attributes
    ----------
    plan : Plan
    as_of : datetime.date or None
        The date whose knowledge is used; None: everything published.
    requirements : tuple of Requirement
        All that are stated, in order of time.
    receipts : tuple of Receipt
        In order of time.
    statements : tuple of (Period, Estimate, Source)
        Coverages stated without the amount received.
    """

    plan: Plan
    as_of: datetime.date | None
    requirements: tuple[Requirement, ...]
    receipts: tuple[Receipt, ...]
    statements: tuple[tuple[Period, Estimate, Source], ...]

    @property
    def steps(self) -> tuple[Requirement, ...]:
        """The requirements that lead, one for each date."""
        return tuple(r for r in self.requirements if r.leads)

    @property
    def latest_requirement(self) -> Estimate | Absent:
        """The newest requirement of the plan year in which money was last received, with its date.

        A plan for another year is another plan. Where nothing was received, that of the newest.
        """
        years = {self.receipts[-1].year} if self.receipts else {r.year for r in self.steps[-1:]}
        steps = [r for r in self.steps if r.year in years]
        if not steps:
            what = _("what {plan} required").format(plan=self.plan.name)
            label = _("Newest requirement of {plan}").format(plan=self.plan.name)
            return unstated(what, "USD", label)
        newest = steps[-1]
        return (
            newest.amount.labelled(
                _("Newest requirement of {plan} for {year}, {date}").format(
                    plan=self.plan.name, year=newest.year, date=newest.period.label()
                )
            )
            .about(self.plan.name)
            .called(_("the newest requirement of {plan}").format(plan=self.plan.name))
            .on(PLAN_YEAR, of_plan_year(newest.year))
        )


def history(data: Data, appeal: str) -> History:
    """Return what a plan required and received over time.

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
    rows = data.funding.where(appeal=appeal, area=chosen.area, donor="")
    requirements = _requirements(rows, data.as_of)
    stated = [o for o in rows if o.measure == "coverage"]
    receipts = [_receipt(observations, requirements, stated) for observations in _received(rows)]
    answered = {r.stated.observations[0].key for r in receipts if isinstance(r.stated, Estimate)}
    return History(
        chosen,
        data.as_of,
        requirements,
        tuple(sorted(receipts, key=lambda r: r.period)),
        tuple(
            (o.stated_period, Estimate.of(o, definition="coverage"), o.source)
            for o in sorted(stated, key=lambda o: o.stated_period)
            if o.key not in answered
        ),
    )


def coverage(received: Estimate, required: Estimate) -> Estimate | Absent:
    """Return received over required: 0 upwards, above 1 where more came than was asked.

    Returns
    -------
    Estimate or Absent
        In unit ``share``; absent where the requirement is zero.

    Raises
    ------
    Incompatible
        When the first is not money received, or the second no requirement: a pledge is neither.
    """
    for side, measure in ((received, "received"), (required, "required")):
        if side.definition.split(",")[0] != measure:
            raise Incompatible(
                _(
                    "Coverage is received over required; {definition} ({key}) is not {measure}."
                ).format(definition=side.definition, key=side.derivation, measure=measure)
            )
    return estimate.ratio(received, required, unit="share")


def _requirements(
    rows: Sequence[Observation], as_of: datetime.date | None
) -> tuple[Requirement, ...]:
    last_received: dict[int, datetime.date] = {}
    for money in _received(rows):
        year, day = money[0].appeal_year, money[0].stated_period.last_day
        last_received[year] = max(day, last_received.get(year, day))
    stated = [o for o in rows if o.measure in ("required", "required_revised")]
    # Of several statements for one date the first in this order leads.
    stated.sort(key=lambda o: (_since(o.stated_period), o.appeal_year, precedence(o)))
    found: list[Requirement] = []
    for place, o in enumerate(stated):
        since = _since(o.stated_period)
        later = [
            _since(n.stated_period)
            for n in stated[place:]
            if n.appeal_year == o.appeal_year and _since(n.stated_period) > since
        ]
        if later:
            until = later[0]
        elif o.stated_period.is_year:
            end = o.stated_period.last_day
            until = max(since, min(end, as_of) if as_of else end)
        else:  # nobody states that it held for longer than until the last money reported
            until = max(since, last_received.get(o.appeal_year, since))
        leads = not any((f.year, f.since) == (o.appeal_year, since) for f in found)
        found.append(
            Requirement(o.appeal_year, o.stated_period, amount(o), since, until, o.source, leads)
        )
    return tuple(found)


def _since(period: Period) -> datetime.date:
    """A requirement for a whole year holds from its first day, a dated one from its last."""
    return period.first_day if period.is_year else period.last_day


def _received(rows: Sequence[Observation]) -> list[list[Observation]]:
    """Every total received: one figure, or its earmarked and flexible parts from one source."""
    found = [[o] for o in rows if o.measure == "received"]
    for earmarked in (o for o in rows if o.measure == "received_earmarked"):
        same = (earmarked.source, earmarked.period)
        flexible = [
            o for o in rows if o.measure == "received_flexible" and (o.source, o.period) == same
        ]
        if flexible and not any((o.source, o.period) == same for (o, *_rest) in found):
            found.append([earmarked, flexible[0]])
    return found


def _receipt(
    observations: Sequence[Observation],
    requirements: Sequence[Requirement],
    stated: Sequence[Observation],
) -> Receipt:
    first = observations[0]
    whole = f"received, {first.appeal} {first.appeal_year}, {first.area}"
    received = estimate.total(Estimate.of(o, definition=whole) for o in observations)
    day = first.stated_period.last_day
    held = [r for r in requirements if r.year == first.appeal_year and r.since <= day]
    requirement = max(
        held, key=lambda r: (r.since, r.source == first.source, r.leads), default=None
    )
    covered: Estimate | Absent = Absent(_("no requirement of that date is known"), "share")
    missing: Estimate | Absent = Absent(_("no requirement of that date is known"), "USD")
    if requirement:
        named = _("the requirement stated for {date}").format(date=requirement.period.label())
        covered = coverage(received, requirement.amount.labelled(named))
        missing = (
            Absent(covered.reason, "USD")
            if isinstance(covered, Absent)
            else estimate.gap(requirement.amount, received)
        )
    says = [
        o
        for o in stated
        if (o.source, o.period, o.appeal_year) == (first.source, first.period, first.appeal_year)
    ]
    return Receipt(
        first.appeal_year,
        first.stated_period,
        received,
        requirement,
        covered,
        missing,
        Estimate.of(says[0], definition="coverage")
        if says
        else Absent(_("the source of the money states no coverage"), "share"),
        first.source,
    )
