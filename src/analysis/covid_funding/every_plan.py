"""Every plan of OCHA's table: coverage, and the part of the money that was for COVID-19.

Parts of one plan in several countries are added where the table gives each its own requirement;
amounts of different plans never are, since plans of one year overlap. So plans are compared by
their medians, and each by itself.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.data.periods import Period
from analysis.data.response_plans import (
    FOR_COVID,
    RECEIVED,
    REQUIRED,
    PlanInCountry,
    ResponsePlan,
    ResponsePlans,
)
from analysis.language import _, ngettext
from analysis.numbers import estimate
from analysis.numbers import expression as ex
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import NOT_COMPUTED, Absent, Estimate, median, ratio, total
from analysis.numbers.tables import Cell, Column, Table

LARGEST = 10
ALL = 0.995  # of what came in: a plan of which as much was for COVID-19 was for it alone
FEWEST = 3  # plans: of fewer no median is given
_YEAR = re.compile(r"\s*\(?\b20\d\d(-20\d\d)?\)?\s*$")


@dataclass(frozen=True)
class CovidPart:
    """The COVID-19 part of what one plan received for one country.

    Attributes
    ----------
    plan : ResponsePlan
    country : PlanInCountry
    covid, received : Estimate
        In USD.
    share : Estimate or Absent
        The first over the second.
    """

    plan: ResponsePlan
    country: PlanInCountry
    covid: Estimate
    received: Estimate
    share: Estimate | Absent

    @property
    def name(self) -> str:
        """What tells it from the others: ``Yemen, 2020``, with the plan where it is regional."""
        where = _("{country}, {year}").format(country=self.country.place, year=self.plan.year)
        if len(self.plan.countries) == 1:
            return where
        return _("{where} ({plan})").format(where=where, plan=self.plan.code)


@dataclass(frozen=True)
class CovidParts:
    """Every plan in a country of which the table has the COVID-19 part, the largest first."""

    parts: tuple[CovidPart, ...]
    lacking: str

    @property
    def shares(self) -> list[Estimate]:
        """The shares that are known."""
        return [p.share for p in self.parts if isinstance(p.share, Estimate)]

    def median_share(self) -> Estimate | Absent:
        """Return the median of the shares."""
        label = _("COVID-19 part of what plans received in a country, median")
        if len(self.shares) < FEWEST:
            return Absent(self.lacking, "share", label)
        found = median([_alike(share) for share in self.shares])
        return found.labelled(label).called(
            _("the median COVID-19 part of what plans received in a country")
        )

    def how_many(self) -> Estimate | Absent:
        """Return of how many plans in a country both sides are known."""
        label = _("Plans in a country of which the COVID-19 part is known")
        if not self.parts:
            return Absent(self.lacking, "plans", label)
        stated = tuple(o for part in self.parts for o in part.covid.observations)
        counted = Estimate(ex.Constant(len(self.parts)), "plans", observations=stated)
        return counted.labelled(label).called(
            _("the number of plans in a country of which the COVID-19 part is known")
        )

    def largest(self) -> Estimate | Absent:
        """Return the largest sum for COVID-19."""
        label = _("Most money for COVID-19 in one country’s plan")
        if not self.parts:
            return Absent(self.lacking, "USD", label)
        part = self.parts[0]
        noun = _("the most money for COVID-19 that one plan received for a country")
        plan = _("the plan for {name}").format(name=part.name)
        return part.covid.labelled(f"{label}: {part.name}").about(plan).called(noun)

    def by_share(self) -> list[CovidPart]:
        """Return the parts in the order of their shares, the highest first."""
        known = [p for p in self.parts if isinstance(p.share, Estimate)]
        return sorted(known, key=lambda p: (-_value(p.share), -p.covid.value))

    def rows(self) -> list[tuple[str, Estimate]]:
        """Return the largest sums, each with its name."""
        return [(p.name, p.covid) for p in self.parts[:LARGEST]]

    def share_rows(self) -> list[tuple[str, Estimate]]:
        """Return the highest shares of plans that were not for COVID-19 alone, with their names."""
        mixed = [p for p in self.by_share() if _value(p.share) < ALL]
        return [(p.name, p.share) for p in mixed[:LARGEST] if isinstance(p.share, Estimate)]

    def for_covid_alone(self) -> int:
        """Return how many plans in a country were for COVID-19 alone."""
        return sum(share.value >= ALL for share in self.shares)

    def table(self) -> Table:
        """Return every plan in a country with its money, the COVID-19 part and the share."""
        return Table(
            _("The COVID-19 part of what plans received, by country"),
            [
                Column("country", _("Country")),
                Column("year", _("Plan year")),
                Column("plan", _("Plan")),
                Column("covid", _("Received for COVID-19"), "USD"),
                Column("received", _("Received"), "USD"),
                Column("share", _("COVID-19 part"), "share"),
            ],
            [
                [p.country.place, str(p.plan.year), p.plan.name, p.covid, p.received, p.share]
                for p in self.parts
            ],
            note=_(
                "A country can have a plan of its own and a part in a regional one: the rows are "
                "not added."
            ),
            empty=self.lacking,
        )


def covid_parts(plans: ResponsePlans) -> CovidParts:
    """Return the COVID-19 part of what every plan received, by country.

    Parameters
    ----------
    plans : ResponsePlans
    """
    parts = []
    for plan in plans.every:
        for country in plan.countries:
            covid, received = (country.amounts.get(m) for m in (FOR_COVID, RECEIVED))
            if covid is not None and received is not None:
                part, whole = (_money(plan, o, "received", country) for o in (covid, received))
                parts.append(CovidPart(plan, country, part, whole, estimate.share(part, whole)))
    parts.sort(key=lambda p: -p.covid.value)
    lacking = unstated(_("how much of what plans received was for COVID-19"), "", "").reason
    return CovidParts(tuple(parts), lacking)


@dataclass(frozen=True)
class PlanMoney:
    """What one plan requires and has received, over all its countries.

    Attributes
    ----------
    plan : ResponsePlan
    required, received, covid : Estimate or Absent
        In USD. The requirement is absent where the table repeats one for several countries.
    """

    plan: ResponsePlan
    required: Estimate | Absent
    received: Estimate | Absent
    covid: Estimate | Absent

    @property
    def coverage(self) -> Estimate | Absent:
        """Received over required; may pass 1."""
        return _coverage(self.received, self.required)

    @property
    def coverage_without_covid(self) -> Estimate | Absent:
        """What was received less the part for COVID-19, over required."""
        if isinstance(self.received, Absent):
            return Absent(self.received.reason, "share")
        if isinstance(self.covid, Absent):
            return Absent(self.covid.reason, "share")
        return _coverage(self.received - self.covid, self.required)


def money(plan: ResponsePlan) -> PlanMoney:
    """Return what a plan requires and has received, over all its countries."""
    covid = _added(plan, FOR_COVID, _("the table has no COVID-19 part for every country of it"))
    received = _added(plan, RECEIVED, _("the table does not say what every country received"))
    required = (
        Absent(
            _(
                "the plan does not split its requirement: the table repeats a shared one for "
                "several countries"
            ),
            "USD",
            said=NOT_COMPUTED,
        )
        if plan.shared
        else _added(plan, REQUIRED, _("the table has no requirement for every country of it"))
    )
    return PlanMoney(plan, required, received, covid)


@dataclass(frozen=True)
class CoverageOfYear:
    """The coverage of the plans of one year, with and without the money for COVID-19.

    Attributes
    ----------
    plans : tuple of PlanMoney
        Those with a requirement of their own and a COVID-19 part, the largest requirement first.
    """

    year: int
    plans: tuple[PlanMoney, ...]
    lacking: str

    def median(self, *, covid: bool) -> Estimate | Absent:
        """Return the median coverage, with the money for COVID-19 or without."""
        label = (
            _("Coverage of the plans of {year}, median")
            if covid
            else _("Coverage of the plans of {year} without the money for COVID-19, median")
        ).format(year=self.year)
        noun = (
            _("the median coverage of the plans of {year}")
            if covid
            else _("the median coverage of the plans of {year} without the money for COVID-19")
        ).format(year=self.year)
        return _median(
            [p.coverage if covid else p.coverage_without_covid for p in self.plans],
            label,
            self.lacking,
        ).called(noun)

    def table(self) -> Table:
        """Return every plan with both coverages."""
        return Table(
            _("Coverage of the plans of {year} with and without the money for COVID-19").format(
                year=self.year
            ),
            [
                Column("plan", _("Plan")),
                Column("type", _("Type")),
                Column("required", _("Required"), "USD"),
                Column("received", _("Received"), "USD"),
                Column("covid", _("For COVID-19"), "USD"),
                Column("coverage", _("Coverage"), "share"),
                Column("without", _("Coverage without it"), "share"),
            ],
            [
                [
                    p.plan.name, _(p.plan.type), p.required, p.received, p.covid, p.coverage,
                    p.coverage_without_covid,
                ]
                for p in self.plans
            ],
            note=_(
                "Most requirements hold needs because of COVID-19, too: coverage without its money "
                "is no coverage of the other needs. Plans overlap and are not added."
            ),
            empty=self.lacking,
        )  # fmt: skip


def coverage_of_year(plans: ResponsePlans, year: int) -> CoverageOfYear:
    """Return the coverage of the plans of a year with and without the money for COVID-19."""
    found = [money(plan) for plan in plans.every if plan.year == year]
    known = [
        p
        for p in found
        if isinstance(p.coverage, Estimate) and isinstance(p.coverage_without_covid, Estimate)
    ]
    known.sort(key=lambda p: -_value(p.required))
    lacking = unstated(
        _("what the plans of {year} required and received for COVID-19").format(year=year), "", ""
    ).reason
    return CoverageOfYear(year, tuple(known), lacking)


@dataclass(frozen=True)
class TypeOfYear:
    """The coverage of the plans of one type and year.

    Attributes
    ----------
    plans : int
        How many of them have a coverage.
    coverage : Estimate or Absent
        Their median; absent of fewer than three.
    partial : bool
        Whether the year had not ended when the table was made.
    """

    type: str
    year: int
    plans: int
    coverage: Estimate | Absent
    partial: bool


def coverage_by_type(plans: ResponsePlans) -> tuple[TypeOfYear, ...]:
    """Return the median coverage of plans by type and year."""
    exported = plans.exported
    groups: dict[tuple[str, int], list[Estimate]] = {}
    for plan in plans.every:
        coverage = money(plan).coverage
        if isinstance(coverage, Estimate):
            groups.setdefault((plan.type, plan.year), []).append(coverage)
    return tuple(
        TypeOfYear(
            type_,
            year,
            len(found),
            _median(found, _("{type}, {year}: coverage, median").format(type=_(type_), year=year)),
            exported is not None and _is_partial(year, exported),
        )
        for (type_, year), found in sorted(groups.items())
    )


def types_table(types: Sequence[TypeOfYear], exported: Period | None) -> Table:
    """Return the median coverage by type and year, with the number of plans."""
    partial = sorted({t.year for t in types if t.partial})
    return Table(
        _("Median coverage of plans by type and year"),
        [
            Column("type", _("Type")),
            Column("year", _("Plan year")),
            Column("plans", _("Plans")),
            Column("coverage", _("Coverage, median"), "share"),
        ],
        [
            [_(t.type), f"{t.year} *" if t.partial else str(t.year), t.plans, t.coverage]
            for t in types
        ],
        note=_("* Not ended: as of {date}.").format(date=exported.label())
        if partial and exported
        else "",
        empty=_no_table(),
    )


@dataclass(frozen=True)
class PlanOverYears:
    """One plan: by country, and with the plans of the same name for other years.

    Attributes
    ----------
    name : str
        Without its year.
    plan : PlanMoney
        Of the year that leads.
    years : tuple of PlanMoney
        All of them, oldest first.
    """

    name: str
    plan: PlanMoney
    years: tuple[PlanMoney, ...]
    exported: Period

    def is_partial(self, plan: ResponsePlan) -> bool:
        """Whether the year of a plan had not ended when the table was made."""
        return _is_partial(plan.year, self.exported)


def number(found: PlanOverYears | None, name: str) -> Estimate | Absent:
    """Return a number of the plan that leads.

    Parameters
    ----------
    found : PlanOverYears or None
        None where OCHA's table is not known.
    name : str
        ``required`` or ``received`` (USD), or ``coverage`` (share).
    """
    noun, unit = _NUMBERS[name]
    if found is None:
        label = noun.format(plan=_("a plan"))
        return Absent(_no_table(), unit, label[:1].upper() + label[1:])
    amounts = {
        "required": found.plan.required,
        "received": found.plan.received,
        "coverage": found.plan.coverage,
    }
    noun = noun.format(plan=found.plan.plan.name)
    label = noun[:1].upper() + noun[1:]
    if found.is_partial(found.plan.plan):
        label = _("{label}, a part of the year").format(label=label)
    return amounts[name].labelled(label).about(found.plan.plan.name).called(noun)


_NUMBERS = {
    "required": (_("what {plan} requires"), "USD"),
    "received": (_("what {plan} has received"), "USD"),
    "coverage": (_("the coverage of {plan}"), "share"),
}


def years_table(found: PlanOverYears | None) -> Table:
    """Return the plan year by year."""
    if found is None:
        return Table(_("One plan, year by year"), [], [], empty=_no_table())
    return Table(
        _("{plan}, year by year").format(plan=found.name),
        [
            Column("year", _("Plan year")),
            Column("countries", _("Countries")),
            Column("required", _("Required"), "USD"),
            Column("received", _("Received"), "USD"),
            Column("coverage", _("Coverage"), "share"),
        ],
        [
            [
                f"{p.plan.year} *" if found.is_partial(p.plan) else str(p.plan.year),
                len(p.plan.countries), p.required, p.received, p.coverage,
            ]
            for p in found.years
        ],
        note=_("* Not ended: as of {date}.").format(date=found.exported.label())
        if any(found.is_partial(p.plan) for p in found.years)
        else "",
    )  # fmt: skip


def countries_table(found: PlanOverYears | None) -> Table:
    """Return the plan that leads, country by country."""
    if found is None:
        return Table(_("One plan, by country"), [], [], empty=_no_table())
    plan = found.plan.plan
    rows: list[list[Cell]] = []
    for country in plan.countries:
        required = _required_in(plan, country)
        received = _amount_in(plan, country, RECEIVED)
        covid = _amount_in(plan, country, FOR_COVID)
        rows.append([
            country.place, required, received, _coverage(received, required), covid,
        ])  # fmt: skip
    rows.sort(key=lambda row: -_value(row[2]))
    return Table(
        _("{plan}, by country").format(plan=plan.name),
        [
            Column("country", _("Country")),
            Column("required", _("Required"), "USD"),
            Column("received", _("Received"), "USD"),
            Column("coverage", _("Coverage"), "share"),
            Column("covid", _("For COVID-19"), "USD"),
        ],
        rows,
        note=_shared_note(plan),
    )


def _shared_note(plan: ResponsePlan) -> str:
    shared = [c for c in plan.countries if c.shared]
    if not shared:
        return ""
    return ngettext(
        "The plan asks for {amount} for {n} country and others together, which the table "
        "repeats for each of them.",
        "The plan asks for {amount} for {n} countries together, which the table repeats for "
        "each of them.",
        len(shared),
    ).format(amount=Estimate.of(shared[0].amounts[REQUIRED]).formats["value"], n=len(shared))


def over_years(plans: ResponsePlans, plan_id: str | None) -> PlanOverYears | None:
    """Return one plan by country and over the years; None where the table is not known.

    Parameters
    ----------
    plans : ResponsePlans
    plan_id : str or None
        Its number in the Financial Tracking Service; None: the newest regional plan for people
        from Venezuela whose year has ended.

    Raises
    ------
    NotAccepted
        For a number that the table has not.
    """
    exported = plans.exported
    if exported is None:
        return None
    if plan_id is None:
        regional = [p for p in plans.every if p.name.startswith(_VENEZUELA)]
        ended = [p for p in regional if not _is_partial(p.year, exported)]
        if not ended:
            return None
        leads = max(ended, key=lambda p: p.year)
    else:
        leads = plans[plan_id]
    name = without_year(leads.name)
    same = sorted(
        (p for p in plans.every if without_year(p.name) == name), key=lambda p: (p.year, p.plan_id)
    )
    return PlanOverYears(name, money(leads), tuple(money(p) for p in same), exported)


_VENEZUELA = "Venezuela Regional Refugee and Migrant Response Plan"


def without_year(name: str) -> str:
    """Return a plan's name without the year it ends with."""
    return _YEAR.sub("", name)


