"""One figure as one source states it, and sequences of figures that can be asked for.

A row of a table is kept whole, as cells of several types. Whoever uses one gets it with its type:
the columns of today's tables are properties of an observation (``o.area`` is text,
``o.appeal_year`` a whole number), every other column of text is ``o.text("column")``. A period may
be missing, so ``o.period`` is a period or None; code that cannot do without one asks for
``o.stated_period``, which is always a period, or an error that names the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from numbers import Integral
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from analysis.data import hedges, names
from analysis.data.periods import Period
from analysis.data.table_schema import Cell, cell
from analysis.errors import DataError, NotAccepted
from analysis.language import _

if TYPE_CHECKING:
    import pandas as pd


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
    def attribution(self) -> str:
        """Who stands behind it, as readers are told: ``R4V, as reported by ANSA``."""
        return self._attributed(self.publisher)

    @property
    def in_sentence(self) -> str:
        """The same as a sentence has it: ``the World Bank``."""
        return self._attributed(names.publisher(self.publisher))

    def _attributed(self, by: str) -> str:
        reported = self.kind == "reported"
        if not self.via:
            alone = _("{by}, reporting others’ figures") if reported else "{by}"
            return alone.format(by=by)
        words = _("{by}, as reported by {via}") if reported else "{by}, {via}"
        return words.format(by=by, via=self.via)

    @property
    def known_from(self) -> date | None:
        """The day from which its figures may be used."""
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
class Observation:
    """One figure as one source states it.

    The columns every table has are fields. Columns of one table or two are properties, each with
    its type; text is ``""`` where the cell is empty. A column that is neither is asked for with
    :meth:`text`. A column the observation's table has not raises NotAccepted.

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
    place, people_of : str
        Its area and, of a figure on people, where they come from, as a sentence has them.
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
    cells: Mapping[str, Cell] = field(repr=False)
    place: str = ""
    people_of: str = ""

    def text(self, column: str) -> str:
        """Return a column of text by its name; ``""`` where the cell is empty.

        Raises
        ------
        NotAccepted
            If the observation's table has no such column.
        DataError
            If the column holds no text.
        """
        return cell(self._with(column), column, str)

    @property
    def stated_period(self) -> Period:
        """The period, for what cannot be done without one.

        Raises
        ------
        DataError
            If the source states none; the message names the row.
        """
        if self.period is None:
            raise DataError(
                f"{self.key} in {self.table} states no period, and this needs one. "
                "Fill in its column 'period', or leave the row out."
            )
        return self.period

    @property
    def date(self) -> str:
        """When it is of, as readers write it; ``""`` where its source states no period."""
        return "" if self.period is None else self.period.label()

    @property
    def area(self) -> str:
        """Where the people are, or whom the money is for: a code of ``areas.csv``."""
        return self.text("area")

    @property
    def indicator(self) -> str:
        """What a figure on displacement counts."""
        return self.text("indicator")

    @property
    def origin(self) -> str:
        """Where the people come from; ``""`` for all origins together."""
        return self.text("origin")

    @property
    def donor(self) -> str:
        """Who gave the money; ``""`` for all donors together."""
        return self.text("donor")

    @property
    def appeal(self) -> str:
        """The appeal or plan that money was asked, given or pledged for."""
        return self.text("appeal")

    @property
    def appeal_year(self) -> int:
        """The plan year of the appeal."""
        return cell(self._with("appeal_year"), "appeal_year", int)

    @property
    def measure(self) -> str:
        """What a figure on an appeal counts: ``required``, ``received``, …."""
        return self.text("measure")

    @property
    def facility(self) -> str:
        """The facility whose grants brought investment."""
        return self.text("facility")

    @property
    def role(self) -> str:
        """Which side of a leverage ratio an amount is, and how."""
        return self.text("role")

    @property
    def status(self) -> str:
        """Whether an amount on leverage was expected, achieved, …."""
        return self.text("status")

    def _with(self, column: str) -> Mapping[str, Cell]:
        """The row, which must have a column."""
        if column not in self.cells:
            raise NotAccepted(f"{self.key}: column of {self.table}", column, self.cells)
        return self.cells

    def __hash__(self) -> int:
        return hash((self.table, self.key))

    def as_record(self) -> dict[str, str | int | float]:
        """Return every column of the row as JSON values, in the order of the file."""
        return {name: plain(value) for name, value in self.cells.items()}


