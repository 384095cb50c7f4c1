"""Leverage ratios: dots with their ranges on a log axis, and nested totals of a fund."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import cycle

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import PANEL, SMALL, label_values, name_rows, write_beside
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
    panels,
    styled,
)
from analysis.funding_leverage.ratios import Ratio, Ratios, dated, status_of
from analysis.funding_leverage.readings import Readings
from analysis.funding_leverage.stages import Stages
from analysis.language import _, ngettext
from analysis.numbers.estimate import Estimate

_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_FINE_TICKS = (1, 1.5, 2, 3, 4, 6, 8, 10, 12, 15, 20, 30, 40, 60, 80, 100)
_AXIS = _("dollars of investment for each dollar of grant, log scale")
_BARS = _("Bars are ranges of the wording; where none shows, the range is narrower than its mark.")
_ROW = 0.3  # inches for each dot's row
_ROOM = 0.55  # of a row, above the first and below the last
_UNKNOWN = 1.8  # times the value: how far the dashed line to an unknown end runs


@styled
def leverage_readings(result: Readings) -> Chart | Blank:
    """Draw every reading of the sentence, the chosen one filled, bold and pointed at.

    Parameters
    ----------
    result : Readings
        Those that could be computed are drawn, sensitivities apart below a line.
    """
    title = _("One sentence, several ratios")
    known = [(reading, reading.ratio) for reading in result.known]
    drawn = [(reading, ratio) for reading, ratio in known if isinstance(ratio, Estimate)]
    table = result.table()
    if not drawn:
        return Blank(title, table.empty)
    figure, ax = axes(_ROW * len(drawn) + 0.7)
    for place, (reading, ratio) in enumerate(drawn):
        chosen = reading.chosen
        colour = COLOURS[0] if chosen else (GREY if reading.is_sensitivity else INK)
        _dot(ax, place, ratio, colour=colour, filled=chosen, large=chosen)
    names = [_("{name} ◄").format(name=r.name) if r.chosen else r.name for r, _ratio in drawn]
    name_rows(ax, names, room=_ROOM, axis_line=True)
    for label, (reading, _ratio) in zip(ax.get_yticklabels(), drawn, strict=True):
        label.set_fontweight("bold" if reading.chosen else "normal")
    tests = [place for place, (reading, _ratio) in enumerate(drawn) if reading.is_sensitivity]
    if tests:
        ax.axhline(tests[0] - 0.5, color=PALE, linewidth=0.8)
    _log_axis(ax, [ratio for _reading, ratio in drawn])
    ax.set_xlabel(_AXIS, loc="right")
    listed = "; ".join(f"{reading.name}: {ratio}" for reading, ratio in drawn)
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
            "Filled and ◄: the reading this edition leads with. Grey, below the line: what the "
            "ratio would be if donors' money came on top of the grants. {bars}"
        ).format(bars=_BARS),
    )


@styled
def leverage_ratios(result: Ratios) -> Chart | Blank:
    """Draw the ratios in one panel for each status and basis, on one log axis.

    Parameters
    ----------
    result : Ratios
        Groups in the order drawn; grants that lower a loan's interest get an open square.
    """
    title = _("Investment for each dollar of grant, by status")
    table = result.table()
    groups = [(group.title, _with_values(group.ratios)) for group in result.groups]
    groups = [(name, drawn) for name, drawn in groups if drawn]
    if not groups:
        return Blank(title, result.nothing)
    if sum(len(drawn) for _name, drawn in groups) == 1:
        ((_name, [(ratio, value)]),) = groups
        return Blank(title, _one_dot(ratio, value))
    sizes = [len(drawn) for _name, drawn in groups]
    figure, column = panels(
        _ROW * sum(sizes) + 0.42 * len(sizes) + 0.4, len(sizes), sharex=True,
        height_ratios=[n + 0.35 for n in sizes],
    )  # fmt: skip
    for (name, drawn), ax in zip(groups, column, strict=True):
        for place, (ratio, value) in enumerate(drawn):
            _draw_ratio(ax, place, ratio, value)
        names = [ratio.facility.name for ratio, _value in drawn]
        name_rows(ax, names, room=_ROOM)
        _head(ax, name)
        ax.tick_params(axis="x", length=0)
    _log_axis(column[0], [value for _name, drawn in groups for _ratio, value in drawn])
    column[-1].set_xlabel(_AXIS, loc="right")
    return finish(
        figure,
        title=title,
        subtitle=_("Compare only within a panel: each has one status and one basis"),
        alt=_ratios_in_words(groups),
        table=table,
        as_of=result.as_of,
        note=_marks_in_words([ratio for _name, drawn in groups for ratio, _value in drawn]),
    )


def _ratios_in_words(groups: Sequence[tuple[str, list[tuple[Ratio, Estimate]]]]) -> str:
    """Every value by its panel; the ranges are in the table, or the text would not end."""
    values = [value for _name, drawn in groups for _ratio, value in drawn]
    listed = " ".join(
        f"{name}: "
        + "; ".join(f"{ratio.facility.name} {value.formats['value']}" for ratio, value in drawn)
        + "."
        for name, drawn in groups
    )
    low, high = (pick(values, key=lambda value: value.value) for pick in (min, max))
    return ngettext(
        "Dots from {low} to {high} on a log axis in {n} panel. {listed}",
        "Dots from {low} to {high} on a log axis in {n} panels. {listed}",
        len(groups),
    ).format(low=low.formats["value"], high=high.formats["value"], n=len(groups), listed=listed)


def _marks_in_words(drawn: Sequence[Ratio]) -> str:
    """What the marks stand for, of those that are there."""
    said = [_BARS]
    if any(ratio.buys_down for ratio in drawn):
        said.append(
            _("Open square: the grant lowers a loan’s interest; it makes it cheaper, not possible.")
        )
    if any(ratio.facility.kind == "climate" for ratio in drawn):
        said.append(_("Grey diamond: climate finance, for comparison."))
    return " ".join(said)


@styled
def leverage_stages(result: Stages) -> Chart | Blank:
    """Draw a programme's ratios in the order of their dates, each named by its status.

    Parameters
    ----------
    result : Stages
        Stages with a date are drawn. They are not joined: each has another status.
    """
    title = _("The same programme at each stage known")
    drawn = [(ratio, value) for ratio, value in _with_values(result.known) if ratio.period]
    table = result.table()
    if not drawn:
        return Blank(title, table.empty)
    if len(drawn) == 1:
        return Blank(title, _one_dot(*drawn[0]))
    figure, ax = axes(0.42 * len(drawn) + 0.55)
    for place, ((_ratio, value), marker) in enumerate(zip(drawn, cycle(MARKERS), strict=False)):
        _dot(ax, place, value, colour=COLOURS[0], marker=marker)
    names = [f"{dated(ratio.period)}\n{status_of(ratio)}" for ratio, _value in drawn]
    name_rows(ax, names, room=_ROOM, axis_line=True)
    _log_axis(ax, [value for _ratio, value in drawn])
    ax.set_xlabel(_AXIS, loc="right")
    listed = "; ".join(
        f"{ratio.facility.name}, {status_of(ratio)}, {dated(ratio.period)}: {value}"
        for ratio, value in drawn
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
            "Each dot has another status: they are stages to be read in turn, not a trend. {bars}"
        ).format(bars=_BARS),
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
    totals = result.known
    table = result.table()
    if not totals:
        return Blank(title, table.empty)
    if len(totals) == 1 and isinstance(totals[0].value, Estimate):
        return Blank(title, _one_dot(totals[0], totals[0].value))
    figure, ax = axes(3.7)
    for before, after, slope in result.steps():
        x = [before.grants.value, after.grants.value]
        y = [before.investment.value, after.investment.value]
        ax.plot(x, y, color=GREY, linewidth=1.2, zorder=1)
        if isinstance(slope, Estimate):
            ax.annotate(
                _("{figure} per\nfurther dollar").format(figure=slope.formats["value"]),
                (sum(x) / 2, sum(y) / 2), xytext=(-9, 4), textcoords="offset points",
                ha="right", va="bottom", fontsize=PANEL, linespacing=1.3, color=INK,
            )  # fmt: skip
    for total in totals:
        _draw_total(ax, total)
    top = max(dots.highest(total.investment) for total in totals)
    right = max(dots.highest(total.grants) for total in totals)
    ax.set_xlim(0, right * 1.55)  # room for the last name
    ax.set_ylim(0, top * 1.08)
    label_values(ax, "x", "USD", most=5)
    label_values(ax, "y", "USD", most=5)
    ax.grid(visible=True, axis="both")
    ax.set_xlabel(_("grants so far, USD"))
    ax.set_ylabel(_("concessional loans so far, USD"))
    listed = "; ".join(f"{r.facility.name}: {' ÷ '.join(r.in_words)} = {r.value}" for r in totals)
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
            "loans came with each further dollar of grant. {bars}"
        ).format(bars=_BARS),
    )


def _one_dot(ratio: Ratio, value: Estimate) -> str:
    """The sentence that says as much as a chart with one dot."""
    return _(
        "One ratio is known, that of {name} ({status}, {date}): {value} dollars of investment for "
        "each dollar of grant."
    ).format(
        name=ratio.facility.name, status=status_of(ratio), date=dated(ratio.period), value=value
    )


def _with_values(ratios: Sequence[Ratio]) -> list[tuple[Ratio, Estimate]]:
    """The ratios that could be computed, each with its value."""
    return [(ratio, ratio.value) for ratio in ratios if isinstance(ratio.value, Estimate)]


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
                "", (ratio.value * _UNKNOWN**side, place), (ratio.value, place),
                arrowprops={"arrowstyle": "->", "linestyle": "--", "color": colour},
            )  # fmt: skip
    ends = [dots.lowest(ratio), dots.highest(ratio)]
    ax.plot(ends, [place, place], color=colour, linewidth=1.6, zorder=2)
    known = [end for end in (ratio.low, ratio.high) if end is not None]
    ax.plot(
        known, [place] * len(known), "|", color=colour, markersize=6, markeredgewidth=1.2, zorder=2,
    )  # fmt: skip
    ax.plot(
        ratio.value, place, marker, color=colour, markersize=8 if large else 5.5,
        markerfacecolor=colour if filled else "white", markeredgewidth=1.4, zorder=3,
    )  # fmt: skip
    right = ratio.high if ratio.high is not None else ratio.value * _UNKNOWN
    write_beside(ax, str(ratio), right, place, apart=8, fontweight="bold" if large else "normal")


def _draw_ratio(ax: Axes, place: float, ratio: Ratio, value: Estimate) -> None:
    """A ratio in its row, marked by what it is."""
    if ratio.buys_down:
        _dot(ax, place, value, colour=COLOURS[1], filled=False, marker="s")
    elif ratio.facility.kind == "climate":
        _dot(ax, place, value, colour=GREY, marker="D")
    else:
        _dot(ax, place, value, colour=COLOURS[0])


def _head(ax: Axes, text: str) -> None:
    """A panel's title over the names of its rows, from the left edge of the picture."""
    ax.set_title(" ", fontsize=PANEL, pad=2)  # keeps the height; the text itself may be wider
    ax.annotate(
        text, (0.015, 1), xycoords=("figure fraction", "axes fraction"), xytext=(0, 3),
        textcoords="offset points", fontsize=PANEL, fontweight="bold", color="#444444",
        va="bottom", annotation_clip=False,
    ).set_in_layout(False)  # fmt: skip


