"""Figures that no series of the report uses: all origins together, people without documents, …."""

from __future__ import annotations

from analysis.displacement.measures import CATEGORIES, MANDATE, MEASURES, measured
from analysis.displacement.scope import Scope
from analysis.language import _
from analysis.numbers.tables import Column, Table

KEPT_APART = ("forcibly_displaced", "internally_displaced", "undocumented")


def orientation(scope: Scope) -> Table:
    """Return the figures that no series, share or change of the report uses.

    These are totals over all origins, people without documents, and UNHCR's categories as its
    documents stated them before the dataset that the series is drawn from.

    Parameters
    ----------
    scope : Scope
        The origin and the time; figures of another origin are left out, totals of all are in where
        governments' count leads.
    """
    origins = {scope.origin} if scope.count == MANDATE else {"", scope.origin}
    rows = [
        o
        for o in scope.data.displacement
        if o.origin in origins
        and (
            o.indicator in KEPT_APART or (o.indicator in CATEGORIES and o.source.kind != "dataset")
        )
        and o.period
        and scope.includes(o.period)
    ]
    return Table(
        _("Other counts in the sources"),
        [
            Column("measure", _("What is counted")),
            Column("origin", _("From")),
            Column("area", _("Where")),
            Column("period", _("Date")),
            Column("people", _("People"), "persons"),
            Column("source", _("Source")),
        ],
        [
            [
                MEASURES[o.indicator].name,
                scope.data.areas.name(o.origin) or _("all countries"),
                scope.data.areas.name(o.area),
                o.period,
                measured(o),
                o.source,
            ]
            for o in sorted(rows, key=lambda o: (o.period, o.indicator))
        ],
        note=_("Figures of different definitions are never added, joined or divided."),
        empty=scope.lacking(_("states such a count")),
    )
