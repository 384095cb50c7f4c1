from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportbook.comparing.differences import differences
from reportbook.report.vocabulary import Vocabulary

UNITS = {**Vocabulary().units, "USD": "USD {value}", "points": "{percent} percentage points"}


@pytest.mark.parametrize(
    ("values", "unit", "whole", "steps"),
    [
        ([0.5, 0.6, 0.75], "share", "+25 percentage points", ["+10", "+15"]),
        ([0.843, 0.844], "share", "+0.1 percentage points", ["+0.1"]),
        ([0.57, 0.0971], "share/year", "−47.3 percentage points a year", ["−47.3"]),
        ([5_100_000, 7_600_000, 7_700_000], "persons", "+2.6 million persons", ["+2.5", "+0.1"]),
        ([894_791, 754_336], "persons", "−140,455 persons", ["−140,455"]),
        ([499e6, 822.868e6], "USD", "+USD 324 million", ["+USD 324"]),
        ([1.32e9, 2.64e9], "USD", "+USD 1.32 billion", ["+USD 1.32"]),
        ([100, 350], "USD/operation", "+USD 250 per operation", ["+USD 250"]),
        ([12.94, 13.0049], "ratio", "+0.06", ["+0.06"]),
        ([8, 47], "claims", "+39 claims", ["+39"]),
        ([2, 2], "ratio", "no change", ["0"]),
        ([2, 5, 2], "ratio", "no change", ["+3", "−3"]),
        ([0.5, 0.5000001, 0.75], "share", "+25 percentage points", ["about 0", "+25"]),
    ],
)
def test_a_difference_is_said_in_the_unit(values, unit, whole, steps):
    said, parts = differences(values, unit, UNITS)
    assert said == whole
    for part, start in zip(parts, steps, strict=True):
        assert part.startswith(start)


@pytest.mark.parametrize(
    ("values", "widths", "whole"),
    [
        ([894_791, 754_336], [100_000, 50_000], "−0.14 million persons"),
        ([894_791, 754_336], [10_000], "−140,000 persons"),
        ([894_791, 754_336], [0, 0], "−140,455 persons"),
        ([4_405_000, 894_791], [202_000, 100_000], "−3.51 million persons"),
        ([894_791, 894_792], [100_000], "about 0"),
    ],
)
def test_a_difference_has_no_digit_finer_than_the_ranges_support(values, widths, whole):
    assert differences(values, "persons", UNITS, widths=widths)[0] == whole


def test_elsewhere_figures_are_in_full_with_the_separators_of_the_language():
    assert differences([5_100_000, 7_700_000], "persons", UNITS, "es")[0] == "+2.600.000 persons"


@given(st.lists(st.floats(-1e4, 1e4).map(lambda x: round(x, 3)), min_size=2, max_size=6))
def test_what_is_printed_adds_up(values):
    def number(said):
        said = {"about 0": "0", "no change": "0"}.get(said, said)
        return Decimal(said.replace("−", "-").replace(",", ""))

    whole, parts = differences(values, "ratio", UNITS)
    assert sum(map(number, parts)) == number(whole)
