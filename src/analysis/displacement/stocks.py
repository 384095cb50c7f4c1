"""People abroad over time: stocks with their ranges, broken where the method changes.

Two stocks may be compared only where no break of their series lies between them. Of several
figures for one period one leads (`analysis.data.precedence`); the others are shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.data.load import Break
from analysis.data.observations import Source
from analysis.data.periods import Period, days_between
from analysis.displacement.measures import ABROAD, WORLD, measured
from analysis.displacement.scope import Scope
from analysis.language import _, locale, ngettext
from analysis.numbers.estimate import (
    LEAST_YEAR,
    NOT_COMPUTED,
    Absent,
    Estimate,
    annual_growth,
    per_month,
)
from analysis.numbers.tables import Cell, Column, Table

COUNTED = _("way of counting")  # the aspect of a basis that says on which side of breaks it is
_LEAST_MONTH = 28  # days between two dates of which a monthly pace may be given


@dataclass(frozen=True)
class Stock:
    """People at one date, as one source states them.

    Attributes
    ----------
    period : Period
        Its last day is the date on an axis and in comparisons of dates.
    people : Estimate
        Persons.
    source : Source
    leads : bool
        Whether it is the figure of its period; others of the same period stand beside it.
    counted : str
        On which side of the breaks it lies (`Scope.way_of_counting`).
    """

    period: Period
    people: Estimate
    source: Source
    leads: bool = True
    counted: str = ""


@dataclass(frozen=True)
class Stretch:
    """Leading stocks between two breaks, oldest first; the break that ends it, if any."""

    stocks: tuple[Stock, ...]
    ended_by: Break | None = None


@dataclass(frozen=True)
class Change:
    """What happened between two stocks of one series.

    Attributes
    ----------
    before, after : Stock or None
        None where there are no two stocks to compare.
    days : int or None
        Days between them, each counted from its last day.
    people : Estimate or Absent
        Persons; absent across a break.
    rate : Estimate or Absent
        ``persons/month`` below a year, ``share/year`` (annualised) from a year on.
    """

    before: Stock | None
    after: Stock | None
    days: int | None
    people: Estimate | Absent
    rate: Estimate | Absent


@dataclass(frozen=True)
class Series:
    """The stocks of one area under one definition, and where the series breaks.

    Attributes
    ----------
    name, noun, area, place : str
        The reader's name of the series, what a sentence calls a figure of it, the code of its area
        and the reader's name of that.
    stocks : tuple of Stock
        Oldest first.
    breaks : tuple of Break
        Those that lie between the first and the last stock.
    lacking : str
        Why there are no stocks, when there are none.
    yearly : bool
        Whether it has a stock at the end of every year: then what changed lately is the last year.
    """

    name: str
    noun: str
    area: str
    place: str
    stocks: tuple[Stock, ...]
    breaks: tuple[Break, ...]
    lacking: str
    yearly: bool = False

    @property
    def leading(self) -> tuple[Stock, ...]:
        """One stock for each period."""
        return tuple(stock for stock in self.stocks if stock.leads)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The leading stocks, cut at every break."""
        found: list[Stretch] = []
        current: list[Stock] = []
        for stock in self.leading:
            crossed = self.between(current[-1], stock) if current else ()
            if crossed:
                found.append(Stretch(tuple(current), crossed[0]))
                current = []
            current.append(stock)
        return (*found, Stretch(tuple(current))) if current else ()

    def between(self, before: Stock, after: Stock) -> tuple[Break, ...]:
        """Return the breaks that a change from one stock to the other would cross."""
        return tuple(b for b in self.breaks if b.lies_between(before.period, after.period))

    def newest(self) -> Estimate | Absent:
        """Return the leading stock for the newest date."""
        label = self.name
        if not self.stocks:
            return Absent(self.lacking, "persons", label)
        return self._named(self.leading[-1])

    def first(self) -> Estimate | Absent:
        """Return the leading stock for the first date."""
        if not self.stocks:
            return Absent(self.lacking, "persons", self.name)
        return self._named(self.leading[0])

    def change(self, before: Stock, after: Stock) -> Change:
        """Return the change between two stocks, never across a break.

        Parameters
        ----------
        before, after : Stock
            Of this series.
        """
        days = days_between(before.period, after.period)
        ends = {
            "name": self.name,
            "before": before.period.label(locale()),
            "after": after.period.label(locale()),
        }
        label = _("{name}: change from {before} to {after}").format(**ends)
        pace = _("{name}: pace of change from {before} to {after}").format(**ends)
        unit = "persons/month" if days < LEAST_YEAR else "share/year"
        crossed = self.between(before, after)
        if crossed:
            reason = broken(crossed)
            return Change(
                before, after, days,
                Absent(reason, "persons", label, NOT_COMPUTED),
                Absent(reason, unit, pace, NOT_COMPUTED),
            )  # fmt: skip
        people = after.people - before.people
        rate: Estimate | Absent
        if days < _LEAST_MONTH:
            rate = Absent(_("less than a month lies between the two dates"), unit, pace)
        elif days < LEAST_YEAR:
            rate = per_month(people, days)
        else:
            rate = annual_growth(before.people, after.people, days)
        if isinstance(rate, Estimate):
            rate = rate.between(before.people, after.people)
        people = people.between(before.people, after.people)
        return Change(
            before, after, days,
            people.labelled(label).called(_("the change in {noun}").format(noun=self.noun)),
            rate.labelled(pace).called(_("the pace of change in {noun}").format(noun=self.noun)),
        )  # fmt: skip

    def latest_change(self) -> Change:
        """Return the change to the newest stock from the first that no break separates from it.

        In a yearly series, from the one before.
        """
        stretch = self.stretches[-1].stocks if self.stretches else ()
        return self._from_first_to_last(stretch[-2:] if self.yearly else stretch)

    def highest(self) -> Estimate | Absent:
        """Return the highest stock since the last break."""
        label = _("{name}: the highest figure").format(name=self.name)
        if not self.stretches:
            return Absent(self.lacking, "persons", label)
        stock = max(self.stretches[-1].stocks, key=lambda each: each.people.value)
        noun = _("the highest figure of {noun}").format(noun=self.noun)
        found = stock.people.labelled(dated(label, stock.period)).called(noun)
        return found.on(COUNTED, stock.counted) if stock.counted else found

    def whole_change(self) -> Change:
        """Return the change from the first stock of all to the newest."""
        return self._from_first_to_last(self.leading)

    def _named(self, stock: Stock) -> Estimate:
        """A stock as a number of its own."""
        named = stock.people.labelled(dated(self.name, stock.period)).called(self.noun)
        return named.on(COUNTED, stock.counted) if stock.counted else named

    def _from_first_to_last(self, stocks: Sequence[Stock]) -> Change:
        if len(stocks) > 1:
            return self.change(stocks[0], stocks[-1])
        reason = _("only one comparable figure is known") if stocks else self.lacking
        return Change(
            None, None, None,
            Absent(reason, "persons", _("{name}: change").format(name=self.name)),
            Absent(reason, "share/year", _("{name}: pace of change").format(name=self.name)),
        )  # fmt: skip


