"""Coverage: as computed beside as stated, and what moved it from one date to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import (
    SMALL,
    draw_zero_line,
    label_values,
    name_rows,
    write_beside,
)
from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, axes, finish, styled
from analysis.covid_funding.appeal_tables import coverages
from analysis.covid_funding.appeals import History
from analysis.covid_funding.coverage_change import CoverageChange, CoverageChanges
from analysis.language import _
from analysis.numbers.estimate import Estimate, ranges_meet

_MARK = 5.5  # points: a dot or a diamond


@dataclass(frozen=True)
class _Row:
    """A plan at a date: its coverage as computed, and as the source states it, if it does."""

    name: str
    computed: Estimate
    stated: Estimate | None

    @property
    def right(self) -> float:
        """The highest value drawn."""
        return max(dots.highest(each) for each in (self.computed, self.stated) if each)


@styled
def coverage(histories: Sequence[History]) -> Chart | Blank:
    """Draw the coverage of every plan and date as a dot, beside what the source says itself."""
    title = _("How much of each plan was covered")
    table = coverages(histories)
    shown = [
        _Row(
            f"{h.plan.short}, {r.period.label()}",
            r.coverage,
            r.stated if isinstance(r.stated, Estimate) else None,
        )
        for h in histories
        for r in h.receipts
        if isinstance(r.coverage, Estimate)
    ]
    if not shown:
        return Blank(title, table.empty)
    figure, ax = axes(0.3 * len(shown) + 0.75)
    computed = {place - 0.14: row.computed for place, row in enumerate(shown)}
    stated = {place + 0.14: row.stated for place, row in enumerate(shown) if row.stated}
    _dots(ax, computed, "o", COLOURS[0], face=COLOURS[0])
    _dots(ax, stated, "D", COLOURS[1], face="white")
    for place, row in enumerate(shown):
        write_beside(ax, row.computed.formats["value"], row.right, place)
    name_rows(ax, [row.name for row in shown], between=True, axis_line=True)
    ax.set_xlim(0, 1.15 * max(dots.highest(row.computed) for row in shown))
    label_values(ax, "x", "share", most=6)
    low, high = (f(computed.values(), key=lambda share: share.value) for f in (min, max))
    pairs = [(row.computed, row.stated) for row in shown if row.stated]
    return finish(
        figure,
        title=title,
        subtitle=_(
            "Received by the date named, over the newest requirement by then, per cent. "
            "Filled dots: computed; open diamonds: as the source states it."
        ),
        alt=_(
            "{title}. Dots for {n} plans and dates, from {low} to {high}; for {stated} of them the "
            "source states a coverage, and in {meet} the two ranges meet."
        ).format(
            title=title,
            n=len(shown),
            low=low,
            high=high,
            stated=len(pairs),
            meet=sum(ranges_meet(*pair) for pair in pairs),
        ),
        table=table,
        as_of=histories[0].as_of,
        note=" ".join(
            filter(
                None,
                [
                    *_of_another_date(histories),
                    _("The plans lie within each other; their coverages cannot be averaged."),
                    dots.what_bars_are(
                        {ax: [*computed.values(), *stated.values()]}, along="x", mark=_MARK
                    ),
                ],
            )
        ),
    )


def _of_another_date(histories: Sequence[History]) -> list[str]:
    """Which coverages are over a requirement of an earlier date than the money's."""
    return [
        _("{plan}, {date}: over the requirement of {against}.").format(
            plan=h.plan.short, date=r.period.label(), against=r.requirement.period.label()
        )
        for h in histories
        for r in h.receipts
        if r.requirement and r.requirement.period != r.period and isinstance(r.coverage, Estimate)
    ]


@styled
def coverage_change(found: CoverageChanges) -> Chart | Blank:
    """Draw each change in coverage as two bars: what money and what the requirement moved."""
    title = _("What moved the coverage of {plan}").format(plan=found.plan.name)
    table = found.table()
    if not found.changes:
        return Blank(title, table.empty)
    figure, ax = axes(0.46 * len(found.changes) + 0.85)
    for place, change in enumerate(found.changes):
        _bars(ax, change, place)
    draw_zero_line(ax, linewidth=0.9)
    name_rows(ax, [c.name.replace(" to ", "\nto ") for c in found.changes], axis_line=True)
    ax.tick_params(axis="y", labelsize=SMALL)
    ax.margins(x=0.14)
    label_values(ax, "x", "points")
    ax.set_xlabel(_("Percentage points"))
    handles, names = ax.get_legend_handles_labels()
    once = dict(zip(names, handles, strict=True))
    ax.legend(
        once.values(), once.keys(), loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3,
        fontsize=SMALL, columnspacing=1.4, handletextpad=0.6, borderpad=0.2,
    )  # fmt: skip
    first, last = found.changes[0], found.changes[-1]
    return finish(
        figure,
        title=title,
        subtitle=_("Change in received over required between neighbouring dates, split in two"),
        alt=" ".join([f"{title}.", *(_told(c) for c in dict.fromkeys([first, last]))]),
        table=table,
        as_of=found.as_of,
        note=" ".join(
            [
                _("A rising requirement lowers coverage. The two parts add up to the change."),
                dots.what_bars_are(
                    {ax: [change.coverage for change in found.changes]}, along="x", mark=_MARK
                ),
            ]
        ).strip(),
    )


def _dots(
    ax: Axes, shares: Mapping[float, Estimate], marker: str, colour: str, *, face: str, **look: str
) -> None:
    dots.draw(
        ax, list(shares), list(shares.values()), along="x", marker=marker, color=colour,
        markerfacecolor=face, markersize=_MARK, capsize=dots.CAP, linewidth=1.2, **look,
    )  # fmt: skip


def _bars(ax: Axes, change: CoverageChange, place: int) -> None:
    money, requirement = change.money.value, change.requirement.value
    # Bars on the same side of zero stand behind each other, on different sides apart.
    start = money if (money > 0) == (requirement > 0) else 0.0
    ax.barh(place, money, height=0.5, color=COLOURS[0], alpha=0.85, label=_("From money"))
    ax.barh(
        place, requirement, left=start, height=0.5, color="white", edgecolor=COLOURS[1],
        hatch="////", linewidth=1.0, label=_("From the requirement"),
    )  # fmt: skip
    _dots(ax, {place: change.coverage}, "D", INK, face="white", label=_("Change in coverage"))
    right = max(money, start + requirement, change.coverage.value)
    write_beside(ax, change.coverage.formats["value"].split()[0], right, place, apart=9)


def _told(change: CoverageChange) -> str:
    return _(
        "{dates}: coverage moved by {coverage}, of which {money} from money and {requirement} from "
        "the requirement."
    ).format(
        dates=change.name,
        coverage=change.coverage,
        money=change.money,
        requirement=change.requirement,
    )
