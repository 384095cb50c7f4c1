"""Appeals as tables: one plan over time, several beside each other, and their newest figures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from analysis.covid_funding import appeals
from analysis.covid_funding.appeals import History, Receipt, Requirement
from analysis.covid_funding.plans import PLANS, Plan
from analysis.data.load import Data
from analysis.language import _
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Cell, Column, Table


def over_time(history: History) -> Table:
    """Return every requirement and receipt of a plan in order of time."""
    dated: list[tuple[datetime.date, int, list[Cell]]] = [
        (r.since, 0, _requirement_row(r)) for r in history.requirements
    ]
    dated += [(r.period.last_day, 1, _receipt_row(r)) for r in history.receipts]
    dated += [
        (
            period.last_day,
            2,
            [
                period, _year(stated.observations[0].appeal_year), _("coverage, as stated"),
                None, stated, None, source,
            ],
        )
        for period, stated, source in history.statements
    ]  # fmt: skip
    rows = [row for _day, _kind, row in sorted(dated, key=lambda item: item[:2])]
    return Table(
        _("{plan}: required and received").format(plan=_capital(history.plan.name)),
        [
            Column("date", _("Date")),
            Column("year", _("Plan for")),
            Column("measure", _("Measure")),
            Column("amount", _("Amount"), "USD"),
            Column("coverage", _("Coverage"), "share"),
            Column("gap", _("Gap"), "USD"),
            Column("source", _("Source")),
        ],
        rows,
        note=_(
            "Coverage and gap are taken against the newest requirement on or before the date of "
            "the money."
        ),
        empty=_nothing(history.plan),
    )


def timeline(histories: Sequence[History]) -> Table:
    """Return several plans' requirements and receipts in one table, plan by plan."""
    return Table(
        _("Required and received, plan by plan"),
        [Column("plan", _("Plan")), *(over_time(histories[0]).columns)],
        [[h.plan.short, *row] for h in histories for row in over_time(h).rows],
        empty=unstated(_("any figure on these plans"), "", "").reason,
    )


def coverages(histories: Sequence[History]) -> Table:
    """Return every coverage of several plans, as computed and as stated."""
    rows: list[list[Cell]] = [
        [h.plan.short, r.period, r.amount, held.period, held.amount, r.coverage, r.stated]
        for h in histories
        for r in h.receipts
        if (held := r.requirement) and isinstance(r.coverage, Estimate)
    ]
    return Table(
        _("Coverage, as computed and as stated"),
        [
            Column("plan", _("Plan")),
            Column("date", _("Received by")),
            Column("received", _("Received"), "USD"),
            Column("required_date", _("Requirement of")),
            Column("required", _("Required"), "USD"),
            Column("coverage", _("Coverage"), "share"),
            Column("stated", _("As stated"), "share"),
        ],
        rows,
        empty=unstated(_("both sides of one of these plans"), "", "").reason,
    )


def overview(data: Data, *, covid: bool) -> Table:
    """Return the newest figures of every plan and plan year, COVID-19 plans or those beside."""
    rows: list[list[Cell]] = []
    for appeal, p in PLANS.items():
        if p.covid != covid:
            continue
        history = appeals.history(data, appeal)
        years = {r.year for r in history.requirements} | {r.year for r in history.receipts}
        rows += [_newest_row(history, year) for year in sorted(years)]
    return Table(
        _("COVID-19 plans: newest figures")
        if covid
        else _("Plans for people from Venezuela, which are no COVID-19 plans: newest figures"),
        [
            Column("plan", _("Plan and year")),
            Column("required", _("Newest requirement"), "USD"),
            Column("required_date", _("Stated for")),
            Column("received", _("Received"), "USD"),
            Column("received_date", _("By")),
            Column("coverage", _("Coverage then"), "share"),
            Column("gap", _("Gap then"), "USD"),
        ],
        rows,
        note=_(
            "Coverage and gap are taken against the requirement that held on the date of the "
            "money, which may be an older one than the newest. Plans are nested and never added."
        ),
        empty=unstated(_("any figure on these plans"), "", "").reason,
    )  # fmt: skip


def reach(data: Data) -> Table:
    """Return how many countries and people plans name: covered, in need, targeted."""
    named = {
        "countries": _("countries"),
        "people_in_need": _("people in need"),
        "people_targeted": _("people targeted"),
    }
    rows = sorted(
        data.funding.where(measure=list(named)), key=lambda o: (o.appeal, o.period, o.measure)
    )
    return Table(
        _("Countries and people that plans name"),
        [
            Column("plan", _("Plan")),
            Column("date", _("For")),
            Column("measure", _("Counted")),
            Column("number", _("Number")),
            Column("source", _("Source")),
        ],
        [
            [
                PLANS[o.appeal].short,
                o.period,
                _("{measure} reached with money from {donor}").format(
                    measure=named[o.measure], donor=data.areas.in_sentence(o.donor)
                )
                if o.donor
                else named[o.measure],
                Estimate.of(o, definition=o.measure),
                o.source,
            ]
            for o in rows
        ],
        empty=unstated(_("how many countries or people a plan covers"), "", "").reason,
    )


def _requirement_row(r: Requirement) -> list[Cell]:
    measure = _("required") if r.leads else _("required, another source")
    return [r.period, _year(r.year), measure, r.amount, None, None, r.source]


def _receipt_row(r: Receipt) -> list[Cell]:
    return [r.period, _year(r.year), _("received"), r.amount, r.coverage, r.gap, r.source]


def _year(year: int) -> str:
    """A plan's year as a cell: it is a name, and no amount."""
    return str(year)


def _newest_row(history: History, year: int) -> list[Cell]:
    steps = [s for s in history.steps if s.year == year]
    receipts = [r for r in history.receipts if r.year == year]
    row: list[Cell] = [_("{plan} {year}").format(plan=history.plan.short, year=year)]
    row += [steps[-1].amount, steps[-1].period] if steps else [_missing("USD"), None]
    if not receipts:
        return [*row, _missing("USD"), None, _missing("share"), _missing("USD")]
    newest = receipts[-1]
    return [*row, newest.amount, newest.period, newest.coverage, newest.gap]


def _missing(unit: str) -> Absent:
    return Absent(_("no known source states it"), unit)


def _nothing(p: Plan) -> str:
    what = _("what {plan} required or received").format(plan=p.name)
    return _capital(unstated(what, "", "").reason) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
