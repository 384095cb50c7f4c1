"""Dates in the language of the reader."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from typing import Any

_POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_DATING = {"inferred": "inferred from the document"}


def reader_date(text: str, language: str) -> str:
    """Return an ISO date, month or year, or two with a slash, as a reader writes it.

    Other text is returned as it stands. English without a territory puts the day first.
    """
    first, slash, last = text.partition("/")
    if slash:
        return f"{reader_date(first, language)} – {reader_date(last, language)}"
    match = _POINT.fullmatch(text)
    if match is None:
        return text
    from babel.dates import format_date, format_skeleton

    locale = "en_001" if language == "en" else language.replace("-", "_")
    year, month, day = match.groups()
    date = datetime.date(int(year), int(month or 1), int(day or 1))
    if day:
        return format_date(date, "long", locale=locale)
    return format_skeleton("yMMMM" if month else "y", date, locale=locale)


def age(period: str, as_of: str | None, language: str) -> str:
    """Return how old figures were at a date: ``5 months``, from the last day that they are of.

    Empty where there is no date, where the figures are of no one period, or of a later day.

    Parameters
    ----------
    period
        ISO 8601 date, month, year or interval of these.
    as_of
        ISO 8601 day.
    """
    end = last_day(period)
    if end is None or as_of is None:
        return ""
    passed = datetime.date.fromisoformat(as_of) - end
    if passed < datetime.timedelta(days=1):
        return ""
    from babel.dates import format_timedelta

    return format_timedelta(passed, granularity="day", locale=language.replace("-", "_"))


def last_day(period: str) -> datetime.date | None:
    """Return the last day of an ISO date, month or year, or of the second of two with a slash."""
    match = _POINT.fullmatch(period.rpartition("/")[2])
    if match is None:
        return None
    year, month, day = match.groups()
    if day:
        return datetime.date.fromisoformat(match[0])
    last_month = int(month or 12)
    days = calendar.monthrange(int(year), last_month)[1]
    return datetime.date(int(year), last_month, days)


def publication(source: Mapping[str, Any], language: str) -> str:
    """When a source was published, and how that is known if the document does not state it."""
    if not source.get("published"):
        return "date of publication unknown"
    dating = _DATING.get(source.get("dating", ""))
    date = reader_date(source["published"], language)
    return f"published {date} ({dating})" if dating else f"published {date}"
