"""Tables of data made by hand for a test, written to a folder and read through the one door."""

from __future__ import annotations

import csv
import json
import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.data.load import Data, load

_REAL = Path(__file__).parents[1] / "data"
_OBSERVATION = {"period": "2020", "unit": "USD", "resolution": 0, "source": "report"}
_DEFAULTS = {
    "displacement": _OBSERVATION
    | {"indicator": "refugees_and_migrants", "origin": "VEN", "area": "WLD", "unit": "persons"}
    | {"period_basis": "stated"},
    "leverage": _OBSERVATION
    | {"facility": "gcff-ecuador-2022", "area": "ECU", "role": "loans", "status": "approved"},
    "funding": _OBSERVATION
    | {"appeal": "IOM-COVID-19", "appeal_year": 2020, "area": "WLD", "measure": "received"},
    "sources": {"published": "2021", "dating": "stated", "kind": "own"},
    "breaks": {"series": "refugees_and_migrants", "origin": "VEN", "reason": "a new method"},
}
_FILES = {
    resource["name"]: resource["path"]
    for resource in json.loads((_REAL / "datapackage.json").read_text("utf-8"))["resources"]
    if resource["path"].startswith("tables/")
}
_KEYS = {"displacement": "d", "leverage": "l", "funding": "f"}


Rows = Sequence[Mapping]


def made(
    *,
    displacement: Rows = (),
    leverage: Rows = (),
    funding: Rows = (),
    breaks: Rows = (),
    sources: Mapping[str, Mapping] | None = None,
    tables: Mapping[str, Rows] | None = None,
) -> Data:
    """Return data that hold these rows and no others, as :func:`write` writes them."""
    folder = TemporaryDirectory()
    data = load(write(
        Path(folder.name), displacement=displacement, leverage=leverage, funding=funding,
        breaks=breaks, sources=sources, tables=tables,
    ))  # fmt: skip
    weakref.finalize(data, folder.cleanup)  # not before: a table is read when first asked for
    return data


def write(
    folder: Path,
    *,
    displacement: Rows = (),
    leverage: Rows = (),
    funding: Rows = (),
    breaks: Rows = (),
    sources: Mapping[str, Mapping] | None = None,
    tables: Mapping[str, Rows] | None = None,
) -> Path:
    """Write a data package into a folder, and return the folder; areas and outlines are real.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is not there.
    displacement, leverage, funding : sequence of mapping
        Each needs a ``value``; the rest has defaults. Without a key they are ``d001``, ``d002``, …;
        without a source of its own a row has that called ``report``.
    breaks : sequence of mapping
        Each needs an ``area`` and a ``period``.
    sources : mapping of str to mapping
        What differs from a source published in 2021 by whom it is named after.
    tables : mapping of str to sequence of mapping
        The rows of producers' tables, each as one snapshot with a source of the table's name.
    """
    observations = {"displacement": displacement, "leverage": leverage, "funding": funding}
    written = {
        name: [
            {"observation": f"{_KEYS[name]}{n:03}", "as_stated": str(row["value"])} | dict(row)
            for n, row in enumerate(rows, 1)
        ]
        for name, rows in observations.items()
    }
    tables = tables or {}
    named = dict.fromkeys(
        [row.get("source", "report") for rows in written.values() for row in rows]
        + [table.replace("_", "-") for table in tables]
    )
    written["sources"] = [
        {"source": key, "publisher": key, "title": key, "url": f"https://example.org/{key}"}
        | dict((sources or {}).get(key, {}))
        for key in {**(sources or {}), **named}
    ]
    written["snapshots"] = [_snapshot(table, rows) for table, rows in tables.items()]
    written["corrections"] = []
    written["breaks"] = [{"break": f"b{n:03}"} | dict(row) for n, row in enumerate(breaks, 1)]
    folder.mkdir(exist_ok=True)
    for kept in ("datapackage.json", "areas.csv", "outlines.csv", "m49.csv"):
        shutil.copyfile(_REAL / kept, folder / kept)
    for table, rows in written.items():
        _write(folder / f"{table}.csv", _REAL / f"{table}.csv", _DEFAULTS.get(table, {}), rows)
    for table, path in _FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        _write(folder / path, _REAL / path, {}, tables.get(table, ()))
    return folder


def _snapshot(table: str, rows: Rows) -> Mapping:
    """The record of a table made by hand, of the day on which its source was published."""
    return {
        "table": table, "file": _FILES[table], "producer": "made", "title": table,
        "published": "2021-01-01", "address": "https://example.org/", "rows": len(rows),
        "sha256": "0" * 64, "licence": "CC0", "source": table.replace("_", "-"),
        "extends": "false",
    }  # fmt: skip


def _write(path: Path, like: Path, defaults: Mapping, rows: Sequence[Mapping]) -> None:
    with open(like, encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    with open(path, "w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows({**defaults, **row} for row in rows)
