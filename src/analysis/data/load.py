"""The one door to ``data/``: observations, sources, areas and breaks, checked as they come in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis.data.areas import Area, Areas, regions
from analysis.data.columns import read_columns
from analysis.data.corrections import Correction, row_of
from analysis.data.observations import Observation, Observations, Source, Vocabulary, plain
from analysis.data.periods import Period
from analysis.data.snapshots import Snapshot, Snapshots
from analysis.data.table_schema import Cell, Package, cell
from analysis.errors import DataError, NotAccepted

if TYPE_CHECKING:
    import pandas as pd

OBSERVATIONS = ("displacement", "leverage", "funding")  # the tables of observations, by name


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series changes its method or scope, for one area that feels it.

    Attributes
    ----------
    series : str
        The indicator, or the indicators whose sum breaks, joined by ``+``.
    period : Period
        The first period counted the new way.
    """

    key: str
    series: str
    origin: str
    area: str
    period: Period
    reason: str
    source: Source | None

    def lies_between(self, earlier: Period, later: Period) -> bool:
        """Return whether a change from one period to the other crosses the break."""
        return earlier.last_day < self.period.first_day <= later.last_day


class Tables(Mapping[str, Observations]):
    """The tables of observations by name, each read when it is first asked for.

    So a notebook reads, and depends on, only the tables it uses.

    Parameters
    ----------
    given : mapping of str to Observations, or to a function that returns them
        A function is called once.
    """

    def __init__(self, given: Mapping[str, Observations | Callable[[], Observations]]) -> None:
        self._given = dict(given)

    def __getitem__(self, name: str) -> Observations:
        table = self._given[name]
        if callable(table):
            table = self._given[name] = table()
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


class Data:
    """What is known at a date: observations by table, and their sources, areas and breaks.

    Attributes
    ----------
    tables : Tables
        The observations of every table by its name; today's tables are attributes, too.
    sources : mapping of str to Source
        The known ones, by key.
    areas : Areas
        Every area by its code, with its name for readers.
    breaks : tuple of Break
        Those whose source is known.
    snapshots : Snapshots
        Producers' tables, as published by then.
    as_of : datetime.date or None
        Only sources published by this day are in; None: everything is.
    """

    def __init__(
        self,
        tables: Mapping[str, Observations | Callable[[], Observations]],
        *,
        sources: Mapping[str, Source],
        areas: Areas,
        breaks: tuple[Break, ...] = (),
        outlines: Callable[[], Mapping[str, str]] = dict,
        snapshots: Snapshots | None = None,
        as_of: date | None = None,
    ) -> None:
        self.tables = Tables(tables)
        self.sources = MappingProxyType(dict(sources))
        self.areas, self.breaks, self.as_of = areas, breaks, as_of
        self._outlines = outlines
        self.snapshots = snapshots or Snapshots((), _no_table, {})

    @cached_property
    def outlines(self) -> Mapping[str, str]:
        """Where countries lie, for maps: multipolygons as WKT, in degrees, read when asked for.

        By ISO 3166-1 alpha-3 code; what has no code of its own, by name.
        """
        return self._outlines()

    @property
    def displacement(self) -> Observations:
        """Figures on people: displaced, returned, projected."""
        return self.tables["displacement"]

    @property
    def leverage(self) -> Observations:
        """Amounts of facilities that bring investment with grants."""
        return self.tables["leverage"]

    @property
    def funding(self) -> Observations:
        """What appeals required, and who gave or pledged what."""
        return self.tables["funding"]

    def __getitem__(self, key: str) -> Observation:
        """Return an observation by its key; an unknown one raises NotAccepted."""
        try:
            return self._by_key[key]
        except KeyError:
            raise NotAccepted("observation", key, self._by_key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Observation]:
        return {o.key: o for table in self.tables.values() for o in table}

    def known(self, as_of: str | date | None) -> Data:
        """Return what was known on a day: the sources published by then and what they state.

        Parameters
        ----------
        as_of : str or datetime.date or None
            An ISO 8601 day (``"2023-12-31"``). A source dated by month or year is known from
            its last day, one without a date never. None leaves everything as it is.

        Raises
        ------
        NotAccepted
            If it is not a day, or lies before the first source.
        """
        if as_of is None:
            return self
        day = self._day(as_of)
        sources = {
            key: s for key, s in self.sources.items() if s.known_from and s.known_from <= day
        }

        def known(table: str) -> Observations:
            rows = self.tables[table]
            return rows.of(o for o in rows if o.source.key in sources)

        return Data(
            {table: partial(known, table) for table in self.tables},
            sources=sources,
            areas=self.areas,
            breaks=tuple(b for b in self.breaks if not b.source or b.source.key in sources),
            outlines=lambda: self.outlines,
            snapshots=self.snapshots.known(day),
            as_of=min(day, self.as_of or day),
        )

    def _day(self, as_of: str | date) -> date:
        days = sorted(s.known_from for s in self.sources.values() if s.known_from)
        accepted = [
            f"a day from {days[0]} on, when the first source was published "
            f"(the last: {days[-1]}), or null for everything"
        ]
        try:
            period = Period.parse(str(as_of))
        except NotAccepted:
            raise NotAccepted("as_of", as_of, accepted) from None
        if period.first_day != period.last_day or period.is_interval:
            hint = f"Give the day, such as {str(period.last_day)!r}."
            raise NotAccepted("as_of", as_of, accepted, hint)
        if period.last_day < days[0]:
            raise NotAccepted("as_of", as_of, accepted, "Nothing had been published by then.")
        return period.last_day


