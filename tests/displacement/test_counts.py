import pytest

from analysis.data.load import load
from analysis.displacement.counts import disaster_displacements, displaced_inside, returns
from analysis.displacement.scope import scope_of
from analysis.errors import Incompatible

DATA = load()
SCOPE = scope_of(DATA)


def test_returns_are_flows_of_their_own_periods():
    found = returns(SCOPE).counts
    assert [(str(c.period), c.people.value) for c in found] == [
        ("2020-06", 83_000),
        ("2020-04/2020-10", 100_000),
    ]
    assert {c.people.nature for c in found} == {"flow"}


def test_the_newest_return_figure_is_the_one_whose_period_ends_last():
    assert str(returns(SCOPE).newest()) == "more than 100,000 (100,000–110,000)"


def test_two_definitions_of_people_displaced_inside_stay_apart():
    found = displaced_inside(SCOPE)
    assert list(found.by_indicator()) == [
        "internally_displaced_by_conflict", "internally_displaced_dtm",
    ]  # fmt: skip
    with pytest.raises(Incompatible):
        found.counts[0].people + found.counts[-1].people


def test_displacements_by_disaster_are_not_on_the_list_of_stocks():
    assert {c.area for c in disaster_displacements(SCOPE).counts} == {"HTI"}
    assert "internal_displacements_by_disaster" not in displaced_inside(SCOPE).by_indicator()


def test_what_was_not_published_is_absent_and_not_zero():
    early = scope_of(DATA.known("2020-05-31"))
    assert "no source published by 31 May 2020" in returns(early).newest().reason
    assert displaced_inside(early).table().rows == []