def _log_axis(ax: Axes, ratios: Sequence[Estimate]) -> None:
    ax.set_xscale("log")
    low, high = _limits(ratios)
    span = math.log(high / low)
    # Room on the right for the widest label, whatever the span.
    ax.set_xlim(low / 1.12, high * math.exp(0.5 * span))
    ax.xaxis.set_major_locator(FixedLocator(_FINE_TICKS if high / low < 4 else _TICKS))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_minor_formatter(NullFormatter())
    label_values(ax, "x", "ratio")


def _limits(ratios: Sequence[Estimate]) -> tuple[float, float]:
    low = min(r.low if r.low is not None else r.value / _UNKNOWN for r in ratios)
    high = max(r.high if r.high is not None else r.value * _UNKNOWN for r in ratios)
    # At least a factor of two, so that a narrow range does not fill the page.
    middle = math.sqrt(low * high)
    return min(low, middle / math.sqrt(2)), max(high, middle * math.sqrt(2))


def _draw_total(ax: Axes, total: Ratio) -> None:
    x, y = total.grants, total.investment
    for end in (x.low, x.high):
        if end is not None:
            ax.plot([x.value, end], [y.value] * 2, color=COLOURS[0], linewidth=1.6)
    for end in (y.low, y.high):
        if end is not None:
            ax.plot([x.value] * 2, [y.value, end], color=COLOURS[0], linewidth=1.6)
    ax.plot(x.value, y.value, "o", color=COLOURS[0], markersize=7, zorder=3)
    average = _("{figure} on average").format(figure=total.value.formats["value"])
    ax.annotate(
        f"{total.facility.name}\n{average}", (x.value, y.value), xytext=(8, -5),
        textcoords="offset points", va="top", fontsize=SMALL, color=INK, linespacing=1.3,
    )  # fmt: skip
