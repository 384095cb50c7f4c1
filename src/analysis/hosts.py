"""Where people live: host countries at a date, how concentrated they are, and how they changed.

A host list is one update of the host figures: what a publisher states for one date, in one or more
documents; or what one document states with a date of its own for each country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import areas
from .displacement import ABROAD, Scope, measured
from .errors import NotAccepted
from .estimate import Absent, Estimate, concentration, ratio, share, total
from .language import _, locale, ngettext
from .periods import Period
from .sources import Break, Observation, Source
from .stocks import broken, dated
from .tables import Column, Table

COVERS = 0.95  # of the region's stated total, from which on the list stands for the region
FEWEST = 3  # hosts that make a list: fewer are mentions


@dataclass(frozen=True)
class Host:
    """People in one host country at its own date."""

    area: str
    period: Period
    people: Estimate
    source: Source

    @property
    def name(self) -> str:
        """The country as a reader knows it."""
        return areas.name(self.area)


@dataclass(frozen=True)
class HostList:
    """The hosts of the region in one update, the largest first.

    Attributes
    ----------
    hosts : tuple of Host
    stated : Estimate or Absent
        The region's total as the same publisher states it for the same date.
    """

    hosts: tuple[Host, ...]
    stated: Estimate | Absent

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
        """The hosts' sum over the region's stated total; may pass 1, as both are rounded."""
        if isinstance(self.stated, Absent):
            return self.stated
        return ratio(self.sum, self.stated, unit="share").labelled(
            dated(_("The hosts' sum over the region's stated total"), self.period)
        )

    @property
    def complete(self) -> bool:
        """Whether the hosts cover at least 95 per cent of the region's stated total."""
        return isinstance(self.coverage, Estimate) and self.coverage.value >= COVERS

    def largest(self) -> Estimate:
        """Return the largest host's people, labelled with its name and date."""
        host = self.hosts[0]
        return host.people.labelled(dated(host.name, host.period))

    def largest_share(self) -> Estimate | Absent:
        """Return the largest host's share, of what `top_share` is of."""
        return self._share_of(self.hosts[:1]).labelled(self._of(self.hosts[0].name))

    def top_share(self, count: int = 3) -> Estimate | Absent:
        """Return the share of the largest hosts.

        Of the hosts' sum where the list is complete; else of the region's stated total.
        """
        return self._share_of(self.hosts[:count]).labelled(
            self._of(ngettext("The largest host", "The {n} largest hosts", count).format(n=count))
        )

    def concentration(self) -> Estimate | Absent:
        """Return the Herfindahl–Hirschman index over the hosts' sum, if the list is complete."""
        label = dated(_("Concentration of hosts (Herfindahl–Hirschman index)"), self.period)
        if not self.complete:
            return Absent(self._incomplete(), "ratio", label)
        return concentration([host.people for host in self.hosts]).labelled(label)

    def table(self) -> Table:
        """Return every host with its own date, its figure, its share and its source."""
        whole = self.sum if self.complete else self.stated
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
                Column("share", _("Share of the hosts' sum") if self.complete
                       else _("Share of the region's stated total"), "share"),
                Column("source", _("Source")),
            ],
            rows,
            note="" if self.complete else self._incomplete(),
        )  # fmt: skip

    def _share_of(self, hosts: Sequence[Host]) -> Estimate | Absent:
        part = total([host.people for host in hosts])
        if self.complete:
            return share(part, self.sum)
        return self.stated if isinstance(self.stated, Absent) else share(part, self.stated)

    def _of(self, who: str) -> str:
        text = (
            _("{who}, as a share of all hosts' sum")
            if self.complete
            else _("{who}, as a share of the region's stated total")
        )
        return dated(text.format(who=who), self.period)

    def _incomplete(self) -> str:
        if isinstance(self.stated, Absent):
            return self.stated.reason
        return _("the hosts listed for {date} cover {share} of the region's stated total").format(
            date=self.period.label(locale()), share=self.coverage.as_record()["text"]
        )


@dataclass(frozen=True)
class HostChange:
    """One host at two dates.

    Attributes
    ----------
    before, after : Host
    change : Estimate or Absent
        Persons; absent across a break of the host's series.
    """

    before: Host
    after: Host
    change: Estimate | Absent


