"""Axes fill the room that what stands around them leaves."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis.charts.drawing.column_layout import ColumnLayout
from analysis.charts.drawing.frame import style

RECT = (0.1, 0.2, 0.8, 0.7)


def figure_of(layout, ratios, labels):
    with style():
        figure = Figure(figsize=(6, 4), layout=layout)
        column = figure.subplots(len(ratios), height_ratios=ratios, squeeze=False)[:, 0]
        for ax, label in zip(column, labels, strict=True):
            ax.barh([label, "b"], [1, 2])
            ax.set_title("A title", loc="left")
        column[-1].set_xlabel("the last one says what is measured")
        figure.get_layout_engine().execute(figure)
        renderer = FigureCanvasAgg(figure).get_renderer()
        drawn = [ax.get_tightbbox(renderer).extents for ax in column]
        return np.array(drawn), np.array([ax.get_window_extent().extents for ax in column])


@pytest.mark.parametrize(
    ("ratios", "labels"),
    [([1], ["short"]), ([1, 1], ["short", "a very long name of a country"]), ([3, 1, 2], "xyz")],
)
def test_all_that_is_drawn_fills_its_part_of_the_figure(ratios, labels):
    drawn, axes = figure_of(ColumnLayout(RECT), ratios, labels)
    left, bottom, right, top = 60, 80, 540, 360  # RECT in pixels of 100 to the inch
    pad = 3 / 72 * 100
    found = drawn[:, :2].min(axis=0).tolist() + drawn[:, 2:].max(axis=0).tolist()
    assert found == pytest.approx(
        [left + pad, bottom + pad, right - pad, top - pad],
        abs=1.5,  # a letter reaches out a bit
    )
    assert (axes[:, [0, 2]] == axes[0, [0, 2]]).all()  # one above the other, equally wide
    heights = axes[:, 3] - axes[:, 1]
    assert heights / heights[0] == pytest.approx(np.array(ratios) / ratios[0])
    for upper, lower in itertools.pairwise(drawn):
        assert upper[1] - lower[3] == pytest.approx(2 * pad, abs=1)  # nothing touches


def test_it_is_where_constrained_layout_would_put_it():
    ours, _ = figure_of(ColumnLayout(RECT), [1, 2], ["short", "a long name"])
    theirs, _ = figure_of(ConstrainedLayoutEngine(rect=RECT), [1, 2], ["short", "a long name"])
    assert ours == pytest.approx(theirs, abs=4)
