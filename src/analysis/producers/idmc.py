"""IDMC's Global Internal Displacement Database: people displaced inside their own country.

A stock is people displaced at the end of a year; displacements are movements during it. They are
columns of their own and are never added. IDMC publishes rounded figures beside raw ones; read are
the rounded, and the raw only where there are no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.producers.countries import is_country
from analysis.producers.figures import numbers, years
from analysis.producers.files import read_json
from analysis.producers.reading import Dropped, Reading
from analysis.producers.sheets import Sheet, read_sheets, sheet_of_items

COUNTS = ("conflict_stock", "conflict_displacements", "disaster_displacements", "disaster_stock")
_HEADINGS = {
    "country": ("ISO3", "iso3"),
    "year": ("Year", "year"),
    "conflict_stock": (
        "Conflict Stock Displacement", "conflict_total_displacement_rounded",
        "Conflict Stock Displacement (Raw)", "conflict_total_displacement",
    ),
    "conflict_displacements": (
        "Conflict Internal Displacements", "Conflict New Displacements",
        "conflict_new_displacement_rounded", "Conflict Internal Displacements (Raw)",
        "conflict_new_displacement",
    ),
    "disaster_displacements": (
        "Disaster Internal Displacements", "Disaster New Displacements",
        "disaster_new_displacement_rounded", "Disaster Internal Displacements (Raw)",
        "disaster_new_displacement",
    ),
    "disaster_stock": (
        "Disaster Stock Displacement", "disaster_total_displacement_rounded",
        "Disaster Stock Displacement (Raw)", "disaster_total_displacement",
    ),
}  # fmt: skip


def read(paths: Sequence[Path]) -> Reading:
    """Return stocks at the end of, and displacements during, each year by country.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        The database's workbook, CSV or JSON.

    Returns
    -------
    Reading
        Of the table ``idmc_displacement``: ``country``, ``year`` and, in people,
        ``conflict_stock``, ``conflict_displacements``, ``disaster_displacements``,
        ``disaster_stock``.

    Raises
    ------
    DataError
        If a file is none of these, or a country and year stands twice with other numbers.
    """
    sheets = [sheet for path in paths for sheet in _sheets(path)]
    rows = pd.concat([_rows(sheet) for sheet in sheets], ignore_index=True)
    dropped = []
    elsewhere = ~is_country(rows["country"])
    if elsewhere.any():
        listed = ", ".join(sorted(set(rows.loc[elsewhere, "country"])))
        why = f"territories without a code of ISO 3166-1 ({listed})"
        dropped.append(Dropped(int(elsewhere.sum()), why))
    nothing = ~elsewhere & rows[list(COUNTS)].isna().all(axis=1)
    if nothing.any():
        dropped.append(Dropped(int(nothing.sum()), "nothing is reported"))
    rows = rows[~elsewhere & ~nothing].drop_duplicates()
    key = ["country", "year"]
    clash = rows.duplicated(key)
    if clash.any():
        first = rows[clash].iloc[0]
        raise DataError(
            f"{first['country']} in {first['year']} stands in the files with different numbers. "
            "Import one release at a time."
        )
    raw = [sheet.headings[each] for sheet in sheets for each in COUNTS
           if sheet.has(each) and "raw" in sheet.headings[each].casefold()]  # fmt: skip
    remarks = [sheet.remark for sheet in sheets if sheet.remark]
    if raw:
        remarks.append(f"Not rounded as IDMC publishes them: {', '.join(raw)}.")
    return Reading(
        table="idmc_displacement",
        rows=rows[[*key, *COUNTS]].sort_values(key, ignore_index=True),
        key=tuple(key),
        whole=tuple(key),
        amounts=COUNTS,
        summary=f"{rows['country'].nunique()} countries, {rows['year'].min()}–{rows['year'].max()}",
        published="",
        retrieved="",
        title="Global Internal Displacement Database",
        publisher="IDMC",
        licence="CC BY-IGO 3.0",
        address="https://www.internal-displacement.org/database/displacement-data/",
        dropped=tuple(dropped),
        remarks=tuple(remarks),
    )


def _sheets(path: Path) -> list[Sheet]:
    document = read_json(path)
    if document is None:
        return read_sheets(path, _HEADINGS, ("country", "year", "conflict_displacements"))
    items = document.get("results") if isinstance(document, dict) else document
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise DataError(f"{path.name} has no list of countries and years ('results').")
    return [sheet_of_items(path.name, items, _HEADINGS, ("country", "year"))]


def _rows(sheet: Sheet) -> pd.DataFrame:
    if not any(sheet.has(each) for each in COUNTS):
        raise DataError(f"{sheet.file} has neither stocks nor displacements. Is it this database?")
    found = numbers(sheet, COUNTS, whole=True)
    return pd.concat([sheet.cells["country"], years(sheet, "year"), found], axis=1)
