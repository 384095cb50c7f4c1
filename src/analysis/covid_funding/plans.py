"""The appeals and plans of the report: their names for readers, and which lies within which.

Plans are nested: a part of one agency's appeal stands in the Global Humanitarian Response Plan
(GHRP), and the whole GHRP in the Global Humanitarian Overview (GHO). Their amounts are therefore
never added. `definition` makes this hold: it names the plan, so that the sum of two plans refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.data import names
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.errors import NotAccepted
from analysis.language import _
from analysis.numbers.estimate import Estimate
from analysis.numbers.tables import Column, Table

PLAN_YEAR = _("plan year")  # the aspect of a basis: a plan of another year is another plan


@dataclass(frozen=True)
class Plan:
    """An appeal with one requirement of its own.

    Attributes
    ----------
    appeal : str
        Its key in the data.
    area : str
        The area of its total; other areas are parts of it.
    covid : bool
        Whether it asks for money against COVID-19; False: it stands beside for comparison.
    within, partly_within : tuple of str
        Keys of the plans whose amounts contain its own, all of them or a part.
    """

    appeal: str
    area: str
    covid: bool
    within: tuple[str, ...] = ()
    partly_within: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name for readers, inside a sentence."""
        return names.appeal(self.appeal)

    @property
    def short(self) -> str:
        """Its name for readers, the short form for labels."""
        return names.appeal_label(self.appeal)


PLANS: dict[str, Plan] = {
    plan.appeal: plan
    for plan in (
        Plan("IOM-COVID-19", "WLD", True, partly_within=("GHRP",)),
        Plan("WHO-COVID-19", "WLD", True, partly_within=("GHRP",)),
        Plan("UNHCR-COVID-19", "WLD", True, partly_within=("GHRP",)),
        Plan("GHRP", "WLD", True, within=("GHO", "All coordinated plans")),
        Plan("GHO", "WLD", True),
        Plan("IOM-COVID-19 SP1", "WLD", True, within=("IOM-COVID-19",)),
        Plan("GHRP plan 952", "WLD", True, within=("GHRP",)),
        Plan("All coordinated plans", "WLD", True),
        Plan(
            "RMRP", "LAC", False, within=("GHO", "All coordinated plans"), partly_within=("GHRP",)
        ),
        Plan("UNHCR Venezuela situation", "LAC", False, partly_within=("RMRP",)),
    )
}


def plan(appeal: str) -> Plan:
    """Return the plan with this key.

    Raises
    ------
    NotAccepted
        If there is none; the message lists all.
    """
    if appeal not in PLANS:
        raise NotAccepted(_("appeal"), appeal, PLANS)
    return PLANS[appeal]


def of_plan_year(year: int) -> str:
    """Return which plan a figure is of, as said behind "the figure …"."""
    return _("is of the plan for {year}").format(year=year)


def definition(observation: Observation) -> str:
    """Return what a figure on funding counts: its measure, of which plan, year and area."""
    measure = "required" if observation.measure == "required_revised" else observation.measure
    return f"{measure}, {observation.appeal} {observation.appeal_year}, {observation.area}"


def amount(observation: Observation, part_of: Observation | None = None) -> Estimate:
    """Return a figure on funding as an estimate that only meets figures of its own plan.

    Parameters
    ----------
    observation : Observation
        A row of ``data.funding``.
    part_of : Observation, optional
        The whole of which the source states it as a part; it then counts what the whole counts.
    """
    return Estimate.of(observation, definition=definition(part_of or observation))


def nesting(data: Data) -> Table:
    """Return the table of which plan contains which, for the plans known."""
    known = set(data.funding.values_of("appeal"))
    return Table(
        _("Which plan contains which"),
        [
            Column("plan", _("Plan")),
            Column("name", _("What it is")),
            Column("covid", _("COVID-19 plan")),
            Column("within", _("Lies within")),
            Column("partly_within", _("Lies in part within")),
        ],
        [
            [
                p.short,
                p.name,
                _("yes") if p.covid and p.appeal not in _WIDER else
                _("in part") if p.covid else _("no"),
                _names(p.within),
                _names(p.partly_within),
            ]
            for p in PLANS.values()
            if p.appeal in known
        ],
        note=_(
            "A dollar received by an inner plan is counted again in the outer one. "
            "Amounts of different plans are therefore never added."
        ),
    )  # fmt: skip


# The plans drawn beside each other; the others are parts of them or other counts of the same.
MAIN = ("IOM-COVID-19", "WHO-COVID-19", "UNHCR-COVID-19", "GHRP", "GHO")

# Wider than the pandemic: their requirement contains the COVID-19 plans and all other appeals.
_WIDER = ("GHO", "All coordinated plans")


def _names(appeals: Iterable[str]) -> str:
    return ", ".join(PLANS[a].short for a in appeals) or "–"
