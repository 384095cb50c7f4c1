"""What is counted, of whom: the measures of displacement, and which may be put together."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data.observations import Observation
from analysis.data.populations import ALL, COLUMNS, WORLD
from analysis.language import _
from analysis.numbers.estimate import Estimate
from analysis.numbers.tables import Column, Table

__all__ = [
    "ABROAD",
    "CATEGORIES",
    "MANDATE",
    "MEASURES",
    "PROJECTED",
    "WORLD",
    "definitions",
    "measured",
]

ABROAD = "refugees_and_migrants"
PROJECTED = "refugees_and_migrants_projected"
CATEGORIES = tuple(COLUMNS)
MANDATE = ALL  # nobody is in two of UNHCR's categories, so they add up


@dataclass(frozen=True)
class Measure:
    """What an indicator counts.

    Attributes
    ----------
    name : str
        The reader's.
    counts : str
        Who is counted, by whom.
    definition : str
        Figures of one definition may be added and compared; others refuse.
    nature : str
        ``stock`` (people at a date), ``flow`` (during a period), ``projection`` (a stock that a
        plan expected) or empty for what a source derives from others.
    """

    name: str
    counts: str
    definition: str
    nature: str


MEASURES: dict[str, Measure] = {
    ABROAD: Measure(
        _("People abroad as governments report them"),
        _(
            "People from the country of origin who live abroad, whatever their status, as host "
            "governments report or estimate them; put together by the R4V platform"
        ),
        ABROAD, "stock",
    ),
    PROJECTED: Measure(
        _("People abroad as a plan expected them"),
        _("The same count, as a response plan expected it for a later date"),
        ABROAD, "projection",
    ),
    "refugees": Measure(
        _("Refugees"), _("People recognised as refugees, as UNHCR publishes them"),
        MANDATE, "stock",
    ),
    "asylum_seekers": Measure(
        _("Asylum-seekers"),
        _("People whose claim for asylum was not yet decided, as UNHCR publishes them"),
        MANDATE, "stock",
    ),
    "other_people_in_need_of_international_protection": Measure(
        _("Other people in need of international protection"),
        _(
            "People outside their country who probably need protection and are in neither of the "
            "two groups above; UNHCR publishes them from 2018, and only inside the region"
        ),
        MANDATE, "stock",
    ),
    MANDATE: Measure(
        _("UNHCR's categories together"),
        _("Everybody in one of the categories above that UNHCR counts in the place and year"),
        MANDATE, "stock",
    ),
    "returned": Measure(
        _("Returns"), _("People who went back to the country of origin during a period"),
        "returned", "flow",
    ),
    "internally_displaced_by_conflict": Measure(
        _("People displaced inside their country by conflict"),
        _("As IDMC estimates them at the end of a year"),
        "internally_displaced_by_conflict", "stock",
    ),
    "internally_displaced_dtm": Measure(
        _("People displaced inside their country, counted on the ground"),
        _("As IOM's Displacement Tracking Matrix counted them in a round"),
        "internally_displaced_dtm", "stock",
    ),
    "internal_displacements_by_disaster": Measure(
        _("Displacements by disaster"),
        _("Movements forced by disasters during a year; one person can be counted twice (IDMC)"),
        "internal_displacements_by_disaster", "flow",
    ),
    "internally_displaced": Measure(
        _("People displaced inside their country"),
        _("All countries together, as UNHCR reports them"),
        "internally_displaced", "stock",
    ),
    "forcibly_displaced": Measure(
        _("Forcibly displaced people"),
        _("All categories and origins, inside and outside their country"),
        "forcibly_displaced", "stock",
    ),
    "undocumented": Measure(
        _("People without documents"),
        _("People from the country of origin abroad whose stay is not regular"),
        "undocumented", "stock",
    ),
    "share_in_region": Measure(
        _("Stated share in the region"),
        _("Of people abroad as governments report them, as a source states it"),
        "share_in_region", "",
    ),
    "share_in_region_projected": Measure(
        _("Projected share in the region"),
        _("The same, as a response plan expected it"),
        "share_in_region_projected", "",
    ),
    "share_of_outflow_hosted": Measure(
        _("Stated share of one host"),
        _("Of people abroad as governments report them, as a source states it"),
        "share_of_outflow_hosted", "",
    ),
    "growth_since_previous_report": Measure(
        _("Stated growth"),
        _("Between two updates, as a source states it"),
        "growth_since_previous_report", "",
    ),
}  # fmt: skip


def measured(observation: Observation) -> Estimate:
    """Return a figure as an estimate that knows what it counts and whether it is a stock.

    Parameters
    ----------
    observation : Observation
        Of the displacement table.
    """
    measure = MEASURES[observation.indicator]
    return Estimate.of(observation, definition=measure.definition, nature=measure.nature)


def definitions(*, governments: bool = True) -> Table:
    """Return what each indicator counts, and which may be put together.

    Parameters
    ----------
    governments : bool
        Whether governments' count is among them; without it only UNHCR's is.
    """
    shown = MEASURES if governments else (*CATEGORIES, MANDATE)
    natures = {
        "stock": _("stock: people at a date"),
        "flow": _("flow: during a period"),
        "projection": _("projection of a stock"),
        "": _("derived by the source"),
    }
    family = {ABROAD: _("R4V"), MANDATE: _("UNHCR")}
    return Table(
        _("What is counted"),
        [
            Column("measure", _("Figure")),
            Column("counts", _("Who is counted")),
            Column("nature", _("Nature")),
            Column("with", _("May be compared within")),
        ],
        [
            [m.name, m.counts, natures[m.nature], family.get(m.definition, _("itself only"))]
            for m in (MEASURES[indicator] for indicator in shown)
        ],
        note=_("Figures of different definitions or natures are never added, joined or divided."),
    )
