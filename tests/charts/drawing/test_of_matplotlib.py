"""The pixels drawn in passing are those that matplotlib draws by itself."""

import io

import numpy as np
import pytest
from insides import moved
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from analysis.charts.drawing import of_matplotlib
from analysis.charts.drawing.frame import style
from analysis.charts.drawing.of_matplotlib import BothRenderers, CannotShareDrawing

DPI = 144


def test_matplotlib_has_the_parts_that_are_used():
    assert moved("matplotlib", of_matplotlib.USED, of_matplotlib.__name__) == []


def lines(ax):
    ax.plot([0, 1, 2], [0, 4, 1], "o--", linewidth=3)


def clipped(ax):
    ax.plot([-5, 5], [-5, 5])
    ax.set_xlim(0, 1)
    (line,) = ax.plot([0, 1], [3, 1], linewidth=20)
    line.set_clip_path(Circle((0.5, 2), 0.5, transform=ax.transData))


def many(ax):
    ax.scatter(range(20), range(20), s=range(20, 220, 10), c=[f"C{n % 7}" for n in range(20)])
    ax.hlines(range(20), 0, 5)


def words(ax):
    ax.text(0.5, 0.5, "two\nlines", rotation=30, ha="right")
    ax.set_title("$x^2$ and more")


def areas(ax):
    ax.fill_between([0, 1, 2], [0, 1, 0], [2, 3, 1], alpha=0.4, hatch="//")
    ax.bar([0, 1], [1, 2], color="#0072b2")


@pytest.mark.parametrize("draw", [lines, clipped, many, words, areas])
def test_the_pixels_are_matplotlibs_own(draw):
    with style():
        figure = Figure(figsize=(4, 3))
        draw(figure.subplots())
        figure.dpi = DPI
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        alone = np.asarray(canvas.buffer_rgba()).astype(int)
        figure.dpi = 72
        renderer = BothRenderers(4, 3, io.StringIO(), DPI)
        figure.draw(renderer)
    beside = renderer.pixels.astype(int)
    assert beside.shape == alone.shape == (3 * DPI, 4 * DPI, 4)
    differs = abs(alone - beside).max(axis=2) > 64  # letters lie a part of a pixel elsewhere
    assert differs.mean() < 0.002
    assert (alone.min(axis=2) < 200).mean() > 0.005  # and something was drawn


def test_a_picture_within_the_figure_is_to_be_drawn_alone():
    figure = Figure()
    figure.subplots().imshow([[0, 1], [1, 0]])
    with pytest.raises(CannotShareDrawing):
        figure.draw(BothRenderers(6, 4, io.StringIO(), DPI))
