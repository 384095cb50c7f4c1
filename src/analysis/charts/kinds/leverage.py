"""Leverage ratios: dots with their ranges on a log axis, and nested totals of a fund."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import cycle

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from analysis.charts.drawing.frame import (
    COLOURS,
    GREY,
    INK,
    MARKERS,
    PALE,
    Blank,
    Chart,
    axes,
    finish,
    styled,
)
from analysis.funding_leverage.ratios import Ratio, Ratios, dated, status_of
from analysis.funding_leverage.readings import Readings
from analysis.funding_leverage.stages import Stages
from analysis.language import _, ngettext
from analysis.numbers import phrasing
from analysis.numbers.estimate import Estimate

_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_FINE_TICKS = (1, 1.5, 2, 3, 4, 6, 8, 10, 12, 15, 20, 30, 40, 60, 80, 100)
_AXIS = _("dollars of investment for each dollar of grant, log scale")
_ROW = 0.3  # inches for each dot's row


@styled
def leverage_readings(result: Readings) -> Chart | Blank:
    """Draw every reading of the sentence, the chosen one filled, bold and pointed at.

    Parameters
    ----------
    result : Readings
        Those that could be computed are drawn, sensitivities apart below a line.
    """
    title = _("One sentence, several ratios")
    rows = result.known
    table = result.table()
    if not rows:
        return Blank(title, table.empty)
    figure, ax = axes(_ROW * len(rows) + 0.7)
    for place, row in enumerate(rows):
        colour = COLOURS[0] if row.chosen else (GREY if row.is_sensitivity else INK)
        _dot(ax, place, row.ratio, colour=colour, filled=row.chosen, large=row.chosen)
    names = [_("{name} ◄").format(name=r.name) if r.chosen else r.name for r in rows]
    _name_rows(ax, names, [r.chosen for r in rows])
    tests = [place for place, row in enumerate(rows) if row.is_sensitivity]
    if tests:
        ax.axhline(tests[0] - 0.5, color=PALE, linewidth=0.8)
    _log_axis(ax, [r.ratio for r in rows])
    ax.set_xlabel(_AXIS, loc="right")
    listed = "; ".join(f"{r.name}: {r.ratio}" for r in rows)
    return finish(
        figure,
        title=title,
        subtitle=_("Investment for each dollar of grant, IDB's migration operations since 2019"),
        alt=_("Dots on a log axis, one for each reading. {listed}. Chosen here: {chosen}.").format(
            listed=listed, chosen=result.chosen.name
        ),
        table=table,
        as_of=result.as_of,
        note=_(
            "Filled and ◄: the reading this edition leads with. Below the line: what the ratio "
            "would be if donors' money came on top of the grants. Bars are ranges of the wording."
        ),
    )


@styled
def leverage_ratios(result: Ratios) -> Chart | Blank:
    """Draw the ratios in one panel for each status and basis, on one log axis.

    Parameters
    ----------
    result : Ratios
        Groups in the order drawn; small buy-downs get an open square.
    """
    title = _("Investment for each dollar of grant, by status")
    table = result.table()
    groups = [
        (g.title, [r for r in g.ratios if isinstance(r.value, Estimate)]) for g in result.groups
    ]
    groups = [(name, rows) for name, rows in groups if rows]
    if not groups:
        return Blank(title, result.nothing)
    sizes = [len(rows) for _name, rows in groups]
    figure, panels = axes(
        _ROW * sum(sizes) + 0.42 * len(sizes) + 0.4,
        rows=len(sizes), sharex=True, height_ratios=[n + 0.35 for n in sizes], squeeze=False,
    )  # fmt: skip
    every = [r.value for _name, rows in groups for r in rows]
    for (name, rows), ax in zip(groups, panels[:, 0], strict=True):
        for place, row in enumerate(rows):
            _dot(ax, place, row.value, **_look(row))
        _name_rows(ax, [r.facility.name for r in rows], [False] * len(rows))
        _head(ax, name)
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(axis="x", length=0)
    _log_axis(panels[0, 0], every)
    panels[-1, 0].set_xlabel(_AXIS, loc="right")
    listed = " ".join(
        f"{name}: {'; '.join(f'{r.facility.name} {r.value}' for r in rows)}."
        for name, rows in groups
    )
    flagged = any(r.small_buy_down for r in result.all)
    return finish(
        figure,
        title=title,
        subtitle=_("Compare only within a panel: each has one status and one basis"),
        alt=ngettext(
            "Dots with ranges on a log axis in {n} panel. {listed}",
            "Dots with ranges on a log axis in {n} panels. {listed}",
            len(groups),
        ).format(n=len(groups), listed=listed),
        table=table,
        as_of=result.as_of,
        note=_(
            "Bars are ranges of the wording. Open square: a grant below a twentieth of the loan "
            "whose interest it lowers, which is not leverage in the same sense."
        )
        if flagged
        else _("Bars are ranges of the wording."),
    )


@styled
def leverage_stages(result: Stages) -> Chart | Blank:
    """Draw a programme's ratios in the order of their dates, each named by its status.

    Parameters
    ----------
    result : Stages
        Stages with a date are drawn. They are not joined: each has another status.
    """
    title = _("The same programme at each stage known")
    rows = [r for r in result.known if r.period and isinstance(r.value, Estimate)]
    table = result.table()
    if not rows:
        return Blank(title, table.empty)
    figure, ax = axes(0.42 * len(rows) + 0.55)
    for place, (row, marker) in enumerate(zip(rows, cycle(MARKERS), strict=False)):
        _dot(ax, place, row.value, colour=COLOURS[0], marker=marker)
    names = [f"{dated(r.period)}\n{status_of(r)}" for r in rows]
    _name_rows(ax, names, [False] * len(rows))
    _log_axis(ax, [r.value for r in rows])
    ax.set_xlabel(_AXIS, loc="right")
    listed = "; ".join(
        f"{r.facility.name}, {status_of(r)}, {dated(r.period)}: {r.value}" for r in rows
    )
    return finish(
        figure,
        title=title,
        subtitle=_("Investment for each dollar of grant in IDB's migration programme, by date"),
        alt=_(
            "Dots in the order of their dates, each with its own status, not joined. {listed}."
        ).format(listed=listed),
        table=table,
        as_of=result.as_of,
        note=_(
            "Each dot has another status: they are stages to be read in turn, not a trend. Bars "
            "are ranges of the wording."
        ),
    )


@styled
def leverage_totals(result: Stages) -> Chart | Blank:
    """Draw a fund's nested totals, loans over grants: the slope between two is the marginal ratio.

    Parameters
    ----------
    result : Stages
        Its totals contain each other, earliest first.
    """
    title = _("What each further dollar of grant came with")
    rows = result.known
    table = result.table()
    if not rows:
        return Blank(title, table.empty)
    figure, ax = axes(3.7)
    for before, after, slope in result.steps():
        x = [before.grants.value, after.grants.value]
        y = [before.investment.value, after.investment.value]
        ax.plot(x, y, color=GREY, linewidth=1.2, zorder=1)
        if isinstance(slope, Estimate):
            ax.annotate(
                _("{figure} per\nfurther dollar").format(figure=slope.formats["value"]),
                (sum(x) / 2, sum(y) / 2), xytext=(-9, 4), textcoords="offset points",
                ha="right", va="bottom", fontsize=9, linespacing=1.3, color=INK,
            )  # fmt: skip
    for row in rows:
        _total(ax, row)
    top = max(r.investment.high or r.investment.value for r in rows)
    right = max(r.grants.high or r.grants.value for r in rows)
    ax.set_xlim(0, right * 1.55)  # room for the last name
    ax.set_ylim(0, top * 1.08)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda v, _n: phrasing.tick(v, "USD")))
    ax.locator_params(nbins=5)
    ax.grid(visible=True, axis="both")
    ax.set_xlabel(_("grants so far, USD"))
    ax.set_ylabel(_("concessional loans so far, USD"))
    listed = "; ".join(f"{r.facility.name}: {' ÷ '.join(r.in_words)} = {r.value}" for r in rows)
    slopes = " ".join(
        _("Between {a} and {b}: {slope} per further dollar.").format(
            a=a.facility.name, b=b.facility.name, slope=slope
        )
        for a, b, slope in result.steps()
        if isinstance(slope, Estimate)
    )
    return finish(
        figure,
        title=title,
        subtitle=_("Totals of the GCFF that contain each other; USD of loans over USD of grants"),
        alt=_("Totals of loans over totals of grants. {listed}. {slopes}")
        .format(listed=listed, slopes=slopes)
        .strip(),
        table=table,
        as_of=result.as_of,
        note=_(
            "Each total contains the earlier ones. The steeper the line between two, the more "
            "loans came with each further dollar of grant. Bars are ranges of the wording."
        ),
    )


def _dot(
    ax: Axes,
    place: float,
    ratio: Estimate,
    *,
    colour: str,
    filled: bool = True,
    large: bool = False,
    marker: str = "o",
) -> None:
    """A ratio in its row with its range; an unknown end is an open, dashed line, never no line."""
    for end, side in ((ratio.low, -1), (ratio.high, 1)):
        if end is None:
            ax.annotate(
                "", (ratio.value * 1.8**side, place), (ratio.value, place),
                arrowprops={"arrowstyle": "->", "linestyle": "--", "color": colour},
            )  # fmt: skip
    low, high = (ratio.value if end is None else end for end in (ratio.low, ratio.high))
    ax.plot([low, high], [place, place], color=colour, linewidth=1.6, zorder=2)
    known = [end for end in (ratio.low, ratio.high) if end is not None]
    ax.plot(
        known, [place] * len(known), "|", color=colour, markersize=6, markeredgewidth=1.2, zorder=2,
    )  # fmt: skip
    ax.plot(
        ratio.value, place, marker, color=colour, markersize=8 if large else 5.5,
        markerfacecolor=colour if filled else "white", markeredgewidth=1.4, zorder=3,
    )  # fmt: skip
    reach = ratio.high if ratio.high is not None else ratio.value * 1.8
    ax.annotate(
        str(ratio), (reach, place), xytext=(8, 0), textcoords="offset points", va="center",
        fontsize=8.5, color=INK, fontweight="bold" if large else "normal",
    )  # fmt: skip


def _look(row: Ratio) -> dict:
    if row.small_buy_down:
        return {"colour": COLOURS[1], "filled": False, "marker": "s"}
    if row.facility.kind == "climate":
        return {"colour": GREY, "marker": "D"}
    return {"colour": COLOURS[0]}


def _head(ax: Axes, text: str) -> None:
    """A panel's title over the names of its rows, from the left edge of the picture."""
    ax.set_title(" ", fontsize=9, pad=2)  # keeps the height; the text itself may be wider
    ax.annotate(
        text, (0.015, 1), xycoords=("figure fraction", "axes fraction"), xytext=(0, 3),
        textcoords="offset points", fontsize=9, fontweight="bold", color="#444444",
        va="bottom", annotation_clip=False,
    ).set_in_layout(False)  # fmt: skip


