"""Plain numbers as text: every printed figure can be checked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportbook.results.printing import in_unit, printed

VOCABULARY = {"mm": "{value} mm", "share": "{percent} percentage points", "points": "{percent} pp"}


@pytest.mark.parametrize(
    ("unit", "pattern"),
    [
        ("", "{value}"),
        ("ratio", "{value}"),
        ("share", "{percent}%"),
        ("USD", "USD {value}"),
        ("households", "{value} households"),
        ("mm", "{value} mm"),
        ("points", "{percent} pp"),
        ("USD/household", "USD {value} per household"),
        ("share/year", "{percent}% a year"),
        ("mm/month", "{value} mm per month"),
    ],
)
def test_a_unit_is_said_as_the_report_says_it_or_as_everybody_does(unit, pattern):
    assert in_unit(unit, VOCABULARY) == pattern


@pytest.mark.parametrize(
    ("value", "low", "high", "pattern", "shown"),
    [
        (4200, 4150, 4250, "USD {value}", "USD 4,200 (4,150–4,250)"),
        (0.8444, 0.8258, 0.8627, "{percent}%", "84.4% (82.5–86.3%)"),  # outward: not 82.6
        (50, 45, 55, "{value} mm", "50 mm (45–55)"),
        (1.32e9, 1.315e9, 1.325e9, "USD {value}", "USD 1.32 billion (1.315–1.325 billion)"),
        (1.32e9, None, None, "USD {value}", "USD 1.32 billion"),
        (1_234_567, None, None, "{value}", "1,234,567"),
        (12.3456, None, None, "{value}", "12.3"),
        (0.5, None, None, "{percent}%", "50%"),
        (0.1 + 0.2, None, None, "{value}", "0.3"),
        (7, 7, 7, "{value} villages", "7 villages"),
        (100, None, 100, "{value}", "100 (at most 100)"),
        (100, 100, None, "{value}", "100 (at least 100)"),
        (-3.2, -3.5, -2.9, "{value}", "−3.2 (−3.5 to −2.9)"),
        (0, -0.01, 0.01, "{percent}%", "0% (−1 to 1%)"),
    ],
)
def test_a_number_has_the_digits_that_its_range_supports(value, low, high, pattern, shown):
    assert printed(value, low, high, pattern, "en").range == shown


def test_whoever_publishes_may_say_how_many_decimals():
    assert printed(4237.5, 4150, 4250, "{value}", "en", decimals=2).value == "4,237.50"
    assert printed(0.8444, None, None, "{percent}%", "en", decimals=0).value == "84%"


def test_the_language_decides_on_marks_and_scale_words():
    assert printed(1234567.5, None, None, "{value}", "es").value == "1.234.568"
    assert printed(0.125, None, None, "{percent} %", "de").value == "12,5 %"
    assert printed(1.32e9, None, None, "USD {value}", "pt-BR").value == "USD 1.320.000.000"


numbers = st.integers(-(10**12), 10**12).map(lambda n: n / 1000)


@given(st.tuples(numbers, numbers, numbers).map(sorted))
def test_a_printed_range_contains_the_range(three):
    low, value, high = three
    shown = printed(value, low, high, "{value}", "es")  # no scale words: figures in full
    if low == high:
        assert shown.bounds == ""
        return
    ends = [
        Decimal(end.replace(".", "").replace(",", ".").replace("−", "-"))
        for end in shown.bounds.replace(" to ", "–").split("–")
    ]
    assert ends[0] <= Decimal(f"{low:.12g}")
    assert ends[1] >= Decimal(f"{high:.12g}")
