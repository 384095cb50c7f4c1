"""The COVID-19 part of country plans, and two bases of coverage."""

import pytest
from made_tables import made

from analysis.covid_funding.plan_shares import covid_share, covid_shares_table, venezuela_bases
from analysis.numbers.estimate import Absent

JORDAN = {"area": "JOR", "period": "2020-12-31"}
COVID = JORDAN | {"appeal": "HRP COVID-19", "value": 10}
PLAN = JORDAN | {"appeal": "HRP", "value": 40}
VENEZUELA = {"appeal": "HRP", "appeal_year": 2022, "area": "VEN"}


def stated(per_cent, **changes):
    share = {"measure": "share_of_plan_funding", "value": per_cent, "unit": "percent"}
    return COVID | share | {"resolution": 1} | changes


@pytest.mark.parametrize(
    ("per_cent", "resolution", "meet"),
    [(25, 1, "yes"), (26, 1, "no"), (26, 2, "yes")],  # 10 of 40; 26 is 25.5 to 26.5, or 25 to 27
)
def test_the_computed_share_is_held_against_the_stated_one(per_cent, resolution, meet):
    data = made(funding=[COVID, PLAN, stated(per_cent, resolution=resolution)])
    found = covid_share(data, "JOR")
    assert found.share.value == 0.25
    assert found.stated.value == pytest.approx(per_cent / 100)
    (row,) = covid_shares_table(data).rows
    assert (row[0], row[-1]) == ("Jordan", meet)


def test_where_no_share_is_stated_there_is_nothing_to_hold_it_against():
    data = made(funding=[COVID, PLAN])
    assert isinstance(covid_share(data, "JOR").stated, Absent)
    (row,) = covid_shares_table(data).rows
    assert row[3].value == 0.25
    assert row[-1] is None


def test_a_stated_share_without_an_upper_end_is_met_from_below():
    # "up to 30 per cent" excludes nothing below 30
    data = made(funding=[COVID, PLAN, stated(30, hedge="up to")])
    assert covid_shares_table(data).rows[0][-1] == "yes"


def test_before_its_source_the_share_is_not_reported():
    early = made(
        funding=[COVID, PLAN, {"value": 1, "source": "first"}],
        sources={"first": {"published": "2020-05"}},
    ).known("2020-05-31")
    found = covid_share(early, "JOR")
    assert isinstance(found.share, Absent)
    assert "Jordan" in found.share.label
    assert not covid_shares_table(early).rows


def test_venezuela_2022_has_two_bases_of_one_requirement():
    data = made(
        funding=[
            VENEZUELA | {"value": 30},
            VENEZUELA | {"value": 36, "measure": "received_inside_and_outside_plan"},
            VENEZUELA | {"value": 100, "measure": "required", "resolution": 10},
            VENEZUELA | {"value": 30, "measure": "coverage", "unit": "percent", "resolution": 1},
        ]
    )
    found = venezuela_bases(data)
    assert (found.inside.value, found.both.value) == (0.3, 0.36)
    # the requirement is 95 to 105
    assert (found.inside.low, found.inside.high) == pytest.approx((30 / 105, 30 / 95))
    assert found.stated_inside.value == pytest.approx(0.3)
    assert isinstance(found.stated_both, Absent)  # the source states one of the two
    assert [row[0] for row in found.table().rows] == [
        "Inside the plan", "Inside and outside the plan",
    ]  # fmt: skip


def test_with_a_side_missing_no_basis_is_told():
    data = made(funding=[VENEZUELA | {"value": 30}])
    found = venezuela_bases(data)
    assert isinstance(found.inside, Absent)
    assert isinstance(found.stated_both, Absent)
    assert not found.table().rows
    assert "the plan inside Venezuela" in found.table().empty
