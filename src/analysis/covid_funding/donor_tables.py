"""The donors of a plan as a table: both shares side by side, each with its whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from analysis.covid_funding.donors import Denominator, Donors, Gift
from analysis.language import _
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Cell, Column, Table

_T = TypeVar("_T")


def rest_name() -> str:
    """Return what readers call money from donors that the source does not name."""
    return _("Other donors, or not named")


def donor_table(found: Donors, denominator: Denominator) -> Table:
    """Return every donor of a plan with the amount and both shares, the chosen one first."""
    rows = [_gift_row(gift, denominator) for gift in found.gifts]
    if isinstance(found.rest, Estimate):
        rows.append(_row(found, rest_name(), found.rest, _rest_shares(found), denominator))
    if found.gifts and isinstance(found.received, Estimate):
        both = (None, found.coverage)
        rows.append(_row(found, _("Received in all"), found.received, both, denominator))
    if found.gifts and isinstance(found.required, Estimate):
        rows.append(_row(found, _("Required"), found.required, (None, None), denominator))
    rows += [_gift_row(gift, denominator) for gift in found.elsewhere]
    heads = [
        Column("of_received", _("Share of what was received"), "share"),
        Column("of_required", _("Share of what was required"), "share"),
    ]
    what = _("who gave to {plan}").format(plan=found.plan.name)
    return Table(
        _("Donors of {plan}").format(plan=found.plan.name),
        [
            Column("donor", _("Donor")),
            Column("amount", _("Amount"), "USD"),
            *_ordered(heads, denominator),
            Column("date", _("Date")),
            Column("source", _("Source")),
        ],
        rows,
        note=_(
            "Shares are computed only where one source states the donor’s money and the total "
            "for the same date; elsewhere the amount stands alone."
        ),
        empty=unstated(what, "", "").reason,
    )


def _gift_row(gift: Gift, denominator: Denominator) -> list[Cell]:
    shares = _ordered([gift.of_received, gift.of_required], denominator)
    return [gift.name, gift.amount, *shares, gift.period, gift.source]


def _row(
    found: Donors,
    name: str,
    amount: Estimate,
    shares: Sequence[Estimate | Absent | None],
    denominator: Denominator,
) -> list[Cell]:
    return [name, amount, *_ordered(shares, denominator), found.period, found.source]


def _rest_shares(found: Donors) -> tuple[Estimate | Absent, Estimate | Absent]:
    return found.rest_of_received, found.rest_of_required


def _ordered(pair: Sequence[_T], denominator: Denominator) -> list[_T]:
    return list(pair) if denominator == "received" else list(reversed(pair))
