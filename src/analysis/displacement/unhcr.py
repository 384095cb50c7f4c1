"""UNHCR's count: refugees, asylum-seekers and other people in need of international protection.

Another definition than the governments' count of people abroad: where there are both, they are
shown beside each other and never joined. The third category starts in 2018 and is counted almost
only in Latin America and the Caribbean: sums before it begins lack it, and a share of that region
is not one of people abroad.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from babel.lists import format_list

from analysis.data.neighbours import neighbours
from analysis.data.observations import Observation, Source
from analysis.data.periods import Period
from analysis.data.populations import Populations
from analysis.displacement.measures import ABROAD, CATEGORIES, MANDATE, MEASURES, WORLD, measured
from analysis.displacement.regional_share import Pair
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import Series, Stock, dated, within
from analysis.language import _, locale
from analysis.numbers.estimate import NOT_COMPUTED, Absent, Estimate, share, total
from analysis.numbers.tables import Column, Table

NEIGHBOURS = "NEIGHBOURS"
_BY_CHANCE = 1000  # people; smaller figures of two counts can be equal and have nothing in common


@dataclass(frozen=True)
class CategoryCount:
    """The categories one source states for one area and date.

    Attributes
    ----------
    area, place : str
        The code of the area and the reader's name of it.
    period : Period
    parts : mapping of str to Estimate
        Persons by category; a category that the source does not state is not in it.
    source : Source
    together : Estimate or None
        The categories together, where they were read so.
    """

    area: str
    place: str
    period: Period
    parts: Mapping[str, Estimate]
    source: Source
    together: Estimate | None = None

    @property
    def complete(self) -> bool:
        """Whether all three categories are stated."""
        return len(self.parts) == len(CATEGORIES)

    @property
    def sum(self) -> Estimate:
        """The stated categories together; a sum without the third has a definition of its own."""
        if self.together is not None:
            return self.together
        added = total(self.parts.values())
        return added if self.complete else replace(added, definition="+".join(self.parts))


@dataclass(frozen=True)
class UnhcrCount:
    """UNHCR's categories over time in the world and the region, and by host at the newest date.

    Attributes
    ----------
    world, region : tuple of CategoryCount
        Complete or not, oldest first.
    hosts : tuple of CategoryCount
        Those at the newest date, the largest sum first: inside the region with all three
        categories, outside it, where the third is not counted, with those that are stated.
    shares : tuple of Pair
        The region's part of the world's sum, at every date with both.
    """

    scope: Scope
    world: tuple[CategoryCount, ...]
    region: tuple[CategoryCount, ...]
    hosts: tuple[CategoryCount, ...]
    shares: tuple[Pair, ...]
    lacking: str

    @property
    def stacked(self) -> tuple[CategoryCount, ...]:
        """The world's counts of the categories that are counted now; all if that is one alone."""
        same = tuple(c for c in self.world if c.parts.keys() == self.world[-1].parts.keys())
        return same if len(same) > 1 else self.world

    def people(self) -> Estimate | Absent:
        """Return the newest sum of the categories in the world, in persons."""
        label = self.name
        if not self.world:
            return Absent(self.lacking, "persons", label)
        newest = self.world[-1]
        return newest.sum.labelled(dated(label, newest.period)).called(self.noun)

    def share_in_region(self) -> Estimate | Absent:
        """Return the newest share of the three categories that is in the region."""
        label = _("Share of people from {origin} in UNHCR's count who are in {region}").format(
            origin=self.scope.origin_name, region=self.scope.region_name
        )
        if not self.shares:
            return Absent(self.lacking, "share", label)
        newest = self.shares[-1]
        noun = _("the share of people from {origin} in UNHCR's count who are in {region}").format(
            origin=self.scope.origin_name,
            region=self.scope.data.areas.in_sentence(self.scope.region),
        )
        return newest.share.labelled(dated(label, newest.period)).called(noun)

    def share_in_neighbours(self) -> Estimate | Absent:
        """Return the newest share of the people who are in countries that border on the origin."""
        scope, table = self.scope, self.scope.populations
        label = _(
            "Share of people from {origin} in UNHCR's count who are in neighbouring countries"
        )
        label = label.format(origin=scope.origin_name)
        near = neighbours(scope.data, scope.origin)
        if table is None or not near or not self.world:
            reason = _("no neighbouring country by land is known") if table else self.lacking
            return Absent(reason, "share", label)
        whole = self.world[-1]
        part = table.figure_of(NEIGHBOURS, near, whole.period.last_day.year)
        if part is None:
            reason = _("UNHCR’s table names none of the neighbouring countries as a host")
            return Absent(reason, "share", label)
        noun = _(
            "the share of people from {origin} in UNHCR's count who are in neighbouring countries"
        )
        named = format_list([scope.data.areas.in_sentence(code) for code in near], locale=locale())
        return (
            share(measured(part), whole.sum)
            .labelled(dated(label, whole.period))
            .about(named)
            .called(noun.format(origin=scope.origin_name))
        )

    def largest_host(self) -> Estimate | Absent:
        """Return the largest host by the sum of the three categories, labelled with its name."""
        label = _("Largest host in UNHCR's count")
        if not self.hosts:
            return Absent(self.lacking, "persons", label)
        host = self.hosts[0]
        named = _("{label}: {host}").format(label=label, host=host.place)
        noun = _("the number of people in the largest host in UNHCR's count ({host})")
        return host.sum.labelled(dated(named, host.period)).called(noun.format(host=host.place))

    @property
    def name(self) -> str:
        """The reader's name of the count."""
        return _("People from {origin} in UNHCR's count").format(origin=self.scope.origin_name)

    @property
    def noun(self) -> str:
        """What a sentence calls the number of people in it."""
        return _("the number of people from {origin} in UNHCR's count").format(
            origin=self.scope.origin_name
        )

    def taken_over(self) -> Estimate | Absent:
        """Return the newest third category of a host that is, to the digit, a governments' figure.

        Both of one year, and large enough not to be equal by chance: then the two counts are not
        independent there.
        """
        label = _("Figure that both counts have")
        third = CATEGORIES[2]
        stated = self.scope.data.displacement.where(indicator=ABROAD, origin=self.scope.origin)
        reported = {
            (o.area, o.stated_period.last_day.year, o.value)
            for o in stated
            if o.value >= _BY_CHANCE
        }
        shared = [
            o
            for o in self._figures(third)
            if (o.area, o.stated_period.last_day.year, o.value) in reported
        ]
        if not shared:
            reason = _("no figure of the two counts is equal to the digit")
            return Absent(reason, "persons", label, NOT_COMPUTED)
        newest = max(shared, key=lambda o: (o.stated_period, o.value))
        noun = _("the newest figure that is the same in both counts ({host})")
        return (
            measured(newest)
            .labelled(dated(f"{label}: {newest.place}", newest.stated_period))
            .called(noun.format(host=newest.place))
        )

    def _figures(self, category: str) -> list[Observation]:
        """Every figure of a category, of every host and date."""
        table = self.scope.populations
        if table is None:
            return list(
                self.scope.data.displacement.where(indicator=category, origin=self.scope.origin)
            )
        found = (
            table.figure(host, year, category) for year in table.years for host in table.hosts(year)
        )
        return [o for o in found if o is not None]

    def series(self, area: str = WORLD) -> Series:
        """Return the sums as a series that breaks where the third category begins.

        Parameters
        ----------
        area : str
            The world or the region.
        """
        counts = self.world if area == WORLD else self.region
        stocks = tuple(
            Stock(
                count.period,
                count.sum,
                count.source,
                counted=self.scope.way_of_counting(MANDATE, [area], count.period),
            )
            for count in counts
        )
        breaks = within(self.scope.breaks(MANDATE, area), stocks)
        place = self.scope.data.areas.name(area)
        if self.scope.count == MANDATE:
            name, noun = self.scope.people_named(area), self.scope.people_in(area)
        else:
            name, noun = self.name, self.noun
        return Series(name, noun, area, place, stocks, breaks, self.lacking, yearly=True)

    def table(self) -> Table:
        """Return the categories and their sum by year, with the regional share."""
        shares = {pair.period: pair.share for pair in self.shares}
        rows = [[c.period, *_cells(c), shares.get(c.period), c.source] for c in self.world]
        return Table(
            _("UNHCR's categories in the world"),
            [
                Column("period", _("Date")),
                *_columns(),
                Column("share", _("Sum: share in {region}").format(
                    region=self.scope.region_name), "share"),
                Column("source", _("Source")),
            ],
            rows,
            note=_(
                "A sum without the third category is smaller by definition and is not compared "
                "with those that have it."
            )
            if len({len(count.parts) for count in self.world}) > 1
            else "",
            empty=self.lacking,
        )  # fmt: skip

    def hosts_table(self) -> Table:
        """Return the categories by host at the newest date, the largest sum first."""
        return Table(
            _("UNHCR's categories by host"),
            [Column("host", _("Host")), Column("period", _("Date")), *_columns(),
             Column("source", _("Source"))],
            [[c.place, c.period, *_cells(c), c.source] for c in self.hosts],
            note=_(
                "Where the third category is not counted, hosts are ranked by the categories that "
                "the source gives."
            )
            if len({len(host.parts) for host in self.hosts}) > 1
            else "",
            empty=self.lacking,
        )  # fmt: skip


