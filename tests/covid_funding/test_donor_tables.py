"""Donors as a table."""

from funding_world import DATA

from analysis.covid_funding.donor_tables import donor_table, rest_name
from analysis.covid_funding.donors import donors
from analysis.data.load import load

ALL = load(DATA)


def test_both_shares_stand_side_by_side_the_chosen_one_first():
    who = donors(ALL, "WHO-COVID-19")
    received, required = donor_table(who, "received"), donor_table(who, "required")
    assert [c.name for c in received.columns][2:4] == ["of_received", "of_required"]
    assert [c.name for c in required.columns][2:4] == ["of_required", "of_received"]
    assert received.rows[0][2:4] == required.rows[0][2:4][::-1]


def test_remainder_and_totals_follow_the_donors():
    rows = donor_table(donors(ALL, "WHO-COVID-19"), "received").rows
    assert [row[0] for row in rows[5:]] == [rest_name(), "Received in all", "Required"]
    assert str(rows[6][3]) == "28.9% (28.8–29.0%)"  # received in all over required: coverage


def test_donors_of_other_sources_come_last_without_shares():
    rows = donor_table(donors(ALL, "IOM-COVID-19"), "received").rows
    assert rows[-1][0] == "Japan"
    assert rows[-1][2].reason
    assert rows[-1][3].reason


def test_no_donors_no_rows_but_a_reason():
    table = donor_table(donors(ALL.known("2020-05-31"), "GHRP"), "received")
    assert not table.rows
    assert "published by 31 May 2020" in table.empty
