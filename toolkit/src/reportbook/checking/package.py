"""What frictionless finds in a report's data package, in the words of those who keep its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportbook.errors import ReportError
from reportbook.report.project import Project

DESCRIPTOR = "datapackage.json"
_KINDS = {
    "integer": "a whole number in plain digits, such as 2020",
    "number": "a number in plain digits with a point for decimals, such as 7700000 or 37.4",
    "boolean": "true or false",
    "date": "a day, such as 2020-05-26",
    "year": "a year, such as 2020",
    "yearmonth": "a month, such as 2020-05",
}
_TYPE = re.compile(r'type is "(?P<kind>\w+)/')
_CONSTRAINT = re.compile(r'constraint "(?P<name>\w+)" is "(?P<value>.*)"', re.DOTALL)
_LOOKUP = re.compile(
    r'for "(?P<column>.*)": values "(?P<value>.*)" not found in the lookup table "(?P<table>.*)"'
    r' as "(?P<key>.*)"'
)
_SAME = re.compile(r"the same as in the row at position (?P<row>\d+)")
_FOLLOWS = ("primary-key", "unique-error")  # of what is said of the row already


def check_package(project: Project) -> list[str]:
    """What is wrong with the data package of the report: file, row, column, and what is accepted.

    Raises
    ------
    ReportError
        If there is a data package and frictionless is not installed.
    """
    descriptor = project.data / DESCRIPTOR
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
        problems += _of_file(f"{project.settings.data}/{task.place}", task.errors)
    return problems


def _of_file(file: str, errors: list[Any]) -> Iterator[str]:
    said: set[int] = set()
    for each in errors:
        row = getattr(each, "row_number", None)
        if each.type in _FOLLOWS and row in said:
            continue
        said.add(row or 0)
        column = getattr(each, "field_name", None)
        place = f"{file}{f', row {row}' if row else ''}{f', column {column}' if column else ''}"
        yield f"{place}: {_words(each)}"


def _words(error: Any) -> str:
    """What is wrong, as a sentence; in frictionless's words where there are none here."""
    cell = getattr(error, "cell", "")
    if found := _TYPE.search(error.note):
        kind = found["kind"]
        return f"'{cell}' is not accepted. Accepted: {_KINDS.get(kind, f'what is a {kind}')}."
    if found := _CONSTRAINT.search(error.note):
        return _broken_rule(cell, found["name"], found["value"])
    if found := _LOOKUP.search(error.note):
        return (
            f"'{found['value']}' in column {found['column']} is not in the table "
            f"'{found['table']}', column {found['key']}. Mend it, or add it there."
        )
    if found := _SAME.search(error.note):
        return f"what tells rows apart stands in row {found['row']} already."
    said = {
        "blank-row": "an empty line.",
        "missing-cell": "the row has fewer cells than there are columns.",
        "extra-cell": "the row has more cells than there are columns.",
        "missing-label": "the first line does not name this column.",
        "extra-label": "the first line names a column that the data package does not.",
        "scheme-error": "the data package names this file, but it cannot be opened.",
        "source-error": "the file holds no table.",
    }
    words: str = said.get(error.type) or error.message
    return words


def _broken_rule(cell: str, rule: str, value: str) -> str:
    if rule == "required":
        return "the cell is empty, and a value is required."
    accepted = {
        "enum": value.strip("[]").replace("'", ""),
        "minimum": f"{value} or more",
        "maximum": f"{value} or less",
        "pattern": f"text of the form {value}",
    }
    return f"'{cell}' is not accepted. Accepted: {accepted.get(rule, f'{rule} {value}')}."
