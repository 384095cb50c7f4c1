"""The scope of a report on displacement: from which country, to which region, when, by which count.

Where governments' reports of people abroad are put together for a country, their count leads; else
UNHCR's does. Everything is said of "people abroad" in the count named, never of "people who left":
many were abroad before the counting began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from babel.lists import format_list

from analysis.data.load import Break, Data
from analysis.data.observations import Observation
from analysis.data.periods import Period
from analysis.data.populations import Populations, origins, populations
from analysis.data.precedence import precedence
from analysis.displacement.measures import ABROAD, MANDATE, WORLD
from analysis.errors import NotAccepted
from analysis.language import _, locale
from analysis.numbers.absence import no_source

# The report's Latin America and the Caribbean is R4V's list of hosts; the United Nations' is M49's.
_UNITED_NATIONS = {"LAC": "419"}


@dataclass(frozen=True)
class Scope:
    """What a report is about: the country of origin, the region of hosts, and the dates.

    Attributes
    ----------
    data : Data
        What is known at the as-of date.
    origin, region : str
        Codes of areas.
    first, last : Period or None
        Only figures for dates within are used; None: no limit.
    asked : str
        The count that is to lead, `measures.MANDATE`; empty: governments' where there is one.
    """

    data: Data
    origin: str
    region: str
    first: Period | None = None
    last: Period | None = None
    asked: str = ""

    @cached_property
    def origin_name(self) -> str:
        """The country of origin as a sentence has it."""
        return self.data.areas.in_sentence(self.origin)

    @cached_property
    def region_name(self) -> str:
        """The region as a reader knows it."""
        return self.data.areas.name(self.region)

    @cached_property
    def count(self) -> str:
        """The count that leads: `measures.ABROAD` or `measures.MANDATE`."""
        if self.asked:
            return self.asked
        reported = self.data.displacement.where(indicator=ABROAD, origin=self.origin)
        return MANDATE if not reported and self.populations else ABROAD

    @cached_property
    def populations(self) -> Populations | None:
        """UNHCR's table of the origin, where it is known."""
        return populations(self.data, self.origin)

    @property
    def members(self) -> tuple[str, ...]:
        """The host countries of the region, as the count that leads draws it."""
        if self.count == MANDATE:
            return self.united_nations_members
        return self.data.areas[self.region].members

    @property
    def united_nations_members(self) -> tuple[str, ...]:
        """The host countries of the region as the United Nations draw it, without the origin."""
        drawn = _UNITED_NATIONS.get(self.region, self.region)
        return tuple(m for m in self.data.areas[drawn].members if m != self.origin)

    @property
    def hosts_in(self) -> str:
        """Where the hosts are of which shares are given: governments' lists are the region's."""
        return WORLD if self.count == MANDATE else self.region

    def place_in_words(self, area: str) -> str:
        """Return where people live, as a sentence has it: ``abroad``, ``in Colombia``."""
        if area == WORLD:
            return _("abroad")
        return _("in {area}").format(area=self.data.areas.in_sentence(area))

    def figures(self, indicator: str, area: str, origin: str | None = None) -> list[Observation]:
        """Return the figures within the scope, oldest first.

        Of several for one period the one that leads comes first (`analysis.data.precedence`).

        Parameters
        ----------
        indicator, area : str
            What is counted and where the people are.
        origin : str, optional
            Another country than the scope's.
        """
        stated = self.data.displacement
        if area not in stated.occurring("area"):  # a region of the United Nations
            return []
        found = stated.where(indicator=indicator, origin=origin or self.origin, area=area)
        return sorted(
            (o for o in found if self.includes(o.stated_period)),
            key=lambda o: (o.stated_period, precedence(o)),
        )

    def includes(self, period: Period) -> bool:
        """Say whether a period ends within the scope."""
        after = self.first is None or self.first.first_day <= period.last_day
        return after and (self.last is None or period.last_day <= self.last.last_day)

    def breaks(self, series: str, area: str) -> tuple[Break, ...]:
        """Return where a series changes its method for an area, oldest first."""
        found = [
            b
            for b in self.data.breaks
            if (b.series, b.origin, b.area) == (series, self.origin, area)
        ]
        if series == MANDATE:
            found += self._breaks_of_hosts(area)
        begins = self._third_begins(area) if series == MANDATE else None
        if begins and begins.period.last_day.year not in {b.period.last_day.year for b in found}:
            found.append(begins)
        return tuple(sorted(found, key=lambda b: b.period))

    def _breaks_of_hosts(self, area: str) -> list[Break]:
        """The breaks of a total in UNHCR's count: those of the hosts whose figures are in it."""
        if area not in (WORLD, self.region):
            return []
        within = self.data.areas if area == WORLD else self.united_nations_members
        return [
            replace(
                b, key=f"{b.key}-{area}", area=area,
                reason=_("{reason}; it is part of this total").format(reason=_(b.reason)),
            )
            for b in self.data.breaks
            if (b.series, b.origin) == (MANDATE, self.origin)
            and self.data.areas[b.area].kind == "country"
            and b.area in within
        ]  # fmt: skip

    def _third_begins(self, area: str) -> Break | None:
        """The break at which UNHCR's third category is first counted in an area."""
        table = self.populations
        hosts = {WORLD: None, self.region: self.united_nations_members}.get(area, (area,))
        year = table.first_of_third(hosts) if table else None
        if table is None or year is None or year == table.years[0]:
            return None
        return Break(
            key=f"third-category-{area}-{year}",
            series=MANDATE,
            origin=self.origin,
            area=area,
            period=Period.parse(str(year)),
            reason=_(
                "Other people in need of international protection are counted for the first time; "
                "some of them were in another category before, and some in none"
            ),
            source=table.source(year),
        )

    def way_of_counting(self, series: str, areas: Iterable[str], period: Period) -> str:
        """Return on which side of the breaks of a series a figure lies: ``was counted before …``.

        Parameters
        ----------
        series : str
        areas : iterable of str
            The areas whose breaks the figure feels.
        period : Period
            When it is of.
        """
        crossed = [
            b
            for area in areas
            for b in self.breaks(series, area)
            if b.period.first_day <= period.last_day
        ]
        if not crossed:
            return _("was counted before any known change of method")
        newest = max(b.period for b in crossed)
        date = newest.label(locale())
        # a total breaks with the host whose figure is part of it: readers are told the host
        hosts = sorted(
            self.data.areas.in_sentence(b.area)
            for b in self.data.breaks
            if (b.series, b.origin, b.period) == (series, self.origin, newest)
            and self.data.areas[b.area].kind == "country"
        )
        if not hosts:
            return _("was counted after the method changed ({date})").format(date=date)
        return _("was counted after the method for {hosts} changed ({date})").format(
            hosts=format_list(hosts, locale=locale()), date=date
        )

    def people_in(self, area: str) -> str:
        """Return what a sentence calls the number of people abroad, in the world or in an area."""
        noun = (
            _("the number of people from {origin} {where} whom UNHCR counts")
            if self.count == MANDATE
            else _("the number of people from {origin} {where} whom governments report")
        )
        return noun.format(origin=self.origin_name, where=self.place_in_words(area))

    def people_named(self, area: str) -> str:
        """Return the reader's name of the count that leads, in the world or in an area."""
        name = (
            _("People from {origin} {where} in UNHCR's count")
            if self.count == MANDATE
            else _("People from {origin} {where} as governments report them")
        )
        # a name stands alone: the area has no article there
        where = _("in {area}").format(area=self.data.areas.name(area))
        return name.format(origin=self.origin_name, where=_("abroad") if area == WORLD else where)

    def lacking(self, what: str) -> str:
        """Return why something is missing: no source in the data states it.

        Parameters
        ----------
        what : str
            The rest of the sentence, from the verb on.
        """
        reason = no_source(what)
        first = self.first and self.first.label(locale())
        last = self.last and self.last.label(locale())
        if first and last:
            within = _("{reason}, from {first} to {last}")
        elif first:
            within = _("{reason}, from {first} on")
        elif last:
            within = _("{reason}, up to {last}")
        else:
            within = "{reason}"
        return within.format(reason=reason, first=first, last=last)