def abroad(scope: Scope, area: str) -> Series:
    """Return the people from the scope's origin in an area, as governments report them.

    Parameters
    ----------
    scope : Scope
    area : str
        Code of the world, the region or a host country.
    """
    figures = scope.figures(ABROAD, area)
    leaders: dict[Period, str] = {}
    for figure in figures:
        leaders.setdefault(figure.stated_period, figure.key)
    stocks = tuple(
        Stock(
            o.stated_period, measured(o), o.source,
            leads=leaders[o.stated_period] == o.key,
            counted=scope.way_of_counting(ABROAD, [area], o.stated_period),
        )
        for o in figures
    )  # fmt: skip
    return Series(
        scope.people_named(area),
        scope.people_in(area),
        area,
        scope.data.areas.name(area),
        stocks,
        within(scope.breaks(ABROAD, area), stocks),
        scope.lacking(_missing(scope, area)),
    )


def within(breaks: Iterable[Break], stocks: Sequence[Stock]) -> tuple[Break, ...]:
    """Return the breaks that lie between the first and the last of some stocks."""
    if not stocks:
        return ()
    first, last = stocks[0].period, stocks[-1].period
    return tuple(b for b in breaks if b.lies_between(first, last))


def changes(series: Sequence[Series]) -> Table:
    """Return the table of every stretch between breaks: its ends, its change and its pace."""
    rows: list[list[Cell]] = []
    for one in series:
        for stretch in one.stretches:
            first, last = stretch.stocks[0], stretch.stocks[-1]
            change = one.change(first, last)
            alone = len(stretch.stocks) == 1
            nothing = Absent(_("one figure alone"))
            rows.append([
                one.place,
                first.period, first.people,
                None if alone else last.period,
                None if alone else last.people,
                nothing if alone else change.people,
                change.days,
                nothing if alone else change.rate,
                _("break in {period}").format(period=stretch.ended_by.period.label(locale()))
                if stretch.ended_by else _("newest figure"),
            ])  # fmt: skip
    return Table(
        _("Change within each stretch of comparable figures"),
        [
            Column("area", _("Where")),
            Column("from", _("From")),
            Column("first", _("First figure"), "persons"),
            Column("to", _("To")),
            Column("last", _("Last figure"), "persons"),
            Column("change", _("Change"), "persons"),
            Column("days", _("Days")),
            Column("rate", _("Pace")),
            Column("ends", _("Ends with")),
        ],
        rows,
        note=_(
            "Pace: people a month below a year, yearly growth from a year on; both by days. "
            "No change is computed across a break."
        ),
        empty=_empty(series),
    )


