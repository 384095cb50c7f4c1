"""Room for everything around axes that stand one above the other."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.transforms import Bbox

_PAD = 3 / 72  # inches around what is drawn


class ColumnLayout(LayoutEngine):
    """Gives axes in one column all the room that their labels and titles leave them.

    What stands around the axes is measured once. matplotlib's constrained layout, made for any
    arrangement of axes, measures twice, and to measure takes as long as to draw.

    Parameters
    ----------
    rect : tuple of float
        The part of the figure to fill: left, bottom, width, height, as shares of it.
    """

    _adjust_compatible = False
    _colorbar_gridspec = False

    def __init__(self, rect: tuple[float, float, float, float] = (0, 0, 1, 1)) -> None:
        super().__init__()
        self._rect = rect

    def execute(self, figure: Figure) -> None:
        """Place the axes of a figure."""
        renderer = FigureCanvasAgg(figure).get_renderer()
        column = [ax for ax in figure.axes if ax.get_subplotspec() is not None]
        around = [_around(ax, figure, renderer) for ax in column]
        left, bottom, width, height = self._rect
        across, along = (_PAD / inches for inches in figure.get_size_inches())
        x0 = left + across + max(each.x0 for each in around)
        x1 = left + width - across - max(each.x1 for each in around)
        ratios = _height_ratios(column[0])
        room = height - sum(each.y0 + each.y1 + 2 * along for each in around)
        top = bottom + height
        for ax, each, ratio in zip(column, around, ratios, strict=True):
            y1 = top - along - each.y1
            y0 = y1 - room * ratio / sum(ratios)
            ax.set_position(Bbox([[x0, y0], [x1, y1]]))
            top = y0 - each.y0 - along


def _height_ratios(ax: Axes) -> list[float]:
    """How high each row of the grid is that axes stand in, in any one unit."""
    grid = ax.get_gridspec()
    if grid is None:
        raise ValueError("The axes stand in no grid: make them by Figure.subplots.")
    return [float(ratio) for ratio in np.asarray(grid.get_height_ratios())]


def _around(ax: Axes, figure: Figure, renderer: RendererBase) -> Bbox:
    """How far what belongs to axes reaches beyond them: left and below, right and above; shares of
    the figure.
    """
    inside = ax.get_position(original=True)
    drawn = ax.get_tightbbox(renderer, for_layout_only=True)
    if drawn is None:
        raise ValueError("The axes are not drawn: they have no size that could be measured.")
    drawn = drawn.transformed(figure.transFigure.inverted())
    return Bbox([
        [inside.x0 - drawn.x0, inside.y0 - drawn.y0], [drawn.x1 - inside.x1, drawn.y1 - inside.y1],
    ])  # fmt: skip
