"""Donors as a table."""

from made_tables import made

from analysis.covid_funding.donor_tables import donor_table, rest_name
from analysis.covid_funding.donors import donors

DATA = made(
    funding=[
        {"value": 100},
        {"measure": "required", "value": 400},
        {"donor": "USA", "value": 40},
        {"donor": "CAN", "value": 20},
        {"donor": "JPN", "value": 6, "source": "another"},
    ]
)
FOUND = donors(DATA, "IOM-COVID-19")


def test_both_shares_stand_side_by_side_the_chosen_one_first():
    received, required = donor_table(FOUND, "received"), donor_table(FOUND, "required")
    assert [c.name for c in received.columns][2:4] == ["of_received", "of_required"]
    assert [c.name for c in required.columns][2:4] == ["of_required", "of_received"]
    assert [cell.value for cell in received.rows[0][1:4]] == [40, 0.4, 0.1]
    assert received.rows[0][2:4] == required.rows[0][2:4][::-1]


def test_remainder_and_totals_follow_the_donors_and_other_sources_come_last():
    rows = donor_table(FOUND, "received").rows
    assert [row[0] for row in rows] == [
        "United States", "Canada", rest_name(), "Received in all", "Required", "Japan",
    ]  # fmt: skip
    assert rows[3][3].value == 0.25  # received in all over required: coverage
    assert rows[-1][2].reason
    assert rows[-1][3].reason


def test_no_donors_no_rows_but_a_reason():
    early = made(
        funding=[{"donor": "USA", "value": 1, "source": "later"}, {"value": 1}],
        sources={"report": {"published": "2020-05"}},
    ).known("2020-05-31")
    table = donor_table(donors(early, "IOM-COVID-19"), "received")
    assert not table.rows
    assert "in this report’s data" in table.empty
