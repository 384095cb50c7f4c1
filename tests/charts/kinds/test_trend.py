import pytest
from chart_reading import cut_off, overlapping, texts
from made_tables import made
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.dates import num2date

from analysis import charts
from analysis.data.load import load
from analysis.displacement import stocks
from analysis.displacement.measures import CATEGORIES, MANDATE
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count

DATA = load()


def _lines(ax, name):
    return [line for line in ax.lines if line.get_label() == name]


def _bands(ax):
    return [c for c in ax.collections if isinstance(c, FillBetweenPolyCollection)]


def _made(*figures, breaks=()):
    rows = [{"period": period, "value": value, "resolution": 10} for period, value in figures]
    broken = [{"area": "WLD", "period": period} for period in breaks]
    return stocks.abroad(scope_of(made(displacement=rows, breaks=broken)), "WLD")


def test_no_line_or_band_runs_across_a_break():
    series = _made(
        ("2020-01", 100), ("2020-06", 120), ("2020-09", 300), ("2020-12", 310),
        breaks=["2020-08"],
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
    days = [f"{num2date(day):%Y-%m-%d}" for day in _lines(ax, series.name)[0].get_xdata()]
    assert days == ["2020-01-31", "2020-06-30"]


def test_where_an_end_is_unknown_no_band_is_drawn():
    ceiling = [
        {"value": value, "period": period, "resolution": 10, "hedge": "up to"}
        for period, value in (("2020-01", 100), ("2020-06", 120))
    ]
    series = stocks.abroad(scope_of(made(displacement=ceiling)), "WLD")
    ax = charts.trend([series], as_of=None).figure.axes[0]
    assert [list(line.get_ydata()) for line in _lines(ax, series.name)] == [[100, 120]]
    assert all(len(path.vertices) == 0 for band in _bands(ax) for path in band.get_paths())


def test_a_figure_beside_the_leading_one_is_hollow_and_off_the_line():
    rows = [{"value": 39, "resolution": 1}, {"value": 40, "resolution": 10, "source": "other"}]
    series = stocks.abroad(scope_of(made(displacement=rows)), "WLD")
    ax = charts.trend([series], as_of=None).figure.axes[0]
    assert [y for line in _lines(ax, series.name) for y in line.get_ydata()] == [39]
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "none"]
    assert [line.get_ydata()[0] for line in hollow] == [40]


def test_two_definitions_have_a_panel_each_and_one_scale():
    counted = [
        {"indicator": category, "period": f"{year}-12-31", "value": value, "source": "unhcr"}
        for year, people in ((2016, (1, 2)), (2017, (3, 4)), (2018, (5, 6, 70)), (2019, (7, 8, 80)))
        for category, value in zip(CATEGORIES, people, strict=False)
    ]
    stated = [{"period": "2018-06", "value": 90}, {"period": "2018-12", "value": 100}]
    third = {"series": MANDATE, "area": "WLD", "period": "2018"}
    scope = scope_of(made(displacement=[*counted, *stated], breaks=[third]))
    world = stocks.abroad(scope, "WLD")
    chart = charts.two_counts(world, unhcr_count(scope).series(), as_of=None)
    top, below = chart.figure.axes
    assert top.get_ylim() == below.get_ylim()
    assert [y for line in _lines(top, world.name) for y in line.get_ydata()] == [90, 100]
    sums = [list(line.get_ydata()) for line in below.lines if len(line.get_ydata()) == 2]
    assert sums[:2] == [[3, 7], [81, 95]]  # without the third category, on its own
    assert {s.key for s in chart.sources} == {"unhcr", "report"}


def test_the_alternative_text_gives_the_ends_and_the_breaks():
    series = _made(("2015-12-31", 70), ("2022-01", 90), ("2023", 95), breaks=["2021-11", "2022-08"])
    alt = charts.trend([series], as_of=None).alt
    assert "31 December 2015: 70 (65–75)" in alt
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
    assert (
        "in this report’s data"
        in charts.two_counts(stocks.abroad(scope_of(DATA), "WLD"), early, as_of=None).reason
    )


def test_a_single_figure_is_a_sentence():
    blank = charts.trend([_made(("2020-01", 100))], as_of=None)
    assert isinstance(blank, charts.Blank)
    assert blank.reason == "the only figure known is 100 (95–105), World, January 2020"


def test_the_note_explains_what_is_drawn_and_nothing_else():
    def note(*figures, breaks=()):
        chart = charts.trend([_made(*figures, breaks=breaks)], as_of=None)
        return " ".join(text.get_text() for text in chart.figure.texts)

    whole = note(("2020-01", 100), ("2020-06", 120))
    assert "Bands and bars" in whole
    assert "Dashed" not in whole
    assert "over a year" not in whole
    assert "Dashed: a break" in note(("2020-01", 100), ("2020-06", 300), breaks=["2020-03"])
    assert "over a year" in note(("2015-12-31", 100), ("2020-06", 120))
