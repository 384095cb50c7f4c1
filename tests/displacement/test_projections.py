"""What plans expected against what was then reported."""

import pytest
from made_tables import made

from analysis.displacement.projections import projections
from analysis.displacement.scope import scope_of

EXPECTED = {"indicator": "refugees_and_migrants_projected", "period": "2021-12-31"}
DATA = made(
    displacement=[
        EXPECTED | {"value": 650, "resolution": 10, "source": "plan"},
        EXPECTED | {"value": 540, "area": "LAC", "source": "plan"},
        {"value": 600, "period": "2021-11"},
        {"value": 500, "period": "2021-08", "area": "LAC"},
    ],
    sources={"first": {"published": "2020-05"}, "plan": {"published": "2021-01"},
             "report": {"published": "2022-01"}},
)  # fmt: skip
PLANS = projections(scope_of(DATA))


def test_a_projection_is_held_against_what_was_reported():
    assert PLANS.number("projected").value == 650
    assert PLANS.number("reported").value == 600
    assert PLANS.number("reported").label.endswith("November 2021")
    gap = PLANS.number("gap")  # 650 is 645 to 655
    assert (gap.value, gap.low, gap.high) == (50, 45, 55)
    assert PLANS.number("against").value == pytest.approx(600 / 650)


def test_the_newest_for_the_world_leads():
    assert [p.area for p in PLANS.all] == ["WLD", "LAC"]
    assert PLANS.lead.area == "WLD"


def test_a_figure_over_three_months_old_is_not_set_against_a_projection():
    region = PLANS.all[1]  # August is four months before the end of December
    assert region.reported is None
    assert "three months" in region.gap.reason
    assert [row[5].reason for row in PLANS.table().rows[1:]] == [region.gap.reason]


def test_a_figure_after_the_date_expected_is_not_set_against_it():
    data = made(displacement=[EXPECTED | {"value": 650}, {"value": 600, "period": "2022-01"}])
    assert projections(scope_of(data)).lead.reported is None


def test_a_projection_whose_time_has_not_come_has_nothing_reported():
    before = projections(scope_of(DATA.known("2021-06-30")))
    for name in ("reported", "gap", "against"):
        assert "three months" in before.number(name).reason
    assert before.number("projected").value == 650


def test_before_any_projection_was_published_the_page_says_so():
    none = projections(scope_of(DATA.known("2020-05-31")))
    assert none.all == ()
    assert "no source in this report’s data projects" in none.number("projected").reason
