"""Figures that sources derive from their own: recomputed, and whether the ranges meet.

A source that says "84 per cent" beside the two figures it divides can be checked. The stated
figure's wording gives one range, its own figures give another.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import NamedTuple

from analysis.claims.lookup import Lookup
from analysis.claims.recomputed import Sides, cut_off, is_cut, recomputed
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.language import _
from analysis.numbers import expression as ex
from analysis.numbers.absence import no_source
from analysis.numbers.estimate import Absent, Estimate, ranges_meet, total
from analysis.numbers.tables import Column, Table


class Verdict(enum.Enum):
    """What comes of a recomputation."""

    CONSISTENT = _("consistent")
    ONLY_IF_ROUNDED = _("consistent only if rounded")
    CONTRADICTED = _("contradicted")
    ONLY_IF_CUT = _("consistent only if cut off, not rounded")
    NOT_COMPUTABLE = _("not computable")


# What speaks most for a claim first.
_FOR_IT = [
    Verdict.CONSISTENT,
    Verdict.ONLY_IF_ROUNDED,
    Verdict.ONLY_IF_CUT,
    Verdict.CONTRADICTED,
]
# Of figures of two sources, which may count at different dates or by different rules.
_ACROSS = {
    Verdict.CONSISTENT: _("agree"),
    Verdict.ONLY_IF_ROUNDED: _("agree if the figures are rounded first"),
    Verdict.ONLY_IF_CUT: _("agree if the finer figure is cut off, not rounded"),
    Verdict.CONTRADICTED: _("differ"),
}


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
    """

    what: str
    stated: Estimate
    computed: Estimate | Absent
    verdict: Verdict

    @property
    def observation(self) -> Observation:
        """The stated figure's row."""
        return self.stated.observations[0]

    @property
    def others(self) -> tuple[Observation, ...]:
        """The figures of other sources that it is set beside."""
        if isinstance(self.computed, Absent):
            return ()
        return tuple(o for o in self.computed.observations if o.source != self.observation.source)

    @property
    def as_stated(self) -> str:
        """The source's words; bare digits of a table with what they are: ``14.1 (14.1%)``."""
        words = self.observation.as_stated
        figure = self.stated.formats["value"]
        bare = not any(character.isalpha() or character in "%$" for character in words)
        return _("{words} ({figure})").format(words=words, figure=figure) if bare else words


@dataclass(frozen=True)
class PartOfWhole:
    """A part beside the whole that contains it, both from one source.

    Attributes
    ----------
    name : str
        The reader's name of the part.
    holds : bool
        Whether some reading of the wording keeps the part within the whole.
    """

    name: str
    part: Estimate
    whole: Estimate

    @property
    def holds(self) -> bool:
        """Whether some reading of the wording keeps the part within the whole."""
        return (
            self.part.low is None
            or self.whole.high is None
            or self.part.low <= self.whole.high * (1 + 1e-12)
        )


class Meant(NamedTuple):
    """A derived figure as stated, with what it agrees with and the nearest it differs from.

    The subjects of the last two are of what each is a share.
    """

    stated: Estimate | Absent
    agreeing: Estimate | Absent
    differing: Estimate | Absent


def verdict(stated: Estimate, computed: Estimate | Absent) -> Verdict:
    """Return whether a stated figure agrees with a recomputation.

    *Consistent*: the two ranges meet. *Consistent only if rounded*: they do not, but a writer who
    takes the figures rounded to tenths or hundredths of their scale word ("6.5 of 7.7 million")
    at face value arrives within the stated range. *Consistent only if cut off*: the stated figure
    has the first digits of the other, which rounding would have raised. *Contradicted*: none.
    """
    if isinstance(computed, Absent):
        return Verdict.NOT_COMPUTABLE
    if ranges_meet(stated, computed):
        return Verdict.CONSISTENT
    if any(ranges_meet(stated, _rounded(computed, places)) for places in (1, 2)):
        return Verdict.ONLY_IF_ROUNDED
    if len(stated.observations) == 1 and is_cut(stated.observations[0], computed.value):
        return Verdict.ONLY_IF_CUT
    return Verdict.CONTRADICTED


