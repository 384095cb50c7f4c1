"""The largest displacements beside each other, all by one count.

UNHCR's is the only count that holds every country of origin, so it serves for all of them here,
also where governments count more. Nothing is added over origins.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data.load import Data
from analysis.data.periods import Period
from analysis.data.populations import largest_origins
from analysis.displacement.leading import Leading, leading
from analysis.displacement.measures import MANDATE
from analysis.displacement.proportion import Proportions, proportions
from analysis.displacement.scope import Scope, scope_of
from analysis.displacement.stocks import Stock
from analysis.displacement.unhcr import unhcr_count
from analysis.language import _, locale
from analysis.numbers.absence import no_source
from analysis.numbers.estimate import NOT_COMPUTED, Absent, Estimate, per
from analysis.numbers.tables import Column, Table

LARGEST = 10
BEGUN = 0.1  # of its highest figure: a displacement has begun when it reaches as much
YEARS = 5


@dataclass(frozen=True)
class Crisis:
    """People from one country abroad.

    Attributes
    ----------
    scope : Scope
        The region is the one in which the country lies.
    count : Leading
        By UNHCR.
    burdens : Proportions
        Its hosts against their inhabitants.
    """

    scope: Scope
    count: Leading
    burdens: Proportions

    @property
    def name(self) -> str:
        """The country of origin as a reader knows it."""
        return self.scope.data.areas.name(self.scope.origin)

    @property
    def stocks(self) -> tuple[Stock, ...]:
        """People in the world at each year's end, oldest first."""
        return self.count.world.stocks

    def newest(self) -> Estimate:
        """Return the newest figure."""
        found = self.count.world.newest()
        assert isinstance(found, Estimate)  # a country without one is not among the largest
        return found

    def highest(self) -> Stock:
        """Return the highest figure, with its date."""
        return max(self.stocks, key=lambda stock: stock.people.value)

    def start(self) -> Stock | None:
        """Return the last figure before a tenth of the highest was reached.

        None where the table begins after that.
        """
        enough = BEGUN * self.highest().people.value
        reached = next(n for n, stock in enumerate(self.stocks) if stock.people.value >= enough)
        return self.stocks[reached - 1] if reached else None

    def a_year(self) -> Estimate | Absent:
        """Return how many people more there were each year, over the first five from the start.

        Over fewer where five have not passed, or where a break ends the way of counting; none where
        the start is not in the table.
        """
        begin = self.start()
        if begin is None:
            reason = _("it had begun before the table does, in {year}").format(
                year=self.stocks[0].period.last_day.year
            )
            return Absent(reason, "persons", said=NOT_COMPUTED)
        first = begin.period.last_day.year
        stretch = next(s for s in self.count.world.stretches if begin in s.stocks)
        end = [s for s in stretch.stocks if s.period.last_day.year <= first + YEARS][-1]
        if end == begin:
            reason = _("people are counted in another way right after the start")
            return Absent(reason, "persons", said=NOT_COMPUTED)
        rise = per(end.people - begin.people, end.period.last_day.year - first, "persons")
        return rise if isinstance(rise, Absent) else rise.between(begin.people, end.people)

    def in_region(self) -> Estimate | Absent:
        """Return the share in the region of origin."""
        return self.count.share.share


