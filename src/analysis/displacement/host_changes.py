"""How hosts changed between two dates, and which part of the whole change each made.

Nothing is computed for a host whose series breaks between the dates; and where one of them breaks,
parts of the change are refused for all, since the sum then holds a change of method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.data.load import Break
from analysis.data.periods import Period
from analysis.displacement.hosts import FEWEST, Host, HostList, Hosts
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import broken
from analysis.language import _, locale
from analysis.numbers.estimate import NOT_COMPUTED, Absent, Estimate, ratio, total
from analysis.numbers.tables import Column, Table


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
    title : str
    before, after : Period or None
        None where there are no two lists to compare.
    hosts : tuple of HostChange
    contributions : tuple of Estimate or Absent
        For each host the part it made of the summed change of these hosts; refused for all
        where one of them crosses a break, for then the sum is not a change of people.
    refused : str
        Why, or empty.
    """

    title: str
    before: Period | None
    after: Period | None
    hosts: tuple[HostChange, ...]
    contributions: tuple[Estimate | Absent, ...]
    refused: str

    def largest(self) -> Estimate | Absent:
        """Return the largest contribution, labelled with its host and the dates."""
        if not self.hosts:
            return Absent(self.refused, "share", _("Largest part of the change"), NOT_COMPUTED)
        label = _("Largest part of the change from {before} to {after}").format(**self.ends)
        if self.refused:
            return Absent(self.refused, "share", label, NOT_COMPUTED)
        host, part = max(
            zip(self.hosts, self.contributions, strict=True),
            key=lambda pair: pair[1].value if isinstance(pair[1], Estimate) else float("-inf"),
        )
        named = part.labelled(_("{label}: {host}").format(label=label, host=host.after.name))
        if isinstance(named, Absent):
            return named
        noun = _("the largest part that one host had in the hosts' change ({host})")
        spanned = named.between(host.before.people, host.after.people)
        return spanned.about(host.after.name).called(noun.format(host=host.after.name))

    def table(self) -> Table:
        """Return each host at both dates, its change and its part of their summed change."""
        if not self.hosts:
            return Table(self.title, [], [], empty=self.refused)
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
        """The two dates as a reader writes them, by ``before`` and ``after``; ``""`` for none."""
        return {
            name: period.label(locale()) if period else ""
            for name, period in (("before", self.before), ("after", self.after))
        }


def comparison(hosts: Hosts) -> HostsChange:
    """Return the change to the leading list from the newest complete one before it.

    Where none before it is complete, from the first of all.

    Parameters
    ----------
    hosts : Hosts
    """
    lead = hosts.lead
    earlier = [known for known in hosts.dated_lists if lead and known.period < lead.period]
    if lead is None or not earlier:
        return _none(hosts.scope, _("no two host lists are known to compare"))
    complete = [known for known in earlier if known.complete]
    return between(hosts.scope, complete[-1] if complete else earlier[0], lead)


def contributions(hosts: Hosts) -> HostsChange:
    """Return the newest change between two lists that no break of a host lies between.

    It ends with the newest list for which there is such an earlier one, and starts with the first
    of these; where there is a list for every year, with the one before.

    Parameters
    ----------
    hosts : Hosts
    """
    for after in reversed(hosts.dated_lists):
        earlier = [known for known in hosts.dated_lists if known.period < after.period]
        for before in reversed(earlier) if hosts.yearly else earlier:
            change = between(hosts.scope, before, after)
            if len(change.hosts) >= FEWEST and not change.refused:
                return change
    return _none(hosts.scope, _("no two host lists are known without a break between them"))


def between(scope: Scope, before: HostList, after: HostList) -> HostsChange:
    """Return the change of each host that both lists name.

    Parameters
    ----------
    scope : Scope
    before, after : HostList
    """
    earlier = {host.area: host for host in before.hosts}
    hosts: list[HostChange] = []
    crossed: dict[str, Break] = {}
    for host in after.hosts:
        if host.area not in earlier:
            continue
        at = earlier[host.area]
        breaks = _crossed(scope, at, host)
        crossed |= {b.key: b for b in breaks}
        change = (
            Absent(broken(breaks), "persons", said=NOT_COMPUTED)
            if breaks
            else host.people - at.people
        )
        hosts.append(HostChange(at, host, change))
    if not hosts:
        return _none(scope, _("the two host lists name no host in common"))
    refused = _refusal(list(crossed.values())) if crossed else ""
    return HostsChange(
        _title(scope), before.period, after.period, tuple(hosts), _parts(hosts, refused), refused
    )


def _refusal(crossed: Sequence[Break]) -> str:
    whys = "; ".join(_(b.reason) for b in crossed)
    return _("{what} ({why})").format(what=broken(crossed), why=whys)


def _none(scope: Scope, reason: str) -> HostsChange:
    return HostsChange(_title(scope), None, None, (), (), reason)


def _title(scope: Scope) -> str:
    return _("Hosts of people from {origin} at two dates").format(origin=scope.origin_name)


def _crossed(scope: Scope, before: Host, after: Host) -> list[Break]:
    return [
        b
        for b in scope.breaks(scope.count, after.area)
        if b.lies_between(before.period, after.period)
    ]


def _parts(hosts: Sequence[HostChange], refused: str) -> tuple[Estimate | Absent, ...]:
    """Each host's part of the hosts' summed change; all refused where one crosses a break."""
    changes = [h.change for h in hosts if isinstance(h.change, Estimate)]
    if refused or not changes:
        return tuple(Absent(refused, "share", said=NOT_COMPUTED) for _host_change in hosts)
    whole = total(changes)
    return tuple(ratio(change, whole, unit="share") for change in changes)
