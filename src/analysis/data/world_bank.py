"""The World Bank's table of inhabitants and gross domestic product: figures made when asked for."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis.data.load import Data
from analysis.data.observations import Observation
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
        row = rows.loc[rows["year"].idxmax()]
        return self._observation(country, column, row)

    @cached_property
    def _by_country(self) -> dict[str, pd.DataFrame]:
        if self._frame is None:
            return {}
        groups = self._frame.groupby("country", observed=True)
        return {str(country): rows for country, rows in groups}

    def _observation(self, country: str, column: str, row: pd.Series) -> Observation:
        period = Period.parse(str(row["year"]))
        value = float(row[column])
        source = self._sources[int(row["snapshot"])]
        cells = {
            "observation": f"world-bank:{country}:{row['year']}:{column}",
            "indicator": column,
            "area": country,
            "period": period,
            "period_basis": "stated",
            "value": value,
            "unit": _UNITS[column],
            "resolution": 0.0,
            "hedge": "",
            "as_stated": f"{int(value):,}",
            "locator": f"row {country}, {row['year']}, column {column}",
            "source": source.key,
        }
        return Observation(
            key=str(cells["observation"]),
            table=TABLE,
            value=value,
            unit=_UNITS[column],
            resolution=0.0,
            hedge="",
            as_stated=str(cells["as_stated"]),
            locator=str(cells["locator"]),
            period=period,
            source=source,
            cells=MappingProxyType(cells),
            place=self._data.areas.name(country),
        )
