"""Where people live: host countries at a date, and how concentrated they are.

A host list is one update of the host figures: what a publisher states for one date, in one or more
documents; or what one document states with a date of its own for each country.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from analysis.data.observations import Observation, Source
from analysis.data.periods import Period
from analysis.displacement.measures import ABROAD, WORLD, measured
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import COUNTED, dated
from analysis.errors import NotAccepted
from analysis.language import _, locale, ngettext
from analysis.numbers.estimate import (
    NOT_COMPUTED,
    Absent,
    Estimate,
    concentration,
    ratio,
    share,
    total,
)
from analysis.numbers.tables import Column, Table

COVERS = 0.95  # of the region's stated total: a list that covers as much counts as complete
AnyHost = TypeVar("AnyHost")

FEWEST = 3  # hosts in a list; a document that names fewer only mentions them


@dataclass(frozen=True)
class Host:
    """People in one host country at its own date.

    ``area`` is the country's code and ``name`` what a reader knows it by.
    """

    area: str
    name: str
    period: Period
    people: Estimate
    source: Source


@dataclass(frozen=True)
class HostList:
    """The hosts of the region in one update, the largest first.

    Attributes
    ----------
    hosts : tuple of Host
    stated : Estimate or Absent
        The total of the region or the world as the same publisher states it for the same date.
    total : str
        What readers are told that total is.
    shares_of_total : bool
        Whether shares are of that total even where the list counts as complete: it then holds
        hosts that are not listed, to the person.
    """

    hosts: tuple[Host, ...]
    stated: Estimate | Absent
    total: str = _("the region's stated total")
    shares_of_total: bool = False

    @property
    def period(self) -> Period:
        """The newest date of a host in it."""
        return max(host.period for host in self.hosts)

    @property
    def one_date(self) -> bool:
        """Whether every host has the same date."""
        return len({host.period for host in self.hosts}) == 1

    @property
    def sum(self) -> Estimate:
        """The hosts together, in persons."""
        return total([host.people for host in self.hosts])

    @property
    def coverage(self) -> Estimate | Absent:
        """The hosts' sum over the stated total; may pass 1 where both are rounded."""
        if isinstance(self.stated, Absent):
            return self.stated
        return ratio(self.sum, self.stated, unit="share").labelled(
            dated(_("The hosts' sum over {total}").format(total=self.total), self.period)
        )

    @property
    def complete(self) -> bool:
        """Whether the hosts cover at least 95 per cent of the stated total."""
        return isinstance(self.coverage, Estimate) and self.coverage.value >= COVERS

    @property
    def of_sum(self) -> bool:
        """Whether shares are of the hosts' sum, and not of the stated total."""
        return self.complete and not self.shares_of_total

    def largest(self) -> Estimate:
        """Return the largest host's people, labelled with its name and date."""
        host = self.hosts[0]
        label = _("Largest host of this list: {host}").format(host=host.name)
        return host.people.labelled(dated(label, host.period))

    def largest_share(self) -> Estimate | Absent:
        """Return the largest host's share, of the same whole as `top_share`."""
        host = self.hosts[0]
        return self._share_of(self.hosts[:1]).labelled(self._of(host.name)).about(host.name)

    def top_share(self, count: int = 3) -> Estimate | Absent:
        """Return the share of the largest hosts.

        Of the hosts' sum where the list is complete; else, or where the total holds the hosts that
        are not listed, of the stated total.
        """
        return self._share_of(self.hosts[:count]).labelled(
            self._of(ngettext("The largest host", "The {n} largest hosts", count).format(n=count))
        )

    def concentration(self) -> Estimate | Absent:
        """Return the Herfindahl–Hirschman index over the hosts' sum, if the list is complete."""
        label = dated(_("Concentration of hosts (Herfindahl–Hirschman index)"), self.period)
        if not self.complete:
            return Absent(self._incomplete(), "ratio", label, NOT_COMPUTED)
        return concentration([host.people for host in self.hosts]).labelled(label)

    def table(self) -> Table:
        """Return every host with its own date, its figure, its share and its source."""
        whole = self.sum if self.of_sum else self.stated
        rows = [
            [h.name, h.period, h.people,
             whole if isinstance(whole, Absent) else share(h.people, whole), h.source]
            for h in self.hosts
        ]  # fmt: skip
        return Table(
            dated(_("People by host country"), self.period),
            [
                Column("host", _("Host")),
                Column("period", _("Its date")),
                Column("people", _("People"), "persons"),
                Column("share", _("Share of the hosts' sum") if self.of_sum
                       else _("Share of {total}").format(total=self.total), "share"),
                Column("source", _("Source")),
            ],
            rows,
            note="" if self.complete else self._incomplete(),
        )  # fmt: skip

    def _share_of(self, hosts: Sequence[Host]) -> Estimate | Absent:
        part = total([host.people for host in hosts])
        if self.of_sum:
            return share(part, self.sum)
        return self.stated if isinstance(self.stated, Absent) else share(part, self.stated)

    def _of(self, who: str) -> str:
        text = (
            _("{who}, as a share of all hosts' sum")
            if self.of_sum
            else _("{who}, as a share of {total}")
        )
        return dated(text.format(who=who, total=self.total), self.period)

    def _incomplete(self) -> str:
        if isinstance(self.stated, Absent):
            return self.stated.reason
        return _("the hosts listed for {date} cover {share} of {total}").format(
            date=self.period.label(locale()),
            share=self.coverage.formats["value"],
            total=self.total,
        )


