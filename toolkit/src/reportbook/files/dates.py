"""Dates in the language of the reader."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

_DATING = {"inferred": "inferred from the document"}


def reader_date(text: str, language: str) -> str:
    """Return an ISO date, month or year, or two with a slash, as a reader writes it.

    Other text is returned as it stands. English without a territory puts the day first.
    """
    first, slash, last = text.partition("/")
    if slash:
        return f"{reader_date(first, language)} – {reader_date(last, language)}"
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if match is None:
        return text
    from babel.dates import format_date, format_skeleton

    locale = "en_001" if language == "en" else language.replace("-", "_")
    year, month, day = match.groups()
    date = datetime.date(int(year), int(month or 1), int(day or 1))
    if day:
        return format_date(date, "long", locale=locale)
    return format_skeleton("yMMMM" if month else "y", date, locale=locale)


def publication(source: Mapping[str, Any], language: str) -> str:
    """When a source was published, and how that is known if the document does not state it."""
    if not source.get("published"):
        return "date of publication unknown"
    dating = _DATING.get(source.get("dating", ""))
    date = reader_date(source["published"], language)
    return f"published {date} ({dating})" if dating else f"published {date}"
