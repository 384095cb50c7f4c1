"""Estimates as marks with bars."""

import pytest
from made import estimate
from matplotlib.figure import Figure

from analysis.charts.drawing import dots

EXACT = estimate("a", 10)
ROUNDED = estimate("b", 20, resolution=4)  # 18 to 22
CEILING = estimate("c", 30, resolution=1, hedge="up to")  # at most 30, no lower bound


@pytest.fixture
def ax():
    return Figure().subplots()


def _bars(ax):
    return [segment.tolist() for c in ax.collections for segment in c.get_segments()]


def _marks(ax):
    return sorted(p for line in ax.lines for p in line.get_xydata().tolist())


def test_an_unknown_bound_is_not_a_range_of_no_width():
    assert dots.reach(CEILING) is None
    assert dots.reach(EXACT) == (0, 0)
    assert dots.reach(ROUNDED) == (2, 2)


def test_where_a_bound_is_unknown_the_value_is_the_end_that_is_drawn():
    floor = estimate("d", 40, resolution=1, hedge="at least")
    assert (dots.lowest(ROUNDED), dots.highest(ROUNDED)) == (18, 22)
    assert (dots.lowest(CEILING), dots.highest(CEILING)) == (30, 30)
    assert (dots.lowest(floor), dots.highest(floor)) == (40, 41)


def test_a_bar_reaches_as_far_as_the_range_and_an_unknown_bound_has_none(ax):
    dots.draw(ax, [1, 2, 3], [EXACT, ROUNDED, CEILING], along="y", marker="o")
    assert _marks(ax) == [[1, 10], [2, 20], [3, 30]]
    assert _bars(ax) == [[[1, 10], [1, 10]], [[2, 18], [2, 22]]]


def test_values_may_run_along_x(ax):
    dots.draw(ax, [5], [ROUNDED], along="x", marker="o")
    assert _marks(ax) == [[20, 5]]
    assert _bars(ax) == [[[18, 5], [22, 5]]]


def test_no_line_joins_the_marks(ax):
    dots.draw(ax, [1, 2], [EXACT, ROUNDED], along="y", marker="o")
    assert {line.get_linestyle() for line in ax.lines} == {"None"}


def test_nothing_is_drawn_over_an_exact_figure_or_an_unknown_bound(ax):
    dots.ranges(ax, [EXACT, ROUNDED, CEILING])
    assert _bars(ax) == [[[18, 1], [22, 1]]]  # in the second row
    dots.ranges(ax, [EXACT])
    assert len(_bars(ax)) == 1


def test_bars_are_promised_only_where_they_show(ax):
    ax.set_xlim(0, 100)
    wide = estimate("e", 50, resolution=40)
    said = {
        name: dots.what_bars_are({ax: [*shown]}, along="x", mark=6)
        for name, shown in {
            "exact": [EXACT, CEILING],
            "narrow": [EXACT, estimate("f", 60, resolution=1)],
            "wide": [EXACT, wide],
            "both": [wide, estimate("f", 60, resolution=1)],
        }.items()
    }
    assert said == {
        "exact": "",
        "narrow": "The ranges of the wording are narrower than the marks.",
        "wide": "Bars are the ranges of the wording.",
        "both": "Bars are the ranges of the wording, where these are wider than a mark.",
    }
