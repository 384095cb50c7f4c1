"""The World Bank's Indicators API (v2): inhabitants and GDP of every country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.producers.services.asked import query_of, refuse_others, with_query, years
from analysis.producers.world_bank import INDICATORS

ADDRESS = "https://api.worldbank.org/v2/"
PAUSE = 1.0  # seconds between two requests
ROWS = 10_000  # on a page
_FIELDS = {"indicator", "countryiso3code", "date", "value"}


def first_pages(address: str, asked: Mapping[str, str]) -> list[str]:
    """Return the first page of each indicator, of all years or those asked for (``years``)."""
    refuse_others(asked, "years")
    first, last = years(asked, 1960)
    return [
        with_query(
            f"{address}country/all/indicator/{indicator}",
            format="json", per_page=ROWS, page=1, date=f"{first}:{last}",
        )
        for indicator in INDICATORS
    ]  # fmt: skip


def next_pages(page: str, document: Any) -> list[str]:
    """Return the page after one, if there is one."""
    number = int(query_of(page)["page"])
    return (
        [with_query(page, page=number + 1)] if number < int(_head(document).get("pages", 0)) else []
    )


def what_is_missing(pages: Mapping[str, Any]) -> str:
    """Return a sentence on what did not come as asked; ``""`` if all of it did."""
    for indicator in INDICATORS:
        documents = [each for page, each in pages.items() if f"/{indicator}?" in page]
        items = [item for document in documents for item in _items(document)]
        if not items:
            return f"No row of {indicator} came."
        totals = {int(_head(document)["total"]) for document in documents}
        if totals != {len(items)}:
            said = " and ".join(map(str, sorted(totals)))
            return f"{len(items)} rows of {indicator} came, and the service spoke of {said}."
        gone = _FIELDS - set(items[0])
        if gone:
            return f"The rows have no {', '.join(sorted(gone))} any more: the columns have changed."
    if len({_head(document).get("lastupdated") for document in pages.values()}) > 1:
        return "The data were updated while they were asked for: some pages are older than others."
    return ""


def _head(document: Any) -> Mapping[str, Any]:
    head = document[0] if isinstance(document, list) and document else {}
    return head if isinstance(head, dict) else {}


def _items(document: Any) -> list[Mapping[str, Any]]:
    items = document[1] if isinstance(document, list) and len(document) == 2 else None
    return items if isinstance(items, list) else []
