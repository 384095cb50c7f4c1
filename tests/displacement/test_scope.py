"""What a report is about, and what may be put together."""

import datetime

import pytest
from made_tables import made

from analysis.data.periods import Period
from analysis.displacement.measures import ABROAD, definitions, measured
from analysis.displacement.scope import scope_of
from analysis.errors import Incompatible, NotAccepted

DATA = made(
    displacement=[
        {"value": 1, "period": "2023-04"},
        {"value": 2, "period": "2023-05"},
        {"value": 3, "period": "2023-10"},
        {"value": 4, "period": "2023-12"},
        {"value": 5, "indicator": "refugees"},
        {"value": 6, "origin": "HTI", "area": "HTI", "indicator": "internally_displaced_dtm"},
        {"value": 7, "origin": "HTI", "area": "HTI",
         "indicator": "internal_displacements_by_disaster"},
        {"value": 8, "indicator": "refugees_and_migrants_projected"},
        {"value": 9, "origin": "COL", "area": "ECU", "indicator": "refugees"},
    ],
    sources={"first": {"published": "2020"}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ("d001", "d005", r"refugees_and_migrants.*asylum_seekers"),  # governments' and UNHCR's
        ("d006", "d007", "internally_displaced_dtm"),  # a stock and a flow
        ("d001", "d008", "nature"),  # reported and projected
    ],
)
def test_different_counts_refuse_to_be_added(one, other, named):
    with pytest.raises(Incompatible, match=named):
        measured(DATA[one]) + measured(DATA[other])


@pytest.mark.parametrize(
    ("asked", "lists"),
    [
        ({"origin": "VENEZUELA"}, "COL, HTI, VEN"),
        ({"origin": ""}, "COL, HTI, VEN"),
        ({"region": "COL"}, "LAC"),
        ({"first_period": "spring"}, "a year"),
        ({"first_period": "2021", "last_period": "2020"}, "does not end before 2021"),
    ],
)
def test_a_parameter_without_sense_lists_what_is_accepted(asked, lists):
    with pytest.raises(NotAccepted, match=lists):
        scope_of(DATA, **asked)


def test_a_scope_holds_the_figures_that_end_within_it():
    scope = scope_of(DATA, first_period="2023-05", last_period="2023-10")
    assert [o.value for o in scope.figures(ABROAD, "WLD")] == [2, 3]


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ({}, ""),
        ({"first_period": "2019"}, ", from 2019 on"),
        ({"last_period": "2020-05"}, ", up to May 2020"),
        ({"first_period": "2019", "last_period": "2020-05"}, ", from 2019 to May 2020"),
    ],
)
def test_what_is_lacking_names_the_day_and_the_time_asked_for(within, said):
    scope = scope_of(DATA.known("2020-12-31"), **within)
    assert scope.data.as_of == datetime.date(2020, 12, 31)
    assert scope.lacking("says so") == f"no source in this report’s data says so{said}"


def test_of_several_figures_for_one_period_the_one_that_leads_comes_first():
    data = made(displacement=[{"value": 40, "resolution": 10}, {"value": 39, "resolution": 1}])
    assert [o.value for o in scope_of(data).figures(ABROAD, "WLD")] == [39, 40]


def test_definitions_say_which_figures_may_be_compared():
    rows = {row[0]: row[2:] for row in definitions().rows}
    assert rows["Refugees"] == ["stock: people at a date", "UNHCR"]
    assert rows["Returns"] == ["flow: during a period", "itself only"]


def sides(*, asked=("WLD",), dates=("2021-10", "2021-11", "2022-08-05")):
    """On which side of two breaks figures of these dates lie: Peru's, then Colombia's."""
    breaks = [
        {"area": area, "period": period}
        for period, host in (("2021-11", "PER"), ("2022-08", "COL"))
        for area in (host, "LAC", "WLD")
    ]
    scope = scope_of(made(breaks=breaks, displacement=[{"value": 1}]))
    return [scope.way_of_counting(ABROAD, asked, Period.parse(date)) for date in dates]


def test_a_total_is_told_by_the_host_whose_method_changed():
    assert sides() == [
        "was counted before any known change of method",
        "was counted after the method for Peru changed (November 2021)",
        "was counted after the method for Colombia changed (August 2022)",
    ]


def test_a_host_feels_its_own_break_only():
    assert sides(asked=["PER"])[1:] == [sides(asked=["PER"])[1]] * 2
    assert sides(asked=["PER", "COL"]) == sides()
    assert sides(asked=["ECU"]) == [sides()[0]] * 3
