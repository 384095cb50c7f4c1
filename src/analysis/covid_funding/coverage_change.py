"""A change in coverage, split into the part from money and the part from the requirement.

Coverage R/Q changes when money R comes in and when the requirement Q is revised. With 0 and 1 the
two dates, the split is the mean over both orders in which the two can change (the Shapley value;
Shorrocks, Journal of Economic Inequality 11, 2013):

    money       = ½ · [(R1 − R0)/Q0 + (R1 − R0)/Q1]
    requirement = ½ · [(R0 + R1)/Q1 − (R0 + R1)/Q0]

The two add up to R1/Q1 − R0/Q0 exactly.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from dataclasses import dataclass
from typing import NamedTuple

from analysis.covid_funding.appeals import History
from analysis.covid_funding.plans import Plan
from analysis.data.periods import Period
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Column, Table

_NOUNS = {
    "received": _("the change in what {plan} had received"),
    "required": _("the change in what {plan} required"),
    "coverage": _("the change in the coverage of {plan}"),
    "money": _("the part of the change in the coverage of {plan} that came from money"),
    "requirement": _(
        "the part of the change in the coverage of {plan} that came from its requirement"
    ),
}


@dataclass(frozen=True)
class CoverageChange:
    """A change in the coverage of one plan between two dates of one plan year.

    Attributes
    ----------
    received, required : Estimate
        What came in between, and what the requirement rose by (negative: fell), in USD.
    coverage, money, requirement : Estimate
        The change in coverage and its two parts, in percentage points (unit ``points``).
    """

    earlier: Period
    later: Period
    received: Estimate
    required: Estimate
    coverage: Estimate
    money: Estimate
    requirement: Estimate

    @property
    def name(self) -> str:
        """The two dates, as a reader writes them."""
        return _("{earlier} to {later}").format(
            earlier=self.earlier.label(), later=self.later.label()
        )


@dataclass(frozen=True)
class CoverageChanges:
    """The changes between neighbouring dates of one plan."""

    plan: Plan
    as_of: datetime.date | None
    changes: tuple[CoverageChange, ...]

    def of_largest_revision(self) -> dict[str, Estimate | Absent]:
        """Return the change over which the requirement was revised most, number by number.

        Returns
        -------
        dict
            ``received``, ``required``, ``coverage``, ``money`` and ``requirement``, labelled with
            the dates; each absent with its reason where no two dates are known.
        """
        labels = {
            "received": _("Change in what {plan} had received, {dates}"),
            "required": _("Change in what {plan} required, {dates}"),
            "coverage": _("Change in coverage of {plan}, {dates}"),
            "money": _("Part of the change in coverage of {plan} that came from money, {dates}"),
            "requirement": _(
                "Part of the change in coverage of {plan} that came from the requirement, {dates}"
            ),
        }
        if not self.changes:
            dates = _("between two dates")
            return {
                key: unstated(
                    self._second_date,
                    "USD" if key in ("received", "required") else "points",
                    label.format(plan=self.plan.name, dates=dates),
                )
                for key, label in labels.items()
            }
        largest = max(self.changes, key=lambda c: abs(c.required.value))
        numbers = {
            "received": largest.received,
            "required": largest.required,
            "coverage": largest.coverage,
            "money": largest.money,
            "requirement": largest.requirement,
        }
        plan = self.plan.name
        return {
            key: numbers[key]
            .labelled(label.format(plan=plan, dates=largest.name))
            .called(_NOUNS[key].format(plan=plan))
            for key, label in labels.items()
        }

    def table(self) -> Table:
        """Return every change with its parts."""
        return Table(
            _("What moved the coverage of {plan}").format(plan=self.plan.name),
            [
                Column("dates", _("Between")),
                Column("received", _("Change in received"), "USD"),
                Column("required", _("Change in required"), "USD"),
                Column("coverage", _("Change in coverage"), "points"),
                Column("money", _("From money"), "points"),
                Column("requirement", _("From the requirement"), "points"),
            ],
            [
                [c.name, c.received, c.required, c.coverage, c.money, c.requirement]
                for c in self.changes
            ],
            note=_("The two parts add up to the change in coverage."),
            empty=unstated(self._second_date, "", "").reason,
        )

    @property
    def _second_date(self) -> str:
        """What no source states where there is no change."""
        said = _("what {plan} required and had received at a second date of the same year")
        return said.format(plan=self.plan.name)


def changes(history: History) -> CoverageChanges:
    """Return the changes in coverage between neighbouring dates of a plan.

    Parameters
    ----------
    history : History
        The plan; only dates of one plan year are compared, as a new year is a new plan.
    """
    covered = _covered(history)
    return CoverageChanges(
        history.plan,
        history.as_of,
        tuple(_change(a, b) for a, b in itertools.pairwise(covered) if a.year == b.year),
    )


class _Covered(NamedTuple):
    """A date at which both sides of the coverage are known, and the requirement is not zero."""

    year: int
    period: Period
    received: Estimate
    required: Estimate
    coverage: Estimate


def _covered(history: History) -> list[_Covered]:
    return [
        _Covered(r.year, r.period, r.amount, r.requirement.amount, r.coverage)
        for r in history.receipts
        if r.requirement and isinstance(r.coverage, Estimate)
    ]


def _change(earlier: _Covered, later: _Covered) -> CoverageChange:
    r0, r1, q0, q1 = earlier.received, later.received, earlier.required, later.required
    coverage = later.coverage - earlier.coverage
    return CoverageChange(
        earlier.period,
        later.period,
        received=(r1 - r0).between(r0, r1),
        required=(q1 - q0).between(q0, q1),
        coverage=dataclasses.replace(coverage, unit="points").between(r0, r1),
        money=_half(_over(r1 - r0, q0) + _over(r1 - r0, q1)).between(r0, r1),
        requirement=_half(_over(r0 + r1, q1) - _over(r0 + r1, q0)).between(r0, r1),
    )


def _over(money: Estimate, requirement: Estimate) -> Estimate:
    return _known(estimate.ratio(money, requirement, unit="points"))


def _half(of_two: Estimate) -> Estimate:
    return _known(estimate.per(of_two, 2, "points"))


def _known(quotient: Estimate | Absent) -> Estimate:
    assert isinstance(quotient, Estimate), quotient  # no requirement of a covered date is zero
    return quotient
