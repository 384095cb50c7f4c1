"""Median and pooled ratio of operations of one status and basis, and what refuses to be pooled."""

import pytest
from made_tables import made

from analysis.errors import Incompatible
from analysis.funding_leverage.pooling import approved_operations, pool
from analysis.funding_leverage.ratios import ratios
from analysis.numbers.estimate import Absent


def both(facility, investment, grants, **changes):
    return [
        {"facility": facility, "role": "loans", "value": investment, **changes},
        {"facility": facility, "role": "non_reimbursable", "value": grants, **changes},
    ]


FOUND = ratios(
    made(
        leverage=[
            *both("idb-colombia-2021", 300, 20),  # 15
            *both("gcff-ecuador-2022", 500, 30, resolution=10),  # 16.67: 495/35 to 505/25
            *both("gcff-ecuador-2020", 500, 5),  # 100
            *both("gcff-jordan-2016", 300, 50),  # a total that includes the grant
            *both("idb-pledge-2020", 1100, 85, status="expected"),
            *both("gcff-2017", 1000, 200, status="cumulative"),
            *both("gcff-2019", 2500, 500, status="cumulative"),
        ]
    )
)
BY_KEY = {r.facility.key: r for r in FOUND.all}


def test_one_extreme_moves_the_pooled_ratio_more_than_the_median():
    found = approved_operations(FOUND)
    assert found.n == 3
    assert found.median.value == pytest.approx(500 / 30)  # the middle of 15, 16.67 and 100
    assert found.median.label.endswith("(3 operations)")
    assert found.pooled.value == pytest.approx(1300 / 55)  # 23.6, where the first two have 16


def test_two_operations_have_no_middle():
    two = pool([BY_KEY["idb-colombia-2021"], BY_KEY["gcff-ecuador-2022"]], "both", "")
    assert two.median.reason == "only 2 operations are known: see the table"
    assert two.pooled.value == 16  # (300 + 500) / (20 + 30)
    one = pool([BY_KEY["idb-colombia-2021"]], "one", "")
    assert isinstance(one.pooled, Absent)


def test_the_medians_range_runs_from_median_low_to_median_high():
    found = approved_operations(FOUND).median
    # Lows: 15, 495 / 35 = 14.14, 100; highs: 15, 505 / 25 = 20.2, 100
    assert (found.low, found.high) == pytest.approx((15, 20.2))


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ("gcff-ecuador-2022", "idb-pledge-2020", r"approved.*expected"),
        ("gcff-ecuador-2022", "gcff-jordan-2016", r"beside the grant.*includes the grant"),
        ("gcff-2017", "gcff-2019", "stages of the same money"),
    ],
)
def test_another_status_another_basis_and_nested_totals_are_refused(one, other, named):
    with pytest.raises(Incompatible, match=named):
        pool([BY_KEY[one], BY_KEY[other]], "both", "")


def test_with_no_operation_there_is_a_reason_and_no_number():
    early = made(leverage=both("idb-colombia-2021", 300, 20), sources={"first": {}})
    found = approved_operations(ratios(early, []))
    assert found.n == 0
    assert isinstance(found.median, Absent)
    assert isinstance(found.pooled, Absent)
    assert "no such operation" in found.median.reason