def scope_of(
    data: Data,
    *,
    origin: str = "VEN",
    region: str | None = None,
    first_period: str | None = None,
    last_period: str | None = None,
    count: str = "",
) -> Scope:
    """Return the scope of a report, its parameters checked.

    Parameters
    ----------
    data : Data
        What is known at the as-of date.
    origin : str
        ISO 3166-1 alpha-3 code of a country whose displacement the data hold.
    region : str or None
        Code of a region in ``data/areas.csv`` or of the United Nations' (``145``); None: the one
        for which governments' reports are put together, else the sub-region of the origin.
    first_period, last_period : str or None
        ISO 8601 year, month or day.
    count : str
        The count that is to lead, `measures.MANDATE`; empty: governments' where there is one.

    Raises
    ------
    NotAccepted
        For a value that makes no sense; the message lists what is accepted.
    """
    known = sorted({*data.displacement.occurring("origin"), *origins(data)})
    if origin not in known:
        raise NotAccepted(_("origin"), origin, known)
    regions = [code for code, area in data.areas.items() if area.kind == "region"]
    if region is None:
        region = _own_region(data, origin)
    elif region not in regions:
        raise NotAccepted(_("region"), region, regions)
    first = None if first_period is None else Period.parse(str(first_period))
    last = None if last_period is None else Period.parse(str(last_period))
    if first and last and last.last_day < first.first_day:
        raise NotAccepted(
            _("last_period"), last_period,
            [_("a period that does not end before {first}").format(first=first)],
        )  # fmt: skip
    return Scope(data, origin, region, first, last, count)


def _own_region(data: Data, origin: str) -> str:
    """The region whose share is asked for where none is named."""
    reported = data.displacement.where(indicator=ABROAD, origin=origin)
    for area in reported.values_of("area"):
        if data.areas[area].kind == "region":
            return area
    found = data.areas.sub_region(origin)
    return next((r for r, drawn in _UNITED_NATIONS.items() if drawn == found), found)
