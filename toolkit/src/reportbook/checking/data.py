"""Checks of a report's data package and of its list of sources."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError
from reportbook.report.project import Project


def check_sources(project: Project, results: Mapping[str, Any]) -> list[str]:
    """Sources in the report's data that nothing uses which the committed notebooks publish.

    A table of sources is a CSV file of the folder whose first column is ``source``, their key.
    """
    return [
        f"{project.shown(path)}, row {number}: nothing that the report publishes uses '{key}'. "
        "Publish a number, chart or table from it, or remove the row."
        for path in sorted(project.data.rglob("*.csv"))
        for number, key in _sources(path)
        if key and key not in results["sources"]
    ]


def _sources(path: Path) -> Iterator[tuple[int, str]]:
    """The keys in a table of sources, each with its row; none in a table of something else."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        if next(rows, [""])[0] == "source":
            yield from ((number, row[0]) for number, row in enumerate(rows, 2) if row)


def check_data(project: Project) -> list[str]:
    """What frictionless finds in the ``datapackage.json`` of the report's data.

    Each says file, row, column and what is wrong.

    Raises
    ------
    ReportError
        If there is a data package and frictionless is not installed.
    """
    descriptor = project.data / "datapackage.json"
    if not descriptor.is_file():
        return []
    try:
        import frictionless
    except ImportError as error:
        raise ReportError(
            "The data cannot be checked, because the package 'frictionless' is not installed. "
            "Install it: pip install 'reportbook[data]'."
        ) from error
    report = frictionless.validate(str(descriptor))
    problems = [f"{project.shown(descriptor)}: {each.message}" for each in report.errors]
    for task in report.tasks:
        for each in task.errors:
            place = f"{project.settings.data}/{task.place}"
            if getattr(each, "row_number", None):
                place += f", row {each.row_number}"
            if getattr(each, "field_name", None):
                place += f", column {each.field_name}"
            problems.append(f"{place}: {each.message}")
    return problems
