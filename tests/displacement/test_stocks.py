"""Stocks of people abroad, and where their series breaks."""

import pytest
from made_tables import made

from analysis.displacement import stocks
from analysis.displacement.scope import scope_of
from analysis.numbers.estimate import Absent


def world(*figures, breaks=(), **asked):
    """The series of these figures in the world: (period, value, what differs)."""
    rows = [{"period": period, "value": value, **changes} for period, value, changes in figures]
    broken = [{"area": "WLD", "period": period} for period in breaks]
    return stocks.abroad(scope_of(made(displacement=rows, breaks=broken, **asked)), "WLD")


BROKEN = world(
    ("2015-12-31", 7, {"hedge": "approximately", "resolution": 1}),
    ("2021-10", 50, {}),
    ("2021-11", 60, {}),
    ("2022-07", 76, {}),
    ("2022-08-05", 100, {}),
    ("2024-12", 110, {}),
    breaks=["2021-11", "2022-08"],
)


def test_a_series_is_cut_where_it_breaks():
    ends = [
        (str(s.stocks[0].period), str(s.stocks[-1].period), s.ended_by and str(s.ended_by.period))
        for s in BROKEN.stretches
    ]
    assert ends == [
        ("2015-12-31", "2021-10", "2021-11"),
        ("2021-11", "2022-07", "2022-08"),
        ("2022-08-05", "2024-12", None),
    ]


def test_the_first_figure_keeps_its_words_and_says_its_date():
    assert str(BROKEN.first()) == "approximately 7 (6–8)"
    assert BROKEN.first().label.endswith("31 December 2015")


def counted(series):
    return dict(series.newest().basis)[stocks.COUNTED]


def test_a_figure_says_on_which_side_of_breaks_it_lies():
    assert dict(BROKEN.first().basis)[stocks.COUNTED].endswith("before any known change of method")
    assert counted(BROKEN).endswith("changed (August 2022)")
    # the first date shown may lie behind the break, which is then between no two of the figures
    figures = [("2022-07", 76, {}), ("2024-12", 110, {})]
    assert counted(world(*figures[1:], breaks=["2022-08"])) == counted(BROKEN)
    assert counted(world(*figures[:1], breaks=["2022-08"])) != counted(BROKEN)


def test_a_change_says_how_long_it_is_and_what_it_is_of():
    # from 5 August 2022 to 31 December 2024 are 879 days, 28.9 months
    change = BROKEN.latest_change().people
    assert dict(change.basis) == {"span": "covers 29 months, from 5 August 2022 to December 2024"}
    assert change.noun == f"the change in {BROKEN.newest().noun}"


def test_a_change_below_a_year_is_per_month():
    stretch = BROKEN.stretches[1].stocks
    change = BROKEN.change(stretch[0], stretch[-1])
    assert change.people.value == 16
    assert change.rate.unit == "persons/month"
    # 16 in the 243 days from 30 November 2021 to 31 July 2022, by 30.4375 days a month
    assert change.rate.value == pytest.approx(16 * 30.4375 / 243)


def test_a_change_from_a_year_on_is_a_yearly_rate():
    # 10,000 to 20,736 in the 1461 days of four years: 20 per cent a year, as 1.2^4 is 2.0736
    change = world(("2017-12-31", 10_000, {}), ("2021-12-31", 20_736, {})).latest_change()
    assert change.people.value == 10_736
    assert change.rate.unit == "share/year"
    assert change.rate.value == pytest.approx(0.2)


def test_nothing_is_computed_across_a_break_and_the_break_is_named():
    change = BROKEN.whole_change()
    assert isinstance(change.people, Absent)
    assert isinstance(change.rate, Absent)
    assert change.people.reason == (
        "the breaks of November 2021 and August 2022 lie between the two dates"
    )


def test_the_latest_change_starts_after_the_last_break():
    change = BROKEN.latest_change()
    assert (str(change.before.period), str(change.after.period)) == ("2022-08-05", "2024-12")


def test_a_change_has_the_range_of_both_its_ends():
    # about 51 (50 to 52) less some 7 (6 to 8)
    change = world(
        ("2015", 7, {"hedge": "approximately", "resolution": 1}),
        ("2020", 51, {"hedge": "approximately", "resolution": 1}),
    ).latest_change()
    assert (change.people.value, change.people.low, change.people.high) == (44, 42, 46)


def test_one_figure_alone_has_no_change():
    change = world(("2020", 5, {})).latest_change()
    assert change.people.reason == "only one comparable figure is known"


def test_at_one_date_the_own_figure_leads_the_report_of_it():
    series = world(
        ("2020-05", 5_123_456, {"source": "reported"}),
        ("2020-05", 5_100_000, {"source": "own", "resolution": 100_000}),
        sources={"reported": {"kind": "reported"}},
    )
    assert [(s.source.key, s.leads) for s in series.stocks] == [("own", True), ("reported", False)]
    assert [row[-1] for row in stocks.figures([series]).rows] == ["", "beside the leading figure"]


def test_an_origin_without_the_series_says_so():
    data = made(displacement=[{"origin": "HTI", "area": "HTI", "indicator": "returned", "value": 1},
                              {"value": 2}])  # fmt: skip
    series = stocks.abroad(scope_of(data, origin="HTI"), "WLD")
    assert series.stretches == ()
    assert series.newest().reason.endswith("states how many people from Haiti live abroad")
    assert stocks.changes([series]).empty == series.lacking


def test_the_table_of_changes_gives_every_stretch_its_ends():
    rows = stocks.changes([BROKEN]).rows
    assert [row[-1] for row in rows] == [
        "break in November 2021", "break in August 2022", "newest figure",
    ]  # fmt: skip
    assert [row[5].value for row in rows] == [43, 16, 10]
    assert [row[6] for row in rows] == [2131, 243, 879]


def test_a_stretch_of_one_figure_has_no_second_end():
    rows = stocks.changes([world(("2020", 5, {}), ("2021", 9, {}), breaks=["2021"])]).rows
    assert [row[3] for row in rows] == [None, None]
    assert {row[5].reason for row in rows} == {"one figure alone"}


def test_the_table_of_breaks_says_what_changed():
    assert [(str(row[1]), row[2]) for row in stocks.breaks([BROKEN]).rows] == [
        ("2021-11", "a new method"), ("2022-08", "a new method"),
    ]  # fmt: skip
