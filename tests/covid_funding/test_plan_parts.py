"""Wholes and the parts that sources state beside them."""

import pytest
from funding_world import DATA

from analysis.covid_funding.plan_parts import covid_money, parts_table, splits
from analysis.data.load import load

ALL = load(DATA)
FOUND = {parts.name: parts for parts in splits(ALL)}


def one(words):
    return next(parts for name, parts in FOUND.items() if words in name)


def test_the_covid_total_of_june_2020_is_not_the_sum_of_its_stated_parts():
    # 1.18 billion inside the GHRP and 978.2 million outside make 2.1582, 2.15315 to 2.16325
    # billion; the stated total is 2.14, 2.135 to 2.145
    covid = one("inside and outside")
    assert covid.sum.value == pytest.approx(2.1582e9)
    assert (covid.sum.low, covid.sum.high) == pytest.approx((2.15315e9, 2.16325e9))
    assert covid.whole.value == 2.14e9
    assert not covid.meets


def test_both_numbers_for_the_covid_total_are_told():
    stated, summed = covid_money(ALL)
    assert str(stated) == "USD 2.14 billion (2.135–2.145 billion)"
    assert summed.derivation == "f111 + f113"
    early = covid_money(ALL.known("2020-05-31"))
    assert all("published by 31 May 2020" in number.reason for number in early)


def test_the_countries_of_the_regional_plan_2022_make_its_whole():
    # 17 countries and what is not specified, to the dollar
    rmrp = one("RMRP requirement by area, 2022")
    assert len(rmrp.parts) == 18
    assert rmrp.sum.value == rmrp.whole.value == 1_786_198_773
    assert rmrp.meets


def test_the_areas_of_the_regional_plan_2019_make_its_whole_within_rounding():
    # eight parts add up to 737.7 million; the whole is stated as 738 million
    rmrp = one("RMRP requirement by area, 2019")
    assert rmrp.sum.value == pytest.approx(737.7e6)
    assert rmrp.meets


def test_a_single_country_of_another_source_is_not_taken_for_all_parts():
    assert not any("2020" in name for name in FOUND if "RMRP" in name)  # Ecuador alone


def test_parts_that_are_not_all_leave_a_remainder_and_no_verdict():
    # 3.49 + 0.439 + nearly 1.0 of 6.71 billion
    ghrp = one("GHRP requirement")
    assert not ghrp.complete
    assert ghrp.difference.value == pytest.approx(1.781e9)
    rows = {row[0]: row for row in parts_table(ALL).rows}
    assert rows["GHRP requirement by kind of country plan, 2020"][-1].startswith("the parts")


def test_grants_and_loans_make_the_pledges_of_2020_within_rounding():
    # 653 million and 2.1 billion (2.05 to 2.15) against 2.79 billion
    assert one("grants and loans, 2020").meets


def test_the_table_says_yes_and_no():
    verdicts = [row[-1] for row in parts_table(ALL).rows]
    assert verdicts.count("no") == 1
    assert verdicts.count("yes") == 4


def test_an_edition_only_knows_its_own_wholes():
    early = splits(ALL.known("2020-05-31"))
    assert not any("inside and outside" in parts.name for parts in early)
    assert any("GHRP requirement" in parts.name for parts in early)
