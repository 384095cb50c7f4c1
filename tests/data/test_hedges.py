"""The hedge table and the resolution rule, against figures anyone can check."""

import pytest

from analysis.data import hedges
from analysis.data.load import load
from analysis.errors import NotAccepted


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        ("", 7.65, 7.75),  # half a unit of the last digit each way
        ("approximately", 7.6, 7.8),
        ("more than", 7.7, 7.8),
        ("at least", 7.7, 7.8),
        ("nearly", 7.6, 7.7),
        ("up to", None, 7.7),  # a ceiling says nothing of how low
    ],
)
def test_a_hedge_fixes_the_range_of_7_7_with_one_decimal(hedge, low, high):
    assert hedges.bounds(7.7, 0.1, hedge) == (pytest.approx(low), pytest.approx(high))


def test_an_unknown_hedge_is_refused_with_the_accepted_ones():
    with pytest.raises(NotAccepted, match=r"'almots' is not accepted\..*nearly, up to"):
        hedges.bounds(1, 1, "almots")


@pytest.mark.parametrize(
    ("value", "words", "unit", "hedge", "expected"),
    [
        (5_100_000, "5.1 million", "persons", "", 100_000),
        (499_000_000, "$499 million", "USD", "", 1_000_000),
        (506_000, "506.000", "persons", "", 1_000),
        (1_000_000, "over one million", "persons", "more than", 100_000),  # at most a tenth
        (6_038_937, "6 038 937", "persons", "", 0),
        (6_147_040, "6.147.040", "persons", "", 0),  # one trailing zero among seven digits
        (6_147_040, "6.147.040", "persons", "approximately", 10_000),  # hedged: at the third digit
        (7_320_225, "alrededor de 7.320.225", "persons", "approximately", 10_000),
        (173_200, "approximately 173,200", "persons", "approximately", 1_000),
        (38.93, "about 38.93 per cent", "percent", "approximately", 0.1),
        (5_641, "about 5,641", "persons", "approximately", 10),
        (17, "some 17 people", "persons", "approximately", 1),
        (822_868_000, "$822,868,000", "USD", "", 1_000),
        (1_310_000_000, "US$ 1.310 million", "USD", "", 1_000_000),  # point groups thousands
        (1_440_000_000, "1.440 millones de dólares", "USD", "", 1_000_000),
        (7_891_000, "7.891 millones", "persons", "", 1_000),  # the same mark, a decimal point
        (6_500_000, "Some 6.5 of the 7.7 million", "persons", "approximately", 100_000),
        (500_000, "over half a million", "persons", "more than", 50_000),
        (20, "20 per cent", "percent", "", 1),
        (13, "a ratio of 1:13", "ratio", "", 1),
        (20, "20 migration-related operations", "operations", "", 0),
        (30, "almost 30 countries", "countries", "nearly", 3),  # at most a tenth
        (140, "over 140 countries", "countries", "more than", 10),
        (5, "at least 5 countries", "countries", "at least", 1),  # of wholes
        (0, "0", "USD", "", 0),
    ],
)
def test_resolution_is_the_place_of_the_last_digit_as_written(value, words, unit, hedge, expected):
    assert hedges.resolution(value, words, unit, hedge) == pytest.approx(expected)


def test_words_without_the_figure_are_refused():
    with pytest.raises(ValueError, match="no numeral in '4 million' gives 5000000"):
        hedges.resolution(5_000_000, "4 million", "persons", "")


def test_the_same_words_differ_between_languages():
    assert hedges.hedge_in("cerca de 7,9 millones", "es") == "nearly"
    assert hedges.hedge_in("cerca de 7,9 milhões", "pt") == "approximately"
    assert hedges.hedge_in("supera ya los 7,1 millones", "es") == "more than"
    assert hedges.hedge_in("7.7 million", "en") == ""


def test_every_resolution_in_the_data_follows_the_rule():
    # Datasets follow their producer's rounding rule instead (IDMC rounds to the thousand).
    data = load()
    stated = [
        o
        for table in (data.displacement, data.leverage, data.funding)
        for o in table
        if o.source.kind != "dataset"
    ]
    assert len(stated) > 250
    wrong = {
        o.key: (o.as_stated, o.resolution)
        for o in stated
        if hedges.resolution(o.value, o.as_stated, o.unit, o.hedge) != pytest.approx(o.resolution)
    }
    assert wrong == {}


def test_every_hedge_read_from_the_words_is_the_one_in_the_data():
    data = load()
    wrong = {}
    for o in [*data.displacement, *data.leverage, *data.funding]:
        readings = {hedges.hedge_in(o.as_stated, language) for language in hedges.PHRASES} - {""}
        if readings and o.hedge not in readings:
            wrong[o.key] = (o.as_stated, o.hedge)
    assert wrong == {}
