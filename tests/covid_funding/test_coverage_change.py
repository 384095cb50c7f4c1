"""What moved coverage: money and the requirement."""

import pytest
from made_tables import made

from analysis.covid_funding.appeals import history
from analysis.covid_funding.coverage_change import changes
from analysis.numbers.estimate import Absent


def month(period, received, required, **changes):
    """What a plan had received and required at the end of a month."""
    return [
        {"measure": "required", "value": required, "period": period, **changes},
        {"value": received, "period": period, **changes},
    ]


def found(*rows, as_of=None, **asked):
    return changes(history(made(funding=rows, **asked).known(as_of), "IOM-COVID-19"))


def test_a_small_split_by_hand():
    # 10 of 100, then 30 of 200: 10 % to 15 %. Money first: +20, then -15; requirement first:
    # -5, then +10. On average money gave (20 + 10)/2 = 15, the requirement (-15 - 5)/2 = -10.
    (change,) = found(*month("2020-04", 10, 100), *month("2020-05", 30, 200)).changes
    assert change.money.value == pytest.approx(0.15)
    assert change.requirement.value == pytest.approx(-0.10)
    assert change.coverage.value == pytest.approx(0.05)
    assert (change.received.value, change.required.value) == (20, 100)
    assert change.coverage.unit == change.money.unit == change.requirement.unit == "points"


def test_the_two_parts_add_up_for_every_pair_of_months():
    rows = [*month("2020-04", 10, 100), *month("2020-05", 30, 200), *month("2020-06", 90, 170)]
    made_up = found(*rows).changes
    assert len(made_up) == 2
    for change in made_up:
        assert change.money.value + change.requirement.value == pytest.approx(
            change.coverage.value, abs=1e-12
        )


def test_ranges_take_each_figure_once():
    # 10 (9.5 to 10.5) of 100 (95 to 105), then 30 (29 to 31) of 200: R1/Q1 - R0/Q0 is largest
    # with R1 and Q0 high, R0 low; four corners, no wider
    rows = month("2020-04", 10, 100)
    rows[0]["resolution"], rows[1]["resolution"] = 10, 1
    rows += month("2020-05", 30, 200)
    rows[3]["resolution"] = 2
    (change,) = found(*rows).changes
    assert change.coverage.high == pytest.approx(31 / 200 - 9.5 / 105)
    assert change.coverage.low == pytest.approx(29 / 200 - 10.5 / 95)


def test_the_change_told_first_is_that_of_the_largest_revision():
    told = found(
        *month("2020-04", 10, 100), *month("2020-05", 30, 300), *month("2020-06", 90, 310)
    ).of_largest_revision()
    assert told["required"].value == 200
    assert "April 2020 to May 2020" in told["coverage"].label


def test_one_known_month_has_no_change():
    rows = [*month("2020-04", 10, 100), *month("2020-05", 30, 200, source="later")]
    early = found(*rows, sources={"report": {"published": "2020-05"}}, as_of="2020-05-31")
    assert early.changes == ()
    assert not early.table().rows
    told = early.of_largest_revision()
    assert all(isinstance(number, Absent) for number in told.values())
    missing = "what IOM’s COVID-19 plan required and had received at a second date"
    assert missing in told["money"].reason  # the reason says of what there is no second date


def test_a_new_plan_year_is_no_change_of_the_old():
    rows = [*month("2020-12", 90, 100), *month("2021-01", 5, 200, appeal_year=2021)]
    assert found(*rows).changes == ()


def test_a_month_whose_requirement_is_zero_has_no_coverage_to_change():
    rows = [*month("2020-04", 10, 0), *month("2020-05", 30, 200), *month("2020-06", 40, 200)]
    assert [c.name for c in found(*rows).changes] == ["May 2020 to June 2020"]


def test_the_table_holds_every_pair():
    rows = [*month("2020-04", 10, 100), *month("2020-05", 30, 200), *month("2020-06", 90, 170)]
    assert [row[0] for row in found(*rows).table().rows] == [
        "April 2020 to May 2020", "May 2020 to June 2020",
    ]  # fmt: skip
