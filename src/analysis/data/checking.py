"""What is wrong with ``data/``: every table read as the notebooks read it, and the rule of digits.

``reportbook check`` and every build ask `problems` before a notebook runs; ``reportbook check
--fix`` asks `mend` first. ``_config.yml`` names this module for them.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path

from analysis.data import hedges
from analysis.data.load import OBSERVATIONS, Data, load
from analysis.data.table_schema import Package, Table
from analysis.errors import DataError

_RULED = {"persons", "USD", "percent", "ratio", "operations", "countries"}  # units with a rule


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the tables in a folder, each with file, row, column and remedy.

    Parameters
    ----------
    folder : pathlib.Path
        The one that holds ``datapackage.json``.
    """
    try:
        tables = Package(folder, *OBSERVATIONS).read()
        data = load(folder)
        return [each for name in OBSERVATIONS for each in _off_rule(tables[name], data)]
    except DataError as refused:
        return [_with_remedy(line) for line in str(refused).splitlines()]


def mend(folder: Path) -> list[str]:
    """Fill in the resolutions of new rows, and return what was filled in.

    A cell that holds something is left as it is. So is a row whose digits another rule decides:
    that of a dataset, which its producer has rounded.
    """
    kinds = {row["source"]: row["kind"] for row in _rows(folder / "sources.csv")}
    done = []
    for name in OBSERVATIONS:
        path = folder / f"{name}.csv"
        rows = _rows(path)
        filled = 0
        for row in rows:
            if row["resolution"] or kinds.get(row["source"], "dataset") == "dataset":
                continue
            try:
                value = float(row["value"])
                right = hedges.resolution(value, row["as_stated"], row["unit"], row["hedge"])
            except ValueError:
                continue  # `problems` says what is wrong
            row["resolution"] = _plain(right)
            filled += 1
        if filled:
            _write(path, rows)
            done.append(
                f"{folder.name}/{path.name}: the resolution of {filled} rows is filled in."
                if filled > 1
                else f"{folder.name}/{path.name}: the resolution of one row is filled in."
            )
    return done


def _with_remedy(problem: str) -> str:
    if "column resolution: the cell is empty" in problem:
        return f"{problem} 'reportbook check --fix' computes it from the words."
    return problem


def _off_rule(table: Table, data: Data) -> Iterator[str]:
    """Say where the digits of a figure do not follow from its words."""
    lines = {row["observation"]: line for line, row in table.rows}
    for each in data.tables[table.name]:
        if each.source.kind == "dataset" or each.unit not in _RULED:
            continue
        place = f"{table.file}, row {lines[each.key]}, column"
        try:
            right = hedges.resolution(each.value, each.as_stated, each.unit, each.hedge)
        except ValueError as refused:
            yield f"{place} as_stated: {refused}. Mend the words, or the value."
            continue
        if not math.isclose(right, each.resolution, rel_tol=1e-9, abs_tol=1e-12):
            yield (
                f"{place} resolution: {_plain(each.resolution)!r} is not the place of the last "
                f"digit of {each.as_stated!r}. Accepted: {_plain(right)}."
            )


def _plain(number: float) -> str:
    """Return a number in plain digits, as the tables have it: 100000, 0.1."""
    return f"{number:.12f}".rstrip("0").rstrip(".")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(stream)]


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
