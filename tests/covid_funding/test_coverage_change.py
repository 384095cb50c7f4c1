"""What moved coverage: money and the requirement."""

import pytest
from funding_world import DATA, world

from analysis.covid_funding.appeals import history
from analysis.covid_funding.coverage_change import changes
from analysis.data.load import load
from analysis.numbers.estimate import Absent

ALL = load(DATA)
GHO = changes(history(ALL, "GHO"))


def test_from_april_to_may_2020_money_came_and_the_requirement_grew():
    april = GHO.changes[0]
    assert (str(april.earlier), str(april.later)) == ("2020-04-30", "2020-05-31")
    assert str(april.received) == "USD 1.76 billion (1.75–1.77 billion)"
    assert str(april.required) == "USD 4.94 billion (4.93–4.95 billion)"


def test_the_change_of_april_to_may_2020_by_hand():
    april = GHO.changes[0]
    # 6.01/36.76 - 4.25/31.82 = 16.35 - 13.36 = 2.99 points
    assert april.coverage.value == pytest.approx(6.01 / 36.76 - 4.25 / 31.82)
    # 1.76/31.82 = 5.53 and 1.76/36.76 = 4.79 points: 5.16 on average
    assert april.money.value == pytest.approx((1.76 / 31.82 + 1.76 / 36.76) / 2)
    # 10.26/36.76 - 10.26/31.82 = 27.91 - 32.24 = -4.33 points, the half of it -2.17
    assert april.requirement.value == pytest.approx((10.26 / 36.76 - 10.26 / 31.82) / 2)
    assert str(april.coverage) == "2.99 percentage points (2.96–3.03)"


def test_a_small_split_by_hand(tmp_path):
    # 10 of 100, then 30 of 200: 10 % to 15 %. Money first: +20, then -15; requirement first:
    # -5, then +10. On average money gave (20 + 10)/2 = 15, the requirement (-15 - 5)/2 = -10.
    data = world(
        tmp_path,
        {"value": 100, "measure": "required", "period": "2020-04"},
        {"value": 10, "period": "2020-04"},
        {"value": 200, "measure": "required", "period": "2020-05"},
        {"value": 30, "period": "2020-05"},
    )
    (change,) = changes(history(data, "IOM-COVID-19")).changes
    assert change.money.value == pytest.approx(0.15)
    assert change.requirement.value == pytest.approx(-0.10)
    assert change.coverage.value == pytest.approx(0.05)


def test_the_two_parts_add_up_for_every_pair_of_months():
    assert len(GHO.changes) == 6  # seven months are known, September and November are not
    for change in GHO.changes:
        assert change.money.value + change.requirement.value == pytest.approx(
            change.coverage.value, abs=1e-12
        )


def test_ranges_take_each_figure_once():
    # R1/Q1 - R0/Q0 is largest with R1 and Q0 high, R0 and Q1 low: four corners, no wider
    april = GHO.changes[0]
    assert april.coverage.high == pytest.approx(6.015 / 36.755 - 4.245 / 31.825)
    assert april.coverage.low == pytest.approx(6.005 / 36.765 - 4.255 / 31.815)


def test_the_change_told_first_is_that_of_the_largest_revision():
    told = GHO.of_largest_revision()
    assert told["required"].value == pytest.approx(4.94e9)
    assert "30 April 2020 to 31 May 2020" in told["coverage"].label
    assert told["money"].unit == told["requirement"].unit == "points"


def test_one_known_month_has_no_change():
    early = changes(history(ALL.known("2020-05-31"), "GHO"))
    assert early.changes == ()
    assert not early.table().rows
    told = early.of_largest_revision()
    assert all(isinstance(number, Absent) for number in told.values())
    assert "published by 31 May 2020" in told["money"].reason


def test_a_new_plan_year_is_no_change_of_the_old():
    # the appeal of 2019 and that of 2020 are two plans, though both have money
    assert changes(history(ALL, "RMRP")).changes == ()


def test_the_table_holds_every_pair():
    table = GHO.table()
    assert len(table.rows) == 6
    assert table.rows[0][0] == "30 April 2020 to 31 May 2020"