def of_one_source(data: Data) -> list[Claim]:
    """Return every derived figure that a source states, recomputed from its own figures."""
    return [
        _judged(what, claim, computed)
        for what, claim, computed in recomputed(data, own_source=True)
    ]


def across_sources(data: Data) -> list[Claim]:
    """Return the claims that their own source's figures leave open, against other sources' figures.

    A verdict here accuses nobody: two sources may count at different dates or by different rules.

    Only figures of the same series and period are taken, and for a coverage the latest
    requirement on or before the date of the money. A share of a year's whole is set beside every
    whole that is stated for a date within the year. Figures that another source states with more
    digits are there where they agree only if these are cut off.
    """
    open_claims = {
        claim.observation.key
        for claim in of_one_source(data)
        if claim.verdict is Verdict.NOT_COMPUTABLE
    }
    found = [
        _judged(what, claim, computed)
        for what, claim, computed in recomputed(data, own_source=False)
        if claim.key in open_claims and isinstance(computed, Estimate)
    ]
    return [*found, *(_judged(what, coarse, finer) for what, coarse, finer in cut_off(data))]


def best(claims: list[Claim]) -> list[Claim]:
    """Return of each claim the comparison that speaks most for it."""
    found: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: _FOR_IT.index(c.verdict)):
        found.setdefault(claim.observation.key, claim)
    return list(found.values())


# What a claim on people is about, where none is known that could be named.
_CLAIMED = {
    "share_of_outflow_hosted": _("Share that one country hosts"),
    "growth_since_previous_report": _("Growth since the last report"),
}


def meant(claims: list[Claim], indicator: str) -> Meant:
    """Return what a derived figure on people agrees with, and what it would be of another whole.

    Parameters
    ----------
    claims : list of Claim
        From `across_sources`.
    indicator : str
        As in ``data.displacement``: ``share_of_outflow_hosted`` or
        ``growth_since_previous_report``; of several such claims the first is taken.
    """
    people = [c for c in claims if c.observation.table == "displacement"]
    alike = [c for c in people if c.observation.indicator == indicator]
    alike = [c for c in alike if c.observation == alike[0].observation]
    agreeing = [c for c in alike if c.verdict is Verdict.CONSISTENT]
    if not agreeing:
        what = _CLAIMED[indicator]
        absent = Absent(no_source(_("agrees with such a claim")), "share", what)
        return Meant(absent.labelled(_("{what}, as stated").format(what=what)), absent, absent)
    taken = agreeing[0]
    others = [c for c in alike if c.verdict is Verdict.CONTRADICTED and _of(c) != _of(taken)]
    nearest = min(others, key=_distance, default=None)
    return Meant(
        taken.stated.labelled(_("{what}, as stated").format(what=taken.what)).called(
            _("{noun}, as stated").format(noun=_noun(taken))
        ),
        taken.computed.labelled(taken.what),
        nearest.computed.labelled(nearest.what)
        if nearest
        else Absent(_("every reading agrees"), "share", taken.what),
    )


def cut(claims: list[Claim]) -> tuple[Estimate | Absent, Estimate | Absent]:
    """Return the first figure that agrees only if a finer one is cut off, and the finer one."""
    for claim in claims:
        if claim.verdict is Verdict.ONLY_IF_CUT:
            return (
                claim.stated.labelled(_("{what}, cut off").format(what=claim.what))
                .about(_of(claim))
                .called(_("{noun}, with its last digits cut off").format(noun=_noun(claim))),
                claim.computed.labelled(claim.what),
            )
    label = _("Requirement that another source cuts off")
    absent = Absent(no_source(_("states a figure that another one cuts off")), "USD", label)
    return absent.labelled(_("Requirement, cut off")), absent


