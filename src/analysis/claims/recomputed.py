"""Which figures a source derives, and from which others: one rule for each kind of claim."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from analysis.claims.lookup import Lookup
from analysis.data import names
from analysis.data.areas import Areas
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.data.periods import Period
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate, gap, ratio, total

Recomputation = tuple[str, Observation, Estimate | Absent]

_COUNTED = {
    "share_in_region": ("refugees_and_migrants", _("Share in the region")),
    "share_in_region_projected": (
        "refugees_and_migrants_projected",
        _("Share in the region, projected"),
    ),
    "share_of_outflow_hosted": ("refugees_and_migrants", _("Share that {area} hosts")),
}
_CATEGORIES = (
    "refugees",
    "asylum_seekers",
    "internally_displaced",
    "other_people_in_need_of_international_protection",
)
# Totals that a source states beside all their parts, and the cells in which the parts differ.
_TOTALS = {
    ("COVID-19 humanitarian response", "received"): (
        {"appeal": "GHRP"},
        {"appeal": "COVID-19 outside GHRP"},
    ),
    ("Donors conference", "pledged"): ({"measure": "pledged_grants"}, {"measure": "pledged_loans"}),
    ("US Venezuela regional response", "received"): (
        {"measure": "received_bha"},
        {"measure": "received_prm"},
    ),
}


class Sides:
    """The rows from which a claim's sides are taken: of its own source, or of any.

    Parameters
    ----------
    rows : Lookup
        The claim's table.
    claim : Observation
        The derived figure.
    areas : Areas
        For the names of the claim's area.
    own_source : bool
        Whether only rows of the claim's own source count.
    """

    def __init__(self, rows: Lookup, claim: Observation, areas: Areas, *, own_source: bool) -> None:
        self.claim, self.areas = claim, areas
        self._rows = rows
        self._own: dict[str, object] = {"source": claim.source} if own_source else {}

    def rows(self, **cells: object) -> Sequence[Observation]:
        """Return the rows whose cells hold what is asked."""
        return self._rows.rows(**self._own | cells)

    def periods(self, **cells: object) -> Sequence[Period]:
        """Return the periods of the rows whose cells hold what is asked, each once."""
        return self._rows.periods(**self._own | cells)

    def within(self, whole: Period, **cells: object) -> list[Observation]:
        """Return the rows whose cells hold what is asked, of periods within another, sorted."""
        return self._rows.within(whole, **self._own | cells)

    def figure(self, **cells: object) -> Estimate | None:
        """Return the figure whose cells hold what is asked, of several the finest.

        Not the one that leads (`analysis.data.precedence`): a recomputation asks whether the claim
        can be true, and the finest figure excludes most.
        """
        found = self._rows.finest(**self._own | cells)
        return Estimate.of(found) if found else None


def recomputed(data: Data, *, own_source: bool) -> Iterator[Recomputation]:
    """Yield every derived figure with its name and what its sides give.

    Parameters
    ----------
    data : Data
        The figures known.
    own_source : bool
        Whether sides are taken from the claim's own source only, or from every source.
    """
    for recompute, rows in (
        (_displacement, data.displacement),
        (_funding, data.funding),
        (_leverage, data.leverage),
    ):
        lookup = Lookup(rows)
        for claim in rows:
            sides = Sides(lookup, claim, data.areas, own_source=own_source)
            readings = [] if own_source else list(_readings(claim, sides))
            for what, computed in readings:
                yield what, claim, computed
            found = None if readings else recompute(claim, sides)
            if found and (own_source or isinstance(found[1], Estimate)):
                yield found[0], claim, found[1]


def cut_off(data: Data) -> Iterator[tuple[str, Observation, Estimate]]:
    """Yield requirements that another source states with more digits, which were cut off in them.

    Of one plan, year and area; the finer figure is the next one stated. Those that are rounded say
    the same as the finer one and are not yielded.
    """
    stated = sorted(
        data.funding.where(measure=["required", "required_revised"], donor=""),
        key=lambda o: o.stated_period,
    )
    nexts: list[Observation | None] = []
    later: dict[tuple[str, int, str], Observation] = {}
    for o in reversed(stated):
        plan_of = (o.appeal, o.appeal_year, o.area)
        nexts.append(later.get(plan_of))
        later[plan_of] = o
    for coarse, finer in zip(stated, reversed(nexts), strict=True):
        if finer and finer.source != coarse.source and is_cut(coarse, finer.value):
            plan = _plan(coarse, data.areas)
            what = _("Requirement of {plan}").format(plan=plan)
            noun = _("the requirement of {plan}").format(plan=plan)
            yield what, coarse, Estimate.of(finer).about(plan).called(noun)


def is_cut(coarse: Observation, finer: float) -> bool:
    """Whether a bare figure has the first digits of a finer one that rounds to another."""
    step = coarse.resolution
    if coarse.hedge or not step or finer % step == 0:
        return False
    return math.floor(finer / step) * step == coarse.value != round(finer / step) * step


def _all(figures: Iterable[Estimate | None]) -> list[Estimate]:
    """The figures if every one of them is stated; none where one is missing."""
    found = list(figures)
    stated = [figure for figure in found if figure is not None]
    return stated if len(stated) == len(found) else []


def _quotient(top: Estimate | None, bottom: Estimate | None, unit: str) -> Estimate | Absent:
    if top is None or bottom is None:
        side = _("the whole") if top else _("the part")
        return Absent(_("{side} is not stated with it").format(side=side), unit)
    return ratio(top, bottom, unit=unit)


def _displacement(claim: Observation, sides: Sides) -> tuple[str, Estimate | Absent] | None:
    same = {"origin": claim.origin, "period": claim.period}
    if claim.indicator in _COUNTED:
        indicator, what = _COUNTED[claim.indicator]
        part = sides.figure(indicator=indicator, area=claim.area, **same)
        whole = sides.figure(indicator=indicator, area="WLD", **same)
        return what.format(area=claim.place), _quotient(part, whole, "share")
    if claim.indicator == "growth_since_previous_report":
        return _("Growth since the last report"), _growth(claim, sides)
    if claim.indicator == "forcibly_displaced":
        # UNHCR's fourth category held people from one origin only, and is stated by that origin.
        same = {"area": claim.area, "period": claim.period}
        parts = _all(sides.figure(indicator=category, **same) for category in _CATEGORIES)
        if parts:
            return _("Forcibly displaced, sum of four categories"), total(parts)
    return None


def _readings(claim: Observation, sides: Sides) -> Iterator[tuple[str, Estimate]]:
    """Everything that a claim on people can mean, by figures of any source.

    The subject of each result is of what it is a share: ``all people abroad``.
    """
    growth = _("the growth in the number of people since the report before")
    if claim.table != "displacement":
        return
    same = {"indicator": "refugees_and_migrants", "origin": claim.origin}
    if claim.indicator == "share_of_outflow_hosted":
        part = sides.figure(area=claim.area, period=claim.period, **same)
        for area, whom in (("WLD", _("all people abroad")), ("LAC", _("those in the region"))):
            names_of = {"area": claim.place, "whom": whom}
            what = _("Share that {area} hosts, of {whom}").format(**names_of)
            noun = _("the share of {whom} whom {area} hosts").format(**names_of)
            wholes = sides.within(claim.stated_period, area=area, **same) if part else ()
            for whole in wholes:
                share = _quotient(part, Estimate.of(whole), "share")
                yield from _known(what, share.about(whom).called(noun))
    if claim.indicator == "growth_since_previous_report":
        earlier, later = _two_reports(claim, sides)
        if earlier and later:
            what = _("Growth since the last report")
            yield from _known(what, _growth(claim, sides).called(growth))
            of_later = _("the later figure")
            what = _("Growth since the last report, as a share of the later figure")
            noun = _("{growth}, as a share of the later figure").format(growth=growth)
            share = _quotient(later - earlier, later, "share")
            yield from _known(what, share.about(of_later).called(noun))


def _known(what: str, found: Estimate | Absent) -> Iterator[tuple[str, Estimate]]:
    if isinstance(found, Estimate):
        yield what, found


def _growth(claim: Observation, sides: Sides) -> Estimate | Absent:
    earlier, later = _two_reports(claim, sides)
    if earlier is None or later is None:
        return Absent(_("the earlier figure is not stated with it"), "share")
    return ratio(later - earlier, earlier, unit="share").about(_("the earlier figure"))


def _two_reports(claim: Observation, sides: Sides) -> tuple[Estimate | None, Estimate | None]:
    """The people counted at either end of the time that a growth is stated for."""
    start, _slash, end = str(claim.stated_period).partition("/")
    same = {"indicator": "refugees_and_migrants", "origin": claim.origin, "area": claim.area}
    earlier = sides.figure(period=Period.parse(start), **same)
    return earlier, sides.figure(period=Period.parse(end), **same) if end else None


def _funding(claim: Observation, sides: Sides) -> tuple[str, Estimate | Absent] | None:
    plan = {"appeal": claim.appeal, "appeal_year": claim.appeal_year, "area": claim.area}
    name = _plan(claim, sides.areas)
    # not of the part that answers COVID-19 but of the plan around it
    whole = _plan(claim, sides.areas, appeal="HRP")

    def amount(measure: str, **changes: str) -> Estimate | None:
        cells = plan | {"measure": measure, "donor": "", "period": claim.period} | changes
        return sides.figure(**cells)

    def received() -> Estimate | None:
        lines = _all([amount("received_earmarked"), amount("received_flexible")])
        return amount("received") or (total(lines) if lines else None)

    rules: dict[str, Callable[[], tuple[str, Estimate | Absent]]] = {
        "coverage": lambda: (
            _("Coverage of {plan}").format(plan=name),
            _quotient(received(), _requirement(sides, plan), "share"),
        ),
        "received_inside_and_outside_plan_to_required": lambda: (
            _("Received in and outside {plan}, to its requirement").format(plan=name),
            _quotient(
                amount("received_inside_and_outside_plan"), _requirement(sides, plan), "share"
            ),
        ),
        "share_of_plan_funding": lambda: (
            _("COVID-19 share of the money for {plan}").format(plan=whole),
            _quotient(received(), amount("received", appeal="HRP"), "share"),
        ),
        "donor_share": lambda: (
            _("A donor's share of {plan}").format(plan=name),
            _quotient(amount("received", donor=claim.donor), received(), "share"),
        ),
        "gap": lambda: (
            _("Gap of {plan}").format(plan=name),
            _gap(_requirement(sides, plan), received()),
        ),
    }
    if claim.measure in rules:
        return rules[claim.measure]()
    parts = _stated_parts(claim, sides, plan) or _plan_lines(claim, sides)
    return (_("Total of {plan}").format(plan=name), total(parts)) if parts else None


def _gap(required: Estimate | None, received: Estimate | None) -> Estimate | Absent:
    if required is None or received is None:
        return Absent(_("a side is not stated with it"), "USD")
    return gap(required, received)


def _plan(claim: Observation, areas: Areas, appeal: str = "") -> str:
    """A plan as readers call it: ``the humanitarian response plan (Jordan, 2020)``."""
    name = names.appeal(appeal or claim.appeal)
    if claim.area in {"WLD", "LAC"}:
        return _("{plan} ({year})").format(plan=name, year=claim.appeal_year)
    return _("{plan} ({area}, {year})").format(
        plan=name, area=areas.name(claim.area), year=claim.appeal_year
    )


def _requirement(sides: Sides, plan: dict[str, object]) -> Estimate | None:
    """The latest requirement on or before the date of the money."""
    day = sides.claim.stated_period.last_day
    stated = sides.periods(measure="required", donor="", **plan)
    known = [period for period in stated if period.first_day <= day]
    if not known:
        return None
    latest = max(known, key=lambda period: period.first_day)
    return sides.figure(measure="required", donor="", period=latest, **plan)


def _stated_parts(claim: Observation, sides: Sides, plan: dict[str, object]) -> list[Estimate]:
    cells = plan | {"measure": claim.measure, "donor": claim.donor, "period": claim.period}
    # A donor's pledge is no total of grants and loans, which are stated for all donors together.
    return _all(
        sides.figure(**(cells | changes))
        for changes in _TOTALS.get((claim.appeal, claim.measure), ())
    )


def _plan_lines(claim: Observation, sides: Sides) -> list[Estimate]:
    """The lines of a plan's requirement, where its source lists all of them."""
    if claim.measure != "required" or claim.area not in {"WLD", "LAC"}:
        return []
    lines = [
        o
        for o in sides.rows(
            appeal=claim.appeal,
            appeal_year=claim.appeal_year,
            measure="required",
            donor="",
            period=claim.period,
            source=claim.source,
        )
        if o.area != claim.area
    ]
    # The list is complete only if it has the line for what belongs to no country.
    complete = any(o.area in {"REGIONAL", "NOT_SPECIFIED"} for o in lines)
    return [Estimate.of(o) for o in lines] if complete else []


def _leverage(claim: Observation, sides: Sides) -> tuple[str, Estimate | Absent] | None:
    name = names.facility(claim.facility)

    def amount(*roles: str) -> Estimate | None:
        figures = (sides.figure(role=role, donor="", facility=claim.facility) for role in roles)
        return next((figure for figure in figures if figure), None)

    if claim.role == "stated_ratio":
        invested = amount("investment_leveraged", "loans", "co_finance")
        what = _("Leverage ratio, {facility}").format(facility=name)
        return what, _quotient(invested, amount("non_reimbursable"), "ratio")
    if claim.role == "total":
        parts = _all([amount("from_donors"), amount("matching")])
        if parts:
            return _("Total, {facility}").format(facility=name), total(parts)
    if claim.role == "from_donors" and not claim.donor:
        gifts = sides.rows(role="from_donors", facility=claim.facility)
        donors = [Estimate.of(o) for o in gifts if o.donor]
        if donors:
            return _("All donors, {facility}").format(facility=name), total(donors)
    return None
