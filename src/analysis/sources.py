"""The one door to ``data/``: observations, sources, areas and breaks, checked as they come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import overload

from analysis import descriptor
from analysis.errors import DataError, NotAccepted
from analysis.periods import Period

OBSERVATIONS = ("displacement", "leverage", "funding")


@dataclass(frozen=True, slots=True)
class Source:
    """The document or dataset an observation was read from.

    Attributes
    ----------
    published : Period or None
        As fine as it is known; None where it is not.
    dating : str
        How the date is known: ``stated``, ``inferred`` or ``unknown``.
    kind : str
        ``own`` (the publisher's own page), ``reported`` (someone else's report) or ``dataset``.
    known_from : datetime.date or None
        The day from which its figures may be used: the last day of ``published``. None: only
        by an edition without an as-of date.
    """

    key: str
    publisher: str
    via: str
    title: str
    published: Period | None
    dating: str
    kind: str
    url: str

    @property
    def known_from(self) -> date | None:
        return self.published.last_day if self.published and self.dating != "unknown" else None

    def as_record(self) -> dict[str, str]:
        """Return every column of the row as JSON values."""
        return {
            "source": self.key,
            "publisher": self.publisher,
            "via": self.via,
            "title": self.title,
            "published": str(self.published or ""),
            "dating": self.dating,
            "kind": self.kind,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Area:
    """A country or a named group; ``members`` are those of the group where one source lists them.

    ``kind`` is ``country``, ``world``, ``region``, ``political union``, ``plan line`` or
    ``bucket``.
    """

    code: str
    name: str
    kind: str
    members: tuple[str, ...]
    note: str


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
        """Whether a change from one period to the other crosses the break."""
        return earlier.last_day < self.period.first_day <= later.last_day


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as one source states it.

    The columns every table has are attributes of their own. The table's other columns
    (``indicator``, ``facility``, ``appeal`` …) are attributes as well: text, ``""`` where the
    cell is empty, and a whole number for ``appeal_year``.

    Attributes
    ----------
    key, table : str
        The observation's key and the table it stands in.
    value, resolution : float
        In ``unit``; percent runs from 0 to 100.
    hedge : str
        Class of the hedging word, ``""`` for none.
    period : Period or None
        None where the source states none.
    """

    key: str
    table: str
    value: float
    unit: str
    resolution: float
    hedge: str
    as_stated: str
    locator: str
    period: Period | None
    source: Source
    cells: Mapping[str, descriptor.Cell] = field(repr=False)

    def __getattr__(self, name: str) -> str | int:
        # Only asked for names that are no field: the columns that one table has and another not.
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self.cells[name]
        except KeyError:
            raise AttributeError(
                f"{self.key} is in {self.table}, which has no column {name!r}. "
                f"Its columns: {', '.join(self.cells)}."
            ) from None

    def __hash__(self) -> int:
        return hash((self.table, self.key))

    def as_record(self) -> dict[str, str | int | float]:
        """Return every column of the row as JSON values, in the order of the file."""
        return {name: _plain(value) for name, value in self.cells.items()}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values a column may be asked for, and those a message lists because they occur."""

    accepted: frozenset[str | int | float]
    occurring: tuple[str | int | float, ...]


class Observations(Sequence[Observation]):
    """An immutable sequence of the observations of one table.

    Parameters
    ----------
    table : str
        Name of the table.
    rows : iterable of Observation
    vocabulary : mapping of str to Vocabulary
        For each column, the values it may be asked for, whatever the as-of date.
    """

    def __init__(
        self,
        table: str,
        rows: Iterable[Observation],
        vocabulary: Mapping[str, Vocabulary],
    ) -> None:
        self.table, self._rows, self._vocabulary = table, tuple(rows), vocabulary

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> Observations: ...
    def __getitem__(self, index):
        if isinstance(index, slice):
            return self._of(self._rows[index])
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Observations) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} observations of {self.table}: {_keys(self)}>"

    def where(self, **asked: object) -> Observations:
        """Return the observations whose columns hold what is asked.

        Parameters
        ----------
        **asked
            Column names, each with a value or a list of values of which any will do. A period
            is asked for as it is written (``"2020-05"``), a source by its key, and an empty
            cell by ``""``.

        Raises
        ------
        NotAccepted
            If there is no such column, or a value is outside the column's vocabulary: the
            values its descriptor lists or refers to, or else those the whole table holds.
        """
        wanted = {column: self._accepted(column, values) for column, values in asked.items()}
        return self._of(
            o for o in self if all(_plain(o.cells[c]) in values for c, values in wanted.items())
        )

    def one(self, **asked: object) -> Observation:
        """Return the only observation whose columns hold what is asked.

        Raises
        ------
        LookupError
            If there is none, or more than one; the message lists their keys.
        """
        found = self.where(**asked)
        if len(found) == 1:
            return found[0]
        criteria = ", ".join(f"{column}={value!r}" for column, value in asked.items())
        count = f"{len(found)} observations ({_keys(found)})" if found else "no observation"
        raise LookupError(f"{self.table} holds {count} with {criteria}, where one is asked for.")

    def values_of(self, column: str) -> list[str | int | float | Period]:
        """Return the distinct values of a column in order, empty cells left out.

        Periods come as :class:`Period`, in the order of their last days; sources as keys.
        """
        self._check_column(column)
        values = {o.cells[column] for o in self}
        return sorted(value for value in values if value not in ("", None))

    def _of(self, rows: Iterable[Observation]) -> Observations:
        return Observations(self.table, rows, self._vocabulary)

    def _check_column(self, column: str) -> None:
        if column not in self._vocabulary:
            raise NotAccepted(f"column of {self.table}", column, self._vocabulary)

    def _accepted(self, column: str, values: object) -> set[object]:
        self._check_column(column)
        many = isinstance(values, Iterable) and not isinstance(values, str)
        plain = {_plain(value) for value in (values if many else [values])}
        vocabulary = self._vocabulary[column]
        for value in sorted(plain - vocabulary.accepted, key=str):
            # A period is any date: one without a figure is an empty answer, not a mistake.
            if column == "period" and isinstance(value, str):
                Period.parse(value)
                continue
            raise NotAccepted(f"{self.table}: {column}", value, vocabulary.occurring)
        return plain


class Data:
    """What is known at a date: observations by table, and their sources, areas and breaks.

    Attributes
    ----------
    as_of : datetime.date or None
        Only sources published by this day are in; None: everything is.
    displacement, leverage, funding : Observations
    sources : mapping of str to Source
        The known ones, by key.
    areas : mapping of str to Area
    breaks : tuple of Break
        Those whose source is known.
    """

    def __init__(
        self,
        displacement: Observations,
        leverage: Observations,
        funding: Observations,
        sources: Mapping[str, Source],
        areas: Mapping[str, Area],
        breaks: tuple[Break, ...],
        as_of: date | None = None,
    ) -> None:
        self.displacement, self.leverage, self.funding = displacement, leverage, funding
        self.sources = MappingProxyType(dict(sources))
        self.areas = MappingProxyType(dict(areas))
        self.breaks, self.as_of = breaks, as_of

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
        return {o.key: o for table in OBSERVATIONS for o in getattr(self, table)}

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
        tables = (getattr(self, table) for table in OBSERVATIONS)
        return Data(
            *(rows._of(o for o in rows if o.source.key in sources) for rows in tables),
            sources=sources,
            areas=self.areas,
            breaks=tuple(b for b in self.breaks if not b.source or b.source.key in sources),
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
        # Opened, not asked for: whoever watches which files a run looks at sees opens.
        try:
            with open(folder / "data" / "datapackage.json", "rb"):
                return folder / "data"
        except OSError:
            continue
    raise DataError(
        f"data/datapackage.json is missing: it is neither in {here} nor in a folder above. "
        "Work in the project's folder, or name the data folder: load(folder)."
    )


def load(folder: str | Path | None = None) -> Data:
    """Return everything in ``data/``, checked against its descriptor.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder that holds ``datapackage.json``; by default that of the project one works in
        (:func:`find`).

    Raises
    ------
    DataError
        If a file is missing or is not what the descriptor says, with file, row and column.
    """
    folder = Path(folder).resolve() if folder is not None else find()
    tables = descriptor.read(folder, *OBSERVATIONS, "sources", "areas", "breaks")
    sources = {row["source"]: _source(row) for _, row in tables["sources"].rows}
    areas = {row["code"]: _area(row) for _, row in tables["areas"].rows}
    return Data(
        *(_observations(tables[name], tables, sources) for name in OBSERVATIONS),
        sources=sources,
        areas=areas,
        breaks=tuple(_break(row, sources) for _, row in tables["breaks"].rows),
    )


def _observations(
    table: descriptor.Table,
    tables: Mapping[str, descriptor.Table],
    sources: Mapping[str, Source],
) -> Observations:
    referred = {column: tables[to].values(key) for column, to, key in table.references}
    vocabulary = {}
    for column in table.columns:
        occurring = [_plain(value) for value in table.values(column.name)]
        allowed = referred.get(column.name) or column.enum or ()
        vocabulary[column.name] = Vocabulary(
            accepted=frozenset([*occurring, *allowed, *([] if column.required else [""])]),
            occurring=tuple(sorted(value for value in occurring if value != "")),
        )
    return Observations(
        table.name,
        (
            Observation(
                key=row["observation"],
                table=table.name,
                value=row["value"],
                unit=row["unit"],
                resolution=row["resolution"],
                hedge=row["hedge"],
                as_stated=row["as_stated"],
                locator=row["locator"],
                period=row["period"],
                source=sources[row["source"]],
                cells=MappingProxyType(row),
            )
            for _, row in table.rows
        ),
        vocabulary,
    )


def _source(row: Mapping[str, descriptor.Cell]) -> Source:
    return Source(key=row["source"], **{k: v for k, v in row.items() if k != "source"})


def _area(row: Mapping[str, descriptor.Cell]) -> Area:
    return Area(**{**row, "members": tuple(row["members"].split())})


def _break(row: Mapping[str, descriptor.Cell], sources: Mapping[str, Source]) -> Break:
    rest = {k: v for k, v in row.items() if k not in ("break", "source")}
    return Break(key=row["break"], source=sources.get(row["source"]), **rest)


def _plain(value: object) -> str | int | float:
    """Return a cell as JSON holds it: text for a period, ``""`` for nothing, whole as whole."""
    if value is None:
        return ""
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, Source):
        return value.key
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _keys(observations: Sequence[Observation]) -> str:
    keys = [o.key for o in observations[:8]]
    return ", ".join(keys + ["…"] * (len(observations) > 8))
