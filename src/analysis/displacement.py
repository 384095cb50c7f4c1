"""Displacement from one country: what is counted, of whom, and the scope of a report about it.

Everything is said of "people from a country abroad as governments report them", never of "people
who left": many were abroad before the counting began.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from babel.dates import format_date

from analysis import areas
from analysis.errors import NotAccepted
from analysis.estimate import Estimate
from analysis.language import _, locale
from analysis.observations import Observation
from analysis.periods import Period
from analysis.sources import Break, Data
from analysis.tables import Column, Table

WORLD = "WLD"
ABROAD = "refugees_and_migrants"
PROJECTED = "refugees_and_migrants_projected"
CATEGORIES = ("refugees", "asylum_seekers", "other_people_in_need_of_international_protection")
MANDATE = "+".join(CATEGORIES)  # UNHCR's three categories: disjoint, so they add up


@dataclass(frozen=True)
class Measure:
    """What an indicator counts.

    Attributes
    ----------
    name : str
        The reader's.
    counts : str
        Who is counted, by whom.
    definition : str
        Figures of one definition may be added and compared; others refuse.
    nature : str
        ``stock`` (people at a date), ``flow`` (during a period), ``projection`` (a stock that a
        plan expected) or empty for a stated share.
    """

    name: str
    counts: str
    definition: str
    nature: str


MEASURES: dict[str, Measure] = {
    ABROAD: Measure(
        _("People abroad as governments report them"),
        _(
            "People from the country of origin who live abroad, whatever their status, as host "
            "governments report or estimate them; put together by the R4V platform"
        ),
        ABROAD, "stock",
    ),
    PROJECTED: Measure(
        _("People abroad as a plan expected them"),
        _("The same count, as a response plan expected it for a later date"),
        ABROAD, "projection",
    ),
    "refugees": Measure(
        _("Refugees"), _("People recognised as refugees, as UNHCR publishes them"),
        MANDATE, "stock",
    ),
    "asylum_seekers": Measure(
        _("Asylum-seekers"),
        _("People whose claim for asylum was not yet decided, as UNHCR publishes them"),
        MANDATE, "stock",
    ),
    "other_people_in_need_of_international_protection": Measure(
        _("Other people in need of international protection"),
        _(
            "People outside their country who probably need protection and are in neither of the "
            "two groups above; UNHCR publishes them from 2018, and only inside the region"
        ),
        MANDATE, "stock",
    ),
    "returned": Measure(
        _("Returns"), _("People who went back to the country of origin during a period"),
        "returned", "flow",
    ),
    "internally_displaced_by_conflict": Measure(
        _("People displaced inside their country by conflict"),
        _("As IDMC estimates them at the end of a year"),
        "internally_displaced_by_conflict", "stock",
    ),
    "internally_displaced_dtm": Measure(
        _("People displaced inside their country, counted on the ground"),
        _("As IOM's Displacement Tracking Matrix counted them in a round"),
        "internally_displaced_dtm", "stock",
    ),
    "internal_displacements_by_disaster": Measure(
        _("Displacements by disaster"),
        _("Movements forced by disasters during a year; one person can be counted twice (IDMC)"),
        "internal_displacements_by_disaster", "flow",
    ),
    "internally_displaced": Measure(
        _("People displaced inside their country"),
        _("All countries together, as UNHCR reports them"),
        "internally_displaced", "stock",
    ),
    "forcibly_displaced": Measure(
        _("Forcibly displaced people"),
        _("All categories and origins, inside and outside their country"),
        "forcibly_displaced", "stock",
    ),
    "undocumented": Measure(
        _("People without documents"),
        _("People from the country of origin abroad whose stay is not regular"),
        "undocumented", "stock",
    ),
    "share_in_region": Measure(
        _("Stated share in the region"),
        _("Of people abroad as governments report them, as a source states it"),
        "share_in_region", "",
    ),
    "share_in_region_projected": Measure(
        _("Projected share in the region"),
        _("The same, as a response plan expected it"),
        "share_in_region_projected", "",
    ),
    "share_of_outflow_hosted": Measure(
        _("Stated share of one host"),
        _("Of people abroad as governments report them, as a source states it"),
        "share_of_outflow_hosted", "",
    ),
    "growth_since_previous_report": Measure(
        _("Stated growth"),
        _("Between two updates, as a source states it"),
        "growth_since_previous_report", "",
    ),
}  # fmt: skip


def measured(observation: Observation) -> Estimate:
    """Return a figure as an estimate that knows what it counts and whether it is a stock.

    Parameters
    ----------
    observation : Observation
        Of the displacement table.
    """
    measure = MEASURES[observation.indicator]
    return Estimate.of(observation, definition=measure.definition, nature=measure.nature)


def definitions() -> Table:
    """Return what each indicator counts, and which may be put together."""
    natures = {
        "stock": _("stock: people at a date"),
        "flow": _("flow: during a period"),
        "projection": _("projection of a stock"),
        "": _("stated share"),
    }
    family = {ABROAD: _("R4V"), MANDATE: _("UNHCR")}
    return Table(
        _("What is counted"),
        [
            Column("measure", _("Figure")),
            Column("counts", _("Who is counted")),
            Column("nature", _("Nature")),
            Column("with", _("May be compared within")),
        ],
        [
            [m.name, m.counts, natures[m.nature], family.get(m.definition, _("itself only"))]
            for m in MEASURES.values()
        ],
        note=_("Figures of different definitions or natures are never added, joined or divided."),
    )


@dataclass(frozen=True)
class Scope:
    """What a report is about: whose displacement, towards which region, when, known by when.

    Attributes
    ----------
    data : Data
        What is known at the as-of date.
    origin, region : str
        Codes of areas.
    first, last : Period or None
        Only figures for dates within are used; None: no limit.
    """

    data: Data
    origin: str
    region: str
    first: Period | None = None
    last: Period | None = None

    @cached_property
    def origin_name(self) -> str:
        """The country of origin as a reader knows it."""
        return areas.name(self.origin)

    @cached_property
    def region_name(self) -> str:
        """The region as a reader knows it."""
        return areas.name(self.region)

    @property
    def members(self) -> tuple[str, ...]:
        """The host countries of the region, where one definition of it lists them."""
        return self.data.areas[self.region].members

    def figures(self, indicator: str, area: str, origin: str | None = None) -> list[Observation]:
        """Return the figures within the scope, oldest first, those that lead before the others.

        Parameters
        ----------
        indicator, area : str
            What is counted and where the people are.
        origin : str, optional
            Another country than the scope's.
        """
        found = self.data.displacement.where(
            indicator=indicator, origin=origin or self.origin, area=area
        )
        return sorted(
            (o for o in found if self.includes(o.period)),
            key=lambda o: (o.period, _precedence(o)),
        )

    def includes(self, period: Period) -> bool:
        """Say whether a period ends within the scope."""
        after = self.first is None or self.first.first_day <= period.last_day
        return after and (self.last is None or period.last_day <= self.last.last_day)

    def breaks(self, series: str, area: str) -> tuple[Break, ...]:
        """Return where a series changes its method for an area, oldest first."""
        found = (
            b
            for b in self.data.breaks
            if (b.series, b.origin, b.area) == (series, self.origin, area)
        )
        return tuple(sorted(found, key=lambda b: b.period))

    def lacking(self, what: str) -> str:
        """Return why something is missing: no source published by then states it.

        Parameters
        ----------
        what : str
            The rest of the sentence, from the verb on.
        """
        if self.data.as_of:
            day = format_date(self.data.as_of, "d MMMM y", locale=locale())
            reason = _("no source published by {day} {what}").format(day=day, what=what)
        else:
            reason = _("no source in the data {what}").format(what=what)
        if self.first is None and self.last is None:
            return reason
        if self.last is None:
            return _("{reason}, from {first} on").format(
                reason=reason, first=self.first.label(locale())
            )
        if self.first is None:
            return _("{reason}, up to {last}").format(reason=reason, last=self.last.label(locale()))
        return _("{reason}, from {first} to {last}").format(
            reason=reason, first=self.first.label(locale()), last=self.last.label(locale())
        )


def scope(
    data: Data,
    *,
    origin: str = "VEN",
    region: str = "LAC",
    first_period: str | None = None,
    last_period: str | None = None,
) -> Scope:
    """Return the scope of a report, its parameters checked.

    Parameters
    ----------
    data : Data
        What is known at the as-of date.
    origin : str
        ISO 3166-1 alpha-3 code of a country whose displacement the data hold.
    region : str
        Code of a region in ``data/areas.csv``.
    first_period, last_period : str or None
        ISO 8601 year, month or day.

    Raises
    ------
    NotAccepted
        For a value that makes no sense; the message lists what is accepted.
    """
    if not origin:
        raise NotAccepted(_("origin"), origin, _origins(data))
    try:
        data.displacement.where(origin=origin)
    except NotAccepted as problem:
        raise NotAccepted(_("origin"), origin, problem.accepted) from None
    regions = [code for code, area in data.areas.items() if area.kind == "region"]
    if region not in regions:
        raise NotAccepted(_("region"), region, regions)
    first = None if first_period is None else Period.parse(str(first_period))
    last = None if last_period is None else Period.parse(str(last_period))
    if first and last and last.last_day < first.first_day:
        raise NotAccepted(
            _("last_period"), last_period,
            [_("a period that does not end before {first}").format(first=first)],
        )  # fmt: skip
    return Scope(data, origin, region, first, last)


def _precedence(observation: Observation) -> tuple[int, float, int, str]:
    """Sort key among figures of one period: the publisher's own, then finest, then newest."""
    known = observation.source.known_from
    return (
        int(observation.source.kind == "reported"),
        observation.resolution,
        -known.toordinal() if known else 0,
        observation.key,
    )


def _origins(data: Data) -> list[str]:
    return [str(origin) for origin in data.displacement.values_of("origin")]
