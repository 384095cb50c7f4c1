"""A number with its range, unit and derivation: what the code computes with.

Units and definitions are checked when estimates meet: persons and dollars, a stock and a flow, or
two definitions of "displaced" refuse with an error that names both. Ranges are those of wording
(see `analysis.data.hedges`), never confidence intervals.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from analysis.data import hedges
from analysis.data.periods import days_between
from analysis.errors import Incompatible
from analysis.language import _, ngettext
from analysis.numbers import expression as ex
from analysis.numbers import phrasing, rounding

if TYPE_CHECKING:
    from analysis.data.observations import Observation, Source

Record = dict[str, object]  # what a publication keeps of a number or table: JSON values

NOT_REPORTED = _("not reported")
NOT_COMPUTED = _("not computed")
LEAST_YEAR = 365  # days between two dates of which a yearly rate may be given
_DAYS_A_YEAR = 365.25
_FEWEST_MONTHS = 2  # a shorter span is told in days


@dataclass(frozen=True)
class Absent:
    """A number that is missing, and why: missing is not zero.

    Attributes
    ----------
    reason : str
        Why, for the reader; stands in brackets behind what is said.
    unit, label : str
        As of the estimate that is missing.
    said : str
        `NOT_REPORTED` where no source states what it takes, `NOT_COMPUTED` where the figures are
        there and must not be combined.
    """

    reason: str
    unit: str = ""
    label: str = ""
    said: str = NOT_REPORTED

    def labelled(self, label: str) -> Absent:
        """Return the same with the reader's name for it."""
        return dataclasses.replace(self, label=label)

    def about(self, subject: str) -> Absent:
        """Return the same: what is missing needs no more words."""
        return self

    def called(self, noun: str) -> Absent:
        """Return the same: what is missing has its label."""
        return self

    def on(self, aspect: str, said: str) -> Absent:
        """Return the same: of what is missing there is no difference."""
        return self

    @property
    def formats(self) -> dict[str, str]:
        """What is printed instead, by the names in `analysis.numbers.phrasing.FORMATS`."""
        return phrasing.absent_formats(self.label, self.said, self.reason)

    def as_record(self) -> Record:
        """Return the plain record that a publication keeps, without a value."""
        formats = self.formats
        return {
            "kind": "number", "label": self.label, "value": None, "low": None, "high": None,
            "unit": self.unit, "definition": "", "text": formats["value"], "reason": self.reason,
            "formats": formats, "derivation": "",
            "observations": [], "sources": [], "observation_records": [], "source_records": [],
        }  # fmt: skip

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return phrasing.bundle(self.label, self.said, self.reason)


