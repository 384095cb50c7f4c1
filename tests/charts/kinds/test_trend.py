import pytest
import tiny_displacement as tiny
from chart_reading import cut_off, overlapping, texts
from matplotlib.collections import FillBetweenPolyCollection

from analysis import charts
from analysis.data.load import load
from analysis.displacement import stocks
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count

DATA = load()
SCOPE = scope_of(DATA)
WORLD, REGION = (stocks.abroad(SCOPE, area) for area in ("WLD", "LAC"))


def _lines(ax, name):
    return [line for line in ax.lines if line.get_label() == name]


def _bands(ax):
    return [c for c in ax.collections if isinstance(c, FillBetweenPolyCollection)]


def _made(*figures, breaks=()):
    by = tiny.source("one")
    made = [
        tiny.figure(f"d{n}", "WLD", period, value, by, resolution=10)
        for n, (period, value) in enumerate(figures)
    ]
    return stocks.abroad(scope_of(tiny.data(made, breaks)), "WLD")


def test_no_line_or_band_runs_across_a_break():
    series = _made(
        ("2020-01", 100), ("2020-06", 120), ("2020-09", 300), ("2020-12", 310),
        breaks=[tiny.series_break("WLD", "2020-08")],
    )  # fmt: skip
    ax = charts.trend([series], as_of=None).figure.axes[0]
    drawn = [list(line.get_ydata()) for line in _lines(ax, series.name)]
    assert drawn == [[100, 120], [300, 310]]
    assert len(_bands(ax)) == 2
    assert "break, August 2020" in [t.get_text() for t in ax.texts]


def test_no_line_runs_over_more_than_a_year_without_a_figure():
    series = _made(("2015-12-31", 100), ("2018-02", 200), ("2018-09", 240))
    ax = charts.trend([series], as_of=None).figure.axes[0]
    assert [len(line.get_ydata()) for line in _lines(ax, series.name)] == [1, 2]


def test_the_band_is_the_range_of_the_wording():
    # 100 to the ten is 95 to 105
    ax = charts.trend([_made(("2020-01", 100), ("2020-06", 120))], as_of=None).figure.axes[0]
    heights = {round(y) for _x, y in _bands(ax)[0].get_paths()[0].vertices}
    assert heights == {95, 105, 115, 125}


def test_a_mark_stands_on_the_last_day_of_its_period():
    series = _made(("2020-01", 100), ("2020-06", 120))
    ax = charts.trend([series], as_of=None).figure.axes[0]
    assert [str(day) for day in _lines(ax, series.name)[0].get_xdata()] == [
        "2020-01-31",
        "2020-06-30",
    ]


def test_a_figure_beside_the_leading_one_is_hollow_and_off_the_line():
    ax = charts.trend([REGION], as_of=None).figure.axes[0]
    on_the_line = [y for line in _lines(ax, REGION.name) for y in line.get_ydata()]
    assert 4_000_000 not in on_the_line
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "none"]
    assert [line.get_ydata()[0] for line in hollow] == [4_000_000]


def test_two_definitions_have_a_panel_each_and_one_scale():
    chart = charts.two_counts(WORLD, unhcr_count(SCOPE).series(), as_of=None)
    top, below = chart.figure.axes
    assert top.get_ylim() == below.get_ylim()
    assert max(y for line in _lines(top, WORLD.name) for y in line.get_ydata()) == 7_900_000
    sums = [list(line.get_ydata()) for line in below.lines if len(line.get_ydata()) > 2]
    assert sums[0] == [22_542, 52_617, 157_368]  # without the third category, on its own
    assert sums[1][0] == 3_078_217
    assert {s.key for s in chart.sources} >= {"unhcr-2026", "r4v-2024"}


def test_the_alternative_text_gives_the_ends_and_the_breaks():
    alt = charts.trend([WORLD], as_of=None).alt
    assert "31 December 2015: approximately 695,000" in alt
    assert "broken at November 2021, August 2022" in alt


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
def test_nothing_overlaps_or_leaves_the_figure(as_of):
    scope = scope_of(DATA.known(as_of))
    world, region = (stocks.abroad(scope, area) for area in ("WLD", "LAC"))
    drawn = [charts.trend([world, region], as_of=scope.data.as_of)]
    drawn.append(charts.two_counts(world, unhcr_count(scope).series(), as_of=None))
    for chart in drawn:
        if isinstance(chart, charts.Chart):
            assert texts(chart.figure)
            assert overlapping(chart.figure) == []
            assert cut_off(chart.figure) == []


def test_nothing_to_draw_is_said_in_words():
    none = stocks.abroad(scope_of(DATA, origin="HTI"), "WLD")
    blank = charts.trend([none], as_of=None)
    assert isinstance(blank, charts.Blank)
    assert "Haiti" in blank.reason
    early = unhcr_count(scope_of(DATA.known("2023-12-31"))).series()
    assert "published by 31 December 2023" in charts.two_counts(WORLD, early, as_of=None).reason
