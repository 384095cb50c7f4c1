"""Returns, and displacement inside countries."""

import pytest
from made_tables import made

from analysis.displacement.counts import disaster_displacements, displaced_inside, returns
from analysis.displacement.scope import scope_of
from analysis.errors import Incompatible

HAITI = {"origin": "HTI", "area": "HTI"}
DATA = made(
    displacement=[
        {"value": 100},
        {"indicator": "returned", "area": "VEN", "value": 7, "period": "2020-04/2020-10"},
        {"indicator": "returned", "area": "VEN", "value": 8, "period": "2020-06"},
        HAITI | {"indicator": "internally_displaced_by_conflict", "value": 20},
        HAITI | {"indicator": "internally_displaced_dtm", "value": 30, "period": "2020-11"},
        HAITI | {"indicator": "internal_displacements_by_disaster", "value": 40},
    ],
    sources={"first": {"published": "2020-05"}},
)
SCOPE = scope_of(DATA)


def test_returns_are_flows_of_their_own_periods():
    found = returns(SCOPE).counts
    assert [(str(c.period), c.people.value, c.people.nature) for c in found] == [
        ("2020-06", 8, "flow"),
        ("2020-04/2020-10", 7, "flow"),
    ]


def test_the_newest_return_figure_is_the_one_whose_period_ends_last():
    assert returns(SCOPE).newest().value == 7


def test_two_definitions_of_people_displaced_inside_stay_apart():
    found = displaced_inside(SCOPE)
    assert list(found.by_indicator()) == [
        "internally_displaced_by_conflict", "internally_displaced_dtm",
    ]  # fmt: skip
    with pytest.raises(Incompatible):
        found.counts[0].people + found.counts[1].people


def test_displacements_by_disaster_are_not_on_the_list_of_stocks():
    found = disaster_displacements(SCOPE)
    (one,) = found.counts
    assert (found.row(one), one.people.value) == ("Haiti, 2020", 40)
    assert "internal_displacements_by_disaster" not in displaced_inside(SCOPE).by_indicator()


def test_what_was_not_published_is_absent_and_not_zero():
    early = scope_of(DATA.known("2020-05-31"))
    assert "no source in this report’s data" in returns(early).newest().reason
    assert displaced_inside(early).table().rows == []