@dataclass(frozen=True)
class Estimate:
    """A number, the range its sources' words imply, and the formula that made it.

    Attributes
    ----------
    formula : analysis.numbers.expression.Input, Constant or Operation
        The formula over observations.
    unit : str
        ``persons``, ``USD``, ``share`` (0 to 1), ``points`` (a difference of shares, 0.03 for
        three percentage points), ``ratio``, ``persons/month``, ``share/year``, ….
    definition : str
        What is counted, of whom; empty for bare ratios.
    nature : str
        ``stock``, ``flow`` or empty.
    observations : tuple of Observation
        Every observation the number rests on, in the formula's order.
    label : str
        The reader's name for it.
    span : tuple of str
        For a change, the dates from which to which it leads, as readers write them; else empty.
    basis : tuple of (str, str)
        By aspect, what must be the same for a difference of two values of this number to mean
        something, as it is said behind "the figure …": the span of a change ("covers 17 months"),
        the side of a break ("was counted before …").
    subject : str
        Whom or what it is of, for a reader, where its figures do not say it: a host, a plan.
    noun : str
        What a sentence calls it, with its article and without its date: "the share of …". Two
        values of other nouns are no values of one number.
    """

    formula: ex.Expression
    unit: str
    definition: str = ""
    nature: str = ""
    observations: tuple[Observation, ...] = ()
    label: str = ""
    span: tuple[str, ...] = ()
    subject: str = ""
    basis: tuple[tuple[str, str], ...] = ()
    noun: str = ""

    @classmethod
    @lru_cache(maxsize=4096)  # so that each observation is worked out and printed only once
    def of(cls, observation: Observation, *, definition: str = "", nature: str = "") -> Estimate:
        """Return one observation as an estimate; per cent becomes a share.

        Parameters
        ----------
        observation : Observation
            A figure as one source states it.
        definition, nature : str
            What is counted, and whether it is a stock or a flow.
        """
        low, high = hedges.bounds(observation.value, observation.resolution, observation.hedge)
        scale = _per_unit(observation)
        unit = "share" if observation.unit == "percent" else observation.unit
        low, high = (None if end is None else end * scale for end in (low, high))
        value = observation.value * scale
        variable = ex.Input(
            key=observation.key,
            value=value,
            low=-math.inf if low is None else low,
            high=math.inf if high is None else high,
            words=phrasing.in_words(value, low, high, unit, _stated(observation)),
        )
        return cls(variable, unit, definition, nature, (observation,))

    # Worked out once: the dataclass is frozen, and tables, charts and records ask again and again.
    @cached_property
    def value(self) -> float:
        """The number at the figures as stated."""
        return ex.value_of(self.formula)

    @cached_property
    def low(self) -> float | None:
        """The lowest value the wording allows; None where no bound is known."""
        low, _high = ex.range_of(self.formula)
        return None if math.isinf(low) else min(low, self.value)

    @cached_property
    def high(self) -> float | None:
        """The highest value the wording allows; None where no bound is known."""
        _low, high = ex.range_of(self.formula)
        return None if math.isinf(high) else max(high, self.value)

    @cached_property
    def formats(self) -> dict[str, str]:
        """Every way it can be printed, by the names in `analysis.numbers.phrasing.FORMATS`."""
        stated = None
        if isinstance(self.formula, ex.Input):
            (observation,) = self.observations
            stated = _stated(observation)
        return phrasing.formats(
            self.formula,
            self.value,
            self.low,
            self.high,
            self.unit,
            self.label,
            stated,
            self._place_of_terms,
        )

    @property
    def _place_of_terms(self) -> int | None:
        """The place of the last digit of the coarsest figure that a sum or difference adds up."""
        if not any(ex.expression_is(self.formula, name) for name in ("sum", "difference")):
            return None
        steps = [o.resolution for o in self.observations if o.resolution and o.unit == self.unit]
        return rounding.place_of(max(steps)) if steps else None

    @property
    def date(self) -> str:
        """The date that its figures are of, as readers write it; ``""`` where they have several."""
        return phrasing.one_of(o.date for o in self.observations)

    @property
    def parts(self) -> dict[str, str]:
        """What a sentence about it says besides the number, by name; only what there is one of.

        ``date`` and ``area`` are those of all its figures, ``when`` is the date as a sentence has
        it (on 26 May 2020), ``subject`` is whom or what it is of, ``called`` is its noun,
        ``origin`` where the people come from, ``from`` and ``to`` are the dates of a change,
        ``source`` says who states the figures.
        """
        first, last = self.span or ("", "")
        parts = {
            "date": self.date,
            "when": phrasing.one_of(
                o.period.in_sentence() if o.period else "" for o in self.observations
            ),
            "from": first,
            "to": last,
            "area": phrasing.one_of(o.place for o in self.observations),
            "subject": self.subject,
            "called": self.noun,
            "origin": phrasing.one_of(o.people_of for o in self.observations),
            "source": phrasing.sources_named(s.in_sentence for s in self.sources),
        }
        return {name: text for name, text in parts.items() if text}

    @property
    def derivation(self) -> str:
        """The formula over observation keys: ``d002 / d001``."""
        return ex.in_keys(self.formula)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources the number rests on, each once, in the formula's order."""
        return tuple({o.source.key: o.source for o in self.observations}.values())

    def labelled(self, label: str) -> Estimate:
        """Return the same number with the reader's name for it."""
        return dataclasses.replace(self, label=label)

    def about(self, subject: str) -> Estimate:
        """Return the same number with whom or what it is of."""
        return dataclasses.replace(self, subject=subject)

    def called(self, noun: str) -> Estimate:
        """Return the same number with what a sentence calls it."""
        return dataclasses.replace(self, noun=noun)

    def on(self, aspect: str, said: str) -> Estimate:
        """Return the same number with an aspect of its `basis`, as said behind "the figure …"."""
        return dataclasses.replace(self, basis=(*self.basis, (aspect, said)))

    def between(self, before: Estimate, after: Estimate) -> Estimate:
        """Return the same number, which is a change, with the dates of the two it lies between."""
        span = (before.date, after.date)
        return dataclasses.replace(self, span=span).on(_("span"), _covers(before, after))

    def __add__(self, other: Estimate) -> Estimate:
        return total([self, other])

    def __sub__(self, other: Estimate) -> Estimate:
        _require_same(self, other, _("subtract"))
        return self._with("difference", other)

    def meets(self, other: Estimate) -> bool:
        """Return whether the two ranges have a value in common: not distinguishable if so.

        Raises
        ------
        Incompatible
            When unit, definition or nature differ.
        """
        _require_same(self, other, _("compare"))
        return ranges_meet(self, other)

    def as_record(self) -> Record:
        """Return the plain record that a publication keeps, down to the words as stated."""
        return {
            "kind": "number",
            "label": self.label,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "definition": self.definition,
            "text": self.formats["words"],
            "formats": self.formats | self.parts,
            "period": phrasing.one_of(str(o.period or "") for o in self.observations),
            "basis": dict(self.basis),
            "derivation": self.derivation,
            "observations": [o.key for o in self.observations],
            "sources": [s.key for s in self.sources],
            "observation_records": [o.as_record() for o in self.observations],
            "source_records": [s.as_record() for s in self.sources],
        }

    def __str__(self) -> str:
        return self.formats["range"]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return phrasing.bundle(self.label, self.formats["range"], self.formats["formula"])

    def _with(self, operation: str, *others: Estimate, **changes: str) -> Estimate:
        formula = ex.Operation(operation, (self.formula, *(o.formula for o in others)))
        return self._made(formula, _joined((self, *others)), **changes)

    def _made(
        self, formula: ex.Expression, observations: tuple[Observation, ...], **changes: str
    ) -> Estimate:
        """Another number of the same kind; what readers are told of this one is not kept."""
        return dataclasses.replace(
            self,
            formula=formula,
            observations=observations,
            label="",
            span=(),
            subject="",
            basis=(),
            noun="",
            **changes,
        )


