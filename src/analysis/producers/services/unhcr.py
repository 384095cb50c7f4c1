"""UNHCR's Refugee Statistics API (population/v1): every origin in every host, year by year.

Origins and hosts are asked for one by one, else they are summed; ISO codes are asked for, else the
codes are UNHCR's own; first and last year are asked for together, for one alone is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.producers.services.asked import (
    countries,
    query_of,
    refuse_others,
    with_query,
    years,
)

ADDRESS = "https://api.unhcr.org/population/v1/"
PAUSE = 1.0  # seconds between two requests
ROWS = 10_000  # on a page
_FIELDS = {"year", "coo_iso", "coa_iso", "refugees", "asylum_seekers", "oip"}


def first_pages(address: str, asked: Mapping[str, str]) -> list[str]:
    """Return the page to begin with: of all origins and years, or of those asked for.

    Parameters
    ----------
    address : str
        Where the service is.
    asked : mapping of str to str
        ``years`` (``"2018/2025"``) and ``origins`` (``"VEN,SYR"``), both optional.
    """
    refuse_others(asked, "years", "origins")
    first, last = years(asked, 1951)
    origins = countries(asked, "origins")
    whose: dict[str, object] = {"coo": ",".join(origins)} if origins else {"coo_all": "true"}
    return [
        with_query(
            f"{address}population/", limit=ROWS, page=1, yearFrom=first, yearTo=last, **whose,
            coa_all="true", cf_type="ISO",
        )
    ]  # fmt: skip


def next_pages(page: str, document: Any) -> list[str]:
    """Return the page after one, if there is one."""
    number = int(query_of(page)["page"])
    return [with_query(page, page=number + 1)] if number < _pages(document) else []


def what_is_missing(pages: Mapping[str, Any]) -> str:
    """Return a sentence on what did not come as asked; ``""`` if all of it did."""
    documents = list(pages.values())
    counts = {_pages(document) for document in documents}
    if counts != {len(documents)}:
        said = " and ".join(map(str, sorted(counts)))
        return f"{len(documents)} pages came, and the service spoke of {said}."
    sizes = [len(_items(document)) for document in documents]
    if not all(sizes):
        return f"Page {sizes.index(0) + 1} of {len(sizes)} is empty."
    if len(set(sizes[:-1])) > 1 or sizes[-1] > max(sizes[:-1], default=sizes[-1]):
        return f"The pages are not equally full ({', '.join(map(str, sizes))} rows)."
    gone = _FIELDS - set(_items(documents[0])[0])
    if gone:
        return f"The rows have no {', '.join(sorted(gone))} any more: the columns have changed."
    return _other_years(next(iter(pages)), documents)


def _other_years(page: str, documents: Sequence[Any]) -> str:
    asked = query_of(page)
    found = {int(item["year"]) for document in documents for item in _items(document)}
    others = {year for year in found if not int(asked["yearFrom"]) <= year <= int(asked["yearTo"])}
    return (
        f"The service gave {min(others)}, which is none of the years asked for." if others else ""
    )


def _items(document: Any) -> Sequence[Mapping[str, Any]]:
    items = document.get("items") if isinstance(document, dict) else None
    return items if isinstance(items, list) else []


def _pages(document: Any) -> int:
    return int(document.get("maxPages") or 0) if isinstance(document, dict) else 0
