"""IOM's Displacement Tracking Matrix: people displaced inside a country, round after round.

A round counts everybody again, so that rounds of one operation are never added; `newest_rounds`
keeps the ones that may be. Places within a country are added up: of the levels that a file has,
the country's own row leads, for the places below it are the same people.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.producers.countries import is_country
from analysis.producers.figures import numbers
from analysis.producers.files import read_json
from analysis.producers.reading import Dropped, Reading
from analysis.producers.sheets import Sheet, read_sheets, sheet_of_items

_KEY = ("country", "operation", "round", "date", "reason")
_HEADINGS = {
    "country": ("admin0Pcode",),
    "operation": ("operation",),
    "round": ("roundNumber",),
    "date": ("reportingDate",),
    "reason": ("displacementReason",),
    "people": ("numPresentIdpInd",),
    "level": ("adminLevel",),
    "admin1": ("admin1Pcode",),
    "admin2": ("admin2Pcode",),
}
_NEEDED = ("country", "operation", "round", "date", "people")
_NOT_STATED = ("", "Not available", "NA", "None")


def read(paths: Sequence[Path]) -> Reading:
    """Return the people displaced by country, operation, round and reason.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        The API's JSON, or the file on the Humanitarian Data Exchange.

    Returns
    -------
    Reading
        Of the table ``dtm_displacement``: ``country``, ``operation``, ``round``, ``date`` (the day
        reported), ``reason`` and ``people``. All rounds are in it: see `newest_rounds`.

    Raises
    ------
    DataError
        If a file is none of these.
    """
    sheets = [sheet for path in paths for sheet in _sheets(path)]
    parts = [_rows(sheet) for sheet in sheets]
    _refuse_overlap(parts)
    rows, dropped = _coarsest(pd.concat(parts, ignore_index=True))
    table = pd.DataFrame(rows.groupby(list(_KEY))["people"].sum(min_count=1)).reset_index()
    operations = table[["country", "operation"]].drop_duplicates()
    return Reading(
        table="dtm_displacement",
        rows=table,
        key=_KEY,
        whole=("country", "operation", "round"),
        amounts=("people",),
        summary=f"{len(operations)} operations in {table['country'].nunique()} countries, "
        f"{table['date'].min()} to {table['date'].max()}",
        published="",
        retrieved="",
        title="Displacement Tracking Matrix",
        publisher="IOM",
        licence="CC BY-IGO 3.0",
        address="https://dtm.iom.int/data-and-analysis/dtm-api",
        dropped=tuple(dropped),
        remarks=(
            *(sheet.remark for sheet in sheets if sheet.remark),
            "Every round counts everybody again: add only the newest round of each operation.",
        ),
    )


def newest_rounds(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the newest round of each operation, the only ones that may be added.

    Parameters
    ----------
    table : pandas.DataFrame
        As `read` gives it.
    """
    operation = table.groupby(["country", "operation"])["round"]
    return table[table["round"] == operation.transform("max")]


def _sheets(path: Path) -> list[Sheet]:
    document = read_json(path)
    if document is None:
        return read_sheets(path, _HEADINGS, _NEEDED)
    items = document.get("result") if isinstance(document, dict) else document
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        answer = document if isinstance(document, dict) else {}
        said = answer.get("errorMessages") or answer.get("message") or ""
        raise DataError(f"{path.name} has no list 'result'{', but says: ' if said else ''}{said}.")
    return [sheet_of_items(path.name, items, _HEADINGS, _NEEDED)]


def _rows(sheet: Sheet) -> pd.DataFrame:
    foreign = ~is_country(sheet.cells["country"])
    if foreign.any():
        raise sheet.refusal(
            foreign, "country", "{} is not a country code of ISO 3166-1 alpha-3",
            "Accepted: the code of three letters that DTM calls admin0Pcode.",
        )  # fmt: skip
    days = sheet.cells["date"].str.extract(r"(\d{4}-\d\d-\d\d)", expand=False)
    if days.isna().any():
        raise sheet.refusal(days.isna(), "date", "{} is not a date", "Accepted: 2010-11-30.")
    counts = numbers(sheet, ("round", "people"), whole=True)
    if counts["round"].isna().any():
        raise sheet.refusal(counts["round"].isna(), "round", "{} is no round", "Accepted: digits.")
    reason = sheet.cells["reason"] if sheet.has("reason") else ""
    rows = sheet.cells[["country", "operation"]].assign(
        round=counts["round"],
        date=days,
        reason=reason,
        people=counts["people"],
        level=_level(sheet),
    )
    return rows.assign(reason=rows["reason"].where(~rows["reason"].isin(_NOT_STATED), ""))


def _level(sheet: Sheet) -> pd.Series:
    """How far below the country each row's place is: 0, 1 or 2."""
    if sheet.has("level"):
        return numbers(sheet, ["level"], whole=True)["level"].fillna(0).astype(int)
    level = pd.Series(0, sheet.cells.index)
    for below in (1, 2):
        if sheet.has(f"admin{below}"):
            level = level.mask(~sheet.cells[f"admin{below}"].isin(_NOT_STATED), below)
    return level


def _refuse_overlap(parts: Sequence[pd.DataFrame]) -> None:
    """Stop where two files have the same round: its people would be counted twice."""
    seen: set[tuple[object, ...]] = set()
    for part in parts:
        rounds = set(part[["country", "operation", "round"]].itertuples(index=False, name=None))
        for country, operation, number in sorted(rounds & seen, key=str):
            raise DataError(
                f"Round {number} of '{operation}' in {country} is in two files. Name one of them."
            )
        seen |= rounds


def _coarsest(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Dropped]]:
    """The rows of the highest level that each round of an operation has."""
    highest = rows.groupby(["country", "operation", "round"])["level"].transform("min")
    below = rows["level"] > highest
    why = "places within a country whose own row is there"
    return rows[~below], [Dropped(int(below.sum()), why)] if below.any() else []
