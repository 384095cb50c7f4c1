"""Labels beside marks."""

import pytest
from chart_reading import cut_off, overlapping
from matplotlib.figure import Figure

from analysis.charts.drawing.labels import AFTER, LEVEL, Label, place, settle


@pytest.fixture
def drawn():
    figure = Figure(figsize=(4, 3), layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    return figure, ax


def test_labels_that_would_collide_are_moved_apart(drawn):
    figure, ax = drawn
    ax.plot([5], [5], "o")
    labels = [Label(ax, f"label {n}", 5, 5) for n in range(3)]
    assert place(settle(figure), labels) == ["label 0", "label 1", "label 2"]
    assert overlapping(figure) == []


def test_the_more_important_label_stays_where_there_is_room_for_one(drawn):
    figure, ax = drawn
    labels = [Label(ax, text, 5, 5, places=AFTER[:1]) for text in ("first", "second")]
    assert place(settle(figure), labels) == ["first"]


def test_a_label_never_crosses_a_line(drawn):
    figure, ax = drawn
    ax.plot([5.8, 5.8], [0, 10])  # right of the point: the label has to go left of it
    assert place(settle(figure), [Label(ax, "beside", 5, 5)]) == ["beside"]
    (text,) = ax.texts
    assert text.get_ha() == "right"


def test_a_label_never_crosses_the_bar_of_a_range(drawn):
    figure, ax = drawn
    ax.errorbar([5.8], [5], yerr=[4], linestyle="none")
    assert place(settle(figure), [Label(ax, "beside", 5, 5)]) == ["beside"]
    (text,) = ax.texts
    assert text.get_ha() == "right"


def test_a_label_stays_inside_the_axes(drawn):
    figure, ax = drawn
    assert place(settle(figure), [Label(ax, "at the left edge", 0.1, 5, places=LEVEL)]) == []
    assert place(settle(figure), [Label(ax, "at the right edge", 9.9, 5)]) == ["at the right edge"]
    assert cut_off(figure) == []


def test_a_label_does_not_move_the_axes(drawn):
    figure, ax = drawn
    figure.draw_without_rendering()
    before = ax.get_position().bounds
    place(settle(figure), [Label(ax, "a rather long label", 9.9, 9.9)])
    figure.draw_without_rendering()
    assert ax.get_position().bounds == pytest.approx(before)


def test_a_label_stands_clear_of_circles_and_of_what_is_to_be_avoided(drawn):
    figure, ax = drawn
    ax.scatter([5.5], [5], s=[30**2])  # a circle of 30 points, over the place right of the point
    corner = ax.text(0.2, 5, "a key", fontsize=20)
    assert place(settle(figure), [Label(ax, "beside", 5, 5, places=AFTER[1:2])]) == []
    assert place(settle(figure), [Label(ax, "left", 1.5, 5, places=LEVEL)], avoid=[corner]) == []
    assert place(settle(figure), [Label(ax, "left", 4, 5, places=LEVEL)]) == ["left"]