def _name_rows(ax: Axes, names: Sequence[str], bold: Sequence[bool]) -> None:
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", labelcolor=INK)
    for label, heavy in zip(ax.get_yticklabels(), bold, strict=True):
        label.set_fontweight("bold" if heavy else "normal")
    ax.set_ylim(len(names) - 0.45, -0.55)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")


def _log_axis(ax: Axes, ratios: Sequence[Estimate]) -> None:
    ax.set_xscale("log")
    low, high = _limits(ratios)
    span = math.log(high / low)
    # Room on the right for the widest label, whatever the span.
    ax.set_xlim(low / 1.12, high * math.exp(0.5 * span))
    _log_ticks(ax.xaxis, _FINE_TICKS if high / low < 4 else _TICKS)


def _limits(ratios: Sequence[Estimate]) -> tuple[float, float]:
    low = min(r.low if r.low is not None else r.value / 1.8 for r in ratios)
    high = max(r.high if r.high is not None else r.value * 1.8 for r in ratios)
    # At least a factor of two, so that a narrow range does not fill the page.
    middle = math.sqrt(low * high)
    return min(low, middle / math.sqrt(2)), max(high, middle * math.sqrt(2))


def _log_ticks(axis: Axis, ticks: Sequence[float]) -> None:
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter(FuncFormatter(lambda v, _n: phrasing.tick(v, "ratio")))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())


def _total(ax: Axes, row: Ratio) -> None:
    x, y = row.grants, row.investment
    for end in (x.low, x.high):
        if end is not None:
            ax.plot([x.value, end], [y.value] * 2, color=COLOURS[0], linewidth=1.6)
    for end in (y.low, y.high):
        if end is not None:
            ax.plot([x.value] * 2, [y.value, end], color=COLOURS[0], linewidth=1.6)
    ax.plot(x.value, y.value, "o", color=COLOURS[0], markersize=7, zorder=3)
    average = _("{figure} on average").format(figure=row.value.formats["value"])
    ax.annotate(
        f"{row.facility.name}\n{average}", (x.value, y.value), xytext=(8, -5),
        textcoords="offset points", va="top", fontsize=8.5, color=INK, linespacing=1.3,
    )  # fmt: skip
