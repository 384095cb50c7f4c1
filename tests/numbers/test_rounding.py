"""How far a number and its range are written out, on numbers anyone can check."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.numbers.rounding import computed, stated, supported_place
from reportbook.results import printing


@pytest.mark.parametrize(
    ("value", "low", "high", "printed"),
    [
        # the worked values of the methods page, with the ends they have before rounding
        (84.31, 82.69, 88.00, "84.3 82.6 88.0"),
        (84.42, 82.58, 86.27, "84.4 82.5 86.3"),
        (13.005, 12.949, 13.061, "13.0 12.9 13.1"),
        (5.711, 5.686, 5.717, "5.71 5.68 5.72"),
        (28.5, 28.40, 28.79, "28.5 28.4 28.8"),
        (20.04, 19.82, 20.06, "20.0 19.8 20.1"),
        (84.77, 84.69, 84.85, "84.77 84.69 84.85"),  # 84.6 would add more than half of the width
        (12.24, 12.18, 12.30, "12.24 12.18 12.30"),
        (75.595, 75.5501, 75.6397, "75.60 75.55 75.64"),  # 75.5950: the even digit
        (34.2, 20.4, 41.3, "34 20 42"),  # a range of 21 does not support tenths
        (0, -0.9, 1.1, "0.0 -0.9 1.1"),
        (5, 4.5, 5.5, "5.0 4.5 5.5"),
        (9.99, 9.99, 10.0, "9.99 9.99 10.00"),  # a value may lie at an end
        (0.3, 0.1 + 0.2, 0.4, "0.30 0.30 0.40"),  # 0.30000000000000004 stands for 0.3
        (0.1 + 0.2 - 0.3, -0.5, 0.5, "0.0 -0.5 0.5"),
        (22.155, 22.155, 22.15500000000001, "22.2 22.2 22.2"),  # exact but for arithmetic
    ],
)
def test_ends_are_rounded_outward_until_they_tell(value, low, high, printed):
    found = computed(value, low, high)
    place = -found.place
    assert [f"{x:.{place}f}" for x in (found.value, found.low, found.high)] == printed.split()


@pytest.mark.parametrize(
    ("value", "low", "high", "terms", "printed"),
    [
        (894_791, 894_791, 994_791, 5, (890_000, 890_000, 1_000_000)),
        (4_405_000, 4_304_000, 4_506_000, 5, (4_400_000, 4_300_000, 4_510_000)),
        (737_700_000, 737_300_000, 738_100_000, 5, (737_700_000, 737_300_000, 738_100_000)),
        (737_700_000, 737_300_000, 738_100_000, None, (737_700_000, 737_300_000, 738_100_000)),
        (300_000, -600_000, 1_200_000, 6, (300_000, -600_000, 1_200_000)),
        (13_513.2, 13_513.2, 13_513.2, None, (13_500, 13_500, 13_500)),
    ],
)
def test_counts_have_no_more_digits_than_their_range_supports(value, low, high, terms, printed):
    found = computed(value, low, high, whole=True, terms=terms)
    assert (found.value, found.low, found.high) == printed


def test_a_sum_is_written_down_to_the_place_of_its_terms():
    # three digits would be 738 million; the terms are stated to the tenth of a million
    found = computed(737.7e6, 736.4e6, 739.0e6, whole=True, terms=5)
    assert found.place == 5
    assert computed(737.7e6, 736.4e6, 739.0e6, whole=True).place == 6


@pytest.mark.parametrize(
    ("value", "low", "high", "step", "printed"),
    [
        (7.7e6, 7.65e6, 7.75e6, 1e5, (5, 4, 7_700_000, 7_650_000, 7_750_000)),
        (1e6, 1e6, 1.1e6, 1e5, (6, 5, 1_000_000, 1_000_000, 1_100_000)),  # "over one million"
        (30, 27, 30, 3, (1, 0, 30, 27, 30)),
        # vouched for to the third digit only
        (7_320_225, 7_310_225, 7_330_225, 1e4, (4, 4, 7_320_000, 7_310_000, 7_340_000)),
        (20, 20, 20, 0, (None, None, 20, 20, 20)),
    ],
)
def test_a_stated_figure_is_written_as_its_resolution_says(value, low, high, step, printed):
    found = stated(value, low, high, step)
    assert (found.place, found.place_of_ends, found.value, found.low, found.high) == printed


def test_an_unknown_end_stays_unknown():
    found = computed(5.0, None, 6.0)
    assert (found.value, found.low, found.high) == (Decimal("5.00"), None, Decimal("6.00"))


@given(st.integers(1, 10**12), st.integers(-6, 6))
def test_published_differences_follow_the_same_rule(digits, power):
    width = Decimal(digits).scaleb(power)
    assert printing.supported_place(float(width)) == supported_place(width)
