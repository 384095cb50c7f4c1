"""Figures that sources derive from their own: recomputed, and whether the ranges meet.

A source that says "84 per cent" beside the two figures it divides can be checked. The stated
figure's wording gives one range, its own figures give another.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from dataclasses import dataclass

from analysis import expression as ex
from analysis.estimate import Absent, Estimate, gap, ratio, total
from analysis.language import _
from analysis.observations import Observation, Observations
from analysis.periods import Period
from analysis.sources import Data
from analysis.tables import Column, Table


class Verdict(enum.Enum):
    """What comes of a recomputation."""

    CONSISTENT = _("consistent")
    ONLY_IF_ROUNDED = _("consistent only if rounded")
    CONTRADICTED = _("contradicted")
    NOT_COMPUTABLE = _("not computable")


@dataclass(frozen=True)
class Claim:
    """A stated figure beside what its source's own figures give.

    Attributes
    ----------
    what : str
        The kind of figure: a share in the region, a coverage, a sum.
    stated : Estimate
        As the source words it.
    computed : Estimate or Absent
        From the most exact figures; absent where a side is missing.
    verdict : Verdict
    own : bool
        Whether every figure is the claim's own source's. A comparison across sources accuses
        nobody: two sources may count at different dates or by different rules.
    """

    what: str
    stated: Estimate
    computed: Estimate | Absent
    verdict: Verdict
    own: bool

    @property
    def observation(self) -> Observation:
        """The stated figure's row."""
        return self.stated.observations[0]


@dataclass(frozen=True)
class PartOfWhole:
    """A part beside the whole that contains it, both from one source.

    Attributes
    ----------
    holds : bool
        Whether some reading of the wording keeps the part within the whole.
    """

    part: Estimate
    whole: Estimate

    @property
    def holds(self) -> bool:
        return (
            self.part.low is None
            or self.whole.high is None
            or self.part.low <= self.whole.high * (1 + 1e-12)
        )


def verdict(stated: Estimate, computed: Estimate | Absent) -> Verdict:
    """Return whether a stated figure agrees with a recomputation.

    *Consistent*: the two ranges meet. *Consistent only if rounded*: they do not, but a writer who
    takes the figures rounded to tenths or hundredths of their scale word ("6.5 of 7.7 million")
    at face value arrives within the stated range. *Contradicted*: neither.
    """
    if isinstance(computed, Absent):
        return Verdict.NOT_COMPUTABLE
    if _meet(stated, computed):
        return Verdict.CONSISTENT
    if any(_meet(stated, _rounded(computed, places)) for places in (1, 2)):
        return Verdict.ONLY_IF_ROUNDED
    return Verdict.CONTRADICTED


def of_one_source(data: Data) -> list[Claim]:
    """Return every derived figure that a source states, recomputed from its own figures."""
    return [
        Claim(what, stated, computed, verdict(stated, computed), own=True)
        for what, stated, computed in _recomputed(data, _same_source)
    ]


def across_sources(data: Data) -> list[Claim]:
    """Return what the own figures of a source cannot settle, with other sources' figures beside.

    Only figures of the same series and period are taken, and for a coverage the latest
    requirement on or before the date of the money.
    """
    open_claims = {
        claim.observation.key
        for claim in of_one_source(data)
        if claim.verdict is Verdict.NOT_COMPUTABLE
    }
    return [
        Claim(what, stated, computed, verdict(stated, computed), own=False)
        for what, stated, computed in _recomputed(data, _any_source)
        if stated.observations[0].key in open_claims and isinstance(computed, Estimate)
    ]


def parts_of_wholes(data: Data) -> list[PartOfWhole]:
    """Return every part that one source states with its whole: no part may pass its whole."""
    found = []
    people = data.displacement.where(indicator="refugees_and_migrants")
    for whole in people:
        for part in _same_source(people, whole, period=whole.period):
            inside = whole.area == "WLD" or (
                whole.area in data.areas and part.area in data.areas[whole.area].members
            )
            if part.area != whole.area and part.origin == whole.origin and inside:
                found.append(PartOfWhole(Estimate.of(part), Estimate.of(whole)))
    money = data.funding.where(measure=["received", "required", "pledged"])
    for whole in (o for o in money if not o.donor):
        alike = _same_source(
            money, whole, appeal=whole.appeal, appeal_year=whole.appeal_year, measure=whole.measure
        )
        donors = [o for o in alike if o.donor and o.area == whole.area and o.period == whole.period]
        areas = [o for o in alike if not o.donor and o.area != whole.area]
        parts = donors or (areas if whole.area in {"WLD", "LAC"} else [])
        if parts:
            found.append(PartOfWhole(total(map(Estimate.of, parts)), Estimate.of(whole)))
    return found


