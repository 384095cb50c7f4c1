"""What executed notebooks published, read back from their outputs: the edition's results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reportbook.errors import ReportError
from reportbook.files.dates import age
from reportbook.files.notebooks import read_plain
from reportbook.files.signs import hidden_sign
from reportbook.results.publishing import KINDS, MEDIA_TYPE
from reportbook.results.versions import RESULTS_VERSION

if TYPE_CHECKING:
    from reportbook.results.schema import Correction, Described, Number, Results, Shown, Titled

INJECTED = "injected-parameters"  # the tag papermill gives the cell it adds
_NOT_THE_AUTHORS = {INJECTED, "papermill-error-cell-tag"}

Entry = TypeVar("Entry")

_ANY_VERSION = "application/vnd.reportbook.record"  # how the media types of all versions begin


@dataclass(frozen=True)
class Published:
    """One record: what was published, under which name, in which code cell of which notebook."""

    name: str
    record: Mapping[str, Any]
    notebook: str  # address in the book without suffix: notebooks/people
    cell: int  # counted over code cells from the top, as JupyterLab numbers them

    @property
    def kind(self) -> str:
        """What it is: number, chart or table."""
        return str(self.record["kind"])


def code_cells(notebook: Any) -> Iterator[tuple[int, Any]]:
    """The author's code cells with their numbers from 1; what papermill added is not counted."""
    number = 0
    for cell in notebook["cells"]:
        if _NOT_THE_AUTHORS & set(cell["metadata"].get("tags", ())):
            continue
        if cell["cell_type"] == "code" and cell["source"].strip():
            number += 1
            yield number, cell


def read_records(notebook: Any, address: str) -> list[Published]:
    """Every record in the outputs of one executed notebook, in order.

    Raises
    ------
    ReportError
        If a record is not as `schema` defines it, or is of another version; if two cells publish
        one name, or one cell two charts (their alternative texts would be one and the same).
    """
    found: list[Published] = []
    seen: dict[str, int] = {}
    for number, cell in code_cells(notebook):
        charts = 0
        for output in cell.get("outputs", ()):
            record = _record_in(output, f"{address}.ipynb, code cell {number}")
            if record is None:
                continue
            name = record["name"]
            if name in seen:
                raise ReportError(
                    f"{address}.ipynb publishes '{name}' twice, in code cells {seen[name]} "
                    f"and {number}. Give one of them another name."
                )
            seen[name] = number
            charts += record["kind"] == "chart"
            rest = {key: value for key, value in record.items() if key != "name"}
            found.append(Published(name, rest, address, number))
        if charts > 1:
            raise ReportError(
                f"{address}.ipynb, code cell {number} publishes {charts} charts. "
                "Give each chart a cell of its own."
            )
    return found


def _record_in(output: Mapping[str, Any], where: str) -> Mapping[str, Any] | None:
    """The record that an output of a cell holds, if it holds one."""
    data = output.get("data", {})
    if MEDIA_TYPE not in data:
        others = [media for media in data if media.startswith(_ANY_VERSION)]
        if others:
            raise ReportError(
                f"{where} holds a record of another version ('{others[0]}'); this reportbook reads "
                f"'{MEDIA_TYPE}'. Run the notebook anew."
            )
        return None
    from reportbook.results.schema import mistakes_of  # pydantic: not in an unchanged build

    record: Any = data[MEDIA_TYPE]
    if not isinstance(record, dict) or "name" not in record:
        raise ReportError(f"{where} holds a record that is none: it has no name.")
    kind = record.get("kind")
    if kind not in KINDS:
        mistakes = [f"kind: it is {kind!r}, and the book knows {', '.join(KINDS)}"]
    else:
        mistakes = mistakes_of(record, kind)
    mistakes += _hidden(record)
    if mistakes:
        raise ReportError(
            f"{where}: what {record['name']!r} hands over is not a record of reportbook: "
            f"{'; '.join(mistakes)}."
        )
    return record


