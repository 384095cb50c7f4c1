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


def years(ax):
    """The names on an axis of time with the days between which each stands."""
    names = [text.get_text() for text in ax.get_xticklabels(minor=True)]
    edges = [num2date(edge).date().isoformat() for edge in ax.get_xticks()]
    return list(zip(names, edges, edges[1:], strict=False))


def test_a_figure_of_the_end_of_a_year_stands_in_that_year(ax):
    ends = [datetime.date(year, 12, 31) for year in (2023, 2024, 2025)]
    ax.plot([day(end) for end in ends], [1, 2, 3], "o")
    label_years(ax)
    assert years(ax) == [
        ("2023", "2023-01-01", "2024-01-01"),
        ("2024", "2024-01-01", "2025-01-01"),
        ("2025", "2025-01-01", "2026-01-01"),
    ]
    assert labels(ax.xaxis) == [""] * 4  # no year is named at a tick
    left, right = ax.get_xlim()
    assert left < day(datetime.date(2023, 1, 1))
    assert day(ends[-1]) < right < day(datetime.date(2026, 2, 1))


def test_one_year_has_its_quarters_and_two_have_their_halves(ax):
    ax.plot([day(datetime.date(2020, 2, 20)), day(datetime.date(2020, 5, 31))], [1, 2])
    label_years(ax)
    quarters = years(ax)
    assert quarters == [  # and none in which nothing is drawn
        ("Jan–Mar\n2020", "2020-01-01", "2020-04-01"),
        ("Apr–Jun", "2020-04-01", "2020-07-01"),
    ]
    ax.plot([day(datetime.date(2019, 11, 8))], [1], "o")
    label_years(ax)
    halves = years(ax)
    assert halves == [
        ("Jul–Dec\n2019", "2019-07-01", "2020-01-01"),
        ("Jan–Jun\n2020", "2020-01-01", "2020-07-01"),
    ]


def test_panels_that_share_their_years_have_those_of_both():
    top, below = Figure().subplots(2, sharex=True)
    top.plot([day(datetime.date(2016, 6, 1))], [1], "o")
    below.plot([day(datetime.date(2020, 6, 1))], [1], "o")
    label_years(below)
    assert [name for name, _start, _end in years(below)] == ["2016", "2017", "2018", "2019", "2020"]
    marks = [tick.tick1line for ax in (top, below) for tick in ax.xaxis.get_minor_ticks()]
    assert {mark.get_markersize() for mark in marks} == {0}  # only the ends of years are marked


def test_of_many_years_not_each_is_named(ax):
    ax.plot([day(datetime.date(1990, 6, 1)), day(datetime.date(2019, 6, 1))], [1, 2])
    label_years(ax)
    names = [name for name, _start, _end in years(ax)]
    assert [name for name in names if name] == ["1990", "1995", "2000", "2005", "2010", "2015"]
    assert len(names) == 30
