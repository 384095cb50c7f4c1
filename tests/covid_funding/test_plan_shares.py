"""The COVID-19 part of country plans, and two bases of coverage."""

import pytest
from funding_world import DATA

from analysis.covid_funding.plan_shares import covid_share, covid_shares_table, venezuela_bases
from analysis.data.load import load
from analysis.numbers.estimate import Absent

ALL = load(DATA)


@pytest.mark.parametrize(
    ("area", "computed", "stated"),
    [
        ("AFG", "33.1%", 0.33),  # 186,988,307 of 564,467,765
        ("JOR", "9.77%", 0.10),  # 58,374,629 of 597,249,843
        ("PSE", "22.2%", 0.22),  # 65,374,888 of 295,077,912
    ],
)
def test_the_covid_share_of_plan_funding(area, computed, stated):
    found = covid_share(ALL, area)
    assert str(found.share) == computed  # exact figures: no range
    assert found.share.value == pytest.approx(stated, abs=0.005)
    assert found.stated.value == pytest.approx(stated)


def test_computed_and_stated_shares_meet():
    rows = covid_shares_table(ALL).rows
    assert [row[0] for row in rows] == ["Afghanistan", "Jordan", "Palestinian Territories"]
    assert [row[-1] for row in rows] == ["yes"] * 3


def test_before_its_source_the_share_is_not_reported():
    early = ALL.known("2020-05-31")
    found = covid_share(early, "JOR")
    assert isinstance(found.share, Absent)
    assert "Jordan" in found.share.label
    assert not covid_shares_table(early).rows


def test_venezuela_2022_has_two_bases_of_one_requirement():
    found = venezuela_bases(ALL)
    # 275.7 inside the plan of about 795 million; 309.6 inside and outside it
    assert found.inside.value == pytest.approx(275.7 / 795)
    assert found.both.value == pytest.approx(309.6 / 795)
    assert (found.inside.low, found.inside.high) == pytest.approx((275.65 / 796, 275.75 / 794))
    assert found.stated_inside.value == pytest.approx(0.347)
    assert found.stated_both.value == pytest.approx(0.389)
    assert [row[0] for row in found.table().rows] == [
        "Inside the plan", "Inside and outside the plan",
    ]  # fmt: skip


def test_venezuela_2022_is_not_known_in_2020():
    early = venezuela_bases(ALL.known("2020-05-31"))
    assert isinstance(early.inside, Absent)
    assert isinstance(early.stated_both, Absent)
    assert not early.table().rows
    assert "published by 31 May 2020" in early.table().empty