def table(claims: list[Claim], title: str, empty: str) -> Table:
    """Return claims with their arithmetic, the most telling verdict first."""
    order = [
        Verdict.CONTRADICTED,
        Verdict.ONLY_IF_ROUNDED,
        Verdict.CONSISTENT,
        Verdict.NOT_COMPUTABLE,
    ]
    rows = [
        (
            claim.what,
            claim.observation.period,
            claim.observation.source,
            claim.observation.as_stated,
            claim.computed
            if isinstance(claim.computed, Absent)
            else ex.in_words(claim.computed.formula),
            claim.computed,
            claim.verdict.value,
        )
        for claim in sorted(claims, key=lambda c: order.index(c.verdict))
    ]
    columns = [
        Column("claim", _("What is claimed")),
        Column("period", _("For")),
        Column("source", _("Source")),
        Column("stated", _("As stated")),
        Column("arithmetic", _("From the figures")),
        Column("computed", _("They give")),
        Column("verdict", _("Verdict")),
    ]
    return Table(title, columns, rows, empty=empty)


def parts_table(checks: list[PartOfWhole], title: str, empty: str) -> Table:
    """Return parts beside their wholes, those that pass the whole first."""
    rows = [
        (
            check.part.observations[0].source,
            check.part.observations[0].period,
            _named(check.part),
            check.part,
            check.whole,
            _("within the whole") if check.holds else _("more than the whole"),
        )
        for check in sorted(checks, key=lambda c: c.holds)
    ]
    columns = [
        Column("source", _("Source")),
        Column("period", _("For")),
        Column("what", _("Part")),
        Column("part", _("Part as stated")),
        Column("whole", _("Whole as stated")),
        Column("verdict", _("Verdict")),
    ]
    return Table(title, columns, rows, empty=empty)


def count(claims: list[Claim], *verdicts: Verdict) -> Estimate:
    """Return how many claims have one of the verdicts; all of them if none is named."""
    chosen = [claim for claim in claims if not verdicts or claim.verdict in verdicts]
    return Estimate(
        ex.Constant(len(chosen)),
        "claims",
        observations=tuple(claim.observation for claim in chosen),
    )


def _named(part: Estimate) -> str:
    from analysis import areas

    rows = part.observations
    if len(rows) > 1:
        return _("{n} parts added").format(n=len(rows))
    return areas.name(getattr(rows[0], "donor", "") or rows[0].area)


def _meet(stated: Estimate, computed: Estimate) -> bool:
    low, high = stated.low, stated.high
    slack = 1e-9 * max(abs(stated.value), 1e-9)
    return (computed.high is None or low is None or low - slack <= computed.high) and (
        computed.low is None or high is None or computed.low <= high + slack
    )


def _rounded(computed: Estimate, places: int) -> Estimate:
    """The same formula over its figures rounded to `places` of the scale word of the largest."""
    largest = max(abs(x.value) for x in computed.formula.inputs())
    scale = 10.0 ** (3 * max(0, math.floor(math.log10(largest) / 3 + 1e-9))) if largest else 1.0

    def over(formula: ex.Expression) -> ex.Expression:
        if isinstance(formula, ex.Input):
            return ex.Constant(round(formula.value / scale, places) * scale)
        if isinstance(formula, ex.Operation):
            return ex.Operation(formula.name, tuple(over(a) for a in formula.arguments))
        return formula

    return Estimate(over(computed.formula), computed.unit)


# How a claim's sides are found: among the rows of its own source, or among all.


def _same_source(rows: Observations, claim: Observation, **cells: object) -> list[Observation]:
    return [
        o
        for o in rows
        if o.source == claim.source and all(getattr(o, c) == v for c, v in cells.items())
    ]


