"""Whether two ranges meet: one rule, for estimates and for the records that are published."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.numbers.estimate import Estimate, ranges_meet
from analysis.numbers.expression import Input
from reportbook.comparing import causes

ends = st.one_of(st.none(), st.integers(-50, 50), st.floats(-50, 50))


def ranged(value, low, high):
    return Estimate(
        Input(
            "x",
            value,
            -math.inf if low is None else low,
            math.inf if high is None else high,
            str(value),
        ),
        "ratio",
    )


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((10, 9, 11), (20, 15, 25), False),
        ((10, 9, None), (20, 15, 25), True),  # 10 may be any number from 9 on
        ((10, 9, 15), (20, 15, 25), True),  # both can be 15
        ((10, None, 11), (20, 15, None), False),  # the bounds between them are known
        ((0.3, 0.2, 0.1 + 0.2), (0.4, 0.3, 0.5), True),
        ((0.3, 0.2, 0.3), (0.4, 0.1 + 0.2, 0.5), True),  # 0.1 + 0.2 is 0.30000000000000004
    ],
)
def test_ranges_meet_where_a_value_lies_in_both(one, other, meet):
    assert ranges_meet(ranged(*one), ranged(*other)) is meet
    assert ranges_meet(ranged(*other), ranged(*one)) is meet


@given(*[st.tuples(ends, st.floats(-50, 50), ends)] * 2)
def test_published_records_follow_the_same_rule(one, other):
    a, b = (
        ranged(value, low if low is None else min(low, value), high and max(high, value))
        for low, value, high in (one, other)
    )
    records = [{"value": x.value, "low": x.low, "high": x.high} for x in (a, b)]
    assert ranges_meet(a, b) is causes.ranges_meet(*records)
    assert ranges_meet(a, b) is ranges_meet(b, a)
