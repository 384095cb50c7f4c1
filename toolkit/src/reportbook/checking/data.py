"""Checks of a report's data: how its tables are written, and what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from reportbook.checking.package import DESCRIPTOR, check_package
from reportbook.checking.publishing_reports import publishes
from reportbook.checking.report_code import check_with_module, mend_with_module
from reportbook.errors import ReportError
from reportbook.files.table_text import TableText
from reportbook.report.project import Project

_FIX = "or run 'reportbook check --fix'"
_OWN_TABLES = ("source", "observation")  # first columns of tables that this toolkit itself reads
_HEAD = 4096  # bytes: enough to tell what the first column is called
_NUMBERS = ("number", "integer")


def check_data(project: Project, *, thoroughly: bool = True, by_module: bool = True) -> list[str]:
    """What is wrong with the report's data, each once, with file, row and remedy.

    First how the files are written, then what the module says that the report names for its data.
    What frictionless finds in the ``datapackage.json`` comes last, for files of which nothing is
    said yet; with `thoroughly` false it is not asked where the report has a module. The module is
    asked only with `by_module`.

    Raises
    ------
    ReportError
        If there is a data package and frictionless is not installed.
    """
    problems = dict(check_files(project))
    said: list[str] = []
    try:
        by_report = check_with_module(project) if by_module else []
        said += (each for each in by_report if not _is_of(each, problems))
    except ReportError as error:
        if not problems:  # else it may have failed for the same reason
            said.append(str(error))
    found = [*problems.values(), *said]
    if (thoroughly or not project.settings.checks.name) and not said:
        found += (each for each in check_package(project) if not _is_of(each, problems))
    return found


def mend_data(project: Project) -> list[str]:
    """Mend what is sure to stay the same data, and say of each file what was done.

    Raises
    ------
    ReportError
        If the module that the report names for its data fails.
    """
    done = []
    for path, table in _table_files(project):
        mended = table.mended
        if mended is not None:
            path.write_bytes(mended)
            what = " and ".join(table.faults) or "had digits of another script, or empty rows"
            done.append(f"{project.shown(path)} {what}: mended.")
    return [*done, *mend_with_module(project)]


def check_files(project: Project) -> Iterator[tuple[str, str]]:
    """Tables that are not written as CSV is, each by its file: what it is, and what to do."""
    for path, table in _table_files(project):
        shown = project.shown(path)
        if table.not_text:
            yield (
                shown,
                f"{shown}, {table.not_text}. Save it as 'CSV UTF-8', then run 'reportbook check "
                "--fix', which takes the byte order mark away.",
            )
        elif table.faults:
            what = " and ".join(table.faults)
            yield (
                shown,
                f"{shown}, row 1: this file {what}. Save it as CSV with commas, in UTF-8 without "
                f"a byte order mark, {_FIX}.",
            )


def _table_files(project: Project) -> Iterator[tuple[Path, TableText]]:
    """The tables that the data package describes as plain CSV, and those of sources and figures."""
    described = dict(_described(project.data))
    own = _OWN_TABLES if publishes(project) else ()
    for path in sorted({*described, *project.data.rglob("*.csv")}):
        try:
            if path in described or _first_column(path) in own:
                yield path, TableText(path.read_bytes(), described.get(path, ()))
        except OSError:
            continue  # what reads it says so


def _first_column(path: Path) -> str:
    with path.open("rb") as stream:
        return next(iter(TableText(stream.read(_HEAD)).heading), "")


def _described(data: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The CSV files of the data package, each with its columns of numbers.

    One that is described as written in another way, or not as it should be, is left out.
    """
    try:
        resources = json.loads((data / DESCRIPTOR).read_bytes())["resources"]
        for each in resources:
            path = data / each["path"]
            if path.suffix != ".csv" or each.get("dialect"):
                continue
            if str(each.get("encoding", "utf-8")).casefold() in ("utf-8", "utf8"):
                fields = each.get("schema", {}).get("fields", ())
                yield path, tuple(it["name"] for it in fields if it.get("type") in _NUMBERS)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return


def _is_of(problem: str, files: Mapping[str, str]) -> bool:
    """Whether a sentence is about one of the files."""
    return any(problem.startswith((f"{file},", f"{file}:", f"{file} ")) for file in files)
