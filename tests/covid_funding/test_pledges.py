"""Money kept apart: pledges, commitments and tallies."""

from funding_world import DATA

from analysis.covid_funding.pledges import other_tallies, pledges
from analysis.data.load import load

ALL = load(DATA)


def test_all_pledges_stand_in_one_table_apart():
    rows = pledges(ALL).rows
    assert len(rows) == 15  # WHO's 69 million, and three conferences
    assert {row[3] for row in rows} == {"pledged", "pledged as grants", "pledged as loans"}
    assert rows[0][0] == "WHO’s COVID-19 plan"
    assert rows[0][4].value == 69e6


def test_an_edition_only_knows_the_pledges_published_by_its_date():
    assert len(pledges(ALL.known("2020-05-31")).rows) == 1


def test_before_any_pledge_the_table_says_so():
    table = pledges(ALL.known("2019-06-30"))
    assert not table.rows
    assert table.empty == "no source published by 30 June 2019 states a pledge"


def test_commitments_and_tallies_say_what_they_count():
    rows = other_tallies(ALL).rows
    counted = {(row[0], row[3]) for row in rows}
    assert ("US assistance abroad against COVID-19", "committed, as the donor says") in counted
    assert (
        "All donors’ response to COVID-19",
        "pledged or distributed, counted together",
    ) in counted
    assert [row[1].last_day for row in rows] == sorted(row[1].last_day for row in rows)
