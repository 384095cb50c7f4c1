"""The shape of what is published: records, results, changes and the list of editions.

The types below serve the code as types, notebooks and files as what they are checked against, and
readers of the site as JSON Schema. A document says in its field ``schema`` which of them it
follows; a record says it by its media type. Within a version fields may be added, none changed.
"""

# no "from __future__ import annotations": it would hide which fields are required (PEP 655)
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired

from typing_extensions import TypedDict

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import CoreSchema

NAME_PATTERN = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+"
LONGEST_NAME = 120

Value = str | int | float | bool | None
Row = dict[str, Value | list[Value]]  # by column: ``observation``, its key, is the one always there
Parameters = dict[str, dict[str, Value | list[Value]]]  # by notebook stem and name


class _OfPage:
    """Says of a text that it is the address of a page, or empty: pages link to it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> "CoreSchema":
        from pydantic_core import core_schema  # only where documents are checked

        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=r"^(https?://\S+)?$", strict=True),
            custom_error_type="address",
            custom_error_message="Input should be the address of a page (https://… or http://…)",
        )


class _PublishedName:
    """Says of a text that something can be published under it: files are called after it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.custom_error_schema(
            core_schema.str_schema(
                pattern=f"^{NAME_PATTERN}$", max_length=LONGEST_NAME, strict=True
            ),
            custom_error_type="name",
            custom_error_message=(
                "Input should be lower case words joined by underscores, with the notebook before "
                f"a dot, such as people.share, of {LONGEST_NAME} letters at most"
            ),
        )


class Source(TypedDict):
    """A document or data set; `source` is its key.

    `published` is an ISO date, month or year, or empty; `dating` says how it is known: stated,
    inferred or unknown. `kind` is own, reported or dataset. `via` says where it was found if not
    with its publisher.
    """

    source: str
    publisher: NotRequired[str]
    title: NotRequired[str]
    published: NotRequired[str]
    dating: NotRequired[str]
    kind: NotRequired[str]
    via: NotRequired[str]
    url: NotRequired[Annotated[str, _OfPage]]


class Figure(TypedDict):
    """A number in a table: as readers see it, what it is, its range, and why it has no value."""

    text: str
    value: float | None
    low: float | None
    high: float | None
    reason: NotRequired[str]


class Said(TypedDict):
    """A date or a source in a table: as readers see it, and as programs read it."""

    text: str
    value: str


class Column(TypedDict):
    """A column of a table; `title` is what readers see."""

    name: str
    title: NotRequired[str]
    unit: NotRequired[str]


class Cells(TypedDict):
    """The rows of a table, each with a cell for each column."""

    title: str
    columns: list[Column]
    rows: list[list[Value | Figure | Said]]


class NumberRecord(TypedDict):
    """A number as a notebook publishes it.

    `value` is null where nothing is reported: `reason` then says why. `low` and `high` are the
    ends of its range, null where an end is not known. `text` is the value for readers, `formats`
    are further ways to print it by name (range, words, bounds, formula, label), or what a sentence
    says of it (date, area, source, and called: its noun with an article, without its date).
    `period` is the ISO 8601 date, month, year or interval that its figures are of; empty where they
    are of several. `derivation` is the formula over the keys in `observations`.
    `observation_records` and `source_records` are all that is known of what `observations` and
    `sources` name.

    Two values of one name are of one kind, and only then subtracted, if `unit`, `definition`, every
    aspect of `basis`, and what both are called, agree. `basis` says by aspect, as it reads behind
    "the figure …", what decides that besides: ``{"span": "covers 17 months"}``.
    """

    kind: Literal["number"]
    name: NotRequired[Annotated[str, _PublishedName]]
    value: float | None
    low: NotRequired[float | None]
    high: NotRequired[float | None]
    unit: NotRequired[str]
    text: str
    label: NotRequired[str]
    definition: NotRequired[str]
    reason: NotRequired[str]
    formats: NotRequired[dict[str, str]]
    period: NotRequired[str]
    basis: NotRequired[dict[str, str]]
    derivation: NotRequired[str]
    observations: NotRequired[list[str]]
    sources: NotRequired[list[str]]
    observation_records: NotRequired[list[Row]]
    source_records: NotRequired[list[Source]]


