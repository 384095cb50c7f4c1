"""The share of people abroad who live in the region, from pairs that one source states together.

The region and the world are never taken from two sources: their dates, scopes and rounding differ
by more than the share does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.data.observations import Source
from analysis.data.periods import Period
from analysis.displacement.measures import ABROAD, WORLD, measured
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import COUNTED, dated
from analysis.errors import NotAccepted
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate, share
from analysis.numbers.tables import Cell, Column, Table

STATED = "share_in_region"


@dataclass(frozen=True)
class Pair:
    """People in the world and in the region, stated by one source for one date.

    Attributes
    ----------
    period : Period
    world, region : Estimate
        Persons, of one definition.
    share : Estimate or Absent
        The region's part of the world, 0 to 1; absent where the world is zero.
    source : Source
    """

    period: Period
    world: Estimate
    region: Estimate
    share: Estimate | Absent
    source: Source


@dataclass(frozen=True)
class StatedShare:
    """A share that a source prints itself; it need not state the figures behind it."""

    period: Period
    share: Estimate
    source: Source


@dataclass(frozen=True)
class RegionalShare:
    """Every pair over time, the one that leads, and the shares that sources print.

    Attributes
    ----------
    pairs : tuple of Pair
        Oldest first; pairs of one period in the order in which they lead.
    lead : Pair or None
        The headline; None where no source states both sides.
    stated : tuple of StatedShare
    people, people_in_region, share : Estimate or Absent
        The lead pair's numbers, labelled with their date.
    title : str
    lacking : str
        Why there is no pair, when there is none.
    """

    pairs: tuple[Pair, ...]
    lead: Pair | None
    stated: tuple[StatedShare, ...]
    people: Estimate | Absent
    people_in_region: Estimate | Absent
    share: Estimate | Absent
    title: str
    lacking: str

    def table(self, beside: Sequence[Pair] = ()) -> Table:
        """Return every pair and every stated share, oldest first.

        Parameters
        ----------
        beside : sequence of Pair
            Pairs of UNHCR's count, another definition, to be listed too.
        """
        computed = _("computed")
        leads, by_unhcr = _("leads this page"), _("computed from UNHCR's count")
        rows: list[tuple[Period, list[Cell]]] = [
            (p.period, _cells(p, leads if p is self.lead else computed)) for p in self.pairs
        ]
        rows += [
            (s.period, [s.period, None, None, s.share, _("printed by the source"), s.source])
            for s in self.stated
        ]
        rows += [(p.period, _cells(p, by_unhcr)) for p in beside]
        return Table(
            self.title,
            [
                Column("period", _("Date")),
                Column("region", _("In the region"), "persons"),
                Column("world", _("In the world"), "persons"),
                Column("share", _("Share"), "share"),
                Column("role", _("How it was obtained")),
                Column("source", _("Source")),
            ],
            [row for _period, row in sorted(rows, key=lambda one: one[0])],
            note=_("Both sides of a computed share come from one source and one date."),
            empty=self.lacking,
        )

    def printed_against_computed(self) -> Table:
        """Return every printed share whose source states both sides, and whether the two agree."""
        computed = {(p.source.key, p.period): p for p in self.pairs}
        rows: list[list[Cell]] = []
        for one in self.stated:
            pair = computed.get((one.source.key, one.period))
            if pair is None or isinstance(pair.share, Absent):
                continue
            # A printed share and one computed from the same count may be compared, not combined.
            printed = replace(one.share, definition=pair.share.definition)
            rows.append([
                one.period, one.share, pair.share,
                _("yes") if printed.meets(pair.share) else _("no"), one.source,
            ])  # fmt: skip
        return Table(
            _("Printed shares against the figures printed beside them"),
            [
                Column("period", _("Date")),
                Column("printed", _("Printed share"), "share"),
                Column("computed", _("Computed from the same source"), "share"),
                Column("meet", _("Do the ranges meet?")),
                Column("source", _("Source")),
            ],
            rows,
            empty=_("No source prints both a share and its two sides."),
        )


def regional_share(scope: Scope, lead_source: str | None = None) -> RegionalShare:
    """Return the shares in the scope's region.

    The headline pair is the newest: a date given as a month or year counts from its last day. Of
    several pairs for one period the first leads (`analysis.data.precedence`).

    Parameters
    ----------
    scope : Scope
    lead_source : str or None
        Key of the source whose newest pair leads instead.

    Raises
    ------
    NotAccepted
        When `lead_source` states no such pair; the message lists those that do.
    """
    stated = tuple(
        StatedShare(o.stated_period, measured(o), o.source)
        for o in scope.figures(STATED, scope.region)
    )
    return of_pairs(scope, _pairs(scope), lead_source, stated)


def of_pairs(
    scope: Scope,
    pairs: tuple[Pair, ...],
    lead_source: str | None = None,
    stated: tuple[StatedShare, ...] = (),
) -> RegionalShare:
    """Return the shares of pairs of the count that leads, oldest first.

    Parameters
    ----------
    scope, lead_source
        As of `regional_share`.
    pairs : tuple of Pair
    stated : tuple of StatedShare
        What sources print.

    Raises
    ------
    NotAccepted
        When `lead_source` states no such pair; the message lists those that do.
    """
    lacking = scope.lacking(
        _("states people from {origin} both in the world and in {region}").format(
            origin=scope.origin_name, region=scope.region_name
        )
    )
    lead = _lead(pairs, lead_source)
    labels = _labels(scope, lead)
    if lead is None:
        numbers: list[Estimate | Absent] = [
            Absent(lacking, unit, label)
            for unit, label in zip(("persons", "persons", "share"), labels, strict=True)
        ]
    else:
        counted = scope.way_of_counting(scope.count, [WORLD, scope.region], lead.period)
        found = zip((lead.world, lead.region, lead.share), labels, _nouns(scope), strict=True)
        numbers = [
            number.labelled(label).called(noun).on(COUNTED, counted)
            for number, label, noun in found
        ]
    return RegionalShare(
        pairs=pairs,
        lead=lead,
        stated=stated,
        people=numbers[0],
        people_in_region=numbers[1],
        share=numbers[2],
        title=_names(scope)[2],
        lacking=lacking,
    )


def _cells(pair: Pair, role: str) -> list[Cell]:
    return [pair.period, pair.region, pair.world, pair.share, role, pair.source]


def _pairs(scope: Scope) -> tuple[Pair, ...]:
    in_region = {(o.source.key, o.stated_period): o for o in scope.figures(ABROAD, scope.region)}
    found = []
    for whole in scope.figures(ABROAD, WORLD):
        part = in_region.get((whole.source.key, whole.stated_period))
        if part is not None:
            world, region = measured(whole), measured(part)
            found.append(
                Pair(whole.stated_period, world, region, share(region, world), whole.source)
            )
    return tuple(found)


def _lead(pairs: tuple[Pair, ...], lead_source: str | None) -> Pair | None:
    if not pairs:
        return None
    eligible = [p for p in pairs if lead_source in (None, p.source.key)]
    if not eligible:
        raise NotAccepted(
            _("lead_source"), lead_source, list(dict.fromkeys(p.source.key for p in pairs))
        )
    newest = eligible[-1].period
    return next(p for p in eligible if p.period == newest)


def _names(scope: Scope) -> list[str]:
    return [
        scope.people_named(WORLD),
        scope.people_named(scope.region),
        _("Share of people from {origin} abroad who live in {region}").format(
            origin=scope.origin_name, region=scope.region_name
        ),
    ]


def _nouns(scope: Scope) -> list[str]:
    share_of = _("the share of people from {origin} abroad who live in {region}").format(
        origin=scope.origin_name, region=scope.data.areas.in_sentence(scope.region)
    )
    return [scope.people_in(WORLD), scope.people_in(scope.region), share_of]


def _labels(scope: Scope, lead: Pair | None) -> list[str]:
    names = _names(scope)
    if lead is None:
        return names
    return [dated(name, lead.period) for name in names]
