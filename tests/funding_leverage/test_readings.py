"""The readings of the IDB's sentence: 101.5 million of grants, 1.32 billion of investment, 77.7
million from donors, 20 operations."""

from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.errors import Incompatible, NotAccepted
from analysis.funding_leverage.readings import READINGS, lead, readings
from analysis.funding_leverage.stages import stages
from analysis.numbers.estimate import Absent

DATA = load(Path(__file__).parents[2] / "data")
MAY_2020 = DATA.known("2020-05-31")


@pytest.fixture
def sentence():
    return readings(DATA, "headline")


@pytest.mark.parametrize(
    ("key", "value", "low", "high"),
    [
        # 1,320 / 101.5; 1,315 / 101.55 to 1,325 / 101.45
        ("headline", 13.005, 12.949, 13.061),
        # 1,320 / (101.5 - 77.7 = 23.8); 1,315 / 23.9 to 1,325 / 23.7
        ("donors_in_grants", 55.462, 55.021, 55.907),
        # (1,320 - 77.7 = 1,242.3) / 101.5; 1,237.25 / 101.55 to 1,247.35 / 101.45
        ("donors_in_investment", 12.239, 12.184, 12.295),
        # (1,320 - 101.5 = 1,218.5) / 101.5 is one less than the headline, at both ends too
        ("grants_in_investment", 12.005, 11.949, 12.061),
        # 1,320 / (101.5 + 77.7 = 179.2)
        ("with_donors_in_grants", 7.366, 7.334, 7.398),
        # 1,242.3 / 179.2; the donors' money is one variable on both sides
        ("with_donors_moved_to_grants", 6.932, 6.901, 6.965),
    ],
)
def test_each_reading_has_its_value_and_range(sentence, key, value, low, high):
    ratio = sentence[key]
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((value, low, high), abs=6e-4)


def test_the_headline_prints_as_worked():
    assert str(readings(DATA, "headline")["headline"]) == "13.0 (12.9–13.1)"


def test_one_reading_is_chosen_and_marked():
    for key in READINGS:
        found = readings(DATA, key)
        assert [r.key for r in found.all if r.chosen] == [key]
        rows = found.table().as_record()["rows"]
        assert [row[1] for row in rows].count("reading, chosen here") == 1
        assert [row[1] for row in rows][4:] == ["sensitivity", "sensitivity"]


def test_the_table_says_both_sides_in_words_and_figures(sentence):
    row = sentence.table().as_record()["rows"][2]
    assert row[2:5] == [
        "the investment less donors' money",
        "the grants",
        "(USD 1.32 billion − USD 77.7 million) ÷ USD 101.5 million",
    ]
    assert row[5]["text"].startswith("12.2 (")


def test_two_readings_are_two_definitions(sentence):
    with pytest.raises(Incompatible, match="donors' money"):
        sentence["headline"].meets(sentence["donors_in_investment"])


def test_averages_per_operation(sentence):
    # 1,320 / 20 = 66.0 million; 101.5 / 20 = 5.075 million
    assert sentence.investment_per_operation.value == 66_000_000
    assert sentence.grants_per_operation.value == 5_075_000
    assert sentence.grants_per_operation.unit == "USD/operation"


def test_a_reading_that_does_not_exist_lists_those_that_do():
    with pytest.raises(NotAccepted, match="donors_in_investment, grants_in_investment"):
        readings(DATA, "all")


def test_before_the_release_every_reading_is_absent_with_the_reason():
    found = readings(MAY_2020, "donors_in_grants")
    assert found.known == ()
    for one in (*(r.ratio for r in found.all), found.investment, found.grants_per_operation):
        assert isinstance(one, Absent)
        assert "31 May 2020" in one.reason
    record = found.table().as_record()
    assert record["rows"] == []
    assert "31 May 2020" in record["reason"]


def test_the_lead_is_the_chosen_reading_once_the_sentence_is_known():
    idb = stages(DATA, "IDB")
    assert lead(readings(DATA, "headline"), idb).value == pytest.approx(13.005, abs=1e-3)
    other = lead(readings(DATA, "donors_in_grants"), idb)
    assert other.value == pytest.approx(55.462, abs=1e-3)
    assert "achieved, 2019 – October 2023" in other.label
    assert "Donors in the grants" in other.label


def test_before_it_the_lead_is_the_newest_ratio_known_and_says_so():
    # 1,100 / 85
    found = lead(readings(MAY_2020, "headline"), stages(MAY_2020, "IDB"))
    assert found.value == pytest.approx(12.94, abs=1e-2)
    assert found.label == (
        "Investment per dollar of grant, IDB pledge of 2020, expected, 26 May 2020"
    )


def test_where_nothing_is_known_the_lead_says_why():
    early = DATA.known("2018-01-01")
    found = lead(readings(early, "headline"), stages(early, "IDB"))
    assert isinstance(found, Absent)
    assert "1 January 2018" in found.reason