class ChartRecord(TypedDict):
    """A chart: `alt` says in words what it shows, `table` is what it draws, null if nothing.

    `licence` is an SPDX identifier; `as_of` the date up to which sources count, null for all.
    """

    kind: Literal["chart"]
    name: NotRequired[Annotated[str, _PublishedName]]
    title: str
    alt: str
    reason: NotRequired[str]
    table: NotRequired[Cells | None]
    licence: NotRequired[str]
    as_of: NotRequired[str | None]
    sources: NotRequired[list[str]]
    source_records: NotRequired[list[Source]]


class TableRecord(TypedDict):
    """A table; `reason` says why it has no rows."""

    kind: Literal["table"]
    name: NotRequired[Annotated[str, _PublishedName]]
    title: str
    columns: list[Column]
    rows: list[list[Value | Figure | Said]]
    note: NotRequired[str]
    reason: NotRequired[str]
    sources: NotRequired[list[str]]
    source_records: NotRequired[list[Source]]


class Described(TypedDict):
    """What a number is called, further ways to print it, what it counts, of when, why it has no
    value.
    """

    label: NotRequired[str]
    formats: NotRequired[dict[str, str]]
    period: NotRequired[str]
    basis: NotRequired[dict[str, str]]
    definition: NotRequired[str]
    reason: NotRequired[str]


class Number(Described):
    """A number of an edition: its record, and the notebook and code cell that published it."""

    value: float | None
    low: float | None
    high: float | None
    unit: str
    text: str
    sources: list[str]
    observations: list[str]
    derivation: str
    notebook: str
    cell: int


class Titled(TypedDict):
    """What a chart or table is called, what a chart shows in words, why there is nothing in it."""

    title: NotRequired[str]
    alt: NotRequired[str]
    reason: NotRequired[str]


class Shown(Titled):
    """A chart or table of an edition: what it is called, what it rests on, where it stands."""

    sources: list[str]
    notebook: str
    cell: int


class Correction(TypedDict):
    """A correction since the release: its day (ISO 8601), why, and by name of a number what it
    ``was`` said to be and what it ``is``.
    """

    date: str
    why: str
    what: dict[str, dict[str, str]]


class Results(TypedDict):
    """``results.json``: all that an edition publishes.

    `as_of` is the date up to which sources count, null for all; `parameters` are those of each
    notebook, `overrides` those given by hand, and `try_of` the edition that this is a try of with
    them. Numbers, charts and tables stand under their published names, observations and sources
    under their keys. `rows` are the keys of all rows of the data, by kind, whether anything rests
    on them or not. `corrections` are those since the edition was released, the oldest first.
    """

    schema: Literal["reportbook/results/1"]
    edition: str
    title: str
    scope: str
    series: str
    as_of: str | None
    language: str
    parameters: Parameters
    overrides: dict[str, str]
    try_of: NotRequired[str]
    corrections: NotRequired[list[Correction]]
    numbers: dict[str, Number]
    charts: dict[str, Shown]
    tables: dict[str, Shown]
    observations: dict[str, Row]
    sources: dict[str, Source]
    rows: NotRequired[dict[str, list[str]]]


class ComparedEdition(TypedDict):
    """An edition of a comparison."""

    edition: str
    title: str
    as_of: str | None


