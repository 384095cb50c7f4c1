"""Why a number is missing: no source that is known states it."""

from __future__ import annotations

import datetime

from babel.dates import format_date

from analysis.language import _, locale
from analysis.numbers.estimate import Absent


def unstated(as_of: datetime.date | None, what: str, unit: str, label: str) -> Absent:
    """Return the absence of something that no known source states."""
    if as_of is None:
        return Absent(_("no source states {what}").format(what=what), unit, label)
    date = format_date(as_of, "d MMMM y", locale=locale())
    reason = _("no source published by {date} states {what}").format(date=date, what=what)
    return Absent(reason, unit, label)
