import datetime

import pytest

from analysis.data.load import load
from analysis.displacement.measures import ABROAD, MEASURES, definitions, measured
from analysis.displacement.scope import scope_of
from analysis.errors import Incompatible, NotAccepted

DATA = load()


def test_every_indicator_of_the_data_has_a_definition():
    assert set(DATA.displacement.values_of("indicator")) <= MEASURES.keys()


def test_the_governments_count_and_unhcrs_refuse_to_be_added():
    # R4V, world, 5 August 2022, and UNHCR's refugees at the end of that year
    governments = measured(DATA["d015"])
    unhcr = measured(DATA["d161"])
    with pytest.raises(Incompatible, match=r"refugees_and_migrants.*asylum_seekers"):
        governments + unhcr


def test_a_flow_refuses_to_be_added_to_a_stock():
    # displacements by disaster in Haiti in 2021, and people displaced there in November 2010
    with pytest.raises(Incompatible):
        measured(DATA["d208"]) + measured(DATA["d209"])


def test_a_projection_refuses_to_be_added_to_what_was_reported():
    with pytest.raises(Incompatible, match="nature"):
        measured(DATA["d141"]) + measured(DATA["d060"])


@pytest.mark.parametrize(
    ("asked", "lists"),
    [
        ({"origin": "VENEZUELA"}, "COL, HND, HTI, VEN"),
        ({"origin": ""}, "COL, HND, HTI, VEN"),
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
    dates = [str(o.period) for o in scope.figures(ABROAD, "WLD")]
    assert dates == ["2023-05", "2023-08", "2023-10"]


def test_what_is_lacking_names_the_day_and_the_time_asked_for():
    scope = scope_of(DATA.known("2020-05-31"), first_period="2019")
    assert scope.data.as_of == datetime.date(2020, 5, 31)
    assert scope.lacking("says so") == "no source published by 31 May 2020 says so, from 2019 on"


def test_the_finer_of_two_own_figures_for_one_date_comes_first():
    # December 2019: 3.9 million (to 0.1) before 4 million (to 0.4), both R4V's own
    scope = scope_of(DATA)
    december = [o for o in scope.figures(ABROAD, "LAC") if str(o.period) == "2019-12"]
    assert [o.value for o in december] == [3_900_000, 4_000_000]


def test_definitions_say_which_figures_may_be_compared():
    rows = {row[0]: row[2:] for row in definitions().rows}
    assert rows["Refugees"] == ["stock: people at a date", "UNHCR"]
    assert rows["Returns"] == ["flow: during a period", "itself only"]
