"""One number as it was known at each date: how the published figure was revised over time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from analysis.data.load import Data
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate, ranges_meet
from analysis.numbers.tables import Cell, Column, Table


@dataclass(frozen=True)
class Vintage:
    """A number from one date of knowledge on.

    Attributes
    ----------
    known_from : datetime.date or None
        The day from which it was known; None for what only undated sources state.
    estimate : Estimate
        The number as it was known then.
    side : object
        Of what the number is: vintages of different sides are no revisions of one another.
    """

    known_from: datetime.date | None
    estimate: Estimate
    side: object = None


@dataclass(frozen=True)
class Vintages:
    """Every vintage of one number, oldest first.

    Attributes
    ----------
    label : str
        The reader's name of the number.
    items : tuple of Vintage
        Each differs from the one before in the figures it rests on, or in what they are.
    as_of : datetime.date or None
        The date whose knowledge they end with.
    apart : str
        For readers, why a vintage is no revision of the one before where their sides differ.
    """

    label: str
    items: tuple[Vintage, ...]
    as_of: datetime.date | None
    apart: str = ""

    @property
    def runs(self) -> tuple[tuple[Vintage, ...], ...]:
        """The vintages of one side after another: what a line may join."""
        return tuple(tuple(run) for _side, run in groupby(self.items, key=lambda v: v.side))

    def table(self) -> Table:
        """Return each vintage with its date, range, period, source and the change from the last.

        Two vintages whose ranges have a value in common are not distinguishable.
        """
        earlier = (None, *self.items)
        rows: list[list[Cell]] = [
            [
                vintage.known_from or _("date unknown"),
                vintage.estimate,
                vintage.estimate.observations[-1].period,
                vintage.estimate.observations[0].source,
                self._change(before, vintage),
            ]
            for before, vintage in zip(earlier, self.items, strict=False)
        ]
        return Table(
            _("{label}: as known at each date").format(label=self.label),
            [
                Column("known_from", _("Known from")),
                Column("estimate", _("The number then")),
                Column("period", _("For")),
                Column("source", _("Source")),
                Column("change", _("Against the one before")),
            ],
            rows,
            empty=_("Nothing that this number needs was published by then."),
        )

    def _change(self, before: Vintage | None, now: Vintage) -> str:
        if before is None:
            return _("first known")
        if before.side != now.side:
            return _("not compared: {why}").format(why=self.apart)
        if ranges_meet(before.estimate, now.estimate):
            return _("not distinguishable from the one before")
        return _("higher") if now.estimate.value > before.estimate.value else _("lower")


def vintages(
    data: Data,
    compute: Callable[[Data], Estimate | Absent],
    label: str,
    side: Callable[[Estimate], object] = lambda estimate: None,
    apart: str = "",
) -> Vintages:
    """Return a number as it would have been computed at each date a source was published.

    Parameters
    ----------
    data : Data
        What is known now; nothing later is looked at.
    compute : callable
        Computes the number from what was known at a date.
    label : str
        The reader's name of the number.
    side : callable, optional
        Of what a number is: a plan's year, the side of a break.
    apart : str
        For readers, why numbers of different sides are not compared.
    """
    days = sorted({s.known_from for s in data.sources.values() if s.known_from})
    undated = [None] if data.as_of is None else []  # what sources of unknown date add
    found: list[Vintage] = []
    for date in (*days, *undated):
        estimate = compute(data.known(date))
        if isinstance(estimate, Absent):
            continue
        if not found or _differs(estimate, found[-1].estimate):
            found.append(Vintage(date, estimate, side(estimate)))
    return Vintages(label, tuple(found), data.as_of, apart)


def _differs(now: Estimate, before: Estimate) -> bool:
    """Whether a number rests on other figures, or on figures that were revised under their keys."""
    ends = [(each.value, each.low, each.high) for each in (now, before)]
    return now.formula != before.formula or ends[0] != ends[1]
