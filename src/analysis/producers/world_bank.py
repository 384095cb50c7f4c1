"""The World Bank's indicators: inhabitants (SP.POP.TOTL) and GDP (NY.GDP.MKTP.CD) of countries.

Read are the API's JSON, the download of an indicator (a zip, its CSV, or the workbook), the bulk
file of all indicators, and exports of the DataBank, with years as columns or as rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.producers.countries import is_country
from analysis.producers.figures import numbers, years
from analysis.producers.files import read_json
from analysis.producers.reading import Dropped, Reading
from analysis.producers.sheets import Sheet, read_sheets, sheet_of_items

INDICATORS = {"SP.POP.TOTL": "inhabitants", "NY.GDP.MKTP.CD": "gdp_usd"}
AMOUNTS = tuple(INDICATORS.values())
_UPDATED = re.compile(r"updated\D{1,20}(\d{4}-\d\d-\d\d)", re.IGNORECASE)
_YEARS = tuple(str(year) for year in range(1960, 2101))
_HEADINGS = {
    "country": ("Country Code", "countryiso3code", "iso3c", "ISO3"),
    "indicator": ("Indicator Code", "Series Code", "indicator"),
    "year": ("Time", "Year", "date"),
    "value": ("value",),
    "inhabitants": ("Population, total [SP.POP.TOTL]", "SP.POP.TOTL"),
    "gdp_usd": ("GDP (current US$) [NY.GDP.MKTP.CD]", "NY.GDP.MKTP.CD"),
    **{year: (year, f"{year} [YR{year}]") for year in _YEARS},
}


def read(paths: Sequence[Path]) -> Reading:
    """Return inhabitants and GDP by country and year; regions and income groups are left out.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        One file or several: each indicator is a download of its own, and the API answers by pages.

    Returns
    -------
    Reading
        Of the table ``world_bank``: ``country``, ``year``, ``inhabitants``, ``gdp_usd`` in current
        US dollars, both rounded to whole numbers.

    Raises
    ------
    DataError
        If a file is none of these or has neither indicator, or two files differ on a value.
    """
    parts, published, remarks = [], [], []
    for path in paths:
        sheets, updated = _sheets(path)
        published += updated
        # In a zip, notes on countries lie beside the values.
        told = [sheet for sheet in sheets if any(map(sheet.has, ("indicator", *AMOUNTS)))]
        for sheet in told or sheets:
            parts.append(_long(sheet))
            remarks += [sheet.remark] if sheet.remark else []
            published += re.findall(
                r"updated\D{1,20}(\d{4}-\d\d-\d\d)", " ".join(sheet.around), re.I
            )
    values = pd.concat(parts, ignore_index=True).dropna(subset="value")
    of_countries = is_country(values["country"])
    aggregates = int((~of_countries).sum())
    why = "regions, income groups and territories without a code of ISO 3166-1"
    values = values[of_countries].drop_duplicates()
    _refuse_two_values(values)
    if values.empty:
        raise DataError("No country has a value in the files. Are they of SP.POP.TOTL?")
    table = values.pivot(index=["country", "year"], columns="indicator", values="value")
    table = table.reindex(columns=list(AMOUNTS)).reset_index().rename_axis(columns=None)
    remarks += [f"The files have no {each}: missing, not zero." for each in AMOUNTS
                if table[each].isna().all()]  # fmt: skip
    first, last = table["year"].min(), table["year"].max()
    return Reading(
        table="world_bank",
        rows=table.astype(dict.fromkeys(AMOUNTS, "Int64")),
        key=("country", "year"),
        whole=("country", "year"),
        amounts=AMOUNTS,
        summary=f"{table['country'].nunique()} countries, {first}–{last}",
        published=max(published, default=""),
        retrieved="",
        title="World Development Indicators",
        publisher="World Bank",
        licence="CC BY 4.0",
        address="https://databank.worldbank.org/source/world-development-indicators",
        dropped=(Dropped(aggregates, why),) if aggregates else (),
        remarks=tuple(remarks),
    )


def _sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets of a file, and when the API says that it was updated."""
    document = read_json(path)
    if document is None:
        return read_sheets(path, _HEADINGS, ("country",), holding=list(INDICATORS)), []
    head = document[0] if isinstance(document, list) and document else {}
    if not isinstance(head, dict) or len(document) != 2 or not isinstance(document[1], list):
        said = "; ".join(
            str(each.get("value", "")) for each in _mapping(head).get("message", ()) or ()
        )
        raise DataError(
            f"{path.name} has no rows{', but says: ' if said else ''}{said}. Accepted: answers of "
            "api.worldbank.org/v2/country/all/indicator/…?format=json."
        )
    items = [
        {**each, "indicator": _mapping(each.get("indicator")).get("id", "")}
        for each in map(_mapping, document[1])
    ]
    sheet = sheet_of_items(path.name, items, _HEADINGS, ("country", "indicator", "year", "value"))
    return [sheet], [head["lastupdated"]] if head.get("lastupdated") else []


def _mapping(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, dict) else {}


def _long(sheet: Sheet) -> pd.DataFrame:
    """Country, year, indicator and value, one row each, from whichever side years stand on."""
    if sheet.has("indicator"):
        cells = sheet.cells[sheet.cells["indicator"].isin(list(INDICATORS))]
        if cells.empty:
            there = ", ".join(sorted(set(sheet.cells["indicator"]) - {""})[:5])
            raise DataError(
                f"{sheet.file} has neither {' nor '.join(INDICATORS)}, but {there}. Download one "
                "of these indicators."
            )
        sheet = Sheet(sheet.file, cells, sheet.headings, sheet.counted)
        names = cells["indicator"].map(INDICATORS)
        if sheet.has("value"):
            value = numbers(sheet, ["value"], whole=False)["value"]
            return _rows(sheet.cells["country"], years(sheet, "year"), names, value)
        columns = [year for year in _YEARS if sheet.has(year)]
        if not columns:
            raise DataError(f"{sheet.file} has no columns of years, such as '2023'.")
        wide = numbers(sheet, columns, whole=False)
        return pd.concat(
            [_rows(sheet.cells["country"], int(year), names, wide[year]) for year in columns],
            ignore_index=True,
        )
    columns = [column for column in AMOUNTS if sheet.has(column)]
    if not columns or not sheet.has("year"):
        raise DataError(
            f"{sheet.file} names no indicator. Accepted: a column 'Indicator Code' or 'Series "
            f"Code', or columns named by {' and '.join(INDICATORS)} beside one of years."
        )
    wide = numbers(sheet, columns, whole=False)
    when = years(sheet, "year")
    return pd.concat(
        [_rows(sheet.cells["country"], when, each, wide[each]) for each in columns],
        ignore_index=True,
    )


def _rows(country: pd.Series, year: Any, indicator: Any, value: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"country": country, "year": year, "indicator": indicator, "value": value})


def _refuse_two_values(values: pd.DataFrame) -> None:
    clash = values.duplicated(["country", "year", "indicator"], keep=False)
    if clash.any():
        one, other = (
            values[clash].sort_values(["indicator", "country", "year"]).head(2).to_dict("records")
        )
        raise DataError(
            f"{one['indicator']} of {one['country']} in {one['year']} is both {one['value']:,} and "
            f"{other['value']:,} in the files. Import the downloads of one day only."
        )
