"""Dates as readers write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

_DATING = {"inferred": "inferred from the document"}


def reader_date(text: str, language: str) -> str:
    """An ISO date, month or year, or two with a slash, as a reader writes it; else as it stands."""
    first, slash, last = text.partition("/")
    if slash:
        return f"{reader_date(first, language)} – {reader_date(last, language)}"
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if match is None:
        return text
    from babel.dates import format_date, format_skeleton

    locale = "en_GB" if language == "en" else language  # day before month, as reports have it
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is None:
        return str(year)
    date = datetime.date(year, month, day or 1)
    if day is None:
        return format_skeleton("yMMMM", date, locale=locale)
    return format_date(date, "long", locale=locale)


def publication(source: Mapping[str, Any], language: str) -> str:
    """When a source was published, and how that is known unless the document states it."""
    if not source.get("published"):
        return "date of publication unknown"
    dating = _DATING.get(source.get("dating", ""))
    date = reader_date(source["published"], language)
    return f"published {date} ({dating})" if dating else f"published {date}"
