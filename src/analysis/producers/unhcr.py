"""UNHCR's Refugee Population Statistics, in any of the forms in which they are published.

They are the API's JSON, the Refugee Data Finder's download (a zip or the CSV in it), the export of
the R package ``refugees``, and the file on the Humanitarian Data Exchange (HDX). Countries are
taken by their ISO codes: UNHCR's own, of three letters as well, mean other countries (AUS is
Austria), and its names change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.producers.countries import is_country
from analysis.producers.figures import numbers, years
from analysis.producers.files import read_json
from analysis.producers.reading import Dropped, Reading
from analysis.producers.sheets import Sheet, read_sheets, sheet_of_items

OTHER = "OTHER"  # the host of people whose host is not named
COUNTS = ("refugees", "asylum_seekers", "oip")
_KEY = ("origin", "host", "year")
_HEADINGS = {
    "year": ("year",),
    "origin": (
        "coo_iso", "Country of origin (ISO)", "ISO3CoO", "Country of Origin Code",
    ),
    "host": (
        "coa_iso", "Country of asylum (ISO)", "ISO3CoA", "Country of Asylum Code",
    ),
    "refugees": ("refugees", "Refugees under UNHCR's mandate", "REF"),
    "asylum_seekers": ("asylum_seekers", "Asylum-seekers", "ASY"),
    "oip": (
        "oip", "Other people in need of international protection", "Venezuelans Displaced Abroad",
        "vda",
    ),
}  # fmt: skip
_HIDDEN = "*"  # in older files: one to four people, not told for their protection
_UNKNOWN = ("", "-", "UNK", "UKN", "XXX", "VAR", "NA")
_STATELESS = ("STA", "XXA")
_PARTS = {"origin": ("Country of origin", "coo_all"), "host": ("Country of asylum", "coa_all")}


def read(paths: Sequence[Path]) -> Reading:
    """Return the people of each origin in each host at the end of each year.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Files of one form or several; the pages of one answer of the API, for instance.

    Returns
    -------
    Reading
        Of the table ``unhcr_population``: ``year``, ``origin``, ``host``, ``refugees``,
        ``asylum_seekers`` and ``oip`` (other people in need of international protection).

    Raises
    ------
    DataError
        If a file is not of these forms, tells no host or origin, or has other codes than ISO's.
    """
    sheets = [sheet for path in paths for sheet in _sheets(path)]
    parts = [_people(sheet) for sheet in sheets]
    people, dropped = _abroad(pd.concat(parts, ignore_index=True))
    return Reading(
        table="unhcr_population",
        rows=people[["year", "origin", "host", *COUNTS]],
        key=_KEY,
        whole=("origin", "year"),
        amounts=COUNTS,
        summary=_summary(people),
        published="",
        retrieved=_extracted(sheets),
        title="Refugee Population Statistics",
        publisher="UNHCR",
        licence="CC BY 4.0",
        address="https://www.unhcr.org/refugee-statistics/",
        dropped=dropped,
        remarks=(*_remarks(sheets), *_looks_partial(people)),
    )


def _sheets(path: Path) -> list[Sheet]:
    document = read_json(path)
    if document is None:
        return read_sheets(path, _HEADINGS, ("year", "origin", "host"))
    document = document if isinstance(document, dict) else {"items": document}
    items = document.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        said = (
            document.get("message") or document.get("error") if isinstance(document, dict) else ""
        )
        raise DataError(
            f"{path.name} has no list 'items'{f', but says: {said}' if said else ''}. Accepted: "
            "answers of api.unhcr.org/population/v1/population/."
        )
    return [sheet_of_items(path.name, items, _HEADINGS, ("year", "origin", "host"))]


def _people(sheet: Sheet) -> pd.DataFrame:
    """The columns of one sheet, with codes that are countries, unknown, or nobody's."""
    counts = [column for column in COUNTS if sheet.has(column)]
    if not counts:
        raise DataError(
            f"{sheet.file} counts neither refugees nor asylum-seekers nor other people in need of "
            "international protection. Tick these in the download."
        )
    for column, (title, parameter) in _PARTS.items():
        cells = sheet.cells[column]
        if cells.eq("-").all():
            raise DataError(
                f"{sheet.file}, column '{sheet.headings[column]}' is '-' throughout: its numbers "
                f"are sums over every {title.lower()}. Choose '{title}' in the download, or ask "
                f"the API with {parameter}=true."
            )
        foreign = ~is_country(cells) & ~cells.isin([*_UNKNOWN, *_STATELESS, "TIB"])
        if foreign.any():
            raise sheet.refusal(
                foreign, column, "{} is not a country code of ISO 3166-1 alpha-3",
                "UNHCR's own codes look like ISO's and mean other countries; choose ISO codes in "
                "the download, or ask the API with cf_type=ISO.",
            )  # fmt: skip
    found = numbers(sheet, COUNTS, missing=(_HIDDEN,), whole=True)
    return pd.concat([years(sheet, "year"), sheet.cells[["origin", "host"]], found], axis=1).assign(
        place=[f"{sheet.file}, {sheet.counted} {row}" for row in sheet.cells.index]
    )


