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
from analysis.numbers.estimate import Absent, Estimate


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
    count = ngettext("({n} operation)", "({n} operations)", n).format(n=n)
    return Pool(
        n,
        estimate.median([value for _ratio, value in known]).labelled(f"{middle} {count}"),
        estimate.ratio(
            estimate.total(r.investment for r, _value in known),
            estimate.total(r.grants for r, _value in known),
        ).labelled(f"{together} {count}"),
    )


def approved_operations(found: Ratios, *, buy_downs: bool) -> Pool:
    """Return median and pooled ratio of approved operations with investment beside the grant.

    Parameters
    ----------
    found : Ratios
    buy_downs : bool
        Whether small buy-downs count; they are not leverage in the same sense.
    """
    chosen = [
        r
        for r in found.all
        if r.facility.kind == "operation"
        and (r.status, r.facility.basis) == ("approved", "beside")
        and (buy_downs or not r.small_buy_down)
    ]
    what = (
        _("approved operations, small buy-downs included")
        if buy_downs
        else _("approved operations without small buy-downs")
    )
    reason = _("no such operation among those chosen has both sides in this report’s data")
    return pool(chosen, what, reason)
