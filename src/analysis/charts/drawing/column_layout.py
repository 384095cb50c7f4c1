"""Room for everything around axes that stand one above the other."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.transforms import Bbox

_PAD = 3 / 72  # inches around what is drawn


class ColumnLayout(LayoutEngine):
    """Gives axes in one column all the room that their labels and titles leave them.

    What stands around the axes is measured once. matplotlib's constrained layout, made for any
    arrangement of axes, measures twice, and to measure takes as long as to draw.
    """

    _adjust_compatible = False
    _colorbar_gridspec = False

    def __init__(self) -> None:
        super().__init__()
        self._params = {"rect": (0.0, 0.0, 1.0, 1.0)}

    def set(self, *, rect: Sequence[float]) -> None:
        """Set the part of the figure to fill: left, bottom, width, height, as shares of it."""
        self._params["rect"] = tuple(rect)

    def execute(self, figure: Figure) -> None:
        """Place the axes of a figure."""
        renderer = FigureCanvasAgg(figure).get_renderer()
        column = [ax for ax in figure.axes if ax.get_subplotspec() is not None]
        around = [_around(ax, renderer) for ax in column]
        left, bottom, width, height = self._params["rect"]
        across, along = (_PAD / inches for inches in figure.get_size_inches())
        x0 = left + across + max(each.x0 for each in around)
        x1 = left + width - across - max(each.x1 for each in around)
        ratios = column[0].get_gridspec().get_height_ratios()
        room = height - sum(each.y0 + each.y1 + 2 * along for each in around)
        top = bottom + height
        for ax, each, ratio in zip(column, around, ratios, strict=True):
            y1 = top - along - each.y1
            y0 = y1 - room * ratio / sum(ratios)
            ax.set_position(Bbox([[x0, y0], [x1, y1]]))
            top = y0 - each.y0 - along


def _around(ax: Axes, renderer) -> Bbox:
    """How far what belongs to axes reaches beyond them: left and below, right and above; shares of
    the figure.
    """
    inside = ax.get_position(original=True)
    drawn = ax.get_tightbbox(renderer, for_layout_only=True)
    drawn = drawn.transformed(ax.figure.transFigure.inverted())
    return Bbox([
        [inside.x0 - drawn.x0, inside.y0 - drawn.y0], [drawn.x1 - inside.x1, drawn.y1 - inside.y1],
    ])  # fmt: skip
