"""What UNHCR has revised: a year's total as one release has it, and as the next one does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from analysis.data.periods import Period
from analysis.data.populations import TABLE, populations
from analysis.displacement.measures import WORLD, measured
from analysis.displacement.scope import Scope
from analysis.language import _
from analysis.numbers.tables import Cell, Column, Table


def unhcr_revisions(scope: Scope) -> Table:
    """Return each year whose total of people from the scope's origin a later release changed.

    Parameters
    ----------
    scope : Scope
        Only releases known at its date are looked at.

    Returns
    -------
    Table
        The year, the total before and after, which is higher, and the day of the release that
        changed it; the newest release first. Without rows where one release is known, or none
        changed a total.
    """
    days = scope.data.snapshots.days(TABLE)
    rows = [row for before, after in pairwise(days) for row in _between(scope, before, after)]
    return Table(
        _("Totals of people from {origin} that UNHCR revised").format(origin=scope.origin_name),
        [
            Column("period", _("Year")),
            Column("before", _("Published before")),
            Column("after", _("Published now")),
            Column("change", _("Against the one before")),
            Column("known_from", _("Known from")),
        ],
        rows[::-1],
        note=_(
            "Both are UNHCR's total for the end of the year. UNHCR corrects earlier years as "
            "governments correct theirs; an edition uses the release known at its date."
        ),
        empty=(
            _("One release of UNHCR's figures is known, so that no revision can be seen.")
            if len(days) < 2
            else _("No total was changed by a later release.")
        ),
    )


def _between(scope: Scope, before: date, after: date) -> Iterator[list[Cell]]:
    earlier, later = (
        populations(scope.data.known(str(day)), scope.origin) for day in (before, after)
    )
    if earlier is None or later is None:
        return
    for year in sorted({*earlier.years} & {*later.years}):
        was, now = (table.figure(WORLD, year) for table in (earlier, later))
        if was is None or now is None or was.value == now.value:
            continue
        change = _("higher") if now.value > was.value else _("lower")
        # Not subtracted: both go by the key of one figure, which they are two versions of.
        yield [Period.parse(str(year)), measured(was), measured(now), change, after]
