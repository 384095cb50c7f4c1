"""What response plans expected against what governments then reported."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data.observations import Source
from analysis.data.periods import Period, days_between
from analysis.displacement.measures import PROJECTED, WORLD, measured
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import Stock, abroad, dated
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate, gap, ratio
from analysis.numbers.tables import Cell, Column, Table

_NEAR = 92  # days, three months: an older figure says too little about the date that was expected


@dataclass(frozen=True)
class Projection:
    """A stock that a plan expected, and the last one reported up to that date.

    Attributes
    ----------
    area, place : str
        The code of the area and the reader's name of it.
    period : Period
        The date it was expected for.
    projected : Estimate
        Persons; of the nature ``projection``, so never added to stocks.
    source : Source
    reported : Stock or None
        The newest leading figure of the three months up to the date.
    gap : Estimate or Absent
        Projected less reported, in persons: negative where more came than expected.
    against : Estimate or Absent
        Reported over projected, which may pass 1.
    """

    area: str
    place: str
    period: Period
    projected: Estimate
    source: Source
    reported: Stock | None
    gap: Estimate | Absent
    against: Estimate | Absent

    @property
    def name(self) -> str:
        """Where and when, for the reader: ``World, 31 December 2021``."""
        return dated(self.place, self.period)


@dataclass(frozen=True)
class Projections:
    """Every projection known, oldest date first; the newest for the world leads."""

    all: tuple[Projection, ...]
    lacking: str

    @property
    def lead(self) -> Projection | None:
        """The newest one for the world; where there is none, the newest."""
        leading = [p for p in self.all if p.area == WORLD] or self.all
        return leading[-1] if leading else None

    def number(self, name: str) -> Estimate | Absent:
        """Return ``projected``, ``reported``, ``gap`` or ``against`` of the one that leads."""
        unit = "share" if name == "against" else "persons"
        label, lead = _LABELS[name], self.lead
        if lead is None:
            return Absent(self.lacking, unit, label)
        if name == "reported":
            if lead.reported is None:
                return Absent(_NOT_YET, unit, label)
            number: Estimate | Absent = lead.reported.people
            period = lead.reported.period
        else:
            numbers = {"projected": lead.projected, "gap": lead.gap, "against": lead.against}
            number, period = numbers[name], lead.period
        return number.labelled(dated(label, period)).called(_NOUNS[name])

    def table(self) -> Table:
        """Return each projection with what was reported, the gap and both sources."""
        rows: list[list[Cell]] = []
        for p in self.all:
            reported = p.reported
            rows.append([
                p.place, p.period, p.projected, p.source.published, p.source,
                reported.people if reported else Absent(_NOT_YET),
                reported.period if reported else None, p.gap, p.against,
                reported.source if reported else None,
            ])  # fmt: skip
        return Table(
            _("Projected and reported"),
            [
                Column("area", _("Where")),
                Column("period", _("Expected for")),
                Column("projected", _("Projected"), "persons"),
                Column("published", _("Projection published")),
                Column("plan", _("By")),
                Column("reported", _("Reported"), "persons"),
                Column("date", _("For")),
                Column("gap", _("Projected less reported"), "persons"),
                Column("against", _("Reported, of projected"), "share"),
                Column("source", _("Reported by")),
            ],
            rows,
            empty=self.lacking,
        )


_NOT_YET = _("no figure for the three months up to that date is known")
_LABELS = {
    "projected": _("People abroad as a plan projected them"),
    "reported": _("People abroad as governments reported them"),
    "gap": _("Projected less reported"),
    "against": _("Reported, as a share of projected"),
}
_NOUNS = {
    "projected": _("the number of people that a plan expected abroad"),
    "reported": _("the number of people whom governments then reported abroad"),
    "gap": _("the gap between the people that a plan expected abroad and those then reported"),
    "against": _("the number of people reported abroad, as a share of those that a plan expected"),
}


def projections(scope: Scope) -> Projections:
    """Return the projections for the world and the region, each with what was reported.

    Parameters
    ----------
    scope : Scope
    """
    found = []
    for area in (WORLD, scope.region):
        stocks = abroad(scope, area).leading
        for o in scope.figures(PROJECTED, area):
            near = [
                s
                for s in stocks
                if s.period.last_day <= o.stated_period.last_day
                and days_between(s.period, o.stated_period) <= _NEAR
            ]
            projected, reported = measured(o), near[-1] if near else None
            place = scope.data.areas.name(area)
            none = Absent(_NOT_YET)
            found.append(
                Projection(
                    area, place, o.stated_period, projected, o.source, reported,
                    gap(projected, reported.people) if reported else none,
                    ratio(reported.people, projected, unit="share") if reported else none,
                )
            )  # fmt: skip
    return Projections(
        tuple(sorted(found, key=lambda p: (p.period, p.area != WORLD))),
        scope.lacking(
            _("projects how many people from {origin} will live abroad").format(
                origin=scope.origin_name
            )
        ),
    )
