import pytest
import tiny_displacement as tiny

from analysis.data.load import load
from analysis.displacement import stocks
from analysis.displacement.scope import scope_of
from analysis.numbers.estimate import Absent

DATA = load()
SCOPE = scope_of(DATA)
WORLD = stocks.abroad(SCOPE, "WLD")


def test_the_series_is_cut_where_peru_and_colombia_broke():
    ends = [
        (str(s.stocks[0].period), str(s.stocks[-1].period), s.ended_by and str(s.ended_by.period))
        for s in WORLD.stretches
    ]
    assert ends == [
        ("2015-12-31", "2021-10", "2021-11"),
        ("2021-11", "2022-07", "2022-08"),
        ("2022-08-05", "2024-12", None),
    ]


def test_people_already_abroad_at_the_end_of_2015():
    assert str(WORLD.first()) == "approximately 695,000 (694,000–696,000)"
    assert WORLD.first().label.endswith("31 December 2015")


def test_a_change_below_twelve_months_is_per_month():
    # 6,147,040 - 6,038,937 = 108,103 in the 8 months from November 2021 to July 2022
    stretch = WORLD.stretches[1].stocks
    change = WORLD.change(stretch[0], stretch[-1])
    assert change.people.value == 108_103
    assert change.rate.unit == "persons/month"
    assert change.rate.value == pytest.approx(108_103 / 8)


def test_a_change_from_twelve_months_on_is_a_yearly_rate():
    # 100 to 144 in 24 months: 20 per cent a year
    by = tiny.source("one")
    known = tiny.data([
        tiny.figure("d1", "WLD", "2019-12-31", 100, by),
        tiny.figure("d2", "WLD", "2021-12-31", 144, by),
    ])  # fmt: skip
    change = stocks.abroad(scope_of(known), "WLD").latest_change()
    assert change.people.value == 44
    assert change.rate.unit == "share/year"
    assert change.rate.value == pytest.approx(0.2)


def test_nothing_is_computed_across_a_break_and_the_break_is_named():
    change = WORLD.whole_change()
    assert isinstance(change.people, Absent)
    assert isinstance(change.rate, Absent)
    assert change.people.reason == (
        "the breaks of November 2021 and August 2022 lie between the two dates"
    )


def test_the_latest_change_starts_after_the_last_break():
    change = WORLD.latest_change()
    assert (str(change.before.period), str(change.after.period)) == ("2022-08-05", "2024-12")


def test_before_any_break_was_known_the_change_runs_from_the_first_figure():
    known = scope_of(DATA.known("2020-05-31"))
    change = stocks.abroad(known, "WLD").latest_change()
    # about 5.1 million less some 695,000
    assert change.people.value == 5_100_000 - 695_000
    assert (change.people.low, change.people.high) == (4_304_000, 4_506_000)


def test_one_figure_alone_has_no_change():
    by = tiny.source("one")
    known = tiny.data([tiny.figure("d1", "WLD", "2020", 5, by)])
    change = stocks.abroad(scope_of(known), "WLD").latest_change()
    assert change.people.reason == "only one comparable figure is known"


def test_at_one_date_the_own_figure_leads_the_report_of_it():
    report = tiny.source("report", kind="reported")
    own = tiny.source("own")
    known = tiny.data([
        tiny.figure("d1", "WLD", "2020-05", 5_123_456, report),
        tiny.figure("d2", "WLD", "2020-05", 5_100_000, own, resolution=100_000),
    ])  # fmt: skip
    series = stocks.abroad(scope_of(known), "WLD")
    assert [(s.source.key, s.leads) for s in series.stocks] == [("own", True), ("report", False)]


def test_an_origin_without_the_series_says_so():
    series = stocks.abroad(scope_of(DATA, origin="HTI"), "WLD")
    assert series.stretches == ()
    assert series.newest().reason == (
        "no source published so far states how many people from Haiti live abroad"
    )
    assert stocks.changes([series]).empty == series.lacking


def test_the_table_of_changes_gives_every_stretch_its_ends():
    rows = [row for row in stocks.changes([WORLD]).rows]
    assert [row[-1] for row in rows] == [
        "break in November 2021", "break in August 2022", "newest figure",
    ]  # fmt: skip
    assert [row[6] for row in rows] == [70, 8, 28]


def test_the_table_of_breaks_says_what_changed():
    reasons = [row[2] for row in stocks.breaks([WORLD]).rows]
    assert "Peru's figure is counted by a new method" in reasons[0]
    assert "637,610" in reasons[1]