@dataclass(frozen=True)
class HostsChange:
    """The hosts of two lists that both name, the largest at the second date first.

    Attributes
    ----------
    before, after : Period or None
        None where there are no two lists to compare.
    hosts : tuple of HostChange
    contributions : tuple of Estimate or Absent
        For each host the part it made of the summed change of these hosts; refused for all
        where one of them crosses a break, for then the sum is not a change of people.
    refused : str
        Why, or empty.
    """

    before: Period | None
    after: Period | None
    hosts: tuple[HostChange, ...]
    contributions: tuple[Estimate | Absent, ...]
    refused: str

    def largest(self) -> Estimate | Absent:
        """Return the largest contribution, labelled with its host and the dates."""
        if not self.hosts:
            return Absent(self.refused, "share", _("Largest part of the change"))
        label = _("Largest part of the change from {before} to {after}").format(**self.ends)
        if self.refused:
            return Absent(self.refused, "share", label)
        host, part = max(
            zip(self.hosts, self.contributions, strict=True),
            key=lambda pair: pair[1].value if isinstance(pair[1], Estimate) else float("-inf"),
        )
        return part.labelled(_("{label}: {host}").format(label=label, host=host.after.name))

    def table(self) -> Table:
        """Return each host at both dates, its change and its part of their summed change."""
        if not self.hosts:
            return Table(_("Hosts at two dates"), [], [], empty=self.refused)
        return Table(
            _("Hosts from {before} to {after}").format(**self.ends),
            [
                Column("host", _("Host")),
                Column("before", self.ends["before"], "persons"),
                Column("after", self.ends["after"], "persons"),
                Column("change", _("Change"), "persons"),
                Column("part", _("Part of these hosts' change"), "share"),
            ],
            [
                [h.after.name, h.before.people, h.after.people, h.change, part]
                for h, part in zip(self.hosts, self.contributions, strict=True)
            ],
            note=_("No parts are computed: {reason}.").format(reason=self.refused)
            if self.refused
            else _("Only hosts that both lists name; parts are of their summed change."),
        )

    @property
    def ends(self) -> dict[str, str]:
        """The two dates as a reader writes them, under ``before`` and ``after``."""
        return {"before": self.before.label(locale()), "after": self.after.label(locale())}


