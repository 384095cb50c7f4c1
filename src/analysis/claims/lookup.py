"""The rows of a table by what their cells hold, without reading all of them for each question."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from analysis.data.observations import Observation
from analysis.data.periods import Period

_Asked = tuple[tuple[str, object], ...]  # columns with what their cells hold, sorted by column


class Lookup:
    """The rows of one table.

    Each set of columns that is asked for is read once, so that as many questions as there are rows
    take time in proportion to the rows and not to their square.

    Parameters
    ----------
    rows : iterable of Observation
    """

    def __init__(self, rows: Iterable[Observation]) -> None:
        self._rows = list(rows)
        self._by: dict[tuple[str, ...], dict[tuple[object, ...], list[Observation]]] = {}
        self._finest: dict[_Asked, Observation | None] = {}
        self._periods: dict[_Asked, list[Period]] = {}
        self._dated: dict[_Asked, tuple[list[date], list[Observation]]] = {}

    def rows(self, **cells: object) -> Sequence[Observation]:
        """Return the rows whose cells hold what is asked, in the order of the table."""
        columns = tuple(sorted(cells))
        index = self._by.get(columns)
        if index is None:
            index = self._by[columns] = defaultdict(list)
            for row in self._rows:
                index[tuple(getattr(row, column) for column in columns)].append(row)
        return index.get(tuple(cells[column] for column in columns), ())

    def finest(self, **cells: object) -> Observation | None:
        """Return the row with the finest resolution of those asked for, of equals the first."""
        asked = _asked(cells)
        if asked not in self._finest:
            found = self.rows(**cells)
            self._finest[asked] = min(found, key=lambda o: o.resolution) if found else None
        return self._finest[asked]

    def periods(self, **cells: object) -> Sequence[Period]:
        """Return the periods of the rows asked for, each once."""
        asked = _asked(cells)
        if asked not in self._periods:
            stated = (row.stated_period for row in self.rows(**cells))
            self._periods[asked] = list(dict.fromkeys(stated))
        return self._periods[asked]

    def within(self, whole: Period, **cells: object) -> list[Observation]:
        """Return the rows asked for whose period lies within another, sorted by period."""
        asked = _asked(cells)
        if asked not in self._dated:
            dated = [row for row in self.rows(**cells) if row.period]
            dated.sort(key=lambda row: row.stated_period.first_day)
            self._dated[asked] = [row.stated_period.first_day for row in dated], dated
        days, dated = self._dated[asked]
        begun = dated[bisect_left(days, whole.first_day) : bisect_right(days, whole.last_day)]
        found = [row for row in begun if row.stated_period.last_day <= whole.last_day]
        return sorted(found, key=lambda row: row.stated_period)


def _asked(cells: dict[str, object]) -> _Asked:
    return tuple(sorted(cells.items()))
