"""Where two sources state figures for one area and month: both are kept, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.data.observations import Observation
from analysis.data.periods import Period
from analysis.displacement.measures import ABROAD, CATEGORIES, MEASURES, measured
from analysis.displacement.scope import Scope
from analysis.language import _
from analysis.numbers.tables import Cell, Column, Table


def disagreements(scope: Scope) -> Table:
    """Return the table of figures that sources state for one area and month, and if they meet.

    Parameters
    ----------
    scope : Scope
    """
    rows: list[list[Cell]] = []
    for indicator in (ABROAD, *CATEGORIES):
        known = scope.data.displacement.where(indicator=indicator, origin=scope.origin)
        for area in known.values_of("area"):
            stated = [o for o in scope.figures(indicator, area) if _is_a_month(o.stated_period)]
            for one, other in _neighbours(stated):
                a, b = measured(one), measured(other)
                month = Period.parse(one.stated_period.last_day.strftime("%Y-%m"))
                rows.append([
                    scope.data.areas.name(area), MEASURES[indicator].name, month,
                    a, one.source, b, other.source,
                    _("yes: not distinguishable") if a.meets(b) else _("no"),
                ])  # fmt: skip
    return Table(
        _("Figures of different sources for one month"),
        [
            Column("area", _("Where")),
            Column("measure", _("Figure")),
            Column("month", _("Month")),
            Column("one", _("One source"), "persons"),
            Column("one_source", _("Source")),
            Column("other", _("Another"), "persons"),
            Column("other_source", _("Source")),
            Column("meet", _("Do the ranges meet?")),
        ],
        rows,
        note=_("Ranges that meet leave open whether the two figures differ at all."),
        empty=_("No two sources state a figure for one area and month."),
    )


def _is_a_month(period: Period) -> bool:
    return not period.is_interval and (period.last_day - period.first_day).days <= 31


def _neighbours(stated: Sequence[Observation]) -> list[tuple[Observation, Observation]]:
    """Pairs of figures of different sources whose dates lie in one calendar month."""
    by_month: dict[tuple[int, int], list[Observation]] = {}
    for o in stated:
        day = o.stated_period.last_day
        by_month.setdefault((day.year, day.month), []).append(o)
    return [
        (one, other)
        for same in by_month.values()
        for one, other in pairwise(same)
        if one.source.key != other.source.key
    ]
