"""What executed notebooks published, read back from their outputs: the edition's results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError
from reportbook.files.notebooks import read_plain
from reportbook.results.publishing import MEDIA_TYPE

INJECTED = "injected-parameters"  # the tag papermill gives the cell it adds
_NOT_THE_AUTHORS = {INJECTED, "papermill-error-cell-tag"}

_OF_A_NUMBER = ("value", "low", "high", "unit", "text", "sources", "observations", "derivation")
_BESIDE_IT = ("label", "formats", "definition", "reason")


@dataclass(frozen=True)
class Published:
    """One record: what was published, under which name, in which code cell of which notebook."""

    name: str
    record: Mapping[str, Any]
    notebook: str  # address in the book without suffix: notebooks/displacement
    cell: int  # counted over code cells from the top, as JupyterLab numbers them

    @property
    def kind(self) -> str:
        return self.record["kind"]


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
        If two cells publish one name, or one cell two charts (their alternative texts would be
        one and the same).
    """
    found: list[Published] = []
    seen: dict[str, int] = {}
    for number, cell in code_cells(notebook):
        charts = 0
        for output in cell.get("outputs", ()):
            record = output.get("data", {}).get(MEDIA_TYPE)
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


def read_results(notebooks: Mapping[str, Path], **about: Any) -> dict[str, Any]:
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
) -> dict[str, Any]:
    """The results of one edition: plain data with a stable order, as ``results.json`` holds it.

    Raises
    ------
    ReportError
        If two notebooks publish one name, or give one source or observation differently.
    """
    results: dict[str, Any] = {
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
    owner: dict[str, str] = {}
    for item in published:
        if item.name in owner:
            raise ReportError(
                f"'{item.name}' is published by both {owner[item.name]}.ipynb and "
                f"{item.notebook}.ipynb. Give one of them another name."
            )
        owner[item.name] = item.notebook
        where = {"notebook": item.notebook, "cell": item.cell}
        record = item.record
        if item.kind == "number":
            entry = {key: record.get(key) for key in _OF_A_NUMBER}
            entry.update({key: record[key] for key in _BESIDE_IT if record.get(key)})
            results["numbers"][item.name] = {**entry, **where}
        else:
            entry = {key: record[key] for key in ("title", "alt") if record.get(key)}
            entry["sources"] = record.get("sources", [])
            results[f"{item.kind}s"][item.name] = {**entry, **where}
        for key, field in (("observation", "observations"), ("source", "sources")):
            for full in record.get(f"{key}_records", ()):
                known = results[field].setdefault(full[key], full)
                if known != full:
                    raise ReportError(
                        f"{item.notebook}.ipynb describes the {key} '{full[key]}' of "
                        f"'{item.name}' otherwise than another cell does. Run all notebooks anew."
                    )
    for field in ("observations", "sources"):  # the others stand in the order of the pages
        results[field] = dict(sorted(results[field].items(), key=lambda pair: natural(pair[0])))
    return results


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key that puts d9 before d010: digits compare as numbers."""
    return tuple(
        (0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", text) if part
    )