class Side(TypedDict):
    """A number at one end of a comparison; `said` is its range or the reason that it has none.

    `date` is what its figures are of, as readers write it; empty where they are of several.
    `called` is its noun in a sentence, if it has one.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    text: str | None
    label: str | None
    definition: str | None
    reason: str | None
    notebook: str | None
    said: str
    date: NotRequired[str]
    called: NotRequired[str]


class NewObservation(TypedDict):
    """An observation that a number did not rest on before."""

    observation: str
    as_stated: str
    source: str
    publisher: str
    attribution: str
    published: str


class Revised(TypedDict):
    """A row of the data that changed: by column what stood there and what stands there now.

    `as_stated`, `attribution` and `published` tell readers which row it is; of a source the first
    is its title.
    """

    kind: str
    key: str
    as_stated: str
    attribution: str
    published: str
    withdrawn: bool
    added: bool
    columns: dict[str, list[str]]


class Contribution(TypedDict):
    """One cause, or several that cannot be told apart; contributions add up to the change."""

    kinds: list[Literal["code", "revised", "observations", "parameter"]]
    said: str
    observations: list[NewObservation]
    revised: list[Revised]
    contribution: NotRequired[float]
    contribution_text: NotRequired[str]


class Change(TypedDict):
    """What became of a number: `change` if it has comparable values at both ends, else `reason`.

    `distinguishable` is false where the two ranges meet; an unknown end excludes nothing.
    """

    name: str
    notebook: str
    label: str
    old: Side | None
    new: Side | None
    change: NotRequired[float]
    change_text: NotRequired[str]
    distinguishable: NotRequired[bool]
    reason: NotRequired[str]
    causes: list[Contribution]


class Changes(TypedDict):
    """``changes.json``: an edition compared with the one before it.

    `old` is null for the first edition. `problem` says why two could not be compared; the fields
    after it are there where they were: `headlines` are sentences, the most important first; `apart`
    are numbers of which no difference can be given, with the `reason`.
    """

    schema: Literal["reportbook/changes/1"]
    old: ComparedEdition | None
    new: ComparedEdition
    problem: NotRequired[str]
    notes: NotRequired[list[str]]
    headlines: NotRequired[list[str]]
    counts: NotRequired[dict[str, int]]
    moved: NotRequired[list[Change]]
    apart: NotRequired[list[Change]]
    appeared: NotRequired[list[Change]]
    vanished: NotRequired[list[Change]]


class ListedEdition(TypedDict):
    """An entry of ``editions.json``, which is a list: the theme's switcher of versions reads it.

    `url` is relative to any edition's folder; `first` is the page its index leads to, and `pages`
    are titles by address without suffix.
    """

    schema: Literal["reportbook/editions/1"]
    name: str
    version: str
    url: str
    preferred: bool
    first: str
    pages: dict[str, str]


DOCUMENTS: Mapping[str, Any] = {
    "record": NumberRecord | ChartRecord | TableRecord,
    "results": Results,
    "changes": Changes,
    "editions": list[ListedEdition],
}
_VERSION = 1  # of each of these documents
_RECORDS = {"number": NumberRecord, "chart": ChartRecord, "table": TableRecord}


def mistakes_of(document: object, kind: str) -> list[str]:
    """What in a document, or in a record (`kind` number, chart or table), is not as defined here.

    Each says where and what: ``numbers.people.share.low: Input should be a valid number``.
    """
    from pydantic import ValidationError

    try:
        _adapter(kind).validate_python(document, strict=True)
    except ValidationError as error:
        return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    return []


def required_fields(kind: str) -> frozenset[str]:
    """The fields that a record of a kind (number, chart or table) cannot do without."""
    # mypy takes a typed dictionary for what it describes
    return frozenset(_RECORDS[kind].__required_keys__)  # type: ignore[attr-defined]


def undeclared_in(document: object, kind: str) -> bool:
    """Whether a document without mistakes has a field that is not defined here."""
    return bool(_adapter(kind).validate_python(document, strict=True) != document)


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (2020-12) of each document, by the name of the file that holds it."""
    return {
        f"{kind}-{_VERSION}.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_adapter(kind).json_schema(),
            "title": f"reportbook/{kind}/{_VERSION}",
        }
        for kind in DOCUMENTS
    }


@cache
def _adapter(kind: str) -> "TypeAdapter[Any]":
    # imported only by those who check: a build in which nothing changed, and a kernel, do not
    from pydantic import TypeAdapter

    return TypeAdapter(_RECORDS.get(kind) or DOCUMENTS[kind])