@dataclass(frozen=True)
class Crises:
    """The largest displacements, the largest first.

    Attributes
    ----------
    crises : tuple of Crisis
    period : Period or None
        The date of all newest figures; None where nothing is known.
    lacking : str
        Why there are none, when there are none.
    """

    crises: tuple[Crisis, ...]
    period: Period | None
    lacking: str

    @property
    def title(self) -> str:
        """What is compared, for readers."""
        return _("The largest displacements to other countries")

    def largest(self) -> Estimate | Absent:
        """Return the people of the largest."""
        label = _("The largest displacement to other countries")
        if not self.crises:
            return Absent(self.lacking, "persons", label)
        first = self.crises[0]
        noun = _("the number of people in the largest displacement to other countries ({origin})")
        named = _("{label}: {origin}").format(label=label, origin=first.name)
        return first.newest().labelled(named).called(noun.format(origin=first.name))

    def fastest(self) -> Estimate | Absent:
        """Return the highest yearly rise over the first five years."""
        label = _("Fastest rise over the first years")
        known = [(c, c.a_year()) for c in self.crises]
        rises = [(c, rise) for c, rise in known if isinstance(rise, Estimate)]
        if not rises:
            return Absent(self.lacking or _("no start is in the table"), "persons", label)
        crisis, rise = max(rises, key=lambda pair: pair[1].value)
        noun = _("the fastest yearly rise over a displacement’s first years ({origin})")
        return (
            rise.labelled(_("{label}: {origin}").format(label=label, origin=crisis.name))
            .about(crisis.scope.origin_name)
            .called(noun.format(origin=crisis.name))
        )

    def most_concentrated(self) -> Estimate | Absent:
        """Return the highest index of concentration."""
        label = _("Most concentrated in few hosts")
        known = [(c, c.count.hosts.number("concentration")) for c in self.crises]
        found = [(c, index) for c, index in known if isinstance(index, Estimate)]
        if not found:
            return Absent(self.lacking, "ratio", label)
        crisis, index = max(found, key=lambda pair: pair[1].value)
        noun = _("the highest concentration in few hosts ({origin})").format(origin=crisis.name)
        return (
            index.labelled(f"{label}: {crisis.name}").about(crisis.scope.origin_name).called(noun)
        )

    def table(self) -> Table:
        """Return every displacement with its figures."""
        return Table(
            self.title,
            [
                Column("origin", _("From")),
                Column("people", _("People"), "persons"),
                Column("highest", _("Highest figure"), "persons"),
                Column("highest_at", _("Its date")),
                Column("start", _("Start")),
                Column("a_year", _("More each year, over the first years"), "persons"),
            ],
            [
                [
                    c.name, c.newest(), c.highest().people, c.highest().period,
                    _date(c.start()), c.a_year(),
                ]
                for c in self.crises
            ],
            note=_(
                "Start: the last year’s end before a tenth of the highest figure was reached. The "
                "first years are five, or as many as have passed in one way of counting."
            ),
            empty=self.lacking,
        )  # fmt: skip

    def hosting_table(self) -> Table:
        """Return for each displacement where its people are, and in how few hosts."""
        return Table(
            _("Where people of the largest displacements live"),
            [
                Column("origin", _("From")),
                Column("region", _("Region of origin")),
                Column("in_region", _("Share in it"), "share"),
                Column("largest_host", _("Largest host")),
                Column("its_share", _("Its share"), "share"),
                Column("concentration", _("Concentration"), "ratio"),
            ],
            [
                [
                    c.name, c.scope.region_name, c.in_region(), c.count.hosts.newest[0].name,
                    c.count.hosts.number("largest_share"), c.count.hosts.number("concentration"),
                ]
                for c in self.crises
            ],
            empty=self.lacking,
        )  # fmt: skip

    def burdens_table(self) -> Table:
        """Return for each displacement the hosts with the most people for their inhabitants."""
        return Table(
            _("Hosts with the most people per 1,000 inhabitants, by displacement"),
            [
                Column("origin", _("From")),
                Column("host", _("Host")),
                Column("people", _("People"), "persons"),
                Column("per_inhabitants", _("Per 1,000 inhabitants")),
                Column("inhabitants_of", _("Inhabitants of")),
            ],
            [
                [c.name, h.host.name, h.host.people, h.per_inhabitants, h.inhabitants_of]
                for c in self.crises
                for h in c.burdens.ranked[:_BURDENS]
            ],
            empty=self.lacking,
        )


_BURDENS = 3  # hosts of each displacement


def largest(data: Data, *, number: int = LARGEST) -> Crises:
    """Return the largest displacements by their newest figures.

    Parameters
    ----------
    data : Data
        What is known at the as-of date.
    number : int
        How many.
    """
    scopes = [
        scope_of(data, origin=origin, count=MANDATE) for origin in largest_origins(data, number)
    ]
    if not scopes:
        return Crises((), None, no_source(_("counts people abroad by origin and host")))
    crises = tuple(_crisis(scope) for scope in scopes)
    return Crises(crises, crises[0].stocks[-1].period, "")


def _crisis(scope: Scope) -> Crisis:
    count = leading(scope, unhcr_count(scope))
    return Crisis(scope, count, proportions(count.hosts))


def _date(start: Stock | None) -> str:
    return start.period.label(locale()) if start else _("before the table")
