"""The chart of how one number was revised, through its axes."""

import datetime

import pytest
from chart_reading import cut_off, overlapping, texts
from made import estimate
from matplotlib.dates import date2num

from analysis.charts import Blank
from analysis.charts import revisions as chart
from analysis.vintages.as_known import Vintage, Vintages

DAYS = [datetime.date(2019, 5, 31), datetime.date(2020, 5, 26), datetime.date(2023, 10, 31)]


def revised(*values, unit="ratio", as_of=None):
    items = [
        Vintage(day, estimate(f"e{n}", value, unit=unit))
        for n, (day, value) in enumerate(zip(DAYS, values, strict=False))
    ]
    return Vintages("A number", tuple(items), as_of)


def test_dots_stand_at_the_day_they_became_known():
    ax = chart(revised(8, 12, 13), subtitle="Ratio").figure.axes[0]
    (dots,) = [line for line in ax.lines if line.get_marker() == "o"]
    assert list(dots.get_xdata()) == [date2num(day) for day in DAYS]
    assert list(dots.get_ydata()) == [8, 12, 13]
    assert [text.get_text() for text in ax.texts] == ["13", "8"]  # the last and the first
    assert ax.get_ylim()[0] == 0


def test_two_shares_that_are_near_are_not_blown_up():
    ax = chart(revised(20, 21, unit="percent"), subtitle="x").figure.axes[0]
    bottom, top = ax.get_ylim()
    assert top - bottom >= 0.0999
    assert bottom < 0.20 < 0.21 < top


def test_an_axis_that_reaches_zero_begins_there_and_says_nothing_of_it():
    figure = chart(revised(27, 1, unit="percent"), subtitle="x").figure
    assert figure.axes[0].get_ylim()[0] == 0
    assert "does not begin" not in " ".join(text for text, _box in texts(figure))


def test_a_first_and_a_last_figure_that_are_near_others_are_labelled():
    drawn = chart(revised(5.1, 5.5, 5.4), subtitle="x")
    written = [text for text, _box in texts(drawn.figure)]
    assert {"5.1", "5.4"} <= set(written)


def test_what_was_never_revised_is_a_sentence():
    blank = chart(revised(20), subtitle="x")
    assert isinstance(blank, Blank)
    assert blank.reason == "20, known from 31 May 2019 on; nothing revised it"


def test_the_last_label_lies_on_no_bar_of_another_figure():
    days = [datetime.date(2023, 10, 31), datetime.date(2023, 12, 31), datetime.date(2024, 7, 4)]
    values = [(84.4, 4), (84.4, 2.6), (84.76, 0.01)]
    items = [
        Vintage(day, estimate(f"s{n}", value, unit="percent", resolution=resolution))
        for n, (day, (value, resolution)) in enumerate(zip(days, values, strict=True))
    ]
    figure = chart(Vintages("A share", tuple(items), None), subtitle="Per cent").figure
    figure.draw_without_rendering()
    ax = figure.axes[0]
    (label,) = [text for text in ax.texts if text.get_text().startswith("84.76")]
    box = label.get_window_extent()
    bars = [ax.transData.transform(bar) for c in ax.collections for bar in c.get_segments()]
    for (x, low), (_x, high) in bars:
        assert not (box.x0 <= x <= box.x1 and low <= box.y1 and box.y0 <= high)


def test_labels_stay_inside_the_chart():
    figure = chart(revised(17e6, 116.1e6, 822.868e6, unit="USD"), subtitle="US dollars").figure
    figure.draw_without_rendering()
    width = figure.bbox.width
    assert all(t.get_window_extent().x0 >= 0 for t in figure.axes[0].texts)
    assert all(t.get_window_extent().x1 <= width for t in figure.axes[0].texts)


def test_the_first_label_with_its_hedge_lies_on_no_other():
    people = Vintages(
        "People",
        tuple(
            Vintage(day, estimate(f"p{n}", value, resolution=1e5, hedge="approximately"))
            for n, (day, value) in enumerate(zip(DAYS, (2.3e6, 5.1e6, 7.9e6), strict=True))
        ),
        None,
    )
    figure = chart(people, subtitle="People").figure
    assert "about 2.3 million" in [text for text, _box in texts(figure)]
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_a_number_nobody_knew_is_said_in_words():
    blank = chart(revised(), subtitle="x")
    assert isinstance(blank, Blank)
    assert blank.reason == "Nothing that this number needs was published by then."


@pytest.mark.parametrize("as_of", [None, DAYS[-1], datetime.date(2023, 12, 31)])
@pytest.mark.parametrize("values", [(8, 12), (8, 12, 13)])
@pytest.mark.filterwarnings("error")
def test_any_stretch_of_time_finds_its_ticks(values, as_of):
    chart(revised(*values, as_of=as_of), subtitle="x").figure.draw_without_rendering()


def test_no_line_joins_figures_that_are_not_compared():
    items = [
        Vintage(day, estimate(f"s{n}", value, unit="ratio"), side)
        for n, (day, value, side) in enumerate(zip(DAYS, (8, 12, 13), "aab", strict=True))
    ]
    drawn = chart(Vintages("A number", tuple(items), None, "another stage"), subtitle="Ratio")
    lines = [line for line in drawn.figure.axes[0].lines if line.get_drawstyle() == "steps-post"]
    assert [list(line.get_ydata()) for line in lines] == [[8, 12, 12], [13, 13]]
    assert lines[0].get_xdata()[-1] == lines[1].get_xdata()[0]
    assert "another stage" in " ".join(text for text, _box in texts(drawn.figure))