@dataclass(frozen=True)
class Hosts:
    """Every host list known, oldest first, and the newest figure of every host.

    Attributes
    ----------
    lists : tuple of HostList
    newest : tuple of Host
        Each at its own date, inside and outside the region, the largest first.
    lacking : str
        Why there are no hosts, when there are none.
    """

    lists: tuple[HostList, ...]
    newest: tuple[Host, ...]
    scope: Scope
    lacking: str

    @property
    def lead(self) -> HostList | None:
        """The newest complete list; where none is complete, the newest of one date."""
        complete = [known for known in self.lists if known.complete]
        return (complete or self._dated or [None])[-1]

    @property
    def _dated(self) -> list[HostList]:
        return [known for known in self.lists if known.one_date]

    def number(self, name: str) -> Estimate | Absent:
        """Return a number of the leading list.

        Parameters
        ----------
        name : str
            ``largest`` (persons), ``largest_share``, ``top_share``, ``coverage`` or
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
        # A share needs a whole: where the leading list has none, the newest that has one serves.
        whole = [known for known in self._dated if isinstance(known.stated, Estimate)]
        lead = self.lead
        if lead and units[name] == "share" and isinstance(lead.stated, Absent) and whole:
            lead = whole[-1]
        if lead is None:
            return Absent(self.lacking, units[name], _LABELS[name])
        found = getattr(lead, name)
        return found() if callable(found) else found

    def table(self) -> Table:
        """Return the leading list, or why there is none."""
        if self.lead is None:
            return Table(_("People by host country"), [], [], empty=self.lacking)
        return self.lead.table()

    def comparison(self) -> HostsChange:
        """Return the leading list against the newest complete one before it, else the first."""
        lead = self.lead
        earlier = [known for known in self._dated if lead and known.period < lead.period]
        if not earlier:
            return HostsChange(None, None, (), (), _("no two host lists are known to compare"))
        complete = [known for known in earlier if known.complete]
        return self.between(complete[-1] if complete else earlier[0], lead)

    def contributions(self) -> HostsChange:
        """Return the change to the newest list that an earlier one reaches without a break.

        Of such earlier lists the first.
        """
        for after in reversed(self._dated):
            for before in self._dated:
                if before.period >= after.period:
                    break
                change = self.between(before, after)
                if len(change.hosts) >= FEWEST and not change.refused:
                    return change
        return HostsChange(
            None, None, (), (), _("no two host lists are known without a break between them")
        )

    def between(self, before: HostList, after: HostList) -> HostsChange:
        """Return the change of each host that both lists name.

        Parameters
        ----------
        before, after : HostList
        """
        earlier = {host.area: host for host in before.hosts}
        hosts, crossed = [], {}
        for host in after.hosts:
            if host.area not in earlier:
                continue
            at = earlier[host.area]
            breaks = self._crossed(at, host)
            crossed |= {b.key: b for b in breaks}
            change = Absent(broken(breaks), "persons") if breaks else host.people - at.people
            hosts.append(HostChange(at, host, change))
        refused = broken(list(crossed.values())) if crossed else ""
        return HostsChange(
            before.period, after.period, tuple(hosts), _parts(hosts, refused), refused
        )

    def newest_table(self) -> Table:
        """Return the newest figure of every host, each at its own date."""
        return Table(
            _("The newest figure of every host"),
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
                for h in self.newest
            ],
            note=_("The dates differ, so these figures are neither added nor shared out."),
            empty=self.lacking,
        )  # fmt: skip

    def _crossed(self, before: Host, after: Host) -> list[Break]:
        return [
            b
            for b in self.scope.breaks(ABROAD, after.area)
            if b.lies_between(before.period, after.period)
        ]


_LABELS = {
    "largest": _("Largest host"),
    "largest_share": _("Share of the largest host"),
    "top_share": _("Share of the three largest hosts"),
    "coverage": _("The hosts' sum over the region's stated total"),
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
    newest: dict[str, Host] = {}
    for o in figures:  # oldest first, and the leading figure of a period first
        if o.area not in newest or newest[o.area].period < o.period:
            newest[o.area] = _host(o)
    return Hosts(
        tuple(sorted(lists, key=lambda known: known.period)),
        tuple(sorted(newest.values(), key=lambda h: -h.people.value)),
        scope,
        scope.lacking(
            _("lists the hosts of people from {origin} in {region}").format(
                origin=scope.origin_name, region=scope.region_name
            )
        ),
    )


def first_hosts(hosts: Sequence[Host], shown: int) -> list[Host]:
    """Return as many hosts as are to be shown.

    Raises
    ------
    NotAccepted
        When the number is not a whole number from 1 on.
    """
    if not isinstance(shown, int) or isinstance(shown, bool) or shown < 1:
        raise NotAccepted(_("hosts_shown"), shown, [_("a whole number from 1 on")])
    return list(hosts[:shown])


def _host_figures(scope: Scope, indicator: str) -> list[Observation]:
    stated = scope.data.displacement.where(indicator=indicator, origin=scope.origin)
    hosts = [
        area
        for area in stated.values_of("area")
        if scope.data.areas[area].kind == "country" and area != scope.origin
    ]
    return sorted(
        (o for area in hosts for o in scope.figures(indicator, area)),
        key=lambda o: o.period.last_day,
    )


def _updates(scope: Scope, figures: Sequence[Observation]) -> list[list[Observation]]:
    """Figures of the region's hosts that belong together, each host once."""
    inside = [o for o in figures if o.area in scope.members]
    dates: dict[str, set[Period]] = {}
    for o in inside:
        dates.setdefault(o.source.key, set()).add(o.period)
    updates: dict[tuple[str, str], dict[str, Observation]] = {}
    for o in inside:
        one_date = len(dates[o.source.key]) == 1
        key = (o.source.publisher, str(o.period)) if one_date else ("", o.source.key)
        updates.setdefault(key, {}).setdefault(o.area, o)
    return [list(update.values()) for update in updates.values() if len(update) >= FEWEST]


def _listed(scope: Scope, update: Sequence[Observation]) -> HostList:
    hosts = sorted((_host(o) for o in update), key=lambda h: -h.people.value)
    periods = {o.period for o in update}
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


def _host(observation: Observation) -> Host:
    return Host(observation.area, observation.period, measured(observation), observation.source)


def _parts(hosts: Sequence[HostChange], refused: str) -> tuple[Estimate | Absent, ...]:
    """Each host's part of the hosts' summed change; all refused where one crosses a break."""
    changes = [h.change for h in hosts if isinstance(h.change, Estimate)]
    if refused or not changes:
        return tuple(Absent(refused, "share") for _host_change in hosts)
    whole = total(changes)
    return tuple(ratio(change, whole, unit="share") for change in changes)
