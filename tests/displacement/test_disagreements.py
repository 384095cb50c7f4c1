"""Figures of different sources for one area and month."""

import pytest
from made_tables import made

from analysis.displacement.disagreements import disagreements
from analysis.displacement.scope import scope_of


def rows(*figures):
    return disagreements(scope_of(made(displacement=figures))).rows


@pytest.mark.parametrize(
    ("value", "resolution", "meet"),
    # 39 is exact; 40 to the two is 39 to 41, to the one 39.5 to 40.5
    [(40, 2, "yes: not distinguishable"), (40, 1, "no")],
)
def test_two_figures_of_one_month_meet_or_do_not(value, resolution, meet):
    one = {"value": 39, "period": "2019-12"}
    other = {"value": value, "resolution": resolution, "period": "2019-12-05", "source": "other"}
    (row,) = rows(one, other)
    assert (row[0], str(row[2]), row[-1]) == ("World", "2019-12", meet)
    assert {row[3].value, row[5].value} == {39, value}


def test_a_year_is_no_month():
    assert rows({"value": 39, "period": "2021"}, {"value": 40, "period": "2021-12"}) == []


def test_two_figures_of_one_source_are_no_disagreement():
    table = disagreements(scope_of(made(displacement=[
        {"value": 39, "period": "2021-12-01"}, {"value": 40, "period": "2021-12"},
    ])))  # fmt: skip
    assert table.rows == []
    assert "No two sources" in table.empty
