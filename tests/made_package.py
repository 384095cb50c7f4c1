"""A data package written by hand: a folder that is read through the one door to data.

Its schema and its areas are the report's own; every figure, source and break is made up.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"

_FIGURE = {
    "area": "WLD", "period": "2021", "resolution": 0, "hedge": "", "locator": "",
    "source": "press",
}  # fmt: skip
# What a row says where a test does not.
_DEFAULTS: dict[str, dict[str, object]] = {
    "displacement": _FIGURE | {
        "indicator": "refugees_and_migrants", "origin": "VEN", "period_basis": "stated",
        "unit": "persons",
    },
    "leverage": _FIGURE | {
        "facility": "fund", "role": "loans", "donor": "", "status": "", "unit": "USD",
    },
    "funding": _FIGURE | {
        "appeal": "Appeal", "appeal_year": 2021, "measure": "received", "donor": "",
        "unit": "USD",
    },
    "sources": {
        "publisher": "Press", "via": "", "title": "A release", "published": "2022-01-15",
        "dating": "stated", "kind": "own", "url": "https://example.org/release",
    },
    "breaks": {
        "series": "refugees_and_migrants", "origin": "VEN", "area": "WLD", "period": "2022",
        "reason": "a new method", "source": "",
    },
}  # fmt: skip
_KEYS = {
    "displacement": "observation", "leverage": "observation", "funding": "observation",
    "sources": "source", "breaks": "break",
}  # fmt: skip
_ONE_SOURCE = ({"source": "press"},)

Rows = Sequence[Mapping[str, object]]


def write(
    folder: Path,
    *,
    displacement: Rows = (),
    leverage: Rows = (),
    funding: Rows = (),
    sources: Rows = _ONE_SOURCE,
    breaks: Rows = (),
) -> Path:
    """Write a data package into a folder and return the folder.

    A figure needs a value; its key is numbered (d001, l001, f001) and its words are the value's
    digits unless the row says otherwise. A source needs its key.
    """
    folder.mkdir(exist_ok=True)
    for name in ("datapackage.json", "areas.csv"):
        shutil.copy(DATA / name, folder / name)
    tables = {
        "displacement": displacement, "leverage": leverage, "funding": funding,
        "sources": sources, "breaks": breaks,
    }  # fmt: skip
    for name, rows in tables.items():
        with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as stream:
            columns = next(csv.reader(stream))
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, columns, lineterminator="\n")
            table.writeheader()
            for number, row in enumerate(rows, 1):
                made = {_KEYS[name]: f"{name[0]}{number:03}", **_DEFAULTS[name], **row}
                if "as_stated" in columns:
                    made.setdefault("as_stated", str(made["value"]))
                table.writerow(made)
    return folder
