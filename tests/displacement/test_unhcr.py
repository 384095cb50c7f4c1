"""UNHCR's count of three categories."""

import pytest
from made_tables import made

from analysis.displacement import stocks
from analysis.displacement.measures import CATEGORIES, MANDATE
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count
from analysis.errors import Incompatible
from analysis.numbers.estimate import Absent

REFUGEES, SEEKERS, OTHERS = CATEGORIES


def counted(area, year, *people, **changes):
    """The categories of an area at the end of a year, as many as are given."""
    return [
        {"indicator": category, "area": area, "period": f"{year}-12-31", "value": value,
         "source": "unhcr", **changes}
        for category, value in zip(CATEGORIES, people, strict=False)
    ]  # fmt: skip


DATA = made(
    displacement=[
        *counted("WLD", 2017, 5, 10),  # the third category begins in 2018
        *counted("WLD", 2018, 10, 20, 70),
        *counted("WLD", 2019, 20, 30, 150),
        *counted("LAC", 2018, 5, 15, 70),
        *counted("LAC", 2019, 10, 20, 150),
        *counted("COL", 2019, 1, 2, 58),
        *counted("BRA", 2019, 9, 4, 50),
        *counted("DOM", 2019, 0, 1, 40),
        *counted("USA", 2019, 5, 200),
        *counted("WLD", 2020, 7, source="paper"),  # one category elsewhere makes no sum
        {"value": 400, "period": "2019-12-31"},
    ],
    breaks=[{"series": MANDATE, "area": "WLD", "period": "2018"}],
    sources={"unhcr": {"kind": "dataset", "published": "2026"}, "first": {"published": "2020-05"}},
)
COUNT = unhcr_count(scope_of(DATA))


def test_the_sum_of_the_three_categories():
    assert COUNT.people().value == 200  # 20 + 30 + 150
    assert COUNT.people().label.endswith("31 December 2019")


def test_the_share_of_the_region_at_every_date_with_both():
    assert [pair.share.value for pair in COUNT.shares] == [0.9, 0.9]  # 90 / 100; 180 / 200
    assert COUNT.share_in_region().value == 0.9


def test_stacks_start_when_the_third_category_does():
    assert [c.period.last_day.year for c in COUNT.stacked] == [2018, 2019]


def test_a_sum_without_the_third_category_refuses_to_meet_one_with_it():
    of_2017, of_2018, _of_2019 = COUNT.world
    assert of_2017.sum.value == 15
    with pytest.raises(Incompatible):
        of_2018.sum - of_2017.sum


def test_the_series_breaks_where_the_third_category_begins():
    stretches = COUNT.series().stretches
    assert [s.stocks[0].period.last_day.year for s in stretches] == [2017, 2018]
    assert isinstance(COUNT.series().whole_change().people, Absent)


def test_hosts_are_ranked_by_the_sum_not_by_one_category():
    # Brazil 9 + 4 + 50 before Colombia 1 + 2 + 58, whose third category is larger
    hosts = [(h.area, h.sum.value) for h in COUNT.hosts]
    assert hosts == [("USA", 205), ("BRA", 63), ("COL", 61), ("DOM", 41)]
    assert COUNT.largest_host().value == 205


def test_outside_the_region_hosts_have_the_categories_that_exist_there():
    by_area = {h.area: h for h in COUNT.hosts}
    assert by_area["DOM"].complete  # a reported zero is a figure
    assert not by_area["USA"].complete
    assert "Where the third category is not counted" in COUNT.hosts_table().note
    # inside it, a host without the third category would look smaller than it is
    lacking = made(displacement=[*counted("WLD", 2019, 1, 2, 9), *counted("CHL", 2019, 1, 2)])
    assert unhcr_count(scope_of(lacking)).hosts == ()


def test_a_figure_that_both_counts_have_to_the_digit_is_found():
    assert isinstance(COUNT.taken_over(), Absent)
    rows = [
        *counted("WLD", 2021, 100, 200, 9000),
        *counted("COL", 2021, 10, 20, 1842),
        *counted("PER", 2021, 10, 20, 30),  # equal by chance, perhaps
        {"area": "COL", "value": 1842, "period": "2021-11"},
        {"area": "PER", "value": 30, "period": "2021-11"},
    ]
    shared = unhcr_count(scope_of(made(displacement=rows))).taken_over()
    assert (shared.value, shared.parts["area"]) == (1842, "Colombia")


def test_before_the_dataset_was_published_the_count_is_not_known():
    before = unhcr_count(scope_of(DATA.known("2020-05-31")))
    assert before.stacked == ()
    assert "no source in this report’s data" in before.people().reason
    assert isinstance(before.share_in_region(), Absent)
    assert isinstance(before.largest_host(), Absent)
    assert before.table().rows == []


def test_the_two_definitions_refuse_to_be_compared():
    governments = stocks.abroad(scope_of(DATA), "WLD").leading[-1].people
    with pytest.raises(Incompatible):
        governments.meets(COUNT.people())