@dataclass(frozen=True)
class Hosts:
    """Every host list known, oldest first, and every figure of a host.

    Attributes
    ----------
    lists : tuple of HostList
    every : tuple of Host
        All figures of hosts, inside and outside the region, oldest first and of one date the
        leading one first.
    lacking : str
        Why there are no hosts, when there are none.
    """

    lists: tuple[HostList, ...]
    every: tuple[Host, ...]
    scope: Scope
    lacking: str

    @property
    def yearly(self) -> bool:
        """Whether the lists hold every host of their year, as UNHCR's table does."""
        return self.scope.hosts_in == WORLD

    @property
    def newest(self) -> tuple[Host, ...]:
        """The newest figure of every host, inside and outside the region, the largest first."""
        if self.yearly:
            return self.lists[-1].hosts if self.lists else ()
        newest: dict[str, Host] = {}
        for host in self.every:
            if host.area not in newest or newest[host.area].period < host.period:
                newest[host.area] = host
        return tuple(sorted(newest.values(), key=lambda h: -h.people.value))

    @property
    def title(self) -> str:
        """Whose hosts these are."""
        if self.scope.hosts_in == WORLD:
            return _("Hosts of people from {origin}").format(origin=self.scope.origin_name)
        return _("Hosts of people from {origin} in {region}").format(
            origin=self.scope.origin_name, region=self.scope.region_name
        )

    @property
    def lead(self) -> HostList | None:
        """The list of which all shares are: what stands in one sentence has one date.

        It is the newest complete list; where none is complete, the newest of one date with the
        region's total beside it, or else the newest of one date.
        """
        complete = [known for known in self.lists if known.complete]
        with_total = [known for known in self.dated_lists if isinstance(known.stated, Estimate)]
        leading = complete or with_total or self.dated_lists
        return leading[-1] if leading else None

    def largest(self) -> Estimate | Absent:
        """Return the newest figure of the largest of these hosts, at its own date."""
        inside = [host for host in self.newest if self.holds(host)]
        label = _("Largest host")
        if not inside:
            return Absent(self.lacking, "persons", label)
        host = inside[0]
        noun = _("the number of people from {origin} in the largest host ({host})")
        return (
            host.people.labelled(dated(f"{label}: {host.name}", host.period))
            .called(noun.format(**self._in_words, host=self._host(host)))
            .on(COUNTED, self.scope.way_of_counting(self.scope.count, [host.area], host.period))
        )

    def holds(self, host: Host) -> bool:
        """Say whether a host is one of those that the lists are of."""
        return self.yearly or host.area in self.scope.members

    @property
    def dated_lists(self) -> list[HostList]:
        """The lists in which every host has the same date: only these compare with others."""
        return [known for known in self.lists if known.one_date]

    def number(self, name: str) -> Estimate | Absent:
        """Return a number of the leading list.

        Parameters
        ----------
        name : str
            ``largest`` (persons, in that list), ``largest_share``, ``top_share``, ``coverage`` or
            ``concentration``.

        Raises
        ------
        NotAccepted
            For another name.
        """
        units = {
            "largest": "persons", "largest_share": "share", "top_share": "share",
            "coverage": "share", "concentration": "ratio",
        }  # fmt: skip
        if name not in units:
            raise NotAccepted(_("number"), name, units)
        lead = self.lead
        if lead is None:
            return Absent(self.lacking, units[name], _LABELS[name])
        numbers: dict[str, Callable[[HostList], Estimate | Absent]] = {
            "largest": HostList.largest,
            "largest_share": HostList.largest_share,
            "top_share": HostList.top_share,
            "coverage": lambda known: known.coverage,
            "concentration": HostList.concentration,
        }
        noun = _NOUNS[name].format(**self._in_words, host=self._host(lead.hosts[0]))
        found = numbers[name](lead).called(noun)
        if name == "largest_share":
            found = found.about(self._host(lead.hosts[0]))
        if name.endswith("share"):
            whole = (
                _("is a share of the hosts' sum")
                if lead.of_sum
                else _("is a share of {total}").format(total=lead.total)
            )
            found = found.on(_("whole"), whole)
        areas = [host.area for host in lead.hosts]
        return found.on(COUNTED, self.scope.way_of_counting(self.scope.count, areas, lead.period))

    @property
    def _in_words(self) -> dict[str, str]:
        areas = self.scope.data.areas
        return {
            "origin": self.scope.origin_name,
            "where": self.scope.place_in_words(self.scope.hosts_in),
            "whole": _("UNHCR's total")
            if self.scope.hosts_in == WORLD
            else _("the stated total for {region}").format(
                region=areas.in_sentence(self.scope.region)
            ),
        }

    def _host(self, host: Host) -> str:
        return self.scope.data.areas.in_sentence(host.area)

    def table(self) -> Table:
        """Return the leading list, or why there is none."""
        if self.lead is None:
            return Table(self.title, [], [], empty=self.lacking)
        return self.lead.table()

    def newest_table(self) -> Table:
        """Return the newest figure of every host, each at its own date."""
        return self._figures(_("The newest figure of every host"), self.newest)

    def every_table(self) -> Table:
        """Return every figure of every host, host by host and oldest first."""
        by_host = sorted(self.every, key=lambda h: (h.name, h.period))
        return self._figures(_("Every figure of every host"), by_host)

    def _figures(self, title: str, hosts: Sequence[Host]) -> Table:
        return Table(
            title,
            [
                Column("host", _("Host")),
                Column("period", _("Its date")),
                Column("people", _("People"), "persons"),
                Column("source", _("Source")),
                Column("where", _("In the region")),
            ],
            [
                [h.name, h.period, h.people, h.source,
                 _("yes") if h.area in self.scope.members else _("no")]
                for h in hosts
            ],
            note=""
            if len({host.period for host in hosts}) == 1
            else _("The dates differ, so these figures are neither added nor shared out."),
            empty=self.lacking,
        )  # fmt: skip


