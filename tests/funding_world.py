"""A few rows of funding written by hand, read through the one door to data."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from analysis.data.load import Data, load

DATA = Path(__file__).parents[1] / "data"
DEFAULTS = {
    "appeal": "IOM-COVID-19", "appeal_year": 2020, "area": "WLD", "measure": "received",
    "donor": "", "period": "2020-05-26", "unit": "USD", "resolution": 0, "hedge": "",
    "locator": "", "source": "us-iom-2020",
}  # fmt: skip


def world(folder: Path, *rows: dict) -> Data:
    """Return data whose funding is these rows; each needs a value, the rest has defaults."""
    for file in DATA.iterdir():
        shutil.copy(file, folder / file.name)
    with open(DATA / "funding.csv", encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with open(folder / "funding.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        for number, row in enumerate(rows, 1):
            key = {"observation": f"f{number:03}", "as_stated": str(row["value"])}
            table.writerow(DEFAULTS | key | row)
    return load(folder)