def _any_source(rows: Observations, claim: Observation, **cells: object) -> list[Observation]:
    return [o for o in rows if all(getattr(o, c) == v for c, v in cells.items())]


def _recomputed(data: Data, find) -> Iterator[tuple[str, Estimate, Estimate | Absent]]:
    for claims_of, rows in (
        (_displacement_claims, data.displacement),
        (_funding_claims, data.funding),
        (_leverage_claims, data.leverage),
    ):
        for what, claim, computed in claims_of(rows, find):
            yield what, Estimate.of(claim), computed


def _most_exact(rows: list[Observation]) -> Estimate | None:
    return Estimate.of(min(rows, key=lambda o: o.resolution)) if rows else None


def _quotient(top: Estimate | None, bottom: Estimate | None, unit: str) -> Estimate | Absent:
    if top is None or bottom is None:
        side = _("the whole") if top else _("the part")
        return Absent(_("{side} is not stated with it").format(side=side), unit)
    return ratio(top, bottom, unit=unit)


def _displacement_claims(rows: Observations, find) -> Iterator:
    counted = {
        "share_in_region": ("refugees_and_migrants", _("Share in the region")),
        "share_in_region_projected": (
            "refugees_and_migrants_projected",
            _("Share in the region, projected"),
        ),
        "share_of_outflow_hosted": ("refugees_and_migrants", _("Share one country hosts")),
    }
    for claim in rows:
        same = {"origin": claim.origin, "period": claim.period}
        if claim.indicator in counted:
            indicator, what = counted[claim.indicator]
            part = _most_exact(find(rows, claim, indicator=indicator, area=claim.area, **same))
            whole = _most_exact(find(rows, claim, indicator=indicator, area="WLD", **same))
            yield what, claim, _quotient(part, whole, "share")
        elif claim.indicator == "growth_since_previous_report":
            yield _("Growth since the last report"), claim, _growth(rows, claim, find)
        elif claim.indicator == "forcibly_displaced":
            parts = [
                _most_exact(find(rows, claim, indicator=part, area=claim.area, **same))
                for part in (
                    "refugees",
                    "asylum_seekers",
                    "internally_displaced",
                    "other_people_in_need_of_international_protection",
                )
            ]
            # UNHCR's fourth category was, then, Venezuelans only; it states it by that origin.
            parts[3] = parts[3] or _most_exact(
                find(
                    rows,
                    claim,
                    indicator="other_people_in_need_of_international_protection",
                    area=claim.area,
                    period=claim.period,
                )
            )
            if all(parts):
                yield _("Forcibly displaced, sum of four categories"), claim, total(parts)


def _growth(rows: Observations, claim: Observation, find) -> Estimate | Absent:
    ends = [
        _most_exact(
            find(
                rows,
                claim,
                indicator="refugees_and_migrants",
                origin=claim.origin,
                area=claim.area,
                period=Period.parse(point),
            )
        )
        for point in str(claim.period).split("/")
    ]
    if not all(ends):
        return Absent(_("the earlier figure is not stated with it"), "share")
    earlier, later = ends
    return ratio(later - earlier, earlier, unit="share")


def _funding_claims(rows: Observations, find) -> Iterator:
    for claim in rows:
        plan = {
            "appeal": claim.appeal,
            "appeal_year": claim.appeal_year,
            "area": claim.area,
            "donor": "",
        }

        def amount(measure: str, claim=claim, plan=plan, **changes) -> Estimate | None:
            found = find(rows, claim, **(plan | {"measure": measure, "period": claim.period} | changes))
            return _most_exact(found)

        received = amount("received") or _both(
            amount("received_earmarked"), amount("received_flexible")
        )
        if claim.measure == "coverage":
            required = _requirement(rows, claim, plan, find)
            yield _("Coverage of {plan}").format(plan=_plan(claim)), claim, _quotient(
                received, required, "share"
            )
        elif claim.measure == "received_inside_and_outside_plan_to_required":
            both = amount("received_inside_and_outside_plan")
            required = _requirement(rows, claim, plan, find)
            yield _("Received in and outside {plan}, to its requirement").format(
                plan=_plan(claim)
            ), claim, _quotient(both, required, "share")
        elif claim.measure == "share_of_plan_funding":
            whole = amount("received", appeal="HRP")
            yield _("COVID-19 share of the money for {plan}").format(plan=_plan(claim)), claim, (
                _quotient(received, whole, "share")
            )
        elif claim.measure == "donor_share":
            part = amount("received", donor=claim.donor)
            yield _("A donor's share of {plan}").format(plan=_plan(claim)), claim, _quotient(
                part, received, "share"
            )
        elif claim.measure == "gap":
            required = _requirement(rows, claim, plan, find)
            computed = (
                gap(required, received)
                if required and received
                else Absent(_("a side is not stated with it"), "USD")
            )
            yield _("Gap of {plan}").format(plan=_plan(claim)), claim, computed
        elif not claim.donor or claim.measure == "received":
            parts = _parts(rows, claim, plan, find)
            if parts:
                yield _("Total of {plan}").format(plan=_plan(claim)), claim, total(parts)


