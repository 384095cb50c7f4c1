"""Coverage: as computed beside as stated, and what moved it from one date to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing import dots
from analysis.charts.drawing.frame import (
    COLOURS,
    GREY,
    INK,
    Blank,
    Chart,
    axes,
    errors,
    finish,
    styled,
)
from analysis.covid_funding.appeal_tables import coverages
from analysis.covid_funding.appeals import History
from analysis.covid_funding.coverage_change import CoverageChange, CoverageChanges
from analysis.language import _
from analysis.numbers import phrasing
from analysis.numbers.estimate import Estimate, ranges_meet


@styled
def coverage(histories: Sequence[History]) -> Chart | Blank:
    """Draw the coverage of every plan and date as a dot, beside what the source says itself."""
    title = _("How much of each plan was covered")
    table = coverages(histories)
    rows = [
        (f"{h.plan.short}, {r.period.label()}", r)
        for h in histories
        for r in h.receipts
        if isinstance(r.coverage, Estimate)
    ]
    if not rows:
        return Blank(title, table.empty)
    figure, ax = axes(0.3 * len(rows) + 0.75)
    computed = {place - 0.14: r.coverage for place, (_name, r) in enumerate(rows)}
    said = {
        place + 0.14: r.stated
        for place, (_name, r) in enumerate(rows)
        if isinstance(r.stated, Estimate)
    }
    _dots(ax, computed, "o", COLOURS[0], face=COLOURS[0])
    _dots(ax, said, "D", COLOURS[1], face="white")
    for place, (_name, receipt) in enumerate(rows):
        ends = [receipt.coverage, receipt.stated]
        right = max(e.high for e in ends if isinstance(e, Estimate))
        ax.annotate(
            receipt.coverage.formats["value"], (right, place),
            xytext=(7, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK,
        )  # fmt: skip
    ax.set_yticks(range(len(rows)), [name for name, _receipt in rows])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.grid(visible=True, axis="x")
    ax.set_xlim(0, 1.15 * max(r.coverage.high for _name, r in rows))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, "share")))
    ax.locator_params(axis="x", nbins=6)
    values = [r.coverage for _name, r in rows]
    lowest, highest = (f(values, key=lambda c: c.value) for f in (min, max))
    stated = [r for _name, r in rows if isinstance(r.stated, Estimate)]
    return finish(
        figure,
        title=title,
        subtitle=_(
            "Received over required on the same date, per cent. "
            "Filled dots: computed; open diamonds: as the source states it."
        ),
        alt=_(
            "{title}. Dots for {n} plans and dates, from {low} to {high}; for {stated} of them the "
            "source states a coverage, and in {meet} the two ranges meet."
        ).format(
            title=title,
            n=len(rows),
            low=lowest,
            high=highest,
            stated=len(stated),
            meet=sum(ranges_meet(r.coverage, r.stated) for r in stated),
        ),
        table=table,
        as_of=histories[0].as_of,
        note=_(
            "Bars across the marks are the ranges of the sources’ wording. The plans lie within "
            "each other; their coverages cannot be averaged."
        ),
    )


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
    ax.axvline(0, color=GREY, linewidth=0.9)
    ax.set_yticks(
        range(len(found.changes)), [c.name.replace(" to ", "\nto ") for c in found.changes]
    )
    ax.tick_params(axis="y", labelcolor=INK, labelsize=8.5)
    ax.set_ylim(len(found.changes) - 0.5, -0.5)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.margins(x=0.14)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, "points")))
    ax.set_xlabel(_("Percentage points"))
    handles, names = ax.get_legend_handles_labels()
    once = dict(zip(names, handles, strict=True))
    ax.legend(
        once.values(), once.keys(), loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3,
        fontsize=8.5, columnspacing=1.4, handletextpad=0.6, borderpad=0.2,
    )  # fmt: skip
    first, last = found.changes[0], found.changes[-1]
    return finish(
        figure,
        title=title,
        subtitle=_("Change in received over required between neighbouring dates, split in two"),
        alt=" ".join([f"{title}.", *(_told(c) for c in dict.fromkeys([first, last]))]),
        table=table,
        as_of=found.as_of,
        note=_(
            "A rising requirement lowers coverage. The two parts add up to the change; the bar "
            "across the diamond is the range of the sources’ wording."
        ),
    )


def _dots(ax, shares: Mapping[float, Estimate], marker: str, colour: str, *, face: str) -> None:
    dots.draw(
        ax, list(shares), list(shares.values()), along="x", marker=marker, color=colour,
        markerfacecolor=face, markersize=5.5, capsize=2.5, linewidth=1.2,
    )  # fmt: skip


def _bars(ax, change: CoverageChange, place: int) -> None:
    money, requirement = change.money.value, change.requirement.value
    # Bars on the same side of zero stand behind each other, on different sides apart.
    start = money if (money > 0) == (requirement > 0) else 0.0
    ax.barh(place, money, height=0.5, color=COLOURS[0], alpha=0.85, label=_("From money"))
    ax.barh(
        place, requirement, left=start, height=0.5, color="white", edgecolor=COLOURS[1],
        hatch="////", linewidth=1.0, label=_("From the requirement"),
    )  # fmt: skip
    reach = errors(change.coverage)
    ax.errorbar(
        [change.coverage.value], [place], xerr=[[reach[0]], [reach[1]]] if reach else None,
        fmt="D", color=INK, markerfacecolor="white", markersize=5.5, capsize=2.5, linewidth=1.2,
        label=_("Change in coverage"),
    )  # fmt: skip
    ax.annotate(
        change.coverage.formats["value"].split()[0],
        (max(money, start + requirement, change.coverage.value), place),
        xytext=(9, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK,
    )  # fmt: skip


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
