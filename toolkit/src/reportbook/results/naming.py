"""What a card calls a number, and when it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def name_and_dates(name: str, record: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a card calls a number, and the dates that it gives apart.

    That is what a sentence calls it (``called``), which says no date, with the date of its figures
    or the two that a change lies between. A number that has no such name or no date of its own, or
    no value, is called by its label, which may say when it is of; one without a label by its name.
    """
    formats = record.get("formats") or {}
    called = str(formats.get("called") or "")
    ends = dict.fromkeys(formats[end] for end in ("from", "to") if formats.get(end))
    dates = str(formats.get("date") or " – ".join(ends))
    if record.get("reason") or not called or not dates:
        return str(record.get("label") or name), ""
    return called[:1].upper() + called[1:], dates
