"""Wholes and the parts that sources state beside them."""

import pytest
from made_tables import made

from analysis.covid_funding.plan_parts import covid_money, parts_table, splits

COVID = "COVID-19 humanitarian response"
RMRP = {"appeal": "RMRP", "measure": "required"}
CONFERENCE = {"appeal": "Donors conference", "area": "LAC"}
# The appeals that a question about parts asks for, each with one figure that is part of nothing.
ALONE = [
    {"appeal": appeal, "measure": "countries", "unit": "countries", "value": 1}
    for appeal in (
        COVID, "COVID-19 outside GHRP", "GHRP", "IOM-COVID-19", "RMRP", "Donors conference",
        "US Venezuela regional response",
    )
]  # fmt: skip


def data(*rows, **asked):
    return made(funding=[*ALONE, *rows], **asked)


def only(*rows):
    (parts,) = splits(data(*rows))
    return parts


def covid(whole, inside, outside, **changes):
    return [
        {"appeal": COVID, "value": whole, **changes},
        {"appeal": "GHRP", "value": inside, **changes},
        {"appeal": "COVID-19 outside GHRP", "value": outside, **changes},
    ]


@pytest.mark.parametrize(
    ("whole", "resolution", "meets", "verdict"),
    # 118 + 98 = 216; to the ten each part is 5 either way: 206 to 226
    [(216, 0, True, "yes"), (214, 0, False, "no"), (214, 10, True, "yes")],
)
def test_a_stated_whole_is_held_against_the_sum_of_its_parts(whole, resolution, meets, verdict):
    rows = covid(whole, 118, 98, resolution=resolution)
    parts = only(*rows)
    assert parts.sum.value == 216
    assert parts.difference.value == whole - 216
    assert parts.meets is meets
    (row,) = parts_table(data(*rows)).rows
    assert row[-1] == verdict


def test_both_numbers_for_the_covid_total_are_told():
    stated, summed = covid_money(data(*covid(214, 118, 98)))
    assert (stated.value, summed.value) == (214, 216)
    early = data(*covid(214, 118, 98, source="later"), sources={"later": {"published": "2022"}})
    early = early.known("2021-12-31")
    assert splits(early) == ()
    assert all("in this report’s data" in number.reason for number in covid_money(early))


def test_the_lines_of_a_plan_make_its_whole():
    parts = only(
        RMRP | {"area": "LAC", "value": 100},
        RMRP | {"area": "COL", "value": 70},
        RMRP | {"area": "NOT_SPECIFIED", "value": 30},
    )
    assert parts.name == "RMRP requirement by area, 2020"
    assert parts.meets


@pytest.mark.parametrize(
    "other", [{"source": "another"}, {"period": "2021"}, {"appeal_year": 2021}]
)
def test_a_part_of_another_source_date_or_year_is_none(other):
    rows = [RMRP | {"area": "LAC", "value": 100}, RMRP | {"area": "ECU", "value": 30} | other]
    assert splits(data(*rows)) == ()


def test_parts_that_are_not_all_leave_a_remainder_and_no_verdict():
    whole = {"appeal": "GHRP", "measure": "required", "value": 100}
    rows = [
        whole,
        whole | {"measure": "required_hrp_countries", "value": 50},
        whole | {"measure": "required_rmrp_countries", "value": 20},
    ]
    parts = only(*rows)
    assert not parts.complete
    assert parts.difference.value == 30
    assert parts_table(data(*rows)).rows[0][-1].startswith("the parts")


def test_grants_and_loans_make_the_pledges():
    parts = only(
        CONFERENCE | {"measure": "pledged", "value": 28},
        CONFERENCE | {"measure": "pledged_grants", "value": 7},
        CONFERENCE | {"measure": "pledged_loans", "value": 21},
    )
    assert parts.meets
