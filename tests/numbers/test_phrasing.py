"""Figures as readers see them."""

import dataclasses

import pytest
from made import estimate

from analysis.numbers.estimate import Estimate, gap, per, ratio
from analysis.numbers.phrasing import figure, tick


@pytest.mark.parametrize(
    ("made", "printed"),
    [
        (estimate("a", 7_700_000, resolution=100_000), "7.7 million (7.65–7.75 million)"),
        (
            estimate("a", 4_300_000, resolution=100_000, hedge="more than"),
            "more than 4.3 million (4.3–4.4 million)",
        ),
        (estimate("a", 4_000_000, resolution=400_000), "4 million (3.8–4.2 million)"),
        (
            estimate("a", 695_000, resolution=1_000, hedge="approximately"),
            "approximately 695,000 (694,000–696,000)",
        ),
        (estimate("a", 7_774_494), "7,774,494"),  # exact: every digit, no range
        (
            estimate("a", 1.32e9, unit="USD", resolution=1e7),
            "USD 1.32 billion (1.315–1.325 billion)",
        ),
        (
            estimate("a", 25e6, unit="USD", resolution=1e6, hedge="up to"),
            "up to USD 25 million (no lower bound known)",
        ),
        (estimate("a", 84, unit="percent", resolution=1), "84% (83.5–84.5%)"),
        (estimate("a", 20, unit="operations"), "20"),
    ],
)
def test_a_stated_figure_keeps_its_digits_and_hedge(made, printed):
    assert made.formats["range"] == printed
    assert str(made) == printed


def test_a_computed_figure_has_three_digits_and_ends_that_differ():
    top = estimate("a", 1_234_567, unit="USD", resolution=10)
    bottom = estimate("b", 10_000_000, unit="USD")
    result = ratio(top, bottom, unit="share").formats
    # 1,234,562/10,000,000 and 1,234,572/10,000,000 agree in five digits; rounded outward at the
    # sixth, 12.3456 to 12.3458, the range would be twice as wide
    assert result["value"] == "12.34567%"
    assert result["bounds"] == "12.34562–12.34572%"
    assert result["approx"] == "≈12%"


def test_a_sum_of_exact_figures_is_printed_in_full():
    assert (estimate("a", 157_368) + estimate("b", 2_920_849)).formats["range"] == "3,078,217"


def test_a_range_through_zero_is_said_in_words():
    a = estimate("a", 100, unit="USD", resolution=20)
    b = estimate("b", 95, unit="USD", resolution=20)
    assert gap(a, b).formats["bounds"] == "USD −15 to 25"


def test_a_rate_says_its_time():
    rate = per(estimate("a", 800_000, resolution=100_000), 10, "persons/month")
    assert rate.formats["range"] == "80,000 a month (75,000–85,000)"


def test_a_formula_is_said_in_the_words_of_its_figures():
    result = ratio(
        estimate("a", 28.5e6, unit="USD", resolution=1e5, hedge="nearly"),
        estimate("b", 499e6, unit="USD", resolution=1e6),
        unit="share",
    )
    assert result.formats["formula"] == (
        "nearly USD 28.5 million ÷ USD 499 million = 5.71% (5.68–5.72%)"
    )


def test_ticks_are_as_short_as_can_be():
    assert tick(0, "persons") == "0"
    assert tick(2_500_000, "persons") == "2.5 million"
    assert tick(0.25, "share") == "25%"
    assert tick(500_000, "USD") == "500,000"


def test_numbers_follow_the_locale(monkeypatch):
    from babel import Locale

    from analysis.numbers import phrasing

    assert figure(1.32e9, "USD", 2) == "USD 1.32 billion"
    monkeypatch.setattr(phrasing, "locale", lambda: Locale.parse("es"))
    assert figure(1.32e9, "USD", 2) == "USD 1,32 mil millones"
    assert figure(0.844, "share", 1) == "84,4\xa0%"
    assert figure(1e6, "persons", 0) == "1 millón"


def test_numbers_of_an_estimate_of_one_observation_are_its_own():
    made = estimate("a", 5_640, resolution=10, hedge="approximately")
    assert isinstance(made, Estimate)
    assert made.formats["formula"] == "approximately 5,640 (5,630–5,650)"


def test_beside_its_range_a_computed_figure_lies_in_it():
    # 31.82 - 4.25 = 27.57 billion; three digits, 27.6, would lie outside 27.56 to 27.58
    required = estimate("a", 31.82e9, unit="USD", resolution=1e7)
    received = estimate("b", 4.25e9, unit="USD", resolution=1e7)
    result = gap(required, received).formats
    assert result["range"] == "USD 27.57 billion (27.56–27.58 billion)"
    assert result["value"] == "USD 27.57 billion"


def test_a_difference_of_shares_is_in_percentage_points():
    later = estimate("a", 16, unit="percent", resolution=1)
    earlier = estimate("b", 13.4, unit="percent", resolution=0.1)
    points = dataclasses.replace(later - earlier, unit="points")
    # 15.5 - 13.45 = 2.05 to 16.5 - 13.35 = 3.15
    assert points.formats["range"] == "2.6 percentage points (2.0–3.2)"
    assert points.formats["bounds"] == "2.0–3.2 percentage points"


def test_an_exact_share_has_three_digits_and_no_range():
    part = estimate("a", 65_374_888, unit="USD")
    whole = estimate("b", 295_077_912, unit="USD")
    assert ratio(part, whole, unit="share").formats["range"] == "22.2%"


def test_a_range_is_counted_as_its_figure_is():
    # 738 less 737.7 million, from -0.6 to 1.2 million: the places of the figures it comes from
    whole = estimate("a", 738e6, unit="USD", resolution=1e6)
    parts = estimate("b", 737.7e6, unit="USD", resolution=8e5)
    assert (whole - parts).formats["range"] == "USD 0.3 million (−0.6 to 1.2 million)"


@pytest.mark.parametrize(
    ("made", "label"),
    [
        (estimate("a", 618_874_087, unit="USD"), "618.9 million"),
        (estimate("a", 31.82e9, unit="USD", resolution=1e7), "31.82 billion"),
        (estimate("a", 499e6, unit="USD", resolution=1e6), "499 million"),
        (estimate("a", 100e6, unit="USD", resolution=1e6, hedge="nearly"), "nearly 100 million"),
        (estimate("a", 20, unit="percent", resolution=1), "20%"),
        (estimate("a", 17_400), "17,400"),
    ],
)
def test_a_label_beside_a_mark_is_brief_and_keeps_the_hedge(made, label):
    assert made.formats["brief"] == label


def test_zero_has_no_sign():
    assert figure(-0.0, "points", 1) == figure(0.0, "points", 1) == "0.0 percentage points"
