"""How much investment stood beside each dollar of grant money, as the sources state both sums.

A ratio needs both sides from one source for one date. It belongs to one *status* (how far the
money had come) and one *basis* (investment beside the grant, or a total that includes it); ratios
of two statuses or two bases are never compared or pooled. A ratio says what came together, not
what caused what.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.data.load import Data
from analysis.data.observations import Observation, Source
from analysis.data.periods import Period
from analysis.funding_leverage.facilities import BASES, STATUSES, Facility, facility
from analysis.language import _, locale
from analysis.numbers import estimate
from analysis.numbers.absence import no_source
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Cell, Column, Table

INVESTMENT_ROLES = {
    "investment_leveraged": _("investment"),
    "loans": _("loans"),
    "co_finance": _("co-finance"),
}
GRANT_ROLE = "non_reimbursable"
_OTHER_ROLES = {
    **INVESTMENT_ROLES,
    GRANT_ROLE: _("grants"),
    "parent_loan": _("loan before the grant"),
    "from_donors": _("from donors"),
    "own": _("the bank's own"),
    "matching": _("the bank's own, matching"),
    "total": _("together"),
}


@dataclass(frozen=True)
class Ratio:
    """Investment per dollar of grant of one facility or operation.

    Attributes
    ----------
    facility : Facility
    investment, grants : Estimate
        Both sides, in USD, from one source for one date.
    value : Estimate or Absent
        Investment ÷ grants; Absent where the grants are zero.
    status : str
        The less advanced of the two sides' statuses; empty where a side has none.
    period : Period or None
    source : Source
    role : str
        What the investment is, a key of `INVESTMENT_ROLES`.
    stated : Estimate or None
        The ratio as the source itself states it.
    """

    facility: Facility
    investment: Estimate
    grants: Estimate
    value: Estimate | Absent
    status: str
    period: Period | None
    source: Source
    role: str
    stated: Estimate | None

    @property
    def buys_down(self) -> bool:
        """Whether the grant lowers the interest of a loan: it makes it cheaper, not possible."""
        return self.facility.buys_down

    @property
    def group(self) -> tuple[bool, str, str]:
        """Climate finance or not, status, basis: ratios that agree in these may be compared."""
        return self.facility.kind == "climate", self.status, self.facility.basis

    @property
    def in_words(self) -> tuple[str, str]:
        """Both sides as a reader says them: ``loans of USD 300 million``, ``grants of …``."""
        whole = self.facility.basis == "including"
        return (
            _("{role} of {figure}").format(
                role=_("loans and grants") if whole else INVESTMENT_ROLES[self.role],
                figure=self.investment.formats["words"],
            ),
            _("grants of {figure}").format(figure=self.grants.formats["words"]),
        )

    @property
    def labelled(self) -> Estimate | Absent:
        """The ratio under a label that says whose it is, its status and its date."""
        label = _("Investment for each dollar of grant, {name} ({status}, {date})")
        return self.value.labelled(
            label.format(name=self.facility.name, status=status_of(self), date=dated(self.period))
        )


@dataclass(frozen=True)
class WithoutRatio:
    """A facility known at the date that has no ratio, and why.

    Attributes
    ----------
    facility : Facility
    reason : str
    stated : tuple of Observation
        What is known of it all the same, without the donors one by one.
    """

    facility: Facility
    reason: str
    stated: tuple[Observation, ...]

    @property
    def in_words(self) -> str:
        """What is stated, with its hedges: ``grants: up to USD 100 million; …``."""
        return "; ".join(
            f"{_OTHER_ROLES[o.role]}: {Estimate.of(o).formats['words']}" for o in self.stated
        )


@dataclass(frozen=True)
class Group:
    """Ratios that may be compared: one status, one basis, one field."""

    title: str
    ratios: tuple[Ratio, ...]


@dataclass(frozen=True)
class Ratios:
    """Every ratio that could be computed, and why the other facilities have none.

    Attributes
    ----------
    groups : tuple of Group
        In the order achieved, cumulative, approved, planned, expected, not stated; climate
        finance last.
    without : tuple of WithoutRatio
        The facilities that have none.
    as_of : datetime.date or None
    """

    groups: tuple[Group, ...]
    without: tuple[WithoutRatio, ...]
    as_of: datetime.date | None

    @property
    def all(self) -> tuple[Ratio, ...]:
        """The ratios of all groups, in their order."""
        return tuple(r for group in self.groups for r in group.ratios)

    def table(self) -> Table:
        """Return both sides in words, the ratio and its basis, one row each."""
        rows = [
            [
                r.facility.name,
                f"{status_of(r)}, {dated(r.period)}",
                *r.in_words,
                r.value,
                _basis(r.facility),
                _flag(r),
                r.source,
            ]
            for r in self.all
        ]
        return Table(
            _("Investment for each dollar of grant, by facility and operation"),
            [
                Column("facility", _("Facility or operation")),
                Column("status", _("Status and date")),
                Column("investment", _("Investment side"), "USD"),
                Column("grants", _("Grant side"), "USD"),
                Column("ratio", _("Ratio"), "ratio"),
                Column("basis", _("Basis, and the words it was read from")),
                Column("flag", _("Note")),
                Column("source", _("Source")),
            ],
            rows,
            note=_(
                "A total that includes the grant gives a ratio exactly one higher than the "
                "investment beside it. Rows of different status or basis are not comparable."
            ),
            empty=self.nothing,
        )

    def table_without(self) -> Table:
        """Return the facilities that have no ratio, each with the reason."""
        return Table(
            _("No ratio, and why"),
            [
                Column("facility", _("Facility or operation")),
                Column("reason", _("Why no ratio")),
                Column("stated", _("What is stated")),
                Column("source", _("Source")),
            ],
            [
                [w.facility.name, w.reason, w.in_words, w.stated[0].source if w.stated else None]
                for w in self.without
            ],
            empty=_("Every facility chosen has a ratio."),
        )

    @property
    def nothing(self) -> str:
        """What a page says when there is no ratio at all."""
        return _("No source in this report’s data states both sides for the facilities chosen.")


def ratios(data: Data, facilities: Sequence[str] | None = None) -> Ratios:
    """Return the ratio of every facility and operation that has both sides.

    Parameters
    ----------
    data : Data
        What is known.
    facilities : sequence of str, optional
        Keys of the facilities wanted; None for all.

    Raises
    ------
    NotAccepted
        For a key that no row of the data has; the message lists those that occur.
    """
    rows = data.leverage
    wanted = rows.values_of("facility")
    if facilities is not None:
        wanted = [facilities] if isinstance(facilities, str) else list(dict.fromkeys(facilities))
        rows.where(facility=wanted)
    found, without = [], []
    for key in wanted:
        one = ratio_of(data, key)
        if isinstance(one, Ratio):
            found.append(one)
        else:
            stated = tuple(o for o in rows.where(facility=key) if o.unit == "USD" and not o.donor)
            without.append(WithoutRatio(facility(key), one, stated))
    order = [s for s in reversed(STATUSES) if s] + [""]
    found.sort(
        key=lambda r: (
            r.group[0],
            order.index(r.status),
            r.facility.basis,
            -(r.value.value if isinstance(r.value, Estimate) else 0),
        )
    )
    groups = [Group(_group_title(k), tuple(g)) for k, g in groupby(found, lambda r: r.group)]
    return Ratios(tuple(groups), tuple(without), data.as_of)


def stated_against_computed(found: Iterable[Ratio]) -> Table:
    """Return every ratio a source states beside the one its own sums give, and if they meet."""
    rows: list[list[Cell]] = [
        [
            r.facility.name,
            r.stated,
            r.stated.observations[0].as_stated,
            r.value,
            _("yes") if r.value.meets(r.stated) else _("no"),
            r.source,
        ]
        for r in found
        if r.stated and isinstance(r.value, Estimate)
    ]
    return Table(
        _("The ratio a source states, and the ratio of its own sums"),
        [
            Column("facility", _("Facility or operation")),
            Column("stated", _("Stated"), "ratio"),
            Column("as_stated", _("In the source's words")),
            Column("computed", _("Computed"), "ratio"),
            Column("meet", _("Ranges meet")),
            Column("source", _("Source")),
        ],
        rows,
        empty=_("No ratio chosen is also stated by its source."),
    )


def ratio_of(data: Data, key: str) -> Ratio | str:
    """Return the newest ratio of a facility whose two sides one source gives for one date.

    Where there is none, the reason is returned in words.
    """
    rows = list(data.leverage.where(facility=key))
    if not rows:
        return no_source(_("speaks of it"))
    pairs: dict[tuple[str, str], list[Observation]] = {}
    for row in rows:
        if row.unit == "USD" and not row.donor and row.role in (*INVESTMENT_ROLES, GRANT_ROLE):
            pairs.setdefault((row.source.key, str(row.period or "")), []).append(row)
    complete = [
        found
        for found in pairs.values()
        if len(found) == 2 and sum(row.role == GRANT_ROLE for row in found) == 1
    ]
    if not complete:
        return _why_none({row.role for row in rows}, any(row.hedge == "up to" for row in rows))
    newest = max(complete, key=_in_time)
    top, bottom = sorted(newest, key=lambda row: row.role == GRANT_ROLE)
    one = facility(key)
    if not one.basis:
        return _("whether the investment includes the grant has not been read from its source yet")
    status = _less_advanced(top.status, bottom.status)
    definition = f"{BASES[one.basis]}, {STATUSES[status]}"
    investment = Estimate.of(top, definition=definition)
    grants = Estimate.of(bottom, definition=_("grants, {status}").format(status=STATUSES[status]))
    said = [row for row in rows if row.role == "stated_ratio" and row.source == top.source]
    return Ratio(
        facility=one,
        investment=investment,
        grants=grants,
        value=estimate.ratio(investment, grants),
        status=status,
        period=top.period,
        source=top.source,
        role=top.role,
        stated=Estimate.of(said[0], definition=definition) if said else None,
    )


def _in_time(pair: Sequence[Observation]) -> tuple[bool, str]:
    """Sort key of a pair by its date; a page without a date is taken as of today."""
    return pair[0].period is None, str(pair[0].period)


def _why_none(roles: set[str], ceilings: bool) -> str:
    if "parent_loan" in roles:
        return _("the loan came first: the grant was added to it and did not bring it")
    if "matching" in roles:
        return _("donors' grants and the bank's own set against them: both sides are grants")
    if GRANT_ROLE not in roles and not roles & {*INVESTMENT_ROLES} and not ceilings:
        return _("a contribution to a fund: no source states an investment beside it")
    if ceilings:
        return _("grants are given as ceilings (“up to”), and no investment is stated beside them")
    return _("no one source states both sides for one date")


def _less_advanced(one: str, other: str) -> str:
    if not one or not other:
        return ""
    order = list(STATUSES)
    return min(one, other, key=order.index)


def dated(period: Period | None) -> str:
    """Return a period as a reader writes it; a source may state none."""
    return period.label(locale()) if period else _("undated")


def status_of(one: Ratio) -> str:
    """Return the status as a reader sees it, with that of the grants where they are further on."""
    grants = one.grants.observations[0].status
    if grants == one.status:
        return STATUSES[one.status]
    return _("{status} (grants {grants})").format(
        status=STATUSES[one.status], grants=STATUSES[grants]
    )


def _basis(one: Facility) -> str:
    return _("{basis}: “{words}”").format(basis=BASES[one.basis], words=one.words)


def _flag(one: Ratio) -> str:
    if one.buys_down:
        return _("the grant lowers the loan's interest: it makes the loan cheaper, not possible")
    if one.facility.kind == "climate":
        return _("climate finance, for comparison only")
    return ""


def _group_title(group: tuple[bool, str, str]) -> str:
    climate, status, basis = group
    text = f"{STATUSES[status]}, {BASES[basis]}"
    return _("Climate finance: {text}").format(text=text) if climate else text[0].upper() + text[1:]
