"""The middle of several operations' ratios: their median and their pooled ratio.

Never a mean of ratios: one small grant beside a large loan would decide it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.funding_leverage.facilities import require_separate
from analysis.funding_leverage.ratios import Ratio, Ratios
from analysis.language import _, ngettext
from analysis.numbers import estimate
from analysis.numbers.estimate import NOT_COMPUTED, Absent, Estimate

_FEWEST = 3  # ratios that have a middle


@dataclass(frozen=True)
class Pool:
    """The middle of several ratios of one status and basis: their median, and one over all of them.

    Attributes
    ----------
    n : int
    median : Estimate or Absent
        Of the ratios, each operation counting once.
    pooled : Estimate or Absent
        All investment ÷ all grants, each dollar counting once.
    """

    n: int
    median: Estimate | Absent
    pooled: Estimate | Absent


def pool(chosen: Iterable[Ratio], what: str, reason: str) -> Pool:
    """Return the median and the pooled ratio of operations that may be compared.

    Parameters
    ----------
    chosen : iterable of Ratio
        Of one status and basis, no two stages of the same money.
    what : str
        What they are, for the labels: "approved operations".
    reason : str
        Why there is nothing to pool, should there be none.

    Raises
    ------
    Incompatible
        When two of them differ in status or basis, or are stages of the same money.
    """
    known = [(r, r.value) for r in chosen if isinstance(r.value, Estimate)]
    require_separate([r.facility for r, _value in known])
    n = len(known)
    middle = _("Median ratio of {what}").format(what=what)
    together = _("All investment ÷ all grants of {what}").format(what=what)
    if not known:
        return Pool(0, Absent(reason, "ratio", middle), Absent(reason, "ratio", together))
    few = ngettext(
        "only {n} operation is known: see the table",
        "only {n} operations are known: see the table",
        n,
    ).format(n=n)
    operations = ngettext("{n} operation", "{n} operations", n).format(n=n)
    count = f"({operations})"
    return Pool(
        n,
        # of two the median is their mean, which one small grant beside a large loan decides
        estimate.median([value for _ratio, value in known])
        .labelled(f"{middle} {count}")
        .about(operations)
        .called(_("the median ratio of {what}").format(what=what))
        if n >= _FEWEST
        else Absent(few, "ratio", middle, NOT_COMPUTED),
        estimate.ratio(
            estimate.total(r.investment for r, _value in known),
            estimate.total(r.grants for r, _value in known),
        )
        .labelled(f"{together} {count}")
        .called(_("the ratio of all investment to all grants of {what}").format(what=what))
        if n > 1
        else Absent(few, "ratio", together, NOT_COMPUTED),
    )


def approved_operations(found: Ratios) -> Pool:
    """Return median and pooled ratio of approved operations with investment beside the grant.

    Parameters
    ----------
    found : Ratios
    """
    chosen = [
        r
        for r in found.all
        if r.facility.kind == "operation" and (r.status, r.facility.basis) == ("approved", "beside")
    ]
    reason = _("no such operation among those chosen has both sides in this report’s data")
    return pool(chosen, _("approved operations"), reason)