def _hidden(value: object, place: str = "") -> Iterator[str]:
    """The texts of a record with a sign that hides something, each by its place."""
    if isinstance(value, str):
        if sign := hidden_sign(value):
            yield f"{place}: the text has the sign {sign}, which nobody sees. Delete it"
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _hidden(each, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _hidden(each, f"{place}.{number}")


def read_results(notebooks: Mapping[str, Path], **about: Any) -> Results:
    """The results of executed notebooks, files by address; `about` goes to `collect`."""
    published = [
        record
        for address, path in notebooks.items()
        for record in read_records(read_plain(path), address)
    ]
    return collect(published, **about)


def collect(
    published: Iterable[Published],
    *,
    edition: str,
    title: str = "",
    as_of: str | None = None,
    language: str = "en",
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    overrides: Mapping[str, str] | None = None,
    scope: str = "",
    series: str = "",
    try_of: str = "",
    corrections: Sequence[Correction] = (),
) -> Results:
    """The results of one edition: plain data with a stable order, as ``results.json`` holds it.

    Raises
    ------
    ReportError
        If two notebooks publish one name, or give one source or observation differently.
    """
    results: Results = {
        "schema": RESULTS_VERSION,
        "edition": edition,
        "title": title,
        "scope": scope,
        "series": series,
        "as_of": as_of,
        "language": language,
        "parameters": {stem: dict(values) for stem, values in (parameters or {}).items()},
        "overrides": dict(overrides or {}),
        "numbers": {},
        "charts": {},
        "tables": {},
        "observations": {},
        "sources": {},
    }
    if try_of:
        results["try_of"] = try_of
    if corrections:
        results["corrections"] = list(corrections)
    owner: dict[str, Published] = {}
    for item in published:
        # files and anchors are called after names, in which a dot and an underscore are one
        first = owner.setdefault(item.name.replace(".", "_"), item)
        if first.name != item.name:
            raise ReportError(
                f"'{first.name}' in {first.notebook}.ipynb and '{item.name}' in "
                f"{item.notebook}.ipynb differ only by dots. Give one of them another name."
            )
        if first is not item:
            raise ReportError(
                f"'{item.name}' is published by both {first.notebook}.ipynb and "
                f"{item.notebook}.ipynb. Give one of them another name."
            )
        if item.kind == "number":
            results["numbers"][item.name] = _number(item, as_of, language)
        elif item.kind == "chart":
            results["charts"][item.name] = _shown(item)
        else:
            results["tables"][item.name] = _shown(item)
        _keep(results["observations"], item, "observation")
        _keep(results["sources"], item, "source")
    # the others stand in the order of the pages
    results["observations"] = _in_order(results["observations"])
    results["sources"] = _in_order(results["sources"])
    return results


def _number(item: Published, as_of: str | None, language: str) -> Number:
    record = item.record
    return {
        "value": record["value"],
        "low": record.get("low"),
        "high": record.get("high"),
        "unit": record.get("unit", ""),
        "text": record["text"],
        "sources": record.get("sources", []),
        "observations": record.get("observations", []),
        "derivation": record.get("derivation", ""),
        **_described(record, as_of, language),
        "notebook": item.notebook,
        "cell": item.cell,
    }


def _described(record: Mapping[str, Any], as_of: str | None, language: str) -> Described:
    said: Described = {}
    if record.get("label"):
        said["label"] = record["label"]
    if record.get("formats"):
        said["formats"] = dict(record["formats"])
        if how_old := age(record.get("period", ""), as_of, language):
            said["formats"]["age"] = how_old
        if record["formats"].get("date"):
            old = f"{how_old} old" if how_old else ""
            said["formats"]["dated"] = ", ".join(filter(None, (record["formats"]["date"], old)))
    if record.get("period"):
        said["period"] = record["period"]
    if record.get("basis"):
        said["basis"] = dict(record["basis"])
    if record.get("definition"):
        said["definition"] = record["definition"]
    if record.get("reason"):
        said["reason"] = record["reason"]
    return said


def _shown(item: Published) -> Shown:
    said: Titled = {}
    if item.record.get("title"):
        said["title"] = item.record["title"]
    if item.record.get("alt"):
        said["alt"] = item.record["alt"]
    if item.record.get("reason"):
        said["reason"] = item.record["reason"]
    sources = item.record.get("sources", [])
    return {**said, "sources": sources, "notebook": item.notebook, "cell": item.cell}


def _keep(known: dict[str, Any], item: Published, kind: str) -> None:
    """Add the full records of the observations, or sources, that something published rests on."""
    for full in item.record.get(f"{kind}_records", ()):
        if known.setdefault(full[kind], full) != full:
            raise ReportError(
                f"{item.notebook}.ipynb describes the {kind} '{full[kind]}' of '{item.name}' "
                "otherwise than another cell does. Run all notebooks anew."
            )


def _in_order(records: dict[str, Entry]) -> dict[str, Entry]:
    return dict(sorted(records.items(), key=lambda pair: natural(pair[0])))


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key that puts d9 before d010: digits compare as numbers."""
    return tuple(
        (0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", text) if part
    )
