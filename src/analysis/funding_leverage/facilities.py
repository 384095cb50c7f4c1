"""What each facility and operation is, and whether its investment includes its grant.

Whether a stated investment lies beside the grant or is a total that includes it can only be read
from the source's words. They are quoted here with the reading they got, so that anyone can check
it or change it: one table, in one module.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.data import names
from analysis.errors import Incompatible
from analysis.language import _

BASES = {
    "beside": _("investment beside the grant"),
    "including": _("total that includes the grant"),
}

# From what is only expected to what was achieved; the last is for sources that do not say.
STATUSES = {
    "expected": _("expected"),
    "planned": _("planned"),
    "approved": _("approved"),
    "cumulative": _("cumulative"),
    "achieved": _("achieved"),
    "": _("status not stated"),
}


@dataclass(frozen=True)
class Facility:
    """A facility, operation or pledge whose money the data hold.

    Attributes
    ----------
    key : str
        As in the column ``facility`` of ``data/leverage.csv``.
    kind : str
        ``programme`` (a bank's grants over many operations), ``fund`` (a fund's total so far),
        ``operation`` (one loan and its grant), ``climate`` (another field, for comparison) or
        ``grants`` (money without an investment beside it).
    basis : str
        A key of `BASES`; empty where nothing was read.
    words : str
        The source's words from which the basis was read.
    series : str
        Facilities of one series are stages of the same money and are never pooled.
    buys_down : bool
        Whether the grant lowers the interest of a loan rather than paying for something itself.
    """

    key: str
    kind: str
    basis: str = ""
    words: str = ""
    series: str = ""
    buys_down: bool = False

    @property
    def name(self) -> str:
        """The reader's name for it."""
        return names.facility(self.key)


_TABLE = (
    Facility(
        "idb-grant-facility-2019", "programme", "beside",
        "These grant funds will be combined with regular IDB loan operations", "IDB",
    ),
    Facility(
        "idb-pledge-2020", "programme", "beside",
        "US$85 million in grants and expects to leverage US$1.1 billion in investment loans", "IDB",
    ),
    Facility(
        "idb-migration-initiative", "programme", "beside",
        "non-reimbursable resources that leveraged investment", "IDB",
    ),
    # The "total" of 2017 is one over projects; what grants "leverage" or "unlock" is other money
    # than the grants. The loans may still contain them, as Jordan's did: see below.
    Facility(
        "gcff-2017", "fund", "beside",
        "grants to leverage five times that amount in concessional financing", "GCFF", True,
    ),
    Facility(
        "gcff-2019", "fund", "beside",
        "has unlocked more than US$2.5 billion in concessional financing", "GCFF", True,
    ),
    Facility(
        "gcff-cumulative", "fund", "beside",
        "grants which have enabled the provision of over $7.3 billion in loans", "GCFF", True,
    ),
    Facility(
        "idb-colombia-2021", "operation", "beside",
        "The operation also includes a non-refundable $17,589,000", buys_down=True,
    ),
    Facility(
        "gcff-ecuador-2022", "operation", "beside",
        "loan for Ecuador which, together with a US$ 30 million non-reimbursable grant",
        buys_down=True,
    ),
    Facility(
        "gcff-ecuador-2020", "operation", "beside",
        "condiciones más favorables o concesionales para un préstamo mucho mayor",
        buys_down=True,
    ),
    # The page's label says "Loan Amount"; its sentence says what the amount is made of.
    Facility(
        "gcff-jordan-2016", "operation", "including",
        "The $300 million program, which consists of both grants and loans", buys_down=True,
    ),
    Facility(
        "gcff-colombia-2019", "operation", "including",
        "will be part of a $750 million development policy operation", buys_down=True,
    ),
    Facility(
        "gcf-adb-project-2020", "climate", "beside",
        "plans to mobilise an additional US$ 1.310 million in co-finance",
    ),
    Facility("idb-costa-rica", "operation"),
    Facility("idb-grant-facility-2022", "grants"),
    Facility(
        "idb-grant-facility-2022-phase-1", "grants",
    ),
    Facility("idb-donor-pledges-2023", "grants"),
    Facility(
        "gcff-us-commitment-2021", "grants"
    ),
)  # fmt: skip

FACILITIES: dict[str, Facility] = {facility.key: facility for facility in _TABLE}


def facility(key: str) -> Facility:
    """Return what is known about a facility; one not read yet has no basis."""
    return FACILITIES.get(key) or Facility(key, "operation")


def series(name: str) -> tuple[Facility, ...]:
    """Return the stages of one programme or fund, earliest first."""
    return tuple(f for f in _TABLE if f.series == name)


def require_separate(facilities: list[Facility]) -> None:
    """Refuse facilities that are stages of the same money: adding them would count it twice.

    Raises
    ------
    Incompatible
        Naming the first two of one series.
    """
    seen: dict[str, Facility] = {}
    for one in facilities:
        if one.series and one.series in seen:
            raise Incompatible(
                _("Cannot pool {a} and {b}: both are stages of the same money ({series}).").format(
                    a=seen[one.series].name, b=one.name, series=one.series
                )
            )
        seen[one.series] = one
