"""The count that leads a page: over time, in the region, and by host, whoever counts.

Where governments' reports are put together for a country, they lead; else UNHCR's count does. Both
give the same results, so whatever is asked of one can be asked of the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data.periods import Period
from analysis.data.populations import Populations
from analysis.displacement import hosts as host_lists
from analysis.displacement import stocks
from analysis.displacement.hosts import Host, HostList, Hosts
from analysis.displacement.measures import ABROAD, WORLD, measured
from analysis.displacement.regional_share import RegionalShare, of_pairs, regional_share
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import Series
from analysis.displacement.unhcr import UnhcrCount
from analysis.language import _
from analysis.numbers.estimate import Absent

_YEARS_BACK = (0, 1, 5, 10, 15)  # from the newest: the years whose host lists are compared


@dataclass(frozen=True)
class Leading:
    """What is known of people abroad by the count that leads.

    Attributes
    ----------
    world, in_region : Series
    share : RegionalShare
    hosts : Hosts
        Of the region where governments count, of the world where UNHCR does.
    """

    world: Series
    in_region: Series
    share: RegionalShare
    hosts: Hosts


def leading(scope: Scope, count: UnhcrCount, lead_source: str | None = None) -> Leading:
    """Return the count that leads.

    Parameters
    ----------
    scope : Scope
    count : UnhcrCount
        Of the same scope.
    lead_source : str or None
        As of `regional_share.regional_share`.

    Raises
    ------
    NotAccepted
        When `lead_source` states no share; the message lists the sources that do.
    """
    if scope.count == ABROAD:
        return Leading(
            stocks.abroad(scope, WORLD),
            stocks.abroad(scope, scope.region),
            regional_share(scope, lead_source),
            host_lists.hosts(scope),
        )
    return Leading(
        count.series(WORLD),
        count.series(scope.region),
        of_pairs(scope, count.shares, lead_source),
        _hosts(scope, count),
    )


def governments(scope: Scope) -> Series:
    """Return people abroad as governments report them; empty where UNHCR's count leads."""
    if scope.count == ABROAD:
        return stocks.abroad(scope, WORLD)
    reason = scope.lacking(
        _("puts together what governments report of people from {origin} abroad").format(
            origin=scope.origin_name
        )
    )
    name = _("People from {origin} abroad as governments report them")
    place = scope.data.areas.name(WORLD)
    return Series(name.format(origin=scope.origin_name), "", WORLD, place, (), (), reason)


def _hosts(scope: Scope, count: UnhcrCount) -> Hosts:
    """UNHCR's hosts in the world, at the newest date and at some before it."""
    table = scope.populations
    years = [] if table is None else [c.period.last_day.year for c in count.world]
    if table is None or not years:
        return Hosts((), (), scope, count.lacking)
    listed = sorted({years[0], *(y for y in years if years[-1] - y in _YEARS_BACK)})
    lists = tuple(_list(scope, table, year) for year in listed if table.hosts(year))
    every = tuple(host for known in lists for host in known.hosts)
    return Hosts(lists, every, scope, count.lacking)


def _list(scope: Scope, table: Populations, year: int) -> HostList:
    """The hosts that the table names in a year, the largest first, and the total of all."""
    found = (table.figure(host, year) for host in table.hosts(year))
    hosts = [
        Host(o.area, scope.data.areas.name(o.area), o.stated_period, measured(o), o.source)
        for o in found
        if o is not None
    ]
    whole = table.figure(WORLD, year)
    period = Period.parse(f"{year}-12-31")
    stated = (
        Absent(_("no total is known for {year}").format(year=period.label()), "share")
        if whole is None
        else measured(whole)
    )
    return HostList(
        tuple(sorted(hosts, key=lambda host: -host.people.value)),
        stated,
        total=_("UNHCR's total"),
        shares_of_total=True,
    )
