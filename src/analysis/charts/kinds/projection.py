"""What plans projected beside what was reported: two dots with their ranges to a row."""

from __future__ import annotations

import datetime

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import draw_key, label_values, name_rows, write_beside
from analysis.charts.drawing.frame import COLOURS, Blank, Chart, axes, finish, styled
from analysis.displacement.projections import Projection, Projections
from analysis.language import _
from analysis.numbers.estimate import Estimate

_SIZE = 6.5  # points: a mark


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
    name_rows(ax, [_row(p) for p in projections.all])
    drawn = [p.projected for p in projections.all]
    drawn += [p.reported.people for p in projections.all if p.reported]
    left, right = min(map(dots.lowest, drawn)), max(map(dots.highest, drawn))
    reach = right - left or right
    ax.set_xlim(left - 0.1 * reach, right + 0.45 * reach)
    label_values(ax, "x", "persons", most=6)
    bars = dots.what_bars_are({ax: drawn}, along="x", mark=_SIZE)
    draw_key(
        ax,
        [("s", COLOURS[1], "white", _("projected")), ("o", COLOURS[0], COLOURS[0], _("reported"))],
    )
    return finish(
        figure,
        title=title,
        subtitle=_("People"),
        alt=_("{title}. {rows}.").format(
            title=title, rows="; ".join(_words(p) for p in projections.all)
        ),
        table=projections.table(),
        as_of=as_of,
        note=" ".join(filter(None, [bars, _("The axis does not begin at zero.")])),
    )


def _dot(ax: Axes, place: float, people: Estimate, marker: str, colour: str, face: str) -> None:
    dots.draw(
        ax, [place], [people], along="x", marker=marker, markersize=_SIZE, color=colour,
        markerfacecolor=face, linewidth=1.3, capsize=dots.CAP,
    )  # fmt: skip
    write_beside(ax, people.formats["brief"], dots.highest(people), place)


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