def figures(series: Sequence[Series]) -> Table:
    """Return the table of every stock: date, area, figure, source, whether it leads its period."""
    rows: list[list[Cell]] = [
        [one.place, stock.period, stock.people, stock.source,
         "" if stock.leads else _("beside the leading figure")]
        for one in series
        for stock in one.stocks
    ]  # fmt: skip
    return Table(
        _("Every figure of the series"),
        [
            Column("area", _("Where")),
            Column("period", _("Date")),
            Column("people", _("People"), "persons"),
            Column("source", _("Source")),
            Column("role", _("Role")),
        ],
        rows,
        empty=_empty(series),
    )


def breaks(series: Sequence[Series]) -> Table:
    """Return the table of breaks: from when on and why."""
    rows: list[list[Cell]] = [
        [one.place, b.period, _(b.reason), b.source] for one in series for b in one.breaks
    ]
    return Table(
        _("Where the series break"),
        [
            Column("area", _("Where")),
            Column("period", _("From")),
            Column("reason", _("What changed")),
            Column("source", _("First figure after it")),
        ],
        rows,
        empty=_("No break is known in these series."),
    )


def dated(name: str, period: Period) -> str:
    """Return a name with its date: ``People from Venezuela abroad …, October 2023``."""
    return _("{name}, {date}").format(name=name, date=period.label(locale()))


def broken(crossed: Sequence[Break]) -> str:
    """Return the reason why nothing is computed across breaks, naming them."""
    periods = list(dict.fromkeys(b.period.label(locale()) for b in crossed))
    return ngettext(
        "the break of {periods} lies between the two dates",
        "the breaks of {periods} lie between the two dates",
        len(periods),
    ).format(periods=_(" and ").join(periods))


def _missing(scope: Scope, area: str) -> str:
    if area == WORLD:
        return _("states how many people from {origin} live abroad").format(
            origin=scope.origin_name
        )
    return _("states how many people from {origin} live in {area}").format(
        origin=scope.origin_name, area=scope.data.areas.name(area)
    )


def _empty(series: Sequence[Series]) -> str:
    return next((one.lacking for one in series if not one.stocks), _("No figure."))
