"""One number as it was known at each date, and its chart through its axes."""

import datetime

import pytest

from analysis.charts import Blank
from analysis.charts import revisions as chart
from analysis.data.load import load
from analysis.displacement.scope import scope_of
from analysis.numbers.estimate import Absent
from analysis.vintages.key_numbers import coverage, idb_ratio, requirement, share_in_region
from analysis.vintages.vintages import table, vintages


@pytest.fixture(scope="module")
def data():
    return load()


def known(result):
    return [(str(v.known_from), round(v.estimate.value, 3)) for v in result.items]


def test_each_vintage_is_what_that_day_knew(data):
    # plan of May 2019: 800/100; pledge of 26 May 2020: 1100/85; outcome of October 2023
    assert known(idb_ratio(data, "headline")) == [
        ("2019-05-31", 8.0),
        ("2020-05-26", 12.941),
        ("2023-10-31", 13.005),
    ]


def test_nothing_later_than_the_as_of_date_is_looked_at(data):
    early = idb_ratio(data.known("2020-05-31"), "headline")
    assert known(early) == [("2019-05-31", 8.0), ("2020-05-26", 12.941)]


def test_the_requirement_of_the_iom_plan_step_by_step(data):
    amounts = [v.estimate.value for v in requirement(data, "IOM-COVID-19").items]
    assert amounts == [17e6, 116.1e6, 499e6, 499e6, 618e6, 618_874_087, 822_868_000]


def test_the_coverage_of_the_overview_month_by_month(data):
    # 4.25 of 31.82 billion was known from the end of May 2020 on, 17.86 of 38.61 from January 2021
    found = known(coverage(data, "GHO"))
    assert found[0] == ("2020-05-31", 0.134)
    assert found[-1] == ("2021-01-31", 0.463)
    assert len(found) == 7


def test_the_share_ends_with_the_headline_of_the_edition(data):
    scope = scope_of(data)
    newest = share_in_region(scope).items[-1]
    assert newest.estimate.derivation == "d104 / d103"
    assert newest.known_from == datetime.date(2024, 7, 4)


def test_dates_without_the_number_or_without_news_are_left_out(data):
    calls = []

    def compute(then):
        calls.append(then.as_of)
        return Absent("nothing known")

    assert vintages(data, compute, "Nothing").items == ()
    assert len(calls) > 50  # once for each day on which a source was published
    assert calls[-1] is None  # and once with the sources of unknown date


def test_the_table_says_how_each_differs_from_the_one_before(data):
    rows = table(idb_ratio(data, "headline")).rows
    # 7.96-8.05, then 12.3-13.6, then 12.9-13.1: the last two meet
    assert [row[-1] for row in rows] == [
        "first known",
        "higher",
        "not distinguishable from the one before",
    ]


def test_dots_stand_at_the_day_they_became_known(data):
    ax = chart(idb_ratio(data, "headline"), subtitle="Ratio").figure.axes[0]
    (dots,) = [line for line in ax.lines if line.get_marker() == "o"]
    assert list(dots.get_xdata()) == [
        datetime.date(2019, 5, 31),
        datetime.date(2020, 5, 26),
        datetime.date(2023, 10, 31),
    ]
    assert [round(y, 1) for y in dots.get_ydata()] == [8.0, 12.9, 13.0]
    assert [text.get_text() for text in ax.texts] == ["13", "8"]
    assert ax.get_ylim()[0] == 0


def test_a_single_share_is_not_blown_up(data):
    ax = chart(coverage(data, "IOM-COVID-19"), subtitle="x").figure.axes[0]
    bottom, top = ax.get_ylim()
    assert top - bottom >= 0.0999
    assert bottom < 0.20 < top


def test_labels_stay_inside_the_chart(data):
    figure = chart(requirement(data, "IOM-COVID-19"), subtitle="US dollars").figure
    figure.draw_without_rendering()
    width = figure.bbox.width
    assert all(t.get_window_extent().x0 >= 0 for t in figure.axes[0].texts)
    assert all(t.get_window_extent().x1 <= width for t in figure.axes[0].texts)


def test_a_number_nobody_knew_is_said_in_words(data):
    result = vintages(data, lambda then: Absent("nothing known"), "Nothing")
    blank = chart(result, subtitle="x")
    assert isinstance(blank, Blank)
    assert blank.reason == "Nothing that this number needs was published by then."


@pytest.mark.parametrize("as_of", ["2020-05-28", "2021-01-28", "2023-12-31", None])
@pytest.mark.filterwarnings("error")
def test_any_stretch_of_time_finds_its_ticks(data, as_of):
    then = data.known(as_of)
    for result in (
        coverage(then, "IOM-COVID-19"),
        requirement(then, "IOM-COVID-19"),
        idb_ratio(then, "headline"),
    ):
        chart(result, subtitle="x").figure.draw_without_rendering()
