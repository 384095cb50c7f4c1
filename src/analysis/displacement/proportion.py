"""Hosting in proportion: people per inhabitant and per dollar of the host's own size.

A host of few people can carry more, for its size, than the largest. Both sides have their years:
people are counted at the end of one, inhabitants and gross domestic product are often of the one
before. Inhabitants are everybody who lives in the country, whether refugees are among them or not.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data.world_bank import GDP, INHABITANTS, WorldBank
from analysis.displacement.hosts import Host, Hosts
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import dated
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate, per
from analysis.numbers.tables import Cell, Column, Table

THOUSAND = "persons/1,000 inhabitants"
MILLION = "persons/million USD"
FEWEST = 1_000  # people: a smaller number is no burden in proportion to anything


@dataclass(frozen=True)
class Proportion:
    """One host's people against its own size.

    Attributes
    ----------
    host : Host
    per_inhabitants : Estimate or Absent
        People per 1,000 inhabitants.
    per_gdp : Estimate or Absent
        People per million current US dollars of gross domestic product.
    inhabitants_of, gdp_of : str
        The years of these; empty where there is none.
    """

    host: Host
    per_inhabitants: Estimate | Absent
    per_gdp: Estimate | Absent
    inhabitants_of: str
    gdp_of: str


@dataclass(frozen=True)
class Proportions:
    """Hosts by their people in proportion to their inhabitants, the highest first.

    Attributes
    ----------
    scope : Scope
    hosts : tuple of Proportion
        Those with 1,000 people or more; without inhabitants they come last.
    lacking : str
        Why there are none, when there are none.
    """

    scope: Scope
    hosts: tuple[Proportion, ...]
    lacking: str

    @property
    def title(self) -> str:
        """What is ranked, for readers."""
        return _("Hosts of people from {origin} in proportion to their own size").format(
            origin=self.scope.origin_name
        )

    @property
    def ranked(self) -> list[Proportion]:
        """The hosts of which the proportion to inhabitants is known."""
        return [h for h in self.hosts if isinstance(h.per_inhabitants, Estimate)]

    @property
    def by_number(self) -> list[Proportion]:
        """The same hosts by their people, the largest first."""
        return sorted(self.ranked, key=lambda h: -h.host.people.value)

    def highest(self) -> Estimate | Absent:
        """Return the highest number of people per 1,000 inhabitants."""
        label = _("Most people per 1,000 inhabitants")
        if not self.ranked:
            return Absent(self.lacking, THOUSAND, label)
        return self._named(self.ranked[0], label, _("the highest number of people from {origin} "
            "per 1,000 inhabitants of a host ({host})"))  # fmt: skip

    def of_largest(self) -> Estimate | Absent:
        """Return the people per 1,000 inhabitants of the host with the most people."""
        label = _("People per 1,000 inhabitants of the largest host")
        if not self.ranked:
            return Absent(self.lacking, THOUSAND, label)
        return self._named(self.by_number[0], label, _("the number of people from {origin} per "
            "1,000 inhabitants of the largest host ({host})"))  # fmt: skip

    def _named(self, found: Proportion, label: str, noun: str) -> Estimate | Absent:
        host = found.host
        named = _("{label}: {host}").format(label=label, host=host.name)
        noun = noun.format(
            origin=self.scope.origin_name, host=self.scope.data.areas.in_sentence(host.area)
        )
        return (
            found.per_inhabitants.labelled(dated(named, host.period))
            .about(self.scope.data.areas.in_sentence(host.area))
            .called(noun)
        )

    def table(self) -> Table:
        """Return both rankings beside each other, with the year of each side."""
        places = {h.host.area: n for n, h in enumerate(self.by_number, 1)}
        by_proportion = {h.host.area: n for n, h in enumerate(self.ranked, 1)}
        rows: list[list[Cell]] = [
            [
                h.host.name, h.host.period, h.host.people, places.get(h.host.area),
                h.per_inhabitants, by_proportion.get(h.host.area), h.inhabitants_of,
                h.per_gdp, h.gdp_of,
            ]
            for h in self.hosts
        ]  # fmt: skip
        return Table(
            self.title,
            [
                Column("host", _("Host")),
                Column("period", _("Date of the people")),
                Column("people", _("People"), "persons"),
                Column("place", _("Place by number")),
                Column("per_inhabitants", _("Per 1,000 inhabitants"), THOUSAND),
                Column("place_in_proportion", _("Place in proportion")),
                Column("inhabitants_of", _("Inhabitants of")),
                Column("per_gdp", _("Per million dollars of GDP"), MILLION),
                Column("gdp_of", _("GDP of")),
            ],
            rows,
            note=_(
                "Hosts of 1,000 people or more. GDP: gross domestic product in current US dollars. "
                "A year older than the people's by more than three is not used."
            ),
            empty=self.lacking,
        )


def proportions(hosts: Hosts) -> Proportions:
    """Return the newest figure of every host against its inhabitants and gross domestic product.

    Parameters
    ----------
    hosts : Hosts
    """
    scope = hosts.scope
    bank = WorldBank(scope.data)
    found = [_against(bank, host) for host in hosts.newest if host.people.value >= FEWEST]
    none = scope.lacking(_("states the inhabitants of the hosts"))
    if not any(isinstance(h.per_inhabitants, Estimate) for h in found):
        return Proportions(scope, (), hosts.lacking if not found else none)
    return Proportions(scope, tuple(sorted(found, key=_rank)), none)


def _rank(one: Proportion) -> tuple[bool, float]:
    if isinstance(one.per_inhabitants, Absent):
        return True, -one.host.people.value
    return False, -one.per_inhabitants.value


def _against(bank: WorldBank, host: Host) -> Proportion:
    year = host.period.last_day.year
    sides: list[tuple[Estimate | Absent, str]] = []
    for column, size, unit, lacking in (
        (INHABITANTS, 1e3, THOUSAND, _("the World Bank's table has no inhabitants for it")),
        (GDP, 1e6, MILLION, _("the World Bank's table has no gross domestic product for it")),
    ):
        figure = bank.figure(host.area, column, year)
        if figure is None:
            sides.append((Absent(lacking, unit), ""))
            continue
        own_size = per(Estimate.of(figure), size, figure.unit)
        quotient = own_size if isinstance(own_size, Absent) else per(host.people, own_size, unit)
        sides.append((quotient, figure.date))
    (per_inhabitants, inhabitants_of), (per_gdp, gdp_of) = sides
    return Proportion(host, per_inhabitants, per_gdp, inhabitants_of, gdp_of)
