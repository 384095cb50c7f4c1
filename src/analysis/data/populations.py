"""UNHCR's table of people by origin and host: figures made when they are asked for.

The table holds a row for every origin, host and year. A figure read from it is an observation like
any other, with the rows it is the sum of as the place where it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis.data.areas import Areas
from analysis.data.load import Data
from analysis.data.observations import Observation, Source
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
SMALL = 5  # persons: UNHCR rounds small numbers to it


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
        self._years = {
            int(year): {
                str(host): (int(snapshot), dict(zip(COLUMNS, values, strict=True)))
                for host, snapshot, *values in zip(
                    of_year["host"],
                    of_year["snapshot"],
                    *(_plain(of_year[column]) for column in COLUMNS.values()),
                    strict=True,
                )
            }
            for year, of_year in rows.groupby("year", observed=True)
        }

    @property
    def years(self) -> list[int]:
        """The years with a figure, in order."""
        return sorted(self._years)

    @cached_property
    def first_of_third(self) -> int | None:
        """The first year in which the third category is counted; None if it never is."""
        third = [*COLUMNS][2]
        counted = [y for y in self.years for _, row in self._years[y].values() if row[third]]
        return min(counted, default=None)

    def hosts(self, year: int) -> list[str]:
        """Return the countries that are named as hosts in a year, in the table's order."""
        return [host for host in self._years.get(year, ()) if host != OTHER]

    def figure(self, category: str, area: str, year: int) -> Observation | None:
        """Return a figure of one host, or of all; None where the table has none.

        Parameters
        ----------
        category : str
            A name in `COLUMNS`.
        area : str
            The code of a country, or ``WLD``.
        year : int
            The figure is of its last day.
        """
        hosts = [*self._years.get(year, ())] if area == WORLD else [area]
        return self._summed(category, area, hosts, year)

    def figure_of(
        self, category: str, area: str, members: Collection[str], year: int
    ) -> Observation | None:
        """Return the figure of a group of hosts, as far as the table names them.

        Parameters
        ----------
        category, area, year
            As of :meth:`figure`; `area` is the group's code.
        members : collection of str
            Its countries.
        """
        return self._summed(category, area, [h for h in self.hosts(year) if h in members], year)

    def _summed(
        self, category: str, area: str, hosts: Collection[str], year: int
    ) -> Observation | None:
        """The sum over hosts; what is empty is not counted there and adds nothing."""
        rows = self._years.get(year, {})
        found = [(h, rows[h][0], rows[h][1][category]) for h in hosts if h in rows]
        stated = [(snapshot, value) for _, snapshot, value in found if value is not None]
        if not stated:
            return None
        value = sum(value for _, value in stated)
        where = f"{self._origin}, {year}, column {COLUMNS[category]}"
        named = [host for host, _, value in found if value is not None]
        place = (
            f"row {named[0]} of {where}"
            if named == [area]
            else f"sum of {len(named)} rows of {where}"
        )
        return _observation(
            key=f"unhcr:{self._origin}:{area}:{year}:{COLUMNS[category]}",
            indicator=category,
            origin=self._origin,
            area=area,
            year=year,
            value=value,
            # where a figure is a small one rounded, it can be off by half of that
            resolution=float(SMALL * sum(value == SMALL for _, value in stated)),
            locator=place,
            source=self._sources[max(snapshot for snapshot, _ in stated)],
            areas=self._areas,
        )


def _plain(column: pd.Series) -> list[int | None]:
    return [None if value is None else int(value) for value in column.astype(object).where(
        column.notna(), None
    )]  # fmt: skip


def _observation(
    *,
    key: str,
    indicator: str,
    origin: str,
    area: str,
    year: int,
    value: int,
    resolution: float,
    locator: str,
    source: Source,
    areas: Areas,
) -> Observation:
    period = Period.parse(f"{year}-12-31")
    words = f"{value:,}"
    cells: Mapping[str, str | float | Period] = {
        "observation": key,
        "indicator": indicator,
        "origin": origin,
        "area": area,
        "period": period,
        "period_basis": "stated",
        "value": float(value),
        "unit": "persons",
        "resolution": resolution,
        "hedge": "",
        "as_stated": words,
        "locator": locator,
        "source": source.key,
    }
    return Observation(
        key=key,
        table=TABLE,
        value=float(value),
        unit="persons",
        resolution=resolution,
        hedge="",
        as_stated=words,
        locator=locator,
        period=period,
        source=source,
        cells=MappingProxyType(dict(cells)),
        place=areas.name(area),
        people_of=areas.name(origin),
    )


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