def parts_of_wholes(data: Data) -> list[PartOfWhole]:
    """Return every part that one source states with its whole: no part may pass its whole."""
    found = []
    people = data.displacement.where(indicator="refugees_and_migrants")
    beside = Lookup(people)
    for whole in people:
        members = data.areas[whole.area].members if whole.area in data.areas else ()
        if whole.area != "WLD" and not members:
            continue
        for part in Sides(beside, whole, data.areas, own_source=True).rows(
            period=whole.period, origin=whole.origin
        ):
            inside = whole.area == "WLD" or part.area in members
            if part.area != whole.area and inside:
                name = data.areas.name(part.area)
                found.append(PartOfWhole(name, Estimate.of(part), Estimate.of(whole)))
    money = data.funding.where(measure=["received", "required", "pledged"])
    beside = Lookup(money)
    for whole in (o for o in money if not o.donor):
        sides = Sides(beside, whole, data.areas, own_source=True)
        plan = {"appeal": whole.appeal, "appeal_year": whole.appeal_year, "measure": whole.measure}
        same = sides.rows(area=whole.area, period=whole.period, **plan)
        parts = [o for o in same if o.donor]
        if not parts and whole.area in {"WLD", "LAC"}:
            parts = [o for o in sides.rows(donor="", **plan) if o.area != whole.area]
        if parts:
            added = total(map(Estimate.of, parts))
            found.append(PartOfWhole(_named(parts, data), added, Estimate.of(whole)))
    return found


def table(claims: list[Claim], title: str, empty: str) -> Table:
    """Return claims with their arithmetic: contradicted first, not computable last."""
    order = [*reversed(_FOR_IT), Verdict.NOT_COMPUTABLE]
    rows = [
        (
            claim.what,
            claim.verdict.value,
            claim.as_stated,
            claim.observation.source,
            claim.observation.period,
            claim.computed,
            claim.computed.reason
            if isinstance(claim.computed, Absent)
            else ex.in_words(claim.computed.formula),
        )
        for claim in sorted(claims, key=lambda c: order.index(c.verdict))
    ]
    columns = [
        Column("claim", _("What is claimed")),
        Column("verdict", _("Verdict")),
        Column("stated", _("As stated")),
        Column("source", _("Source")),
        Column("period", _("For")),
        Column("computed", _("The figures give")),
        Column("arithmetic", _("By")),
    ]
    return Table(title, columns, rows, empty=empty)


def across_table(claims: list[Claim], title: str, empty: str) -> Table:
    """Return claims beside other sources' figures, one claim after another, what agrees first.

    Whose figures they are and of which date stands with each: two sources that differ may both be
    right of what they count.
    """
    first = list(dict.fromkeys(claim.observation.key for claim in claims))
    rows = [
        (
            claim.what,
            claim.as_stated,
            claim.observation.period,
            claim.observation.source,
            claim.computed,
            ex.in_words(claim.computed.formula) if isinstance(claim.computed, Estimate) else "",
            "; ".join(dict.fromkeys(f"{o.source.attribution}, {o.date}" for o in claim.others)),
            _ACROSS[claim.verdict],
        )
        for claim in sorted(
            claims, key=lambda c: (first.index(c.observation.key), _FOR_IT.index(c.verdict))
        )
    ]
    columns = [
        Column("claim", _("What is claimed")),
        Column("stated", _("As stated")),
        Column("period", _("For")),
        Column("source", _("Source")),
        Column("computed", _("The figures give")),
        Column("arithmetic", _("By")),
        Column("others", _("With figures of")),
        Column("verdict", _("The two")),
    ]
    return Table(title, columns, rows, empty=empty)


def parts_table(checks: list[PartOfWhole], title: str, empty: str) -> Table:
    """Return parts beside their wholes, those that pass the whole first."""
    rows = [
        (
            check.part.observations[0].source,
            check.part.observations[0].period,
            check.name,
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


def _judged(what: str, claim: Observation, computed: Estimate | Absent) -> Claim:
    stated = Estimate.of(claim)
    return Claim(what, stated, computed, verdict(stated, computed))


def _distance(claim: Claim) -> float:
    """How far a recomputation lies from what is stated."""
    assert isinstance(claim.computed, Estimate)
    return abs(claim.computed.value - claim.stated.value)


def _of(claim: Claim) -> str:
    """Of what the recomputed figure is: its subject."""
    return "" if isinstance(claim.computed, Absent) else claim.computed.subject


def _noun(claim: Claim) -> str:
    """What a sentence calls the recomputed figure."""
    return "" if isinstance(claim.computed, Absent) else claim.computed.noun


def _named(parts: list[Observation], data: Data) -> str:
    if len(parts) > 1:
        return _("{n} parts added").format(n=len(parts))
    return data.areas.name(parts[0].donor or parts[0].area)


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
