import pytest

from analysis.data.load import load
from analysis.displacement.projections import projections
from analysis.displacement.scope import scope_of

DATA = load()
PLANS = projections(scope_of(DATA))


def test_six_and_a_half_million_projected_and_six_point_zero_four_reported():
    assert PLANS.number("projected").value == 6_500_000
    assert PLANS.number("reported").value == 6_038_937
    # an estimated 6.5 million is 6.4 to 6.6
    assert PLANS.number("gap").value == 461_063
    assert (PLANS.number("gap").low, PLANS.number("gap").high) == (361_063, 561_063)
    assert PLANS.number("against").value == pytest.approx(6_038_937 / 6_500_000)


def test_the_region_has_two_projections():
    region = [p for p in PLANS.all if p.area == "LAC"]
    assert [(p.projected.value, p.reported.people.value) for p in region] == [
        (5_400_000, 4_992_664),
        (6_300_000, 5_986_946),
    ]


def test_a_projection_whose_time_has_not_come_has_nothing_reported():
    # known on 31 December 2022: the projection of that month, but no figure after 5 November 2022
    # stands closer than what the platform reported then
    known = projections(scope_of(DATA.known("2022-12-31")))
    last = known.all[-1]
    assert (str(last.period), str(last.reported.period)) == ("2022-12-31", "2022-11-05")
    late = projections(scope_of(DATA, first_period="2022-12-31"))
    assert late.lead.reported.people.value == 5_986_946  # December 2022 ends on that day


def test_a_figure_over_three_months_old_is_not_set_against_a_projection():
    scope = scope_of(DATA.known("2022-01-31"))
    assert [p.reported is None for p in projections(scope).all] == [False, False]
    only_the_date = scope_of(DATA, first_period="2021-12-31", last_period="2021-12-31")
    alone = projections(only_the_date)
    assert [p.reported for p in alone.all] == [None, None]
    assert "three months" in alone.number("gap").reason


def test_before_any_projection_was_published_the_page_says_so():
    none = projections(scope_of(DATA.known("2020-05-31")))
    assert none.all == ()
    assert "no source published by 31 May 2020 projects" in none.number("projected").reason
