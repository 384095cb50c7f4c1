"""Returns to the country of origin, and displacement inside countries.

Neither is people abroad: returns and displacements by disaster are flows during a period, people
displaced inside their country are a stock of another definition. Nothing here is added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.data.observations import Source
from analysis.data.periods import Period
from analysis.displacement.measures import MANDATE, MEASURES, measured
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import dated
from analysis.language import _, locale
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Column, Table

RETURNED = "returned"
INSIDE_STOCKS = ("internally_displaced_by_conflict", "internally_displaced_dtm")
INSIDE_FLOWS = ("internal_displacements_by_disaster",)

_A_YEAR = len("2020")  # a period written so


@dataclass(frozen=True)
class Count:
    """One figure of one country: a stock at a date, or a flow during a period.

    ``area`` is the country's code and ``place`` the reader's name of it.
    """

    indicator: str
    area: str
    place: str
    period: Period
    people: Estimate
    source: Source

    @property
    def when(self) -> str:
        """When, for the reader: a flow of which only the end is stated says so.

        A year that a source names is the period of its flow; a month or a day is the one up to
        which was counted.
        """
        date = self.period.label(locale())
        flow = MEASURES[self.indicator].nature == "flow"
        if flow and not self.period.is_interval and len(self.period.text) > _A_YEAR:
            return _("until {date}, start not stated").format(date=date)
        return date


@dataclass(frozen=True)
class Counts:
    """Figures of one nature, by indicator and oldest first.

    Attributes
    ----------
    title : str
    counts : tuple of Count
    lacking : str
        Why there are none, when there are none.
    unit : str
        For readers, what the numbers count.
    column : str
        The same as the head of a column.
    one_place : bool
        Whether all are of the one country that the title names.
    note : str
        What else a reader must know to read them together.
    noun : str
        What a sentence calls one of the numbers.
    """

    title: str
    counts: tuple[Count, ...]
    lacking: str
    unit: str
    column: str = _("People")
    one_place: bool = False
    note: str = ""
    noun: str = ""

    def row(self, count: Count) -> str:
        """Return what tells a figure from the others: ``Colombia, 2021``, or only when."""
        return count.when if self.one_place else f"{count.place}, {count.when}"

    def by_indicator(self) -> dict[str, list[Count]]:
        """Return the figures grouped by what they count; groups never share an axis."""
        groups: dict[str, list[Count]] = {}
        for count in self.counts:
            groups.setdefault(count.indicator, []).append(count)
        return groups

    def newest(self) -> Estimate | Absent:
        """Return the newest figure, labelled with its country and period."""
        if not self.counts:
            return Absent(self.lacking, "persons", self.title)
        count = max(self.counts, key=lambda c: c.period)
        return count.people.labelled(dated(self.title, count.period)).called(self.noun)

    def table(self) -> Table:
        """Return every figure with what it counts, its period and its source."""
        return Table(
            self.title,
            [
                Column("area", _("Where")),
                Column("measure", _("What is counted")),
                Column("period", _("Date or period")),
                Column("people", self.column, "persons"),
                Column("source", _("Source")),
            ],
            [
                [c.place, MEASURES[c.indicator].name, c.when, c.people, c.source]
                for c in self.counts
            ],
            empty=self.lacking,
        )


def returns(scope: Scope) -> Counts:
    """Return how many people went back to the scope's origin: flows, never added up.

    Parameters
    ----------
    scope : Scope
    """
    return Counts(
        _("Returns to {origin}").format(origin=scope.origin_name),
        _found(scope, (RETURNED,), [scope.origin]),
        scope.lacking(_("counts returns to {origin}").format(origin=scope.origin_name)),
        unit=_("People who went back in the period named"),
        one_place=True,
        note=_("The periods overlap or can overlap: the figures are not added."),
        noun=_("the number of people who went back to {origin}").format(origin=scope.origin_name),
    )


def displaced_inside(scope: Scope) -> Counts:
    """Return the people displaced inside each country of the data: stocks of two definitions.

    Parameters
    ----------
    scope : Scope
        Its region sets no limit: these are other people than those abroad.
    """
    return Counts(
        _("People displaced inside their country"),
        _found(scope, INSIDE_STOCKS, _countries(scope)),
        scope.lacking(_("counts people displaced inside a country")),
        unit=_("People at the date named"),
        noun=_("the number of people displaced inside their country"),
    )


def disaster_displacements(scope: Scope) -> Counts:
    """Return the displacements by disaster inside each country of the data: flows of a year.

    Parameters
    ----------
    scope : Scope
        Its region sets no limit.
    """
    return Counts(
        _("Displacements by disaster inside countries"),
        _found(scope, INSIDE_FLOWS, _countries(scope)),
        scope.lacking(_("counts displacements by disaster")),
        unit=_("Displacements in the year named, not people: one person can be displaced twice"),
        column=_("Displacements"),
        noun=_("the number of displacements by disaster inside a country"),
    )


def _countries(scope: Scope) -> list[str]:
    """The countries of the data; of a page that UNHCR's count leads, its own."""
    stated = scope.data.displacement.values_of("origin")
    return [c for c in stated if c == scope.origin] if scope.count == MANDATE else stated


def _found(scope: Scope, indicators: Sequence[str], countries: Sequence[str]) -> tuple[Count, ...]:
    return tuple(
        Count(
            indicator,
            country,
            scope.data.areas.name(country),
            o.stated_period,
            measured(o),
            o.source,
        )
        for indicator in indicators
        for country in countries
        for o in scope.figures(indicator, country, origin=country)
    )
