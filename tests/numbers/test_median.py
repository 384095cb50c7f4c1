"""The median of estimates: its value, its exact range, and what it refuses."""

import math

import pytest

from analysis.errors import Incompatible
from analysis.numbers.estimate import Estimate, median
from analysis.numbers.expression import Input, Operation, range_of


def amount(key, value, low, high, definition=""):
    return Estimate(Input(key, value, low, high, str(value)), "ratio", definition)


def test_of_three_the_middle_one_and_the_medians_of_their_ends():
    # values 4, 9, 20 -> 9; lows 3, 8, 10 -> 8; highs 12, 11, 30 -> 12
    found = median([amount("a", 20, 10, 30), amount("b", 4, 3, 12), amount("c", 9, 8, 11)])
    assert (found.value, found.low, found.high) == (9, 8, 12)
    assert found.derivation == "median(a, b, c)"


def test_of_two_halfway_between():
    # (4 + 9) / 2; (3 + 8) / 2; (12 + 11) / 2
    found = median([amount("a", 4, 3, 12), amount("b", 9, 8, 11)])
    assert (found.value, found.low, found.high) == (6.5, 5.5, 11.5)


def test_of_one_itself():
    only = amount("a", 4, 3, 12)
    assert median([only]) == only


def test_one_unknown_end_of_three_may_leave_the_median_known():
    a, b = Input("a", 4, -math.inf, 5, ""), Input("b", 9, 8, 10, "")
    c = Input("c", 20, 19, 21, "")
    assert range_of(Operation("median", (a, b, c))) == (8, 10)


def test_other_definitions_are_refused_by_name():
    with pytest.raises(Incompatible, match="'approved' and 'planned'"):
        median([amount("a", 1, 1, 1, "approved"), amount("b", 2, 2, 2, "planned")])


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="nothing"):
        median([])
