"""What a plan asks for each person it means to reach, and for each it counts as in need.

Plan years are plans of their own, and plans that contain one another are never put together here.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.covid_funding.appeals import History, history
from analysis.covid_funding.plans import PLAN_YEAR, of_plan_year
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.data.precedence import precedence
from analysis.language import _
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate, per
from analysis.numbers.tables import Column, Table

PEOPLE = ("people_targeted", "people_in_need")
_UNIT = "USD/person"


@dataclass(frozen=True)
class YearOfPlan:
    """One year of a plan: its requirement over the people that it names.

    Attributes
    ----------
    year : int
    required : Estimate or Absent
        In USD: of the source that states the people, or else the newest of the year.
    people : tuple of Estimate or Absent
        Targeted and in need, persons.
    each : tuple of Estimate or Absent
        The requirement for each of them, in USD.
    """

    year: int
    required: Estimate | Absent
    people: tuple[Estimate | Absent, ...]
    each: tuple[Estimate | Absent, ...]


@dataclass(frozen=True)
class PerPerson:
    """Every year of a plan that names people, oldest first."""

    plan: str
    years: tuple[YearOfPlan, ...]

    def newest(self, people: str) -> Estimate | Absent:
        """Return the requirement for each person in the newest year that names them.

        Parameters
        ----------
        people : str
            ``people_targeted`` or ``people_in_need``.
        """
        place = PEOPLE.index(people)
        label = _("Asked by {plan} for each person {how}").format(
            plan=self.plan, how=_(_HOW[people])
        )
        for one in reversed(self.years):
            each = one.each[place]
            if isinstance(each, Estimate):
                noun = _("the money that {plan} asks for each person {how}")
                return (
                    each.labelled(_("{label}, {year}").format(label=label, year=one.year))
                    .about(str(one.year))
                    .called(noun.format(plan=self.plan, how=_(_HOW[people])))
                    .on(PLAN_YEAR, of_plan_year(one.year))
                )
        what = _("how many people {plan} counts as in need")
        if people == "people_targeted":
            what = _("how many people {plan} is to reach")
        return unstated(what.format(plan=self.plan), _UNIT, label)

    def table(self) -> Table:
        """Return for each year the requirement, the people and the money for each of them."""
        return Table(
            _("What {plan} asks for each person").format(plan=self.plan),
            [
                Column("year", _("Plan year")),
                Column("required", _("Required"), "USD"),
                Column("targeted", _("People targeted"), "persons"),
                Column("per_targeted", _("For each person targeted"), _UNIT),
                Column("in_need", _("People in need"), "persons"),
                Column("per_in_need", _("For each person in need"), _UNIT),
            ],
            [
                [str(y.year), y.required, y.people[0], y.each[0], y.people[1], y.each[1]]
                for y in self.years
            ],
            note=_(
                "The requirement is that of the source which states the people where it states "
                "one, or else the newest of the year. It is what is asked, not what was received."
            ),
            empty=unstated(_("people whom {plan} is for").format(plan=self.plan), "", "").reason,
        )


_HOW = {"people_targeted": "targeted", "people_in_need": "in need"}


def per_person(data: Data, appeal: str) -> PerPerson:
    """Return what a plan asks for each person it names, year by year.

    Parameters
    ----------
    data : Data
        What is known.
    appeal : str
        A key of `plans.PLANS`.
    """
    found = history(data, appeal)
    named = data.funding.where(appeal=appeal, area=found.plan.area, measure=list(PEOPLE), donor="")
    years = sorted({o.appeal_year for o in named})
    return PerPerson(found.plan.name, tuple(_of_year(found, list(named), y) for y in years))


def _of_year(found: History, named: list[Observation], year: int) -> YearOfPlan:
    chosen: list[Observation | None] = []
    for measure in PEOPLE:
        stated = [o for o in named if (o.appeal_year, o.measure) == (year, measure)]
        # the newest document leads; of two of one day the order of all other figures decides
        stated.sort(key=precedence)
        stated.sort(key=lambda o: str(o.source.published or ""), reverse=True)
        chosen.append(stated[0] if stated else None)
    source = next(o.source for o in chosen if o)
    steps = [r for r in found.steps if r.year == year]
    beside = [r for r in steps if r.source == source] or steps
    required: Estimate | Absent = (
        beside[-1].amount
        if beside
        else unstated(_("what {plan} required").format(plan=found.plan.name), "USD", "")
    )
    people: list[Estimate | Absent] = []
    each: list[Estimate | Absent] = []
    for o in chosen:
        if o is None:
            people.append(Absent(_("the plan names no such number"), "persons"))
            each.append(Absent(_("the plan names no such number"), _UNIT))
            continue
        count = Estimate.of(o, definition=o.measure)
        people.append(count)
        each.append(required if isinstance(required, Absent) else per(required, count, _UNIT))
    return YearOfPlan(year, required, tuple(people), tuple(each))