def _abroad(people: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    """Rows that count people abroad from a country, one for each key, and what was left out."""
    dropped = []

    def leave_out(rows: pd.Series, why: str) -> None:
        nonlocal people
        if rows.any():
            sum_ = int(people.loc[rows, list(COUNTS)].sum().sum())
            dropped.append(Dropped(int(rows.sum()), f"{why} ({sum_:,} people over all years)"))
            people = people[~rows]

    nobody = people[list(COUNTS)].fillna(0).eq(0).all(axis=1)
    if nobody.any():
        why = "they count nobody abroad (people displaced in their own country, returned, others)"
        dropped.append(Dropped(int(nobody.sum()), why))
        people = people[~nobody]
    leave_out(people["origin"].isin(_STATELESS), "stateless people, who have no country of origin")
    leave_out(people["origin"].isin(_UNKNOWN), "the country of origin is unknown")
    leave_out(people["origin"].eq("TIB"), "Tibetans, whose origin has no ISO code")
    leave_out(people["origin"] == people["host"], "origin and host are the same country")
    named = is_country(people["host"])
    people = people.assign(code=people["host"], host=people["host"].where(named, OTHER))
    people, doubled = _once(people)
    if doubled:
        dropped.append(Dropped(doubled, "they are in the files twice, with the same numbers"))
    if people.empty:
        raise DataError("No row counts people from a country in another one. Is it this table?")
    return people.sort_values(list(_KEY), ignore_index=True), tuple(dropped)


def _once(people: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Each row once: pages and files that overlap repeat rows; unnamed hosts are added up."""
    key = list(_KEY)
    named = people[people["host"] != OTHER]
    single = named.drop_duplicates([*key, *COUNTS])
    clash = single.duplicated(key, keep=False)
    if clash.any():
        one, other = single[clash].sort_values(key).head(2).to_dict("records")
        raise DataError(
            f"{other['place']}: people from {one['origin']} in {one['host']} in {one['year']} are "
            f"counted differently in {one['place']}. Import one release at a time, each whole."
        )
    unnamed = people[people["host"] == OTHER]
    unnamed = unnamed[~unnamed.duplicated([*key, "code", *COUNTS]) | unnamed["code"].eq("")]
    summed = unnamed.groupby(key, as_index=False)[list(COUNTS)].sum(min_count=1)
    return pd.concat([single, summed], ignore_index=True), len(named) - len(single)


def _summary(people: pd.DataFrame) -> str:
    first, last = people["year"].min(), people["year"].max()
    span = f"{first}–{last}" if first != last else str(first)
    origins = people["origin"].nunique()
    return f"people from {origins} {'countries' if origins > 1 else 'country'} abroad, {span}"


def _extracted(sheets: Sequence[Sheet]) -> str:
    """The day that downloads of the Refugee Data Finder name above their headings."""
    lines = " ".join(line for sheet in sheets for line in sheet.around)
    day = re.search(r"extracted\D{1,20}(\d{4}-\d\d-\d\d)", lines, re.IGNORECASE)
    return day[1] if day else ""


def _remarks(sheets: Sequence[Sheet]) -> list[str]:
    remarks = [sheet.remark for sheet in sheets if sheet.remark]
    for sheet in sheets:
        old = sheet.headings.get("oip", "")
        if re.search("venezuelans|vda", old, re.IGNORECASE):
            remarks.append(f"{sheet.file}: '{old}' is what UNHCR calls 'oip' since 2022.")
        hidden = sum(int(sheet.cells[each].eq(_HIDDEN).sum()) for each in COUNTS if sheet.has(each))
        if hidden:
            remarks.append(
                f"{sheet.file}: {hidden} counts of one to four people are hidden (*) and missing."
            )
        absent = [column for column in COUNTS if not sheet.has(column)]
        if absent:
            remarks.append(
                f"{sheet.file} has no column for {', '.join(absent)}: missing, not zero."
            )
    return remarks


def _looks_partial(people: pd.DataFrame) -> list[str]:
    """A remark where the file can be of some hosts only, so that its sums are no totals."""
    hosts = people.groupby(["origin", "year"])["host"].nunique()
    if people["host"].nunique() < 10 and len(hosts):
        listed = ", ".join(sorted(people["host"].unique()))
        return [f"All people are in {listed}. If the download was limited to these hosts, its sums "
                "are not the people abroad: do not import it."]  # fmt: skip
    return []
