"""UNHCR's table of people by origin and host: figures made when they are asked for.

The table holds a row for every origin, host and year. A figure read from it is an observation like
any other, with the rows it is the sum of as the place where it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from analysis.data.areas import Areas
from analysis.data.columns import plain_column
from analysis.data.load import Data
from analysis.data.observations import Observation, Source, of_table
from analysis.data.periods import Period

if TYPE_CHECKING:
    import pandas as pd

TABLE = "unhcr_population"
WORLD = "WLD"
OTHER = "OTHER"  # in the table: every host that is not named
# by the name that figures on displacement have, the column of the table
COLUMNS = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "other_people_in_need_of_international_protection": "oip",
}
_LARGE = 1_000  # persons
ALL = "+".join(COLUMNS)  # all categories together
SMALL = 5  # persons: UNHCR rounds small numbers to it

_Row = tuple[int, dict[str, int | None]]  # the place of its snapshot, and people by category


class Populations:
    """People from one country by host and year, in UNHCR's categories.

    Parameters
    ----------
    rows : pandas.DataFrame
        Those of the origin, with the columns of the table and ``snapshot``.
    origin : str
    sources : sequence of Source
        By the place of their snapshot.
    areas : Areas
    """

    def __init__(
        self, rows: pd.DataFrame, origin: str, sources: tuple[Source, ...], areas: Areas
    ) -> None:
        self._origin, self._sources, self._areas = origin, sources, areas
        self._years: dict[int, dict[str, _Row]] = {}
        columns = [plain_column(rows[column]) for column in COLUMNS.values()]
        for year, host, snapshot, *values in zip(
            rows["year"].tolist(), rows["host"], rows["snapshot"].tolist(), *columns, strict=True
        ):
            row = dict(zip(COLUMNS, values, strict=True))
            self._years.setdefault(year, {})[str(host)] = (snapshot, row)

    @property
    def years(self) -> list[int]:
        """The years with a figure, in order."""
        return sorted(self._years)

    def first_of_third(self, hosts: Collection[str] | None = None) -> int | None:
        """Return the first year in which the third category is counted; None if it never is.

        Parameters
        ----------
        hosts : collection of str, optional
            Only in these; by default in any.
        """
        third = [*COLUMNS][2]
        counted = [
            year
            for year in self.years
            for host, (_, row) in self._years[year].items()
            if row[third] and (hosts is None or host in hosts)
        ]
        return min(counted, default=None)

    def source(self, year: int) -> Source:
        """Return the source of the figures of a year, the newest of them."""
        return self._sources[max(snapshot for snapshot, _ in self._years[year].values())]

    def hosts(self, year: int) -> list[str]:
        """Return the countries that are named as hosts in a year, in the table's order."""
        return [host for host in self._years.get(year, ()) if host != OTHER]

    def figure(self, area: str, year: int, category: str = ALL) -> Observation | None:
        """Return a figure of one host, or of all; None where the table has none.

        Parameters
        ----------
        area : str
            The code of a country, or ``WLD``.
        year : int
            The figure is of its last day.
        category : str
            A name in `COLUMNS`; by default all together, for nobody is in two of them.
        """
        hosts = [*self._years.get(year, ())] if area == WORLD else [area]
        return self._summed(area, hosts, year, category)

    def figure_of(
        self, area: str, members: Collection[str], year: int, category: str = ALL
    ) -> Observation | None:
        """Return the figure of a group of hosts: at least those that the table names.

        At most, everybody in the row of the other hosts is in the group, too.

        Parameters
        ----------
        area : str
            The group's code.
        members : collection of str
            Its countries.
        year, category
            As of :meth:`figure`.
        """
        named = [host for host in self.hosts(year) if host in members]
        others = self._summed(OTHER, [OTHER], year, category)
        hidden = 0.0 if others is None else others.value
        return self._summed(area, named, year, category, hidden=hidden)

    def _summed(
        self, area: str, hosts: Collection[str], year: int, category: str, *, hidden: float = 0.0
    ) -> Observation | None:
        """The sum over hosts and categories; what is empty is not counted and adds nothing.

        It is at least that where some of the people in other hosts may belong to it.
        """
        rows = self._years.get(year, {})
        categories = [*COLUMNS] if category == ALL else [category]
        found = {
            host: [value for name in categories if (value := rows[host][1][name]) is not None]
            for host in hosts
            if host in rows
        }
        found = {host: values for host, values in found.items() if values}
        if not found:
            return None
        values = [value for of_host in found.values() for value in of_host]
        columns = " + ".join(COLUMNS[name] for name in categories)
        rows_read = next(iter(found)) if [*found] == [area] else f"sum of {len(found)} rows"
        return of_table(
            TABLE,
            key=":".join(
                ["unhcr", self._origin, area, str(year)]
                + ([] if category == ALL else [COLUMNS[category]])
            ),
            value=sum(values),
            unit="persons",
            period=Period.parse(f"{year}-12-31"),
            resolution=hidden or _resolution(values),
            hedge="at least" if hidden else "",
            locator=f"origin {self._origin}, {year}: {rows_read}, {columns}",
            source=self._sources[max(rows[host][0] for host in found)],
            place=self._areas.in_sentence(area),
            people_of=self._areas.in_sentence(self._origin),
            indicator=category,
            origin=self._origin,
            area=area,
        )


def _resolution(values: Sequence[int]) -> float:
    """How far a sum can be off, as a step of rounding: a small figure was rounded to 5.

    In a large sum that is not shown: most of what is small is in the row of the other hosts, where
    nobody can see it.
    """
    return float(SMALL * values.count(SMALL)) if sum(values) < _LARGE else 0.0


def populations(data: Data, origin: str) -> Populations | None:
    """Return UNHCR's figures on people from a country; None where the data know none.

    Parameters
    ----------
    data : Data
        What is known at the as-of date.
    origin : str
        ISO 3166-1 alpha-3 code.
    """
    frame = data.snapshots.frame(TABLE)
    if frame is None:
        return None
    rows = frame[frame["origin"] == origin]
    if rows.empty:
        return None
    sources = tuple(each.source for each in data.snapshots.of(TABLE))
    return Populations(rows, origin, sources, data.areas)


def origins(data: Data) -> list[str]:
    """Return the countries that the table has as origins, in order; none where it is not known."""
    frame = data.snapshots.frame(TABLE)
    return [] if frame is None else sorted(map(str, frame["origin"].unique()))


def largest_origins(data: Data, number: int) -> list[str]:
    """Return the countries of most people abroad at the newest year's end, the largest first.

    Parameters
    ----------
    data : Data
        What is known at the as-of date.
    number : int
        How many.
    """
    frame = data.snapshots.frame(TABLE)
    if frame is None:
        return []
    newest = frame[frame["year"] == frame["year"].max()]
    people = newest[list(COLUMNS.values())].sum(axis=1)
    totals = people.groupby(newest["origin"], observed=True).sum()
    return [str(origin) for origin in totals.nlargest(number).index]