def unhcr_count(scope: Scope) -> UnhcrCount:
    """Return UNHCR's categories for the scope's origin.

    They are read from UNHCR's table where it is known. Else from documents: only one that states
    all three categories together for some date counts, for single ones from elsewhere make no sum.

    Parameters
    ----------
    scope : Scope
    """
    table = scope.populations
    if table is None:
        world, region = (_comparable(_counts(scope, area)) for area in (WORLD, scope.region))
        world_hosts = _hosts(scope, world)
    else:
        world, region = (_from_table(scope, table, area) for area in (WORLD, scope.region))
        world_hosts = _hosts_from_table(scope, table)
    in_region = {(c.source.key, c.period): c for c in region if c.complete or table}
    shares = []
    for whole in world:
        part = in_region.get((whole.source.key, whole.period))
        if (whole.complete or table) and part is not None:
            portion = share(part.sum, whole.sum)
            shares.append(Pair(whole.period, whole.sum, part.sum, portion, whole.source))
    return UnhcrCount(
        scope,
        world,
        region,
        world_hosts,
        tuple(shares),
        scope.lacking(
            _("states UNHCR's categories of people from {origin} together").format(
                origin=scope.origin_name
            )
        ),
    )


def _from_table(scope: Scope, table: Populations, area: str) -> tuple[CategoryCount, ...]:
    """An area's counts by year, oldest first."""
    counts = (_count(scope, table, area, year) for year in table.years)
    return tuple(c for c in counts if c is not None and scope.includes(c.period))


