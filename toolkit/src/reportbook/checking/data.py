"""The data package and the sources of a report, checked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from reportbook.errors import ReportError
from reportbook.report.project import Project


def check_sources(project: Project, results: Mapping[str, Any]) -> list[str]:
    """Sources of the data package that nothing rests on which notebooks publish by default."""
    listed = project.root / "data" / "sources.csv"
    if not listed.is_file():
        return []
    with listed.open(encoding="utf-8", newline="") as stream:
        rows = {row.get("source"): number for number, row in enumerate(csv.DictReader(stream), 2)}
    return [
        f"data/sources.csv, row {number}: nothing that the report publishes rests on '{key}'. "
        "Publish a number, chart or table from it, or take out the row."
        for key, number in rows.items()
        if key and key not in results["sources"]
    ]


def check_data(project: Project) -> list[str]:
    """What frictionless finds in ``data/datapackage.json``: file, row, column and what is wrong.

    Raises
    ------
    ReportError
        If there is a data package and frictionless is not installed.
    """
    descriptor = project.root / "data" / "datapackage.json"
    if not descriptor.is_file():
        return []
    try:
        import frictionless
    except ImportError as error:
        raise ReportError(
            "The data cannot be checked: the package 'frictionless' is not installed."
        ) from error
    report = frictionless.validate(str(descriptor))
    problems = [f"data/datapackage.json: {each.message}" for each in report.errors]
    for task in report.tasks:
        for each in task.errors:
            place = f"data/{task.place}"
            if getattr(each, "row_number", None):
                place += f", row {each.row_number}"
            if getattr(each, "field_name", None):
                place += f", column {each.field_name}"
            problems.append(f"{place}: {each.message}")
    return problems