def ranges_meet(one: Estimate, other: Estimate) -> bool:
    """Return whether two ranges have a value in common, whatever the two count.

    For figures that are known to be of one kind though one is stated and the other computed;
    `Estimate.meets` asks that first. An unknown bound excludes nothing. Bounds that differ by less
    than a part in 10¹² of the larger value are the same: arithmetic in binary fractions leaves
    such differences. The published changes between editions follow the same rule
    (`reportbook.comparing.causes.ranges_meet`); a test holds the two equal.
    """
    slack = 1e-12 * max(abs(one.value), abs(other.value))
    return not any(
        low is not None and high is not None and low > high + slack
        for low, high in ((one.low, other.high), (other.low, one.high))
    )


def total(estimates: Iterable[Estimate]) -> Estimate:
    """Return the sum of estimates of one unit, definition and nature.

    Raises
    ------
    Incompatible
        When two of them count different things; the message names both.
    ValueError
        When there is nothing to add: nothing reported is not zero.
    """
    terms = list(estimates)
    if not terms:
        raise ValueError(_("There is nothing to add: nothing reported is not zero."))
    first, *others = terms
    for other in others:
        _require_same(first, other, _("add"))
    if not others:
        return first
    flat: list[ex.Expression] = []
    for term in terms:
        inner = term.formula
        flat.extend(inner.arguments if ex.expression_is(inner, "sum") else [inner])
    return first._made(ex.Operation("sum", tuple(flat)), _joined(terms))


def share(part: Estimate, whole: Estimate) -> Estimate | Absent:
    """Return a part over the whole that contains it, never outside 0 to 1.

    Where the whole is a sum that contains the part, the part is one variable in both places.

    Raises
    ------
    Incompatible
        When the two count different things.
    """
    _require_same(part, whole, _("take a share of"))
    return _divided(part, whole, "share", "share")


def ratio(top: Estimate, bottom: Estimate, *, unit: str = "ratio") -> Estimate | Absent:
    """Return one amount over another of the same unit; both sides must be named where it is shown.

    Parameters
    ----------
    top, bottom : Estimate
        Amounts in one unit.
    unit : str
        ``ratio``, or ``share`` where the result reads as per cent but may pass 100 (coverage).

    Raises
    ------
    Incompatible
        When the units differ.
    """
    if top.unit != bottom.unit:
        raise Incompatible(
            _("Cannot divide {a} by {b}: one is in {u}, the other in {v}.").format(
                a=_named(top), b=_named(bottom), u=top.unit, v=bottom.unit
            )
        )
    return _divided(top, bottom, "ratio", unit)


def per(amount: Estimate, count: Estimate | float, unit: str) -> Estimate | Absent:
    """Return an amount per counted thing or per exact number of them, in the unit named."""
    if not isinstance(count, Estimate):
        count = Estimate(ex.Constant(float(count)), "")
    quotient = _divided(amount, count, "ratio", unit)
    if isinstance(quotient, Absent):
        return quotient
    return dataclasses.replace(quotient, definition=amount.definition)


def gap(required: Estimate, received: Estimate) -> Estimate:
    """Return what is still to come: the requirement less what was received, both in one unit.

    Raises
    ------
    Incompatible
        When the units differ.
    """
    if required.unit != received.unit:
        raise Incompatible(
            _("Cannot subtract {b} from {a}: one is in {u}, the other in {v}.").format(
                a=_named(required), b=_named(received), u=required.unit, v=received.unit
            )
        )
    return required._with("difference", received, definition="gap")