def _both(one: Estimate | None, other: Estimate | None) -> Estimate | None:
    return total([one, other]) if one and other else None


def _plan(claim: Observation) -> str:
    from analysis import areas

    place = "" if claim.area in {"WLD", "LAC"} else f", {areas.name(claim.area)}"
    return f"{claim.appeal} {claim.appeal_year}{place}"


def _requirement(rows: Observations, claim: Observation, plan: dict, find) -> Estimate | None:
    """The latest requirement on or before the date of the money."""
    known = [
        o
        for o in find(rows, claim, measure="required", **plan)
        if o.period is None or o.period.first_day <= claim.period.last_day
    ]
    if not known:
        return None
    latest = max((o.period for o in known if o.period), key=lambda p: p.first_day)
    return _most_exact([o for o in known if o.period == latest])


def _parts(rows: Observations, claim: Observation, plan: dict, find) -> list[Estimate]:
    """The parts a stated total is made of, where its source lists all of them."""
    listed = {
        ("COVID-19 humanitarian response", "received"): [
            plan | {"appeal": appeal, "measure": "received", "period": claim.period}
            for appeal in ("GHRP", "COVID-19 outside GHRP")
        ],
        ("Donors conference", "pledged"): [
            plan | {"measure": measure, "period": claim.period}
            for measure in ("pledged_grants", "pledged_loans")
        ],
        ("US Venezuela regional response", "received"): [
            plan | {"donor": claim.donor, "measure": measure, "period": claim.period}
            for measure in ("received_bha", "received_prm")
        ],
    }.get((claim.appeal, claim.measure))
    if listed and (claim.appeal == "US Venezuela regional response" or not claim.donor):
        parts = [_most_exact(find(rows, claim, **cells)) for cells in listed]
        return parts if all(parts) else []
    if claim.measure != "required" or claim.area not in {"WLD", "LAC"}:
        return []
    lines = [
        o
        for o in find(
            rows, claim, appeal=claim.appeal, appeal_year=claim.appeal_year,
            measure="required", donor="", period=claim.period, source=claim.source,
        )
        if o.area != claim.area
    ]  # fmt: skip
    # A list of a plan's lines is whole only with the line for what belongs to no country.
    complete = any(o.area in {"REGIONAL", "NOT_SPECIFIED"} for o in lines)
    return [Estimate.of(o) for o in lines] if complete else []


def _leverage_claims(rows: Observations, find) -> Iterator:
    for claim in rows:
        same = {"facility": claim.facility}

        def amount(*roles: str, claim=claim, same=same) -> Estimate | None:
            return next(
                (e for role in roles if (e := _most_exact(find(rows, claim, role=role, donor="", **same)))),
                None,
            )

        if claim.role == "stated_ratio":
            computed = _quotient(
                amount("investment_leveraged", "loans", "co_finance"),
                amount("non_reimbursable"),
                "ratio",
            )
            yield _("Leverage ratio of {facility}").format(facility=claim.facility), claim, computed
        elif claim.role == "total":
            parts = [amount("from_donors"), amount("matching")]
            if all(parts):
                yield _("Total of {facility}").format(facility=claim.facility), claim, total(parts)
        elif claim.role == "from_donors" and not claim.donor:
            donors = [o for o in find(rows, claim, role="from_donors", **same) if o.donor]
            if donors:
                yield _("Donors of {facility}").format(facility=claim.facility), claim, total(
                    map(Estimate.of, donors)
                )