_NOUNS = {
    "largest": _("the number of people from {origin} in {host}"),
    "largest_share": _("the share of people from {origin} {where} whom {host} hosts"),
    "top_share": _("the share of people from {origin} {where} in the three largest hosts"),
    "coverage": _("the part of {whole} that the listed hosts add up to"),
    "concentration": _("the concentration of people from {origin} {where} in few hosts"),
}
_LABELS = {
    "largest": _("Largest host"),
    "largest_share": _("Share of the largest host"),
    "top_share": _("Share of the three largest hosts"),
    "coverage": _("The hosts' sum over the stated total"),
    "concentration": _("Concentration of hosts (Herfindahl–Hirschman index)"),
}


def hosts(scope: Scope) -> Hosts:
    """Return the host lists of the scope's region, and the newest figure of every host.

    Parameters
    ----------
    scope : Scope
    """
    figures = _host_figures(scope, ABROAD)
    lists = [_listed(scope, update) for update in _updates(scope, figures)]
    return Hosts(
        tuple(sorted(lists, key=lambda known: known.period)),
        tuple(_host(scope, o) for o in figures),
        scope,
        scope.lacking(
            _("lists the hosts of people from {origin} in {region}").format(
                origin=scope.origin_name, region=scope.region_name
            )
        ),
    )


