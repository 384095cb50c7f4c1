"""OCHA's Financial Tracking Service: what plans asked, what they got, and for COVID-19.

Read are the exports on the Humanitarian Data Exchange (requirements and funding by country, the
same with the COVID-19 part, clusters, flows) and answers of the API: the overview of a year's plans
with the groupings by location of its plans of several countries.

Received is paid and committed; pledges are apart. A regional plan has one row a country, and where
it does not split its requirement FTS repeats one figure for several countries: requirements are
never added over countries before that is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.producers.countries import is_country, iso_codes
from analysis.producers.figures import numbers, years
from analysis.producers.files import read_json
from analysis.producers.reading import Dropped, Reading
from analysis.producers.sheets import Sheet, read_sheets

COVID_19 = "911"  # the emergency's number in FTS
AMOUNTS = ("required", "received", "received_for_covid")
COLUMNS = ("year", "country", "plan_id", "code", "plan", "type", "start", "end", *AMOUNTS)
TYPES = (
    "Humanitarian needs and response plan", "Humanitarian response plan", "Regional response plan",
    "Flash appeal", "Other",
)  # fmt: skip
_HEADINGS = {
    "country": ("countryCode", "destLocations"),
    "plan_id": ("destPlanId", "id"),
    "plan": ("destPlan", "name"),
    "code": ("destPlanCode", "code"),
    "type": ("typeName",),
    "start": ("startDate",),
    "end": ("endDate",),
    "year": ("year", "destUsageYearStart", "budgetYear"),
    "required": ("requirements",),
    "received": ("funding", "amountUSD"),
    "received_for_covid": ("covidFunding",),
    "cluster": ("cluster",),
    "flow": ("refCode",),
    "date": ("date",),
    "donor": ("srcOrganization",),
    "donor_countries": ("srcLocations",),
    "emergency": ("destEmergency",),
    "boundary": ("boundary",),
    "on_boundary": ("onBoundary",),
    "status": ("status",),
}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?")


def read(paths: Sequence[Path]) -> Reading:
    """Return plans by country, or clusters, or flows: what the files hold.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        Exports of one kind, where the one with the COVID-19 part adds to that of requirements; or
        answers of the API. A grouping by location does not say of which plan it is: its file's name
        does, such as ``custom-search-planid-943-groupby-location.json``.

    Returns
    -------
    Reading
        Of the table ``fts_plans``, ``fts_clusters`` or ``fts_flows``. Amounts are US dollars.

    Raises
    ------
    DataError
        If a file is none of these, or they are of several kinds.
    """
    documents = {path: document for path in paths if (document := read_json(path)) is not None}
    if documents:
        if len(documents) < len(paths):
            raise DataError("Answers of the API and exports are imported apart: name one kind.")
        try:
            answers = _of_answers(documents)
        except DataError:
            raise
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            # An answer is deep; that it is as FTS gives it is not asked at every step down.
            raise DataError(
                f"{', '.join(path.name for path in documents)}: not of the shape that is read here "
                f"({problem!r}). Ask the service again; if it stays so, it has changed."
            ) from problem
        return _plans(*answers, ())
    sheets = [
        sheet
        for path in paths
        for sheet in read_sheets(path, _HEADINGS, ("country", "plan_id", "received"))
    ]
    kinds = {_kind(sheet) for sheet in sheets}
    if len(kinds) > 1:
        raise DataError(f"The files hold {' and '.join(sorted(kinds))}: import each kind apart.")
    remarks = tuple(sheet.remark for sheet in sheets if sheet.remark)
    (kind,) = kinds
    if kind == "flows":
        return _flows(sheets, remarks)
    if kind == "clusters":
        return _clusters(sheets, remarks)
    return _plans(*_of_exports(sheets), remarks)


def _kind(sheet: Sheet) -> str:
    if sheet.has("boundary") and sheet.has("status"):
        return "flows"
    return "clusters" if sheet.has("cluster") else "plans"


def _reading(table: str, rows: pd.DataFrame, key: Sequence[str], **given: Any) -> Reading:
    return Reading(
        table=table,
        rows=rows.sort_values(list(key), ignore_index=True),
        key=tuple(key),
        published="",
        retrieved="",
        title="Financial Tracking Service",
        publisher="OCHA",
        licence="CC BY-IGO",
        address="https://fts.unocha.org/",
        **given,
    )


def _span(rows: pd.DataFrame) -> str:
    first, last = rows["year"].min(), rows["year"].max()
    return f"{first}–{last}" if first != last else str(first)


def _plans(rows: pd.DataFrame, dropped: Sequence[Dropped], remarks: Sequence[str]) -> Reading:
    """Plans by country, each once, however many years it is listed under."""
    key = ["plan_id", "country"]
    rows = rows.sort_values("year", kind="stable")
    again = rows.duplicated(key)
    if again.any():
        why = "a plan of several years is listed under each; it stands in its first"
        dropped = (*dropped, Dropped(int(again.sum()), why))
        rows = rows[~again]
    if rows.empty:
        raise DataError("No plan of a country is in the files. Are they requirements and funding?")
    other = sorted(set(rows["type"]) - set(TYPES))
    if other:
        remarks = (*remarks, f"Read as plans of the type 'Other': {', '.join(other)}.")
        rows = rows.assign(type=rows["type"].where(rows["type"].isin(TYPES), "Other"))
    plans = rows["plan_id"].nunique()
    return _reading(
        "fts_plans",
        rows[list(COLUMNS)],
        ("year", "plan_id", "country"),
        whole=("plan_id",),
        amounts=AMOUNTS,
        summary=f"{plans} plan{'s' if plans > 1 else ''} by country, {_span(rows)}",
        dropped=tuple(dropped),
        remarks=tuple(remarks),
    )


def _of_exports(sheets: Sequence[Sheet]) -> tuple[pd.DataFrame, list[Dropped]]:
    parts, dropped = [], []
    for sheet in sheets:
        outside = sheet.cells["plan_id"] == ""
        if outside.any():
            why = "money outside any plan ('Not specified')"
            dropped.append(Dropped(int(outside.sum()), why))
        parts.append(_of_export(_part(sheet, ~outside)))
    joined = parts[0]
    for part in parts[1:]:  # the file with the COVID-19 part repeats the plans it is of
        joined = joined.set_index(["plan_id", "country", "year"])
        joined = joined.combine_first(part.set_index(joined.index.names)).reset_index()
    return joined, dropped


def _part(sheet: Sheet, rows: pd.Series) -> Sheet:
    return Sheet(sheet.file, sheet.cells[rows], sheet.headings, sheet.counted)


def _of_export(sheet: Sheet) -> pd.DataFrame:
    for column in ("code", "plan", "type", "start", "end", "year"):
        if not sheet.has(column):
            raise DataError(
                f"{sheet.file} has no column '{_HEADINGS[column][-1]}'. Accepted: the files "
                "'fts_requirements_funding_…' of the Humanitarian Data Exchange."
            )
    _require_countries(sheet)
    texts = sheet.cells[["country", "plan_id", "code", "plan", "type"]]
    amounts = numbers(sheet, AMOUNTS, whole=False)
    days = {column: _days(sheet, column) for column in ("start", "end")}
    return pd.concat([texts, amounts], axis=1).assign(year=years(sheet, "year"), **days)


def _require_countries(sheet: Sheet) -> None:
    foreign = ~is_country(sheet.cells["country"])
    if foreign.any():
        raise sheet.refusal(
            foreign, "country", "{} is not a country code of ISO 3166-1 alpha-3",
            "Remove the row, or take the export by country.",
        )  # fmt: skip


def _days(sheet: Sheet, column: str) -> pd.Series:
    days = sheet.cells[column].str.extract(_DAY, expand=False)
    if days.isna().any():
        raise sheet.refusal(days.isna(), column, "{} is not a date", "Accepted: 2020-05-26.")
    return days


def _years_of_days(sheet: Sheet) -> pd.Series:
    if not sheet.has("date"):
        raise DataError(f"{sheet.file} has no column 'date'. Is it the export of flows?")
    return _days(sheet, "date").str[:4].astype(int)


def _clusters(sheets: Sequence[Sheet], remarks: Sequence[str]) -> Reading:
    """What the clusters of each plan asked and got."""
    key = ["year", "country", "plan_id", "cluster"]
    parts = []
    for sheet in sheets:
        _require_countries(sheet)
        amounts = numbers(sheet, ("required", "received"), whole=False)
        texts = sheet.cells[["country", "plan_id", "code", "plan", "cluster"]]
        parts.append(pd.concat([texts, amounts], axis=1).assign(year=years(sheet, "year")))
    rows = pd.concat(parts, ignore_index=True)
    again = rows.duplicated(key)
    why = "the cluster of the plan stands above already"
    return _reading(
        "fts_clusters",
        rows.loc[~again, ["year", "country", "plan_id", "code", "plan", "cluster",
                          "required", "received"]],
        key,
        whole=("plan_id",),
        amounts=("required", "received"),
        summary=f"clusters of {rows['plan_id'].nunique()} plans, {_span(rows)}",
        dropped=(Dropped(int(again.sum()), why),) if again.any() else (),
        remarks=(
            *remarks,
            "What several clusters share has a line of its own ('Multiple clusters/sectors "
            "(shared)'), and so has what is of none ('Not specified').",
        ),
    )  # fmt: skip


def _flows(sheets: Sequence[Sheet], remarks: Sequence[str]) -> Reading:
    """Money from a donor to a plan or country. Negative amounts are corrections and stay."""
    texts = ["date", "donor", "donor_countries", "plan_id", "code", "country", "emergency",
             "boundary", "on_boundary", "status", "flow"]  # fmt: skip
    parts = []
    for sheet in sheets:
        amounts = numbers(sheet, ("received",), whole=False)
        parts.append(pd.concat([sheet.cells.reindex(columns=texts), amounts], axis=1))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.rename(columns={"country": "countries", "received": "amount_usd"})
    rows["year"] = pd.concat([_years_of_days(sheet) for sheet in sheets], ignore_index=True)
    again = rows.duplicated()
    inside = ~again & (rows["boundary"] == "internal")
    dropped = [
        Dropped(int(left.sum()), why)
        for left, why in (
            (again, "the flow stands above already"),
            (inside, "internal flows, which pass on money that came in before"),
        )
        if left.any()
    ]
    rows = rows[~again & ~inside]
    pledged = rows["status"].eq("pledge")
    amount = rows.loc[pledged, "amount_usd"].sum()
    return _reading(
        "fts_flows",
        rows,
        [str(column) for column in rows],
        whole=("year",),
        amounts=("amount_usd",),
        summary=f"flows of {_span(rows)}",
        dropped=tuple(dropped),
        remarks=(
            *remarks,
            f"{int(pledged.sum())} pledges of USD {amount:,} are in it: what a plan received is "
            "paid and committed, without them.",
            "Flows to several countries ('shared') are of all of them together: never add them "
            "up by country.",
        ),
    )


@dataclass(frozen=True)
class _Grouping:
    """What each location asked and got within a plan, by the location's number."""

    required: Mapping[str, int]
    received: Mapping[str, int]


