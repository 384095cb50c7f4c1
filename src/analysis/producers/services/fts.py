"""OCHA's FTS API: the plans of each year, and what each country of a plan asked and got.

A year's overview has the sums of each plan. Plans of several countries are asked for by location,
and those of 2020 to 2022 once more for COVID-19 (emergency 911).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.producers.fts import COVID_19, is_global
from analysis.producers.services.asked import refuse_others, with_query, years

ADDRESS = "https://api.hpc.tools/"
PAUSE = 2.0  # seconds between two requests: the service counts them by the hour
COVID_YEARS = range(2020, 2023)
_FIELDS = {"id", "name", "code", "startDate", "endDate", "planType", "countries", "usageYears"}


def first_pages(address: str, asked: Mapping[str, str]) -> list[str]:
    """Return the overview of each year: from 2018 on, or those asked for (``years``)."""
    refuse_others(asked, "years")
    first, last = years(asked, 1999 if "years" in asked else 2018)
    return [
        f"{address}v2/fts/flow/plan/overview/progress/{year}" for year in range(first, last + 1)
    ]


def next_pages(page: str, document: Any) -> list[str]:
    """Return what else to ask: the parts of an overview's plans, or the link to more."""
    more = (document.get("meta") or {}).get("nextLink") if isinstance(document, dict) else None
    base, found, _ = page.partition("v2/fts/flow/plan/overview/")
    pages = [str(more)] if more else []
    for plan in _plans(document) if found else ():
        if is_global(plan):
            continue
        by_location = with_query(
            f"{base}v1/fts/flow/custom-search", planid=plan["id"], groupby="location"
        )
        if len(plan.get("countries") or ()) > 1:
            pages.append(by_location)
        if any(int(each["year"]) in COVID_YEARS for each in plan.get("usageYears") or ()):
            pages.append(with_query(by_location, emergencyid=COVID_19))
    return pages


def what_is_missing(pages: Mapping[str, Any]) -> str:
    """Return a sentence on what did not come as asked; ``""`` if all of it did."""
    for page, document in pages.items():
        if not isinstance(document, dict) or document.get("status", "ok") != "ok":
            return f"{page} did not end well."
        if "/overview/" in page:
            plans = _plans(document)
            if not plans:
                return f"The overview of {page.rpartition('/')[2]} has no plans."
            gone = _FIELDS - set(plans[0])
            if gone:
                return (
                    f"Plans have no {', '.join(sorted(gone))} any more: the columns have changed."
                )
        elif not isinstance((document.get("data") or {}).get("report3"), dict):
            return f"{page} has no sums by destination (report3): the columns have changed."
    return ""


def _plans(document: Any) -> list[Mapping[str, Any]]:
    data = document.get("data") if isinstance(document, dict) else None
    plans = data.get("plans") if isinstance(data, dict) else None
    return plans if isinstance(plans, list) else []
