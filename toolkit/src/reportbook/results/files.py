"""The files that hold what was published: results, their table, and changes."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError
from reportbook.report.project import Project
from reportbook.results.bibliography import BIBLIOGRAPHY, bibliography

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
    text = json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / RESULTS).write_text(text + "\n", encoding="utf-8")
    with (folder / RESULTS_TABLE).open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, _COLUMNS, extrasaction="ignore")
        table.writeheader()
        for name, record in results["numbers"].items():
            lists = {key: " ".join(record.get(key) or ()) for key in ("observations", "sources")}
            table.writerow({"name": name, **record, **lists})
    (folder / BIBLIOGRAPHY).write_text(bibliography(results), encoding="utf-8")


def write_changes(changes: Mapping[str, Any], folder: Path) -> None:
    """Write what is different from the edition before into `folder`."""
    text = json.dumps(changes, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / CHANGES).write_text(text + "\n", encoding="utf-8")


def read_published(project: Project, edition: str) -> dict[str, Any] | None:
    """The results of an edition as it was published; None if it is not on the site."""
    path = project.site / edition / RESULTS
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReportError(
            f"{project.shown(path)} cannot be read ({error}). Build the edition anew."
        ) from error