def find() -> Path:
    """Return the ``data`` folder of the project one works in.

    It is the first ``data`` with a ``datapackage.json`` in the working folder or its parents.

    Raises
    ------
    DataError
        If there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        # Opened, not tested with exists(): a run keeps a record of the files that it opens.
        try:
            with open(f"{folder}/data/datapackage.json", "rb"):
                return folder / "data"
        except OSError:
            continue
    raise DataError(
        f"data/datapackage.json is missing: it is neither in {here} nor in a folder above. "
        "Work in the project's folder, or name the data folder: load(folder)."
    )


def load(folder: str | Path | None = None) -> Data:
    """Return what is in ``data/``; each table is checked against its descriptor when it is read.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder that holds ``datapackage.json``; by default that of the project one works in
        (:func:`find`).

    Raises
    ------
    DataError
        If a file is missing or is not what the descriptor says, with file, row and column: here,
        or for a table of observations when it is first asked for.
    """
    folder = Path(folder).resolve() if folder is not None else find()
    package = Package(
        folder, *OBSERVATIONS, "sources", "areas", "breaks", "outlines", "snapshots",
        "corrections", "m49",
    )  # fmt: skip
    tables = package.read("sources", "areas", "breaks", "snapshots", "corrections", "m49")
    sources = {source.key: source for source in map(_source, tables["sources"].cells())}
    countries = list(tables["m49"].cells())
    areas = Areas(
        (*map(_area, tables["areas"].cells()), *regions(countries)),
        {cell(row, "country", str): cell(row, "subregion", str) for row in countries},
    )
    return Data(
        {name: partial(_observations, package, name, sources, areas) for name in OBSERVATIONS},
        sources=sources,
        areas=areas,
        breaks=tuple(_break(row, sources) for row in tables["breaks"].cells()),
        outlines=partial(_outlines, package),
        snapshots=Snapshots(
            (_snapshot(row, sources) for row in tables["snapshots"].cells()),
            lambda snapshot: read_columns(package, snapshot.table, folder / snapshot.file),
            package.replaced_by,
            map(_correction, tables["corrections"].cells()),
        ),
    )


def _correction(row: Mapping[str, Cell]) -> Correction:
    return Correction(
        key=cell(row, "correction", str),
        table=cell(row, "table", str),
        row=row_of(cell(row, "row", str)),
        column=cell(row, "column", str),
        published=cell(row, "published", str),
        corrected=cell(row, "corrected", str),
        seen=cell(row, "seen", Period),
        fixed=_stated(row, "fixed"),
        why=cell(row, "why", str),
        told=cell(row, "told", str),
    )


def _no_table(snapshot: Snapshot) -> pd.DataFrame:
    raise DataError(f"{snapshot.file} is not read here.")


def _snapshot(row: Mapping[str, Cell], sources: Mapping[str, Source]) -> Snapshot:
    return Snapshot(
        table=cell(row, "table", str),
        file=cell(row, "file", str),
        producer=cell(row, "producer", str),
        title=cell(row, "title", str),
        published=cell(row, "published", Period),
        retrieved=_stated(row, "retrieved"),
        address=cell(row, "address", str),
        parameters=cell(row, "parameters", str),
        rows=cell(row, "rows", int),
        sha256=cell(row, "sha256", str),
        licence=cell(row, "licence", str),
        source=sources[cell(row, "source", str)],
        extends=cell(row, "extends", str) == "true",
    )


def _outlines(package: Package) -> dict[str, str]:
    rows = package.read("outlines")["outlines"].cells()
    return {cell(row, "country", str): cell(row, "outline", str) for row in rows}


def _observations(
    package: Package, name: str, sources: Mapping[str, Source], areas: Areas
) -> Observations:
    tables = package.read(name)
    table = tables[name]
    referred = {column: tables[to].values(key) for column, to, key in table.references}
    vocabulary = {}
    for column in table.columns:
        occurring = [plain(value) for value in table.values(column.name)]
        allowed = referred.get(column.name) or column.enum or ()
        vocabulary[column.name] = Vocabulary(
            accepted=frozenset([*occurring, *allowed, *([] if column.required else [""])]),
            occurring=tuple(sorted(value for value in occurring if value != "")),
        )
    return Observations(
        table.name,
        (_observation(row, table.name, sources, areas) for row in table.cells()),
        vocabulary,
    )


def _observation(
    row: Mapping[str, Cell], table: str, sources: Mapping[str, Source], areas: Areas
) -> Observation:
    return Observation(
        key=cell(row, "observation", str),
        table=table,
        value=cell(row, "value", float),
        unit=cell(row, "unit", str),
        resolution=cell(row, "resolution", float),
        hedge=cell(row, "hedge", str),
        as_stated=cell(row, "as_stated", str),
        locator=cell(row, "locator", str),
        period=_period(row),
        source=sources[cell(row, "source", str)],
        cells=MappingProxyType(row),
        place=_named(row, "area", areas),
        people_of=_named(row, "origin", areas),
    )


def _source(row: Mapping[str, Cell]) -> Source:
    return Source(
        key=cell(row, "source", str),
        publisher=cell(row, "publisher", str),
        via=cell(row, "via", str),
        title=cell(row, "title", str),
        published=_stated(row, "published"),
        dating=cell(row, "dating", str),
        kind=cell(row, "kind", str),
        url=cell(row, "url", str),
    )


def _area(row: Mapping[str, Cell]) -> Area:
    return Area(
        code=cell(row, "code", str),
        name=cell(row, "name", str),
        kind=cell(row, "kind", str),
        members=tuple(cell(row, "members", str).split()),
        note=cell(row, "note", str),
    )


def _break(row: Mapping[str, Cell], sources: Mapping[str, Source]) -> Break:
    return Break(
        key=cell(row, "break", str),
        series=cell(row, "series", str),
        origin=cell(row, "origin", str),
        area=cell(row, "area", str),
        period=cell(row, "period", Period),
        reason=cell(row, "reason", str),
        source=sources.get(cell(row, "source", str)),
    )


def _named(row: Mapping[str, Cell], column: str, areas: Areas) -> str:
    """The area in a column as a sentence has it; ``""`` where there is none."""
    return areas.in_sentence(cell(row, column, str)) if row.get(column) else ""


def _period(row: Mapping[str, Cell]) -> Period | None:
    """When a figure is of, marked where the source does not state it itself."""
    period = _stated(row, "period")
    inferred = period is not None and row.get("period_basis") == "inferred"
    return dataclasses.replace(period, inferred=True) if period and inferred else period


def _stated(row: Mapping[str, Cell], column: str) -> Period | None:
    return None if row[column] is None else cell(row, column, Period)
