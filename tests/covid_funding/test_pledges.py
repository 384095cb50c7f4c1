"""Money kept apart: pledges, commitments and tallies."""

from made_tables import made

from analysis.covid_funding.pledges import other_tallies, pledges

CONFERENCE = {"appeal": "Donors conference", "area": "LAC", "period": "2020-05-26"}
DATA = made(
    funding=[
        CONFERENCE | {"measure": "pledged_loans", "value": 21},
        CONFERENCE | {"measure": "pledged_grants", "value": 7},
        {"appeal": "WHO-COVID-19", "measure": "pledged", "value": 69, "period": "2020-03"},
        {"value": 100},
        {"appeal": "US COVID-19 assistance", "measure": "committed", "donor": "USA", "value": 1},
        {"appeal": "Donor COVID-19 response", "measure": "pledged_or_distributed", "value": 2,
         "period": "2020-06-30"},
    ],
    sources={"report": {"published": "2020-05"}, "first": {"published": "2019"}},
)  # fmt: skip


def test_all_pledges_stand_in_one_table_apart():
    rows = pledges(DATA).rows
    assert [(row[0], row[2], row[3], row[4].value) for row in rows] == [
        ("WHO’s COVID-19 plan", "all donors", "pledged", 69),
        ("Donors’ conference for people from Venezuela", "all donors", "pledged as loans", 21),
        ("Donors’ conference for people from Venezuela", "all donors", "pledged as grants", 7),
    ]


def test_before_any_pledge_the_table_says_so():
    table = pledges(DATA.known("2020-01-31"))
    assert not table.rows
    assert table.empty == "no source in this report’s data states a pledge"


def test_commitments_and_tallies_say_what_they_count():
    assert [(row[0], row[2], row[3]) for row in other_tallies(DATA).rows] == [
        ("All donors’ response to COVID-19", "all donors",
         "pledged or distributed, counted together"),
        ("US assistance abroad against COVID-19", "United States",
         "committed, as the donor says"),
    ]  # fmt: skip