def of_table(
    table: str,
    *,
    key: str,
    value: int,
    unit: str,
    period: Period,
    locator: str,
    source: Source,
    resolution: float = 0.0,
    hedge: str = "",
    place: str = "",
    people_of: str = "",
    **cells: Cell,
) -> Observation:
    """Return a figure of a producer's table, which has no row of its own here.

    Parameters
    ----------
    table : str
    key, value, unit, period, locator, source, resolution, hedge, place, people_of
        As of `Observation`; a producer's figures are as exact as its rule for rounding leaves them.
    **cells
        What else a row of observations of its kind would hold, by column.
    """
    words = f"{value:,}"
    row: dict[str, Cell] = {
        "observation": key,
        "table": table,
        **cells,
        "period": period,
        "period_basis": "stated",
        "value": float(value),
        "unit": unit,
        "resolution": resolution,
        "hedge": hedge,
        "as_stated": words,
        "locator": locator,
        "source": source.key,
    }
    return Observation(
        key=key,
        table=table,
        value=float(value),
        unit=unit,
        resolution=resolution,
        hedge=hedge,
        as_stated=words,
        locator=locator,
        period=period,
        source=source,
        cells=MappingProxyType(row),
        place=place,
        people_of=people_of,
    )


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
    def __getitem__(self, index: int | slice) -> Observation | Observations:
        if isinstance(index, slice):
            return self.of(self._rows[index])
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
        rows: Sequence[Observation] = self._rows
        for column, values in wanted.items():
            rows = [o for o in rows if plain(o.cells[column]) in values]
        return self.of(rows)

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

    def values_of(self, column: str) -> list[str]:
        """Return the distinct values of a column of text in order, empty cells left out.

        Raises
        ------
        NotAccepted
            If the table has no such column.
        DataError
            If the column holds no text.
        """
        self._check_column(column)
        return sorted({o.text(column) for o in self} - {""})

    def occurring(self, column: str) -> list[str]:
        """Return the values of a column of text in the whole table, whatever the as-of date.

        Raises
        ------
        NotAccepted
            If the table has no such column.
        """
        self._check_column(column)
        return [str(value) for value in self._vocabulary[column].occurring]

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a data frame: one row an observation, indexed by its key.

        Columns are those of the file, with `low` and `high`, the range that the wording implies
        in the row's own unit (missing where a bound is unknown), after `value`.
        """
        import pandas as pd

        frame = pd.DataFrame([o.as_record() for o in self]).set_index("observation")
        ranges = [hedges.bounds(o.value, o.resolution, o.hedge) for o in self]
        place = list(frame.columns).index("value") + 1
        for n, name in enumerate(("low", "high")):
            ends = pd.Series([ends[n] for ends in ranges], frame.index, dtype="Float64")
            frame.insert(place + n, name, ends)
        return frame

    def of(self, rows: Iterable[Observation]) -> Observations:
        """Return these rows as observations of the same table and vocabulary."""
        return Observations(self.table, rows, self._vocabulary)

    def _check_column(self, column: str) -> None:
        if column not in self._vocabulary:
            raise NotAccepted(f"column of {self.table}", column, self._vocabulary)

    def _accepted(self, column: str, values: object) -> set[str | int | float]:
        self._check_column(column)
        if isinstance(values, str) or not isinstance(values, Iterable):
            values = [values]
        wanted = {plain(value) for value in values}
        vocabulary = self._vocabulary[column]
        for value in sorted(wanted - vocabulary.accepted, key=str):
            # A period is any date: one without a figure is an empty answer, not a mistake.
            if column == "period" and isinstance(value, str):
                Period.parse(value)
                continue
            raise NotAccepted(f"{self.table}: {column}", value, vocabulary.occurring)
        return wanted


def plain(value: object) -> str | int | float:
    """Return a cell as JSON holds it: text for a period, ``""`` for nothing, whole as whole."""
    if isinstance(value, str):  # first, as most are
        return value
    if value is None:
        return ""
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, Source):
        return value.key
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Integral):  # NumPy's whole numbers, too
        return int(value)
    return str(value)


def _keys(observations: Sequence[Observation]) -> str:
    keys = [o.key for o in observations[:8]]
    return ", ".join(keys + ["…"] * (len(observations) > 8))
