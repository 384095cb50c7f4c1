"""Dates as readers write them."""

from __future__ import annotations

import datetime
import re


def reader_date(text: str, language: str) -> str:
    """An ISO date, month or year as a reader writes it; anything else as it stands."""
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
