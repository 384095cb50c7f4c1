"""Producers' tables as they were at a time: which snapshot an edition uses, and its source.

A table such as UNHCR's is published again and again, with corrections of old years. Each time it is
read, it is kept as a snapshot with a record (``data/snapshots.csv``). A report uses what had been
published by its date, so a later correction never reaches an earlier edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.data.corrections import Correction, corrected
from analysis.data.observations import Source
from analysis.data.periods import Period

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A table as its producer published it at one time.

    Attributes
    ----------
    table : str
        The resource of the Data Package whose columns it has.
    file : str
        Where it lies, below ``data/``.
    producer : str
        Who publishes the table, as the command names it: ``unhcr``.
    published, retrieved : Period or None
        When it was published, and when it was read.
    address, parameters : str
        Where it was read, and what was asked for.
    rows : int
    sha256 : str
        Of the file.
    licence : str
    source : Source
        What readers are shown.
    extends : bool
        Whether it replaces only the rows of the snapshot before that it speaks of.
    """

    table: str
    file: str
    producer: str
    title: str
    published: Period
    retrieved: Period | None
    address: str
    parameters: str
    rows: int
    sha256: str
    licence: str
    source: Source
    extends: bool


class Snapshots:
    """Every snapshot, by table and oldest first; a file is read when it is first asked for.

    Parameters
    ----------
    snapshots : iterable of Snapshot
    read : callable
        Returns a snapshot's rows as columns.
    replaced_by : mapping of str to sequence of str
        By table, the columns by whose values newer rows replace all older ones: all hosts of an
        origin in a year, for instance, for those summed as others are not the same in each.
    corrections : iterable of Correction
    as_of : datetime.date, optional
        Only snapshots published by this day are used.
    """

    def __init__(
        self,
        snapshots: Iterable[Snapshot],
        read: Callable[[Snapshot], pd.DataFrame],
        replaced_by: Mapping[str, Sequence[str]],
        corrections: Iterable[Correction] = (),
        as_of: date | None = None,
    ) -> None:
        self._all = tuple(sorted(snapshots, key=lambda each: each.published))
        self._read, self._replaced_by, self._as_of = read, replaced_by, as_of
        self.corrections = tuple(corrections)
        # by the files that a table is made of, for days on which it is made of the same
        self._frames: dict[tuple[str, ...], pd.DataFrame] = {}

    def known(self, as_of: date) -> Snapshots:
        """Return those published by a day."""
        day = min(as_of, self._as_of or as_of)
        known = Snapshots(self._all, self._read, self._replaced_by, self.corrections, day)
        known._frames = self._frames
        return known

    def days(self, table: str) -> list[date]:
        """Return the days from which another state of a table was known, oldest first."""
        return sorted({each.published.last_day for each in self._known(table)})

    def of(self, table: str) -> list[Snapshot]:
        """Return the snapshots that a table is made of now, oldest first; none if none is known."""
        known = self._known(table)
        alone = [n for n, each in enumerate(known) if not each.extends]
        return known[alone[-1] :] if alone else known

    def _known(self, table: str) -> list[Snapshot]:
        return [
            each
            for each in self._all
            if each.table == table
            and (self._as_of is None or each.published.last_day <= self._as_of)
        ]

    def frame(self, table: str) -> pd.DataFrame | None:
        """Return a table's rows as columns; None where no snapshot is known.

        Where a newer snapshot extends an older one, its rows replace those it speaks of. What is
        known to be wrong is corrected. The column ``snapshot`` holds the place of each row's
        snapshot in what :meth:`of` returns.

        Raises
        ------
        DataError
            If a file is not what its record and the descriptor say, or the producer has changed
            what is corrected.
        """
        snapshots = self.of(table)
        if not snapshots:
            return None
        files = tuple(each.file for each in snapshots)
        if files not in self._frames:
            self._frames[files] = corrected(
                self._joined(table, snapshots),
                [each.published for each in snapshots],
                [each for each in self.corrections if each.table == table],
            )
        return self._frames[files]

    def _joined(self, table: str, snapshots: Sequence[Snapshot]) -> pd.DataFrame:
        import pandas as pd

        frames = [self._read(each).assign(snapshot=n) for n, each in enumerate(snapshots)]
        if len(frames) == 1:
            return frames[0]
        text = {column: str for column in frames[0] if frames[0][column].dtype == "category"}
        joined = pd.concat([frame.astype(text) for frame in frames], ignore_index=True)
        spoken_of = joined.groupby(list(self._replaced_by[table]))["snapshot"].transform("max")
        newest = joined[joined["snapshot"] == spoken_of]
        return newest.astype(dict.fromkeys(text, "category")).reset_index(drop=True)
