"""Why a number is missing: no source that is known states it."""

from __future__ import annotations

import datetime

from analysis.data.periods import reader_date
from analysis.language import _
from analysis.numbers.estimate import Absent


def known_by(as_of: datetime.date | None) -> str:
    """Return ``published by 31 May 2020``, or ``published so far`` where no date is set."""
    if as_of is None:
        return _("published so far")
    return _("published by {date}").format(date=reader_date(as_of))


def no_source(as_of: datetime.date | None, says: str) -> str:
    """Return ``no source published by 31 May 2020 states …``.

    Parameters
    ----------
    as_of : datetime.date or None
        The date whose knowledge is used.
    says : str
        The rest of the sentence, from the verb on.
    """
    return _("no source {known} {says}").format(known=known_by(as_of), says=says)


def unstated(as_of: datetime.date | None, what: str, unit: str, label: str) -> Absent:
    """Return the absence of something that no known source states."""
    return Absent(no_source(as_of, _("states {what}").format(what=what)), unit, label)
