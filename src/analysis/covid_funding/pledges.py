"""Money that is not "received by a plan": pledges, commitments and tallies, each kept apart.

A pledge is an announcement: it is in no coverage and is never added to what was received.
"""

from __future__ import annotations

from analysis.covid_funding.plans import PLANS, amount
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.language import _
from analysis.numbers.absence import unstated
from analysis.numbers.tables import Column, Table


def measure_name(measure: str) -> str:
    """Return what readers call a measure that is no receipt of a plan."""
    return {
        "pledged": _("pledged"),
        "pledged_grants": _("pledged as grants"),
        "pledged_loans": _("pledged as loans"),
        "pledged_or_distributed": _("pledged or distributed, counted together"),
        "committed": _("committed, as the donor says"),
        "received": _("given, as the donor says"),
        "received_bha": _("given by its humanitarian office, as the donor says"),
        "received_prm": _("given by its refugee office, as the donor says"),
    }[measure]


def pledges(data: Data) -> Table:
    """Return all pledges known, by event or plan and date."""
    rows = [o for o in data.funding.where(measure=["pledged", "pledged_grants", "pledged_loans"])]
    return _table(
        data,
        _("Pledges: announced, not received"),
        rows,
        note=_(
            "Pledges are in no coverage on this page and are not added to what was received. "
            "Loans are lent, not given."
        ),
        empty=unstated(_("a pledge"), "", "").reason,
    )


def other_tallies(data: Data) -> Table:
    """Return what donors and observers count that is no receipt of a plan."""
    kept = {
        "US COVID-19 assistance", "Donor COVID-19 response", "US Venezuela regional response",
    }  # fmt: skip
    return _table(
        data,
        _("Other counts of money, on other terms"),
        [o for o in data.funding if o.appeal in kept],
        note=_(
            "These count other money than the plans do, partly the same money again, and are "
            "neither added to nor divided by anything above."
        ),
        empty=unstated(_("any such count"), "", "").reason,
    )


def _table(data: Data, title: str, rows: list[Observation], *, note: str, empty: str) -> Table:
    rows = sorted(rows, key=lambda o: (o.period, o.appeal, o.donor))
    return Table(
        title,
        [
            Column("what", _("What for")),
            Column("date", _("Date")),
            Column("donor", _("Donor")),
            Column("measure", _("Counted")),
            Column("amount", _("Amount"), "USD"),
            Column("source", _("Source")),
        ],
        [
            [
                _event(o),
                o.period,
                data.areas.name(o.donor) or _("all donors"),
                measure_name(o.measure),
                amount(o),
                o.source,
            ]
            for o in rows
        ],
        note=note,
        empty=empty,
    )


def _event(o: Observation) -> str:
    names = {
        "Donors conference": _("Donors’ conference for people from Venezuela"),
        "US COVID-19 assistance": _("US assistance abroad against COVID-19"),
        "Donor COVID-19 response": _("All donors’ response to COVID-19"),
        "US Venezuela regional response": _("US response to the Venezuela crisis"),
    }
    return names.get(o.appeal) or PLANS[o.appeal].name