def first_hosts(hosts: Sequence[AnyHost], shown: int) -> list[AnyHost]:
    """Return as many hosts as are to be shown, whatever is known of each.

    Raises
    ------
    NotAccepted
        When the number is not a whole number from 1 on.
    """
    return list(hosts[: number_shown(shown)])


def number_shown(hosts_shown: int) -> int:
    """Return how many hosts a chart is to show.

    Raises
    ------
    NotAccepted
        When it is not a whole number from 1 on.
    """
    if not isinstance(hosts_shown, int) or isinstance(hosts_shown, bool) or hosts_shown < 1:
        raise NotAccepted(_("hosts_shown"), hosts_shown, [_("a whole number from 1 on")])
    return hosts_shown


def _host_figures(scope: Scope, indicator: str) -> list[Observation]:
    stated = scope.data.displacement.where(indicator=indicator, origin=scope.origin)
    hosts = [
        area
        for area in stated.values_of("area")
        if scope.data.areas[area].kind == "country" and area != scope.origin
    ]
    return sorted(
        (o for area in hosts for o in scope.figures(indicator, area)),
        key=lambda o: o.stated_period.last_day,
    )


def _updates(scope: Scope, figures: Sequence[Observation]) -> list[list[Observation]]:
    """Figures of the region's hosts, grouped into host lists (see the module), each host once."""
    inside = [o for o in figures if o.area in scope.members]
    dates: dict[str, set[Period]] = {}
    for o in inside:
        dates.setdefault(o.source.key, set()).add(o.stated_period)
    updates: dict[tuple[str, str], dict[str, Observation]] = {}
    for o in inside:
        one_date = len(dates[o.source.key]) == 1
        key = (o.source.publisher, str(o.period)) if one_date else ("", o.source.key)
        updates.setdefault(key, {}).setdefault(o.area, o)
    return [list(update.values()) for update in updates.values() if len(update) >= FEWEST]


def _listed(scope: Scope, update: Sequence[Observation]) -> HostList:
    hosts = sorted((_host(scope, o) for o in update), key=lambda h: -h.people.value)
    periods = {o.stated_period for o in update}
    publishers = {o.source.publisher for o in update}
    stated = [
        o
        for o in scope.figures(ABROAD, scope.region)
        if {o.period} == periods and o.source.publisher in publishers
    ]
    when = max(periods).label(locale())
    return HostList(
        tuple(hosts),
        measured(stated[0])
        if stated
        else Absent(
            _("the publisher of the hosts for {date} states no total of the region for it").format(
                date=when
            ),
            "share",
        ),
    )


def _host(scope: Scope, o: Observation) -> Host:
    return Host(o.area, scope.data.areas.name(o.area), o.stated_period, measured(o), o.source)
