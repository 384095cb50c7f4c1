"""Formulas over observations: values, ranges and print."""

import pytest

from analysis.numbers.expression import (
    Constant,
    Input,
    Operation,
    in_keys,
    in_words,
    range_of,
    value_of,
)

A = Input("a", 10.0, 9.0, 11.0, "some 10")
B = Input("b", 5.0, 4.0, 6.0, "5")
C = Input("c", 2.0, 2.0, 2.0, "2")


def op(name, *arguments):
    return Operation(name, arguments)


@pytest.mark.parametrize(
    ("formula", "value", "low", "high", "printed"),
    [
        (op("sum", A, B), 15, 13, 17, "a + b"),
        (op("difference", A, B), 5, 3, 7, "a - b"),
        (op("product", A, C), 20, 18, 22, "a * c"),
        (op("ratio", A, B), 2, 9 / 6, 11 / 4, "a / b"),
        (op("ratio", A, op("ratio", B, C)), 4, 3, 5.5, "a / (b / c)"),
        (op("difference", A, op("difference", B, C)), 7, 5, 9, "a - (b - c)"),
        (op("ratio", op("difference", A, B), C), 2.5, 1.5, 3.5, "(a - b) / c"),
        (op("power", A, Constant(2.0)), 100, 81, 121, "a ^ 2"),
        # a stands twice: (a - b) / a = 1 - b/a runs from 1 - 6/9 to 1 - 4/11
        (op("ratio", op("difference", A, B), A), 0.5, 1 / 3, 7 / 11, "(a - b) / a"),
    ],
)
def test_value_range_and_print(formula, value, low, high, printed):
    assert value_of(formula) == pytest.approx(value)
    assert range_of(formula) == (pytest.approx(low), pytest.approx(high))
    assert in_keys(formula) == printed


def test_words_stand_in_the_reader_s_formula():
    assert in_words(op("ratio", op("difference", A, B), C)) == "(some 10 − 5) ÷ 2"


def test_the_lowest_concentration_can_lie_inside():
    # One part of 1-3 beside an exact 2: equal at 2, index 1/2; the ends give 5/9 and 13/25.
    part = Input("p", 2.5, 1.0, 3.0, "")
    other = Input("q", 2.0, 2.0, 2.0, "")
    low, high = range_of(op("concentration", part, other))
    assert low == pytest.approx(0.5)
    assert high == pytest.approx(5 / 9)
