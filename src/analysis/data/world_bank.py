"""The World Bank's table of inhabitants and gross domestic product: figures made when asked for."""

from __future__ import annotations

from functools import cached_property

from analysis.data.columns import plain_column
from analysis.data.load import Data
from analysis.data.observations import Observation, of_table
from analysis.data.periods import Period

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
        for known in range(year, year - _OLDEST - 1, -1):
            value, snapshot = self._figures[column].get((country, known), (None, 0))
            if value is not None:
                return of_table(
                    TABLE,
                    key=f"world-bank:{country}:{known}:{column}",
                    value=value,
                    unit=_UNITS[column],
                    period=Period.parse(str(known)),
                    locator=f"row {country}, {known}, column {column}",
                    source=self._sources[snapshot],
                    place=self._data.areas.in_sentence(country),
                    indicator=column,
                    area=country,
                )
        return None

    @cached_property
    def _figures(self) -> dict[str, dict[tuple[str, int], tuple[int | None, int]]]:
        """By column, country and year, the figure and the place of its snapshot."""
        frame = self._data.snapshots.frame(TABLE)
        if frame is None:
            return {column: {} for column in _UNITS}
        keys = list(zip(map(str, frame["country"]), frame["year"].tolist(), strict=True))
        snapshots = frame["snapshot"].tolist()
        return {
            column: dict(
                zip(keys, zip(plain_column(frame[column]), snapshots, strict=True), strict=True)
            )
            for column in _UNITS
        }
