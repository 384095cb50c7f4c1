"""Whether the parts of an amount that sources state add up to the whole that they state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.covid_funding.plans import amount
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Column, Table


@dataclass(frozen=True)
class Parts:
    """A stated whole beside the sum of its stated parts.

    Attributes
    ----------
    whole, sum : Estimate
        As one source states them, in USD.
    difference : Estimate
        The whole less the sum.
    parts : tuple of Estimate
    complete : bool
        Whether the parts are meant to be all; if not, the difference is what is stated nowhere.
    """

    name: str
    whole: Estimate
    parts: tuple[Estimate, ...]
    complete: bool

    @property
    def sum(self) -> Estimate:
        """The sum of the parts."""
        return estimate.total(self.parts)

    @property
    def difference(self) -> Estimate:
        """The whole less the sum of the parts."""
        return self.whole - self.sum

    @property
    def meets(self) -> bool:
        """Whether the stated whole and the sum can be the same number."""
        return self.whole.meets(self.sum)


@dataclass(frozen=True)
class _Split:
    """Which rows of the data are a whole, and which its parts; None: every other area."""

    name: str
    whole: Mapping[str, str]
    parts: Mapping[str, str | list[str]] | None
    complete: bool = True


def _rows(appeal: str, area: str, measure: str, donor: str = "") -> dict[str, str]:
    return {"appeal": appeal, "area": area, "measure": measure, "donor": donor}


_COVID_MONEY = _rows("COVID-19 humanitarian response", "WLD", "received")
_CONFERENCE = _rows("Donors conference", "LAC", "pledged")
_US_REGIONAL = _rows("US Venezuela regional response", "LAC", "received", "USA")
_KINDS_OF_PLAN = ["required_hrp_countries", "required_rmrp_countries", "required_rrp_countries"]

_SPLITS = (
    _Split(
        _("COVID-19 money received inside and outside the GHRP"),
        _COVID_MONEY,
        _COVID_MONEY | {"appeal": ["GHRP", "COVID-19 outside GHRP"]},
    ),
    _Split(
        _("GHRP requirement by kind of country plan"),
        _rows("GHRP", "WLD", "required"),
        _rows("GHRP", "WLD", "required") | {"measure": _KINDS_OF_PLAN},
        complete=False,
    ),
    _Split(
        _("IOM’s COVID-19 requirement by region"),
        _rows("IOM-COVID-19", "WLD", "required"),
        None,
        complete=False,
    ),
    _Split(_("RMRP requirement by area"), _rows("RMRP", "LAC", "required"), None),
    _Split(
        _("Pledges for people from Venezuela: grants and loans"),
        _CONFERENCE,
        _CONFERENCE | {"measure": ["pledged_grants", "pledged_loans"]},
    ),
    _Split(
        _("US money for the response to the Venezuela crisis by office"),
        _US_REGIONAL,
        _US_REGIONAL | {"measure": ["received_bha", "received_prm"]},
    ),
)


def splits(data: Data) -> tuple[Parts, ...]:
    """Return every stated whole whose parts the same source states for the same date."""
    return tuple(parts for split in _SPLITS for parts in _found(data, split))


def covid_money(data: Data) -> tuple[Estimate | Absent, Estimate | Absent]:
    """Return the COVID-19 money received inside and outside the GHRP: as stated, and as a sum."""
    as_stated = _("COVID-19 money received inside and outside the GHRP, as stated")
    as_sum = _("COVID-19 money received inside and outside the GHRP, as the sum of the two")
    noun = _("the money against COVID-19 received inside and outside the GHRP, {how}")
    found = _found(data, _SPLITS[0])
    if not found:
        none = unstated(_("the two amounts together"), "USD", as_stated)
        return none, none.labelled(as_sum)
    newest = found[-1]
    return (
        newest.whole.labelled(as_stated).called(noun.format(how=_("as stated"))),
        newest.sum.labelled(as_sum).called(noun.format(how=_("as the sum of the two"))),
    )


def _found(data: Data, split: _Split) -> list[Parts]:
    found = []
    for whole in data.funding.where(**split.whole):
        pieces = [o for o in _pieces(data, split) if _beside(o, whole)]
        if pieces:
            # The source states it as a part of this whole, so the two may be added and subtracted.
            parts = tuple(amount(o, part_of=whole) for o in pieces)
            name = _("{what}, {year}").format(what=split.name, year=whole.appeal_year)
            found.append(Parts(name, amount(whole), parts, split.complete))
    return found


def parts_table(data: Data) -> Table:
    """Return for each whole its stated total, the sum of its parts and whether they can be one."""
    return Table(
        _("Do the stated parts add up to the stated whole?"),
        [
            Column("whole", _("Whole and parts")),
            Column("stated", _("Stated whole"), "USD"),
            Column("count", _("Parts")),
            Column("sum", _("Sum of the parts"), "USD"),
            Column("difference", _("Whole less sum"), "USD"),
            Column("verdict", _("Do the ranges meet?")),
        ],
        [[p.name, p.whole, len(p.parts), p.sum, p.difference, _verdict(p)] for p in splits(data)],
        note=_(
            "Only parts of one plan are added here, as the source that names them does. Where the "
            "ranges do not meet, the stated whole is not the sum of the stated parts; the figures "
            "alone do not say why."
        ),
        empty=unstated(_("a whole together with its parts"), "", "").reason,
    )


def _verdict(parts: Parts) -> str:
    if not parts.complete:
        return _("the parts stated are not all")
    return _("yes") if parts.meets else _("no")


def _pieces(data: Data, split: _Split) -> list[Observation]:
    if split.parts is not None:
        return list(data.funding.where(**split.parts))
    criteria = {column: value for column, value in split.whole.items() if column != "area"}
    return [o for o in data.funding.where(**criteria) if o.area != split.whole["area"]]


def _beside(piece: Observation, whole: Observation) -> bool:
    return (piece.source, piece.period, piece.appeal_year) == (
        whole.source,
        whole.period,
        whole.appeal_year,
    )