def _hosts_from_table(scope: Scope, table: Populations) -> tuple[CategoryCount, ...]:
    years = [y for y in table.years if scope.includes(Period.parse(f"{y}-12-31"))]
    if not years:
        return ()
    counts = (_count(scope, table, host, years[-1]) for host in table.hosts(years[-1]))
    return tuple(sorted((c for c in counts if c is not None), key=lambda c: -c.sum.value))


def _count(scope: Scope, table: Populations, area: str, year: int) -> CategoryCount | None:
    """The categories that are counted in an area in a year; None where none is."""

    def figure(category: str) -> Observation | None:
        if area == scope.region:
            return table.figure_of(area, scope.united_nations_members, year, category)
        return table.figure(area, year, category)

    together = figure(MANDATE)
    if together is None:
        return None
    found = {category: figure(category) for category in CATEGORIES}
    parts = {category: measured(o) for category, o in found.items() if o is not None}
    place = scope.data.areas.name(area)
    return CategoryCount(
        area, place, together.stated_period, parts, together.source, measured(together)
    )


def _counts(scope: Scope, area: str) -> tuple[CategoryCount, ...]:
    found: dict[tuple[str, Period], dict[str, Estimate]] = {}
    sources: dict[str, Source] = {}
    for category in CATEGORIES:
        for o in scope.figures(category, area):
            found.setdefault((o.source.key, o.stated_period), {})[category] = measured(o)
            sources[o.source.key] = o.source
    place = scope.data.areas.name(area)
    counts = [
        CategoryCount(area, place, period, parts, sources[key])
        for (key, period), parts in found.items()
    ]
    return tuple(sorted(counts, key=lambda c: c.period))


def _comparable(counts: Sequence[CategoryCount]) -> tuple[CategoryCount, ...]:
    """Counts of sources that state all three categories for some date, at dates with the first two.

    Single categories from elsewhere make no sum.
    """
    whole = {c.source.key for c in counts if c.complete}
    return tuple(c for c in counts if c.source.key in whole and {*CATEGORIES[:2]} <= {*c.parts})


def _hosts(scope: Scope, world: Sequence[CategoryCount]) -> tuple[CategoryCount, ...]:
    complete = [c for c in world if c.complete]
    if not complete:
        return ()
    newest = complete[-1]
    stated = scope.data.displacement.where(indicator=list(CATEGORIES), origin=scope.origin)
    hosts = [
        count
        for area in stated.values_of("area")
        if scope.data.areas[area].kind == "country"
        for count in _counts(scope, area)
        if (count.source, count.period) == (newest.source, newest.period)
        and (count.complete or area not in scope.members)
    ]
    return tuple(sorted(hosts, key=lambda c: -c.sum.value))


def _columns() -> list[Column]:
    return [
        *(Column(c, MEASURES[c].name, "persons") for c in CATEGORIES),
        Column("sum", _("Together"), "persons"),
    ]


def _cells(count: CategoryCount) -> list[Estimate | Absent]:
    missing = Absent(_("the source gives no figure"), "persons")
    return [*(count.parts.get(category, missing) for category in CATEGORIES), count.sum]
