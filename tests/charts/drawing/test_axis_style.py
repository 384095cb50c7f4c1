"""How axes look, asked of the axes."""

import datetime

import pytest
from matplotlib.dates import num2date
from matplotlib.figure import Figure

from analysis.charts.drawing.axis_style import (
    day,
    draw_key,
    label_values,
    label_years,
    name_rows,
    write_beside,
)


@pytest.fixture
def ax():
    return Figure(figsize=(6, 3)).subplots()


def labels(axis):
    axis.axes.figure.draw_without_rendering()
    return [label.get_text() for label in axis.get_ticklabels()]


def test_rows_are_named_from_the_top_with_half_a_row_around_them(ax):
    name_rows(ax, ["first", "second"])
    assert labels(ax.yaxis) == ["first", "second"]
    assert ax.get_ylim() == (1.5, -0.5)
    assert not ax.spines["bottom"].get_visible()
    name_rows(ax, ["first", "second"], room=0.6, axis_line=True)
    assert ax.get_ylim() == (1.6, -0.6)
    assert ax.spines["bottom"].get_visible()


def test_values_are_printed_in_their_unit_in_as_many_steps_as_asked_for(ax):
    ax.set_xlim(0, 1)
    label_values(ax, "x", "share", most=2)
    assert labels(ax.xaxis) == ["0%", "50%", "100%"]


def test_a_text_beside_a_mark_begins_to_its_right(ax):
    ax.set(xlim=(0, 10), ylim=(0, 10))
    text = write_beside(ax, "words", 5, 5, apart=9, fontweight="bold")
    ax.figure.draw_without_rendering()
    mark, _y = ax.transData.transform((5, 5))
    assert text.get_window_extent().x0 == pytest.approx(mark + 9 * ax.figure.dpi / 72, abs=1.5)
    assert text.get_fontweight() == "bold"


def test_a_key_names_each_mark(ax):
    draw_key(ax, [("s", "#d55e00", "white", "projected"), ("o", "#0072b2", "#0072b2", "reported")])
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["projected", "reported"]
    assert [line.get_marker() for line in legend.get_lines()] == ["s", "o"]


def test_a_day_stands_at_its_start_and_years_are_labelled(ax):
    first, last = datetime.date(2019, 1, 1), datetime.date(2023, 1, 1)
    assert num2date(day(first)).date() == first
    assert day(last) - day(first) == 4 * 365 + 1
    ax.set_xlim(day(first), day(last))
    label_years(ax)
    assert {"2020", "2021", "2022"} <= set(labels(ax.xaxis))
