"""A printed range contains the computed one, in every format and for any figures."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made import estimate

from analysis.numbers.estimate import Estimate
from analysis.numbers.expression import Input, Operation

SCALES = {"million": 1e6, "billion": 1e9}
SLACK = 1e-9  # of the largest of value and ends: what binary arithmetic may leave
WITH_A_RANGE = ("bounds", "range", "formula")
WITHOUT = ("value", "words", "brief")


def printed_numbers(text: str, unit: str) -> list[tuple[float, int]]:
    """Every number in a text in the unit's own measure, and the place of its last digit.

    Zeros that end a whole number count as places not known.
    """
    percent = unit.startswith("share") or unit == "points"
    word = re.search(r"million|billion", text)
    scale = 0.01 if percent else SCALES[word[0]] if word else 1.0
    found = []
    for match in re.finditer(r"−?\d[\d,]*(?:\.(\d+))?", text):
        digits = match[0].replace(",", "").replace("−", "-")
        known = match[1] or not digits.strip("-0")
        zeros = 0 if known else len(digits) - len(digits.rstrip("0"))
        found.append(
            (float(digits) * scale, round(math.log10(scale)) - len(match[1] or "") + zeros)
        )
    return found


def result(value, low, high, unit):
    """A computed number with its range, in the unit."""
    return Estimate(Operation("median", (Input("x", value, low, high, "…"),)), unit)


@st.composite
def computed(draw):
    unit = draw(st.sampled_from(["persons", "USD", "share", "points", "ratio", "share/year",
                                 "persons/month", "USD/operation"]))  # fmt: skip
    scale = 10.0 ** draw(st.integers(-1, 10 if unit[0] in "pU" and unit != "points" else 2))
    width = draw(st.floats(1e-5, 3)) * draw(st.sampled_from([0, 1]))
    value = draw(st.floats(-9, 9)) * scale
    below = draw(st.floats(0, 1))
    spread = width * max(abs(value), scale * 1e-3)
    return result(value, value - below * spread, value + (1 - below) * spread, unit)


@st.composite
def stated(draw):
    unit = draw(st.sampled_from(["persons", "USD", "percent", "ratio", "countries"]))
    digits, power = draw(st.integers(1, 99_999)), draw(st.integers(0, 5))
    whole = unit in ("persons", "USD", "countries")
    value = digits * 10**power if whole else digits / 10 ** min(power, 3)
    places = draw(st.integers(0, 4))
    step = draw(st.sampled_from([0.0, 10.0 ** (places if whole else -places), value / 10]))
    hedge = draw(st.sampled_from(["", "approximately", "more than", "nearly"])) if step else ""
    return estimate("a", value, unit=unit, resolution=min(step, value), hedge=hedge)


@given(st.one_of(computed(), stated()))
@example(result(0.8443, 0.826923, 0.88, "share"))
@example(result(894_791, 894_791, 994_791, "persons"))
@example(result(999_600, 999_100, 1_000_400, "persons"))
@example(estimate("a", 7_320_225, resolution=10_000, hedge="approximately"))
def test_a_printed_range_contains_the_computed_one_and_the_printed_value(made):
    slack = SLACK * max(abs(made.value), abs(made.low), abs(made.high), 1e-3)
    for form in WITH_A_RANGE:
        text = made.formats[form]
        found = printed_numbers(text.rpartition(" = ")[2], made.unit)
        if made.high - made.low > 2 * slack:
            (low, _place), (high, _place) = found[-2:]
            assert low <= made.low + slack, text
            assert high >= made.high - slack, text
            assert low < high, text
            (value, place), *_rest = printed_numbers(made.formats["value"], made.unit)
            assert low - slack <= value <= high + slack, text
            if value:  # of a bare zero the place is not known
                assert abs(value - made.value) <= 0.5 * 10.0**place + slack, text
            # neither end moves by more than half of the width
            assert max(made.low - low, high - made.high) <= (made.high - made.low) / 2 + slack
    for form in WITHOUT:
        (value, place), *_rest = printed_numbers(made.formats[form], made.unit)
        if value:
            assert abs(value - made.value) <= 0.5 * 10.0**place + slack, made.formats[form]


@given(computed())
def test_a_value_inside_its_range_is_printed_apart_from_both_ends(made):
    if made.high - made.low > 1e-6 * max(abs(made.value), 1e-3):
        low, value, high = (
            printed_numbers(text, made.unit)
            for text in (made.formats["bounds"], made.formats["value"], made.formats["bounds"])
        )
        margin = 0.011 * (made.high - made.low)
        if made.low + margin < made.value < made.high - margin:
            assert low[0][0] != value[0][0] != high[1][0], made.formats["range"]


@given(computed())
def test_a_computed_number_has_no_digit_finer_than_its_range_supports(made):
    width = made.high - made.low
    (value, place), *_rest = printed_numbers(made.formats["value"], made.unit)
    if value and width > 1e-6 * max(abs(made.value), 1e-3):
        # a hundredth of the width at least, but where the ends need more to stay near
        assert 10.0**place >= width / 1000 - 1e-12, made.formats["range"]


@pytest.mark.parametrize(
    ("made", "printed"),
    [
        (result(894_791, 894_791, 994_791, "persons"), "0.89 million (0.89–1.00 million)"),
        (result(0.0, -0.009, 0.011, "share"), "0.0% (−0.9 to 1.1%)"),
        (result(999_600.4, 999_100, 1_000_900, "persons"), "1.000 million (0.999–1.001 million)"),
        (result(13_513.4, 13_513.4, 13_513.4, "persons/month"), "13,500 a month"),
        (
            estimate("a", 1_000_000, resolution=100_000, hedge="more than"),
            "more than 1 million (1.0–1.1 million)",
        ),
        (
            estimate("a", 7_320_225, resolution=10_000, hedge="approximately"),
            "approximately 7.32 million (7.31–7.34 million)",
        ),
        (estimate("a", 30, unit="countries", resolution=3, hedge="nearly"), "nearly 30 (27–30)"),
    ],
)
def test_as_readers_see_it(made, printed):
    assert made.formats["range"] == printed


def test_what_is_rounded_to_two_digits_says_so():
    assert result(894_791, 894_791, 994_791, "persons").formats["approx"] == "≈0.89 million"
    assert estimate("a", 7_774_494).formats["approx"] == "≈7.8 million"
    assert estimate("a", 7).formats["approx"] == "≈7"


def test_a_record_s_text_keeps_the_hedge():
    made = estimate("a", 7_900_000, resolution=100_000, hedge="nearly")
    assert made.as_record()["text"] == "nearly 7.9 million"
