"""The files that hold what was published: results, their table, changes, and their schemas."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from reportbook.errors import ReportError
from reportbook.files.signs import plain_cell
from reportbook.report.project import Project
from reportbook.results.bibliography import BIBLIOGRAPHY, bibliography
from reportbook.results.versions import CHANGES_VERSION, RESULTS_VERSION, in_this_version

if TYPE_CHECKING:
    from reportbook.results.schema import Changes, Results

RESULTS = "results.json"
RESULTS_TABLE = "results.csv"
CHANGES = "changes.json"
_COLUMNS = (
    "name", "label", "value", "low", "high", "unit", "definition", "text", "derivation",
    "observations", "sources", "notebook", "cell", "reason",
)  # fmt: skip


def write_results(results: Mapping[str, Any], folder: Path) -> None:
    """Write the results into `folder`: all of them as JSON, the numbers also as a table, and their
    sources for those who cite them.
    """
    _write(results, folder / RESULTS)
    with (folder / RESULTS_TABLE).open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, _COLUMNS, extrasaction="ignore")
        table.writeheader()
        for name, record in results["numbers"].items():
            lists = {key: " ".join(record.get(key) or ()) for key in ("observations", "sources")}
            cells = {"name": name, **record, **lists}
            table.writerow({column: plain_cell(cell) for column, cell in cells.items()})
    (folder / BIBLIOGRAPHY).write_text(bibliography(results), encoding="utf-8")


def write_changes(changes: Mapping[str, Any], folder: Path) -> None:
    """Write what is different from the edition before into `folder`."""
    _write({"schema": CHANGES_VERSION, **changes}, folder / CHANGES)


def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of each published document into `folder`."""
    from reportbook.results.schema import json_schemas  # pydantic: not in an unchanged build

    folder.mkdir()
    for name, schema in json_schemas().items():
        _write(schema, folder / name)


def load_results(path: Path, shown: str) -> Results:
    """The results in a file, of this version; `shown` names the file where that is refused.

    Raises
    ------
    ReportError
        If it cannot be read, is no results, or is of another version.
    """
    # its version says which fields it has
    return cast("Results", _load(path, RESULTS_VERSION, shown))


def load_changes(path: Path, shown: str) -> Changes:
    """What is different from the edition before, as `write_changes` wrote it; else as above."""
    return cast("Changes", _load(path, CHANGES_VERSION, shown))


def read_published(project: Project, edition: str) -> Results | None:
    """The results of an edition as it was published; None if it is not on the site."""
    path = project.site / edition / RESULTS
    return load_results(path, project.shown(path)) if path.is_file() else None


def read_tries(project: Project) -> dict[str, Results]:
    """The results of the books that were tried, by name."""
    paths = sorted(project.tries.folder.glob(f"*/{RESULTS}"))
    return {path.parent.name: load_results(path, project.shown(path)) for path in paths}


def _write(document: Mapping[str, Any], path: Path) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _load(path: Path, version: str, shown: str) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReportError(f"{shown} cannot be read ({error}). Build the edition anew.") from error
    return in_this_version(document, version, shown)
