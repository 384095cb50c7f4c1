"""What plans projected beside what was reported: two dots with their ranges to a row."""

from __future__ import annotations

import datetime

from matplotlib.ticker import FuncFormatter

from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, axes, errors, finish, styled
from analysis.displacement.projections import Projection, Projections
from analysis.language import _
from analysis.numbers import phrasing
from analysis.numbers.estimate import Estimate


@styled
def projected_and_reported(
    projections: Projections, *, as_of: datetime.date | None
) -> Chart | Blank:
    """Draw each projection as a hollow square over what was reported as a filled dot.

    Parameters
    ----------
    projections : Projections
    as_of : datetime.date or None
    """
    title = _("What plans projected and what governments reported")
    if not projections.all:
        return Blank(title, projections.lacking)
    figure, ax = axes(0.62 * len(projections.all) + 0.75)
    for place, one in enumerate(projections.all):
        _dot(ax, place - 0.13, one.projected, "s", COLOURS[1], "white")
        if one.reported:
            _dot(ax, place + 0.13, one.reported.people, "o", COLOURS[0], COLOURS[0])
    ax.set_yticks(range(len(projections.all)), [_row(p) for p in projections.all])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(len(projections.all) - 0.5, -0.5)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.spines["bottom"].set_visible(False)
    ends = [e for p in projections.all for e in _ends(p)]
    reach = max(ends) - min(ends) or max(ends)
    ax.set_xlim(min(ends) - 0.1 * reach, max(ends) + 0.3 * reach)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, "persons")))
    ax.locator_params(axis="x", nbins=6)
    ax.plot([], [], "s", color=COLOURS[1], markerfacecolor="white", label=_("projected"))
    ax.plot([], [], "o", color=COLOURS[0], label=_("reported"))
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=8.5, handletextpad=0.3)
    return finish(
        figure,
        title=title,
        subtitle=_("People; bars are the ranges of the wording"),
        alt=_("{title}. {rows}.").format(
            title=title, rows="; ".join(_words(p) for p in projections.all)
        ),
        table=projections.table(),
        as_of=as_of,
        note=_("The axis does not begin at zero."),
    )


def _ends(projection: Projection) -> list[float]:
    """Every value and bound that a row draws."""
    drawn = [projection.projected]
    if projection.reported:
        drawn.append(projection.reported.people)
    return [end for e in drawn for end in (e.low, e.value, e.high) if end is not None]


def _dot(ax, place: float, people: Estimate, marker: str, colour: str, face: str) -> None:
    reach = errors(people)
    ax.errorbar(
        people.value, place, xerr=reach and [[reach[0]], [reach[1]]], marker=marker,
        markersize=6.5, color=colour, markerfacecolor=face, linewidth=1.3, capsize=2.5,
    )  # fmt: skip
    ax.annotate(
        people.formats["value"],
        (people.high if people.high is not None else people.value, place),
        xytext=(7, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK,
    )  # fmt: skip


def _row(projection: Projection) -> str:
    area, date = projection.name.split(", ", 1)
    return f"{area},\n{date}"


def _words(projection: Projection) -> str:
    projected = projection.projected.formats["range"]
    if not projection.reported:
        return _("{name}: {projected} projected, no figure reported yet").format(
            name=projection.name, projected=projected
        )
    return _("{name}: {projected} projected, {reported} reported").format(
        name=projection.name,
        projected=projected,
        reported=projection.reported.people.formats["range"],
    )
