"""The World Bank's table of inhabitants and gross domestic product: figures made when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from analysis.data.load import Data
from analysis.data.observations import Observation, of_table
from analysis.data.periods import Period

if TYPE_CHECKING:
    import pandas as pd

TABLE = "world_bank"
INHABITANTS = "inhabitants"
GDP = "gdp_usd"
_UNITS = {INHABITANTS: "persons", GDP: "USD"}
_OLDEST = 3  # years before the one asked for; an older figure says little of it


class WorldBank:
    """Inhabitants and gross domestic product by country and year.

    Parameters
    ----------
    data : Data
        What is known at the as-of date.
    """

    def __init__(self, data: Data) -> None:
        self._data = data
        self._frame = data.snapshots.frame(TABLE)
        self._sources = [each.source for each in data.snapshots.of(TABLE)]

    def figure(self, country: str, column: str, year: int) -> Observation | None:
        """Return a country's newest figure up to a year and not more than three years older.

        Parameters
        ----------
        country : str
            ISO 3166-1 alpha-3 code.
        column : str
            `INHABITANTS` or `GDP`.
        year : int

        Returns
        -------
        Observation or None
            In persons or current US dollars, its period a year; None where there is none.
        """
        of_country = self._by_country.get(country)
        if of_country is None:
            return None
        rows = of_country[
            of_country[column].notna() & of_country["year"].between(year - _OLDEST, year)
        ]
        if rows.empty:
            return None
        newest = rows.sort_values("year").iloc[-1]
        return self._observation(country, column, newest)

    @cached_property
    def _by_country(self) -> dict[str, pd.DataFrame]:
        if self._frame is None:
            return {}
        groups = self._frame.groupby("country", observed=True)
        return {str(country): rows for country, rows in groups}

    def _observation(self, country: str, column: str, row: pd.Series) -> Observation:
        year = str(row["year"])
        return of_table(
            TABLE,
            key=f"world-bank:{country}:{year}:{column}",
            value=int(row[column]),
            unit=_UNITS[column],
            period=Period.parse(year),
            locator=f"row {country}, {year}, column {column}",
            source=self._sources[int(row["snapshot"])],
            place=self._data.areas.name(country),
            indicator=column,
            area=country,
        )