def every_plan(data: Data) -> ResponsePlans:
    """Return every plan of OCHA's table that is known."""
    return ResponsePlans(data)


def _is_partial(year: int, exported: Period) -> bool:
    return exported.last_day.year <= year


def _no_table() -> str:
    return unstated(_("what every plan required and received"), "", "").reason


def _money(
    plan: ResponsePlan, o: Observation, counted: str, country: PlanInCountry | None = None
) -> Estimate:
    """An amount that meets only those of its own plan, and country where one is given."""
    where = f", {country.country}" if country else ""
    return Estimate.of(o, definition=f"{counted}, plan {plan.plan_id}{where}")


def _added(plan: ResponsePlan, measure: str, lacking: str) -> Estimate | Absent:
    found = [country.amounts.get(measure) for country in plan.countries]
    counted = "required" if measure == REQUIRED else "received"
    known = [_money(plan, o, counted) for o in found if o is not None]
    return total(known) if known and len(known) == len(found) else Absent(lacking, "USD")


def _required_in(plan: ResponsePlan, country: PlanInCountry) -> Estimate | Absent:
    if country.shared:
        return Absent(_("shared with other countries"), "USD")
    return _amount_in(plan, country, REQUIRED)


def _amount_in(plan: ResponsePlan, country: PlanInCountry, measure: str) -> Estimate | Absent:
    found = country.amounts.get(measure)
    if found is None:
        return Absent(_("the table has no figure"), "USD")
    return _money(plan, found, "required" if measure == REQUIRED else "received")


def _coverage(received: Estimate | Absent, required: Estimate | Absent) -> Estimate | Absent:
    for side in (required, received):
        if isinstance(side, Absent):
            return Absent(side.reason, "share", said=side.said)
    assert isinstance(received, Estimate)
    assert isinstance(required, Estimate)
    return ratio(received, required, unit="share")


def _median(found: Iterable[Estimate | Absent], label: str, lacking: str = "") -> Estimate | Absent:
    known = [each for each in found if isinstance(each, Estimate)]
    if len(known) < FEWEST:
        reason = lacking or ngettext(
            "{n} plan alone has a coverage: too few for a median",
            "{n} plans alone have a coverage: too few for a median",
            len(known),
        ).format(n=len(known))
        return Absent(reason, "share", label, NOT_COMPUTED)
    return median([_alike(each) for each in known]).labelled(label)


def _alike(coverage: Estimate) -> Estimate:
    """A coverage or share beside those of other plans: each is of its own whole."""
    return dataclasses.replace(coverage, definition="share of each plan's own whole")


def _value(amount: Cell) -> float:
    return amount.value if isinstance(amount, Estimate) else -1.0
