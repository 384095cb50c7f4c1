"""One sentence, four readings: what the IDB's grants since 2019 leveraged.

The release of 2023 says "$101.5 million in non-reimbursable resources that leveraged investment of
$1.32 billion in 20 migration-related operations, including $77.7 million from donors". It does not
settle what the donors' money is included in, nor whether the investment includes the grants. Every
defensible reading is computed; an edition chooses which one leads.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass

from analysis.data.load import Data
from analysis.errors import NotAccepted
from analysis.funding_leverage.facilities import BASES, STATUSES
from analysis.funding_leverage.ratios import dated, status_of
from analysis.funding_leverage.stages import Stages
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import no_source
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Column, Table

FACILITY = "idb-migration-initiative"
READINGS = ("headline", "donors_in_grants", "donors_in_investment", "grants_in_investment")
SENSITIVITIES = ("with_donors_in_grants", "with_donors_moved_to_grants")

_NAMES = {
    "headline": _("Headline: both sums as stated"),
    "donors_in_grants": _("Donors in the grants, own money only"),
    "donors_in_investment": _("Donors in the investment, taken out"),
    "grants_in_investment": _("Grants in the investment, taken out"),
    "with_donors_in_grants": _("Donors' money added to the grants"),
    "with_donors_moved_to_grants": _("Donors' money moved to the grants"),
}
# How the sentence is read, behind "with".
_READ_WITH = {
    "headline": _("both sums as stated"),
    "donors_in_grants": _("the donors’ money taken out of the grants"),
    "donors_in_investment": _("the donors’ money taken out of the investment"),
    "grants_in_investment": _("the grants taken out of the investment"),
    "with_donors_in_grants": _("the donors’ money added to the grants"),
    "with_donors_moved_to_grants": _("the donors’ money moved to the grants"),
}
# Investment side and grant side of each, for readers.
_SIDES = {
    "headline": (_("the investment"), _("the grants")),
    "donors_in_grants": (_("the investment"), _("the grants less donors' money")),
    "donors_in_investment": (_("the investment less donors' money"), _("the grants")),
    "grants_in_investment": (_("the investment less the grants"), _("the grants")),
    "with_donors_in_grants": (_("the investment"), _("the grants plus donors' money")),
    "with_donors_moved_to_grants": (
        _("the investment less donors' money"),
        _("the grants plus donors' money"),
    ),
}


@dataclass(frozen=True)
class Reading:
    """One way to read the sentence.

    Attributes
    ----------
    key : str
        One of `READINGS` or `SENSITIVITIES`.
    name : str
        The reader's name for it.
    investment_side, grant_side : str
        What is divided by what, in words.
    ratio : Estimate or Absent
    chosen : bool
        Whether the edition leads with it.
    """

    key: str
    name: str
    investment_side: str
    grant_side: str
    ratio: Estimate | Absent
    chosen: bool

    @property
    def is_sensitivity(self) -> bool:
        """Whether it changes a sum to see what depends on it, instead of reading the sentence."""
        return self.key in SENSITIVITIES


@dataclass(frozen=True)
class Readings:
    """The sentence's figures and everything that can be read from them.

    Attributes
    ----------
    all : tuple of Reading
        The four readings, then the two sensitivities.
    investment, grants, from_donors : Estimate or Absent
        The three sums, in USD.
    investment_per_operation, grants_per_operation : Estimate or Absent
        Averages over the operations the sentence counts.
    as_of : datetime.date or None
    """

    all: tuple[Reading, ...]
    investment: Estimate | Absent
    grants: Estimate | Absent
    from_donors: Estimate | Absent
    investment_per_operation: Estimate | Absent
    grants_per_operation: Estimate | Absent
    as_of: datetime.date | None

    def __getitem__(self, key: str) -> Estimate | Absent:
        """Return the ratio of a reading or sensitivity."""
        return next(r.ratio for r in self.all if r.key == key)

    @property
    def chosen(self) -> Reading:
        """The reading the edition leads with."""
        return next(r for r in self.all if r.chosen)

    @property
    def known(self) -> tuple[Reading, ...]:
        """Those that could be computed."""
        return tuple(r for r in self.all if isinstance(r.ratio, Estimate))

    def table(self) -> Table:
        """Return one row for each reading: both sides in words and in figures, and the ratio."""
        return Table(
            _("What the sentence can mean"),
            [
                Column("reading", _("Reading")),
                Column("choice", _("Role")),
                Column("investment", _("Investment side")),
                Column("grants", _("Grant side")),
                Column("formula", _("In figures")),
                Column("ratio", _("Ratio"), "ratio"),
            ],
            [
                [
                    r.name,
                    _role(r),
                    r.investment_side,
                    r.grant_side,
                    r.ratio.formats["formula"].rpartition(" = ")[0],
                    r.ratio,
                ]
                for r in self.known
            ],
            empty=_("No source in this report’s data states these grants and what they leveraged."),
        )


def readings(data: Data, reading: str) -> Readings:
    """Return every reading of the sentence, the edition's choice marked.

    Parameters
    ----------
    data : Data
        What is known.
    reading : str
        The edition's choice, one of `READINGS`.

    Raises
    ------
    NotAccepted
        For a reading that does not exist; the message lists those that do.
    """
    if reading not in READINGS:
        raise NotAccepted(_("reading"), reading, READINGS)
    reason = no_source(_("states these grants and what they leveraged"))
    status = STATUSES["achieved"]
    investment = _stated(
        data, "investment_leveraged", f"{BASES['beside']}, {status}", reason,
        _("Investment leveraged by IDB's grants for migration since 2019"),
    ).called(
        _("the investment leveraged by the IDB's grants for migration since 2019")
    )  # fmt: skip
    grants = _stated(
        data, "non_reimbursable", _("grants, {status}").format(status=status), reason,
        _("IDB's grants for migration since 2019"),
    ).called(_("the sum of the IDB's grants for migration since 2019"))  # fmt: skip
    donors = _stated(
        data, "from_donors", _("from donors"), reason,
        _("Donors' money in IDB's grants for migration or the investment beside them"),
    ).called(
        _("the donors' money in the IDB's grants for migration or the investment beside them")
    )  # fmt: skip
    operations = _stated(data, "operations", "", reason, "")
    return Readings(
        all=tuple(
            Reading(
                key,
                _NAMES[key],
                *_SIDES[key],
                _ratio(key, investment, grants, donors),
                key == reading,
            )
            for key in (*READINGS, *SENSITIVITIES)
        ),
        investment=investment,
        grants=grants,
        from_donors=donors,
        investment_per_operation=_per(
            investment,
            operations,
            _("Investment per migration-related operation of the IDB"),
            _("the investment per migration-related operation of the IDB"),
        ),
        grants_per_operation=_per(
            grants,
            operations,
            _("Grants per migration-related operation of the IDB"),
            _("the sum of grants per migration-related operation of the IDB"),
        ),
        as_of=data.as_of,
    )


def lead(sentence: Readings, stages: Stages) -> Estimate | Absent:
    """Return the newest ratio known for the IDB, which may not yet be the sentence's.

    Where the sentence is the newest stage known, its chosen reading leads. The label says which
    status and date it is; label, noun and subject say how the sentence was read.
    """
    latest = stages.latest
    if latest is None:
        return stages.newest
    said = latest.facility.name
    how = status_of(latest)
    ratio = latest.value
    if latest.facility.key == FACILITY:
        reading = _READ_WITH[sentence.chosen.key]
        how = f"{how}, {reading}"
        said = _("{stage}, with {reading}").format(stage=said, reading=reading)
        ratio = sentence.chosen.ratio
    label = _("Investment for each dollar of the IDB’s grants for migration ({how}), {date}")
    noun = _("the investment for each dollar of the IDB’s grants for migration ({how})")
    return (
        ratio.labelled(label.format(how=how, date=dated(latest.period)))
        .about(said)
        .called(noun.format(how=how))
    )


def _ratio(
    key: str, investment: Estimate | Absent, grants: Estimate | Absent, donors: Estimate | Absent
) -> Estimate | Absent:
    top, bottom = _SIDES[key]
    definition = f"{top} ÷ {bottom}"
    label = _("{definition}, IDB since 2019").format(
        definition=definition[0].upper() + definition[1:]
    )
    if isinstance(investment, Absent):
        return dataclasses.replace(investment, unit="ratio", label=label)
    if isinstance(grants, Absent):
        return dataclasses.replace(grants, unit="ratio", label=label)
    # In one reading or another each sum is a part of another. Without their definitions they are
    # plain dollars, which may be added and subtracted as the reading says.
    i, g = _dollars(investment), _dollars(grants)
    if key == "headline":
        sides = i, g
    elif key == "grants_in_investment":
        sides = i - g, g
    elif isinstance(donors, Absent):
        return dataclasses.replace(donors, unit="ratio", label=label)
    else:
        d = _dollars(donors)
        sides = {
            "donors_in_grants": (i, g - d),
            "donors_in_investment": (i - d, g),
            "with_donors_in_grants": (i, g + d),
            "with_donors_moved_to_grants": (i - d, g + d),
        }[key]
    found = estimate.ratio(*sides)
    if isinstance(found, Absent):
        return found.labelled(label)
    noun = _("the ratio of {top} to {bottom} (IDB since 2019)").format(top=top, bottom=bottom)
    return dataclasses.replace(
        found, definition=definition, label=label, subject=_READ_WITH[key], noun=noun
    )


def _dollars(amount: Estimate) -> Estimate:
    return dataclasses.replace(amount, definition="")


def _stated(data: Data, role: str, definition: str, reason: str, label: str) -> Estimate | Absent:
    found = data.leverage.where(facility=FACILITY, role=role)
    if not found:
        return Absent(reason, "USD", label)
    newest = max(found, key=lambda o: o.stated_period)
    return Estimate.of(newest, definition=definition).labelled(label)


def _per(
    amount: Estimate | Absent, count: Estimate | Absent, label: str, noun: str
) -> Estimate | Absent:
    if isinstance(amount, Absent):
        return dataclasses.replace(amount, unit="USD/operation", label=label)
    if isinstance(count, Absent):
        return dataclasses.replace(count, unit="USD/operation", label=label)
    return estimate.per(amount, count, "USD/operation").labelled(label).called(noun)


def _role(reading: Reading) -> str:
    if reading.chosen:
        return _("reading, chosen here")
    return _("sensitivity") if reading.is_sensitivity else _("reading")