def annual_growth(before: Estimate, after: Estimate, days: int) -> Estimate | Absent:
    """Return the yearly growth rate that leads from one stock to the other.

    A year has 365.25 days, whatever the dates: counted months would make the rate depend on where
    in a month they lie.

    Parameters
    ----------
    before, after : Estimate
        Two stocks of one definition.
    days : int
        Days between their dates, at least a year's.

    Raises
    ------
    Incompatible
        When the two count different things.
    ValueError
        Below a year, where an annual rate would extrapolate.
    """
    _require_same(before, after, _("compare"))
    if days < LEAST_YEAR:
        raise ValueError(
            _("An annual rate needs at least {least} days; these are {n}.").format(
                least=LEAST_YEAR, n=days
            )
        )
    quotient = _divided(after, before, "ratio", "share/year")
    if isinstance(quotient, Absent):
        return quotient
    years = ex.Operation("ratio", (ex.Constant(_DAYS_A_YEAR), ex.Constant(days)))
    grown = ex.Operation("power", (quotient.formula, years))
    return dataclasses.replace(
        quotient, formula=ex.Operation("difference", (grown, ex.Constant(1.0)))
    )


def per_month(change: Estimate, days: int) -> Estimate | Absent:
    """Return a change as an amount a month, of which a year of 365.25 days has twelve.

    Parameters
    ----------
    change : Estimate
        The difference of two stocks.
    days : int
        Days between their dates.
    """
    months = ex.Operation("ratio", (ex.Constant(days), ex.Constant(_DAYS_A_YEAR / 12)))
    return per(change, Estimate(months, ""), f"{change.unit}/month")


def concentration(parts: Sequence[Estimate]) -> Estimate:
    """Return the Herfindahl–Hirschman index: the sum of squared shares of the parts in their sum.

    Lies within 1/n (all equal) and 1 (all in one). Source: Rhoades, Federal Reserve Bulletin 79
    (1993), on the index's definition.

    Raises
    ------
    Incompatible
        When the parts count different things.
    ValueError
        When there are no parts.
    """
    whole = total(parts)
    formula = ex.Operation("concentration", tuple(p.formula for p in parts))
    return dataclasses.replace(whole, formula=formula, unit="ratio", nature="")


def median(estimates: Sequence[Estimate]) -> Estimate:
    """Return the median of estimates of one unit, definition and nature.

    Raises
    ------
    Incompatible
        When two of them count different things; the message names both.
    ValueError
        When there is nothing to take the median of.
    """
    if not estimates:
        raise ValueError(_("There is nothing to take a median of."))
    first, *others = estimates
    for other in others:
        _require_same(first, other, _("take a median of"))
    return first._with("median", *others) if others else first


def _divided(top: Estimate, bottom: Estimate, operation: str, unit: str) -> Estimate | Absent:
    if bottom.value == 0:
        what = bottom.label or bottom.definition or bottom.unit
        reason = _("undefined: {bottom} is zero").format(bottom=what)
        return Absent(reason, unit, said=NOT_COMPUTED)
    return top._with(operation, bottom, unit=unit, nature="")


def _per_unit(observation: Observation) -> float:
    """The factor from the source's unit to the estimate's: per cent becomes a share."""
    return 0.01 if observation.unit == "percent" else 1.0


def _stated(observation: Observation) -> phrasing.Stated:
    """How its source words it, in the estimate's unit."""
    return phrasing.Stated(observation.resolution * _per_unit(observation), observation.hedge)


def _covers(before: Estimate, after: Estimate) -> str:
    """The span between the dates of two numbers, as said behind "the figure …"."""
    ends = {"before": before.date, "after": after.date}
    first, last = ({o.period for o in each.observations} for each in (before, after))
    if len(first) != 1 or len(last) != 1 or None in first | last:
        return _("covers the time from {before} to {after}").format(**ends)
    days = days_between(*(period for period in (*first, *last) if period))
    months = round(days / (_DAYS_A_YEAR / 12))
    if months < _FEWEST_MONTHS:
        text = ngettext(
            "covers {n} day, from {before} to {after}",
            "covers {n} days, from {before} to {after}",
            days,
        )
        return text.format(n=days, **ends)
    return _("covers {n} months, from {before} to {after}").format(n=months, **ends)


def _joined(estimates: Iterable[Estimate]) -> tuple[Observation, ...]:
    return tuple({o.key: o for e in estimates for o in e.observations}.values())


def _named(estimate: Estimate) -> str:
    what = estimate.label or estimate.definition or estimate.unit
    return f"{what} ({estimate.derivation})"


def _require_same(a: Estimate, b: Estimate, verb: str) -> None:
    for trait, one, other in (
        (_("unit"), a.unit, b.unit),
        (_("definition"), a.definition, b.definition),
        (_("nature"), a.nature, b.nature),
    ):
        if one != other:
            raise Incompatible(
                _(
                    "Cannot {verb} {a} and {b}: they differ in {trait}, {one!r} and {other!r}."
                ).format(verb=verb, a=_named(a), b=_named(b), trait=trait, one=one, other=other)
            )
