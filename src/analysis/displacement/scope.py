"""The scope of a report on displacement: from which country, to which region, when.

Everything is said of "people from a country abroad as governments report them", never of "people
who left": many were abroad before the counting began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from babel.lists import format_list

from analysis.data.load import Break, Data
from analysis.data.observations import Observation
from analysis.data.periods import Period
from analysis.data.precedence import precedence
from analysis.displacement.measures import WORLD
from analysis.errors import NotAccepted
from analysis.language import _, locale
from analysis.numbers.absence import no_source


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
    """

    data: Data
    origin: str
    region: str
    first: Period | None = None
    last: Period | None = None

    @cached_property
    def origin_name(self) -> str:
        """The country of origin as a reader knows it."""
        return self.data.areas.name(self.origin)

    @cached_property
    def region_name(self) -> str:
        """The region as a reader knows it."""
        return self.data.areas.name(self.region)

    @property
    def members(self) -> tuple[str, ...]:
        """The host countries of the region, where one definition of it lists them."""
        return self.data.areas[self.region].members

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
        found = self.data.displacement.where(
            indicator=indicator, origin=origin or self.origin, area=area
        )
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
        found = (
            b
            for b in self.data.breaks
            if (b.series, b.origin, b.area) == (series, self.origin, area)
        )
        return tuple(sorted(found, key=lambda b: b.period))

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
        if area == WORLD:
            return _("the number of people from {origin} abroad whom governments report").format(
                origin=self.origin_name
            )
        return _("the number of people from {origin} in {area} whom governments report").format(
            origin=self.origin_name, area=self.data.areas.in_sentence(area)
        )

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


def _origins(data: Data) -> list[str]:
    return data.displacement.values_of("origin")