def _of_answers(documents: Mapping[Path, Any]) -> tuple[pd.DataFrame, list[Dropped]]:
    plans: dict[str, Mapping[str, Any]] = {}
    groupings: dict[tuple[str, bool], _Grouping] = {}
    for path, document in documents.items():
        data = document.get("data") if isinstance(document, dict) else None
        if isinstance(data, dict) and isinstance(data.get("plans"), list):
            for plan in data["plans"]:
                plans.setdefault(str(plan["id"]), plan)
        elif isinstance(data, dict) and "report3" in data:
            groupings[_of_which_plan(path)] = _grouping(data)
        else:
            said = document.get("message", "") if isinstance(document, dict) else ""
            raise DataError(
                f"{path.name} is no answer that is read here{': ' if said else ''}{said}. "
                "Accepted: 'fts/flow/plan/overview/progress/YEAR', and of its plans "
                "'fts/flow/custom-search?planid=…&groupby=location'."
            )
    if not plans:
        raise DataError(
            "The files group plans by location and do not say what the plans are: name the "
            "overview of their year (fts/flow/plan/overview/progress/YEAR) as well."
        )
    rows, unsplit, of_the_world = [], 0, 0
    for number, plan in plans.items():
        if is_global(plan):
            of_the_world += 1
            continue
        found = list(_of_plan(number, plan, groupings))
        rows += found
        unsplit += not found
    dropped = [
        Dropped(number, why)
        for number, why in (
            (
                of_the_world,
                "the world's COVID-19 plan, which holds plans of countries",
            ),
            (unsplit, "plans of no country, or of several whose parts are not stated"),
        )
        if number
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(dict.fromkeys(AMOUNTS, "Int64")), dropped


def is_global(plan: Mapping[str, Any]) -> bool:
    """Return whether a plan of an overview is the world's for COVID-19, of 2020."""
    return plan.get("customLocationCode") == "COVD"


def _of_which_plan(path: Path) -> tuple[str, bool]:
    """The plan that a grouping is of, by its file's name, and whether for COVID-19 only."""
    number = re.search(r"planid\W{0,3}(\d+)", path.name, re.IGNORECASE)
    if number is None:
        raise DataError(
            f"{path.name} does not say of which plan it is. Give the file a name with its number, "
            "such as custom-search-planid-943-groupby-location.json."
        )
    emergency = re.search(r"emergencyid\W{0,3}(\d+)", path.name, re.IGNORECASE)
    if emergency and emergency[1] != COVID_19:
        raise DataError(f"{path.name} is of another emergency than COVID-19 ({COVID_19}).")
    return number[1], bool(emergency)


def _grouping(data: Mapping[str, Any]) -> _Grouping:
    asked = (data.get("requirements") or {}).get("objects") or ()
    totals: Mapping[str, Any] = next(iter(data["report3"]["fundingTotals"]["objects"]), {})
    # a location's own sum: what several share is in none of them
    got = totals.get("objectsBreakdown") or ()
    required = {str(each["id"]): each["revisedRequirements"] for each in asked
                if each.get("id") and each.get("revisedRequirements") is not None}  # fmt: skip
    whole = (data.get("requirements") or {}).get("totalRevisedReqs")
    if len(required) > 1 and set(required.values()) == {whole}:
        required = {}  # the plan's whole requirement, repeated: it does not say whose part is what
    return _Grouping(
        required,
        {str(each["id"]): each["totalFunding"] for each in got
         if each.get("id") and each.get("totalFunding") is not None},
    )  # fmt: skip


def _of_plan(
    number: str, plan: Mapping[str, Any], groupings: Mapping[tuple[str, bool], _Grouping]
) -> Iterator[dict[str, Any]]:
    """A row for each country of a plan for which something is stated."""
    countries = {
        str(each["id"]): each["iso3"]
        for each in plan.get("countries") or ()
        if each.get("iso3") in iso_codes()
    }
    parts = groupings.get((number, False))
    for_covid = groupings.get((number, True), _Grouping({}, {})).received
    for location, country in countries.items():
        if parts is not None:
            required, received = parts.required.get(location), parts.received.get(location)
        elif len(plan.get("countries") or ()) == 1:
            required = (plan.get("requirements") or {}).get("revisedRequirements")
            received = (plan.get("funding") or {}).get("totalFunding")
        else:
            continue
        if required is None and received is None:
            continue
        yield {
            "year": min(int(each["year"]) for each in plan["usageYears"]),
            "country": country,
            "plan_id": number,
            "code": plan["code"],
            "plan": plan["name"],
            "type": plan["planType"]["name"],
            "start": plan["startDate"][:10],
            "end": plan["endDate"][:10],
            "required": _whole(required),
            "received": _whole(received),
            "received_for_covid": _whole(for_covid.get(location)),
        }


def _whole(amount: float | None) -> int | None:
    return None if amount is None else round(amount)
