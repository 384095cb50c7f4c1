"""One rule a kind of claim: from which figures of a source it is recomputed."""

import pytest
from made_tables import made

from analysis.claims.recomputed import cut_off, recomputed
from analysis.numbers.estimate import Absent


def claims(*, own_source=True, **tables):
    """What every claim is called, and what its sides give, by its key."""
    found = recomputed(made(**tables), own_source=own_source)
    return {claim.key: (what, number) for what, claim, number in found}


PERCENT = {"unit": "percent", "resolution": 1}
PLAN = {"period": "2020-06-30"}
CONFERENCE = {"appeal": "Donors conference", "area": "LAC"}


@pytest.mark.parametrize(
    ("claim", "rows", "value", "derivation"),
    [
        (
            PERCENT | {"indicator": "share_of_outflow_hosted", "area": "COL", "value": 40},
            [{"value": 100}, {"area": "COL", "value": 40}],
            0.4, "d003 / d002",
        ),
        (
            PERCENT | {"indicator": "growth_since_previous_report", "period": "2019/2020",
                       "value": 50},
            [{"value": 100, "period": "2019"}, {"value": 150, "period": "2020"}],
            0.5, "(d003 - d002) / d002",
        ),
        (
            {"indicator": "forcibly_displaced", "origin": "", "value": 10},
            [
                {"indicator": "refugees", "origin": "", "value": 1},
                {"indicator": "asylum_seekers", "origin": "", "value": 2},
                {"indicator": "internally_displaced", "origin": "", "value": 3},
                # the fourth held people from one origin only
                {"indicator": "other_people_in_need_of_international_protection", "value": 4},
            ],
            10, "d002 + d003 + d004 + d005",
        ),
    ],
)  # fmt: skip
def test_claims_on_displacement(claim, rows, value, derivation):
    _what, number = claims(displacement=[claim, *rows])["d001"]
    assert number.value == pytest.approx(value)
    assert number.derivation == derivation


def test_growth_that_names_no_two_dates_cannot_be_computed():
    claim = PERCENT | {"indicator": "growth_since_previous_report", "value": 50, "period": "2020"}
    _what, number = claims(displacement=[claim, {"value": 150, "period": "2020"}])["d001"]
    assert number == Absent("the earlier figure is not stated with it", "share")


@pytest.mark.parametrize(
    ("claim", "rows", "value", "what"),
    [
        (
            PERCENT | {"measure": "coverage", "value": 25},
            [
                {"measure": "required", "value": 100, "period": "2020-03"},
                {"measure": "required", "value": 200, "period": "2020-05"},
                {"measure": "required", "value": 900, "period": "2020-07-31"},  # after the money
                {"value": 50},
            ],
            0.25, "Coverage of IOM’s COVID-19 plan (2020)",
        ),
        (
            {"measure": "gap", "value": 80},
            [
                {"measure": "required", "value": 200},
                {"measure": "received_earmarked", "value": 70},
                {"measure": "received_flexible", "value": 50},
            ],
            80, "Gap of IOM’s COVID-19 plan (2020)",
        ),
        (
            PERCENT | {"measure": "donor_share", "donor": "USA", "value": 30},
            [{"value": 100}, {"donor": "USA", "value": 30}],
            0.3, "A donor's share of IOM’s COVID-19 plan (2020)",
        ),
        (
            PERCENT | {"measure": "share_of_plan_funding", "appeal": "HRP COVID-19", "area": "JOR",
                       "value": 25},
            [{"appeal": "HRP COVID-19", "area": "JOR", "value": 10},
             {"appeal": "HRP", "area": "JOR", "value": 40}],
            0.25,
            "COVID-19 share of the money for the humanitarian response plan (Jordan, 2020)",
        ),
        (
            CONFERENCE | {"measure": "pledged", "value": 28},
            [CONFERENCE | {"measure": "pledged_grants", "value": 7},
             CONFERENCE | {"measure": "pledged_loans", "value": 21}],
            28, "Total of the donors’ conference (2020)",
        ),
        (
            {"appeal": "RMRP", "area": "LAC", "measure": "required", "value": 100},
            [{"appeal": "RMRP", "area": "COL", "measure": "required", "value": 70},
             {"appeal": "RMRP", "area": "REGIONAL", "measure": "required", "value": 30}],
            100,
            "Total of the response plan for refugees and migrants from Venezuela (2020)",
        ),
    ],
)  # fmt: skip
def test_claims_on_funding(claim, rows, value, what):
    said, number = claims(funding=[PLAN | row for row in (claim, *rows)])["f001"]
    assert said == what
    assert number.value == pytest.approx(value)


def test_lines_of_a_plan_without_what_belongs_to_no_country_are_no_total():
    plan = PLAN | {"appeal": "RMRP", "measure": "required"}
    rows = [plan | {"area": "LAC", "value": 100}, plan | {"area": "COL", "value": 70}]
    assert claims(funding=rows) == {}


@pytest.mark.parametrize(
    ("claim", "rows", "value"),
    [
        (
            {"role": "stated_ratio", "value": 8, "unit": "ratio", "resolution": 1},
            [{"role": "co_finance", "value": 400}, {"role": "non_reimbursable", "value": 50}],
            8,
        ),
        (
            {"role": "total", "value": 30},
            [{"role": "from_donors", "value": 20}, {"role": "matching", "value": 10}],
            30,
        ),
        (
            {"role": "from_donors", "value": 20},
            [{"role": "from_donors", "donor": "USA", "value": 15},
             {"role": "from_donors", "donor": "CAN", "value": 5}],
            20,
        ),
    ],
)  # fmt: skip
def test_claims_on_leverage(claim, rows, value):
    _what, number = claims(leverage=[claim, *rows])["l001"]
    assert number.value == value


def test_sides_of_another_source_count_only_where_they_are_asked_for():
    coverage = PLAN | PERCENT | {"measure": "coverage", "value": 25}
    rows = [coverage, PLAN | {"value": 50, "source": "other"},
            PLAN | {"measure": "required", "value": 200, "source": "other"}]  # fmt: skip
    _what, own = claims(funding=rows)["f001"]
    assert isinstance(own, Absent)
    _what, across = claims(funding=rows, own_source=False)["f001"]
    assert across.value == 0.25


YEAR = {"period": "2021", "area": "COL", "value": 174, "source": "bank"}


def readings(**tables):
    found = recomputed(made(**tables), own_source=False)
    return [(what, round(number.value, 3)) for _w, _c, number in found for what in [_w]]


def test_a_share_that_names_no_whole_is_set_beside_every_whole_of_its_year():
    claim = PERCENT | YEAR | {"indicator": "share_of_outflow_hosted", "value": 37}
    wholes = [
        {"value": 560, "period": "2021-06", "source": "other"},
        {"value": 460, "area": "LAC", "period": "2021-06", "source": "other"},
        {"value": 999, "period": "2022-01", "source": "other"},  # of another year
    ]
    assert readings(displacement=[claim, YEAR, *wholes]) == [
        ("Share that Colombia hosts, of all people abroad", 0.311),  # 174 / 560
        ("Share that Colombia hosts, of those in the region", 0.378),  # 174 / 460
    ]


def test_a_reading_without_a_whole_to_divide_by_is_none():
    claim = PERCENT | YEAR | {"indicator": "share_of_outflow_hosted", "value": 37}
    nobody = {"value": 0, "period": "2021-06", "source": "other"}
    assert readings(displacement=[claim, YEAR, nobody]) == []


def test_growth_can_be_meant_of_the_later_figure():
    claim = PERCENT | {"indicator": "growth_since_previous_report", "period": "2019/2020",
                       "value": 33}  # fmt: skip
    figures = [{"value": 100, "period": "2019"}, {"value": 150, "period": "2020"}]
    assert readings(displacement=[claim, *figures]) == [
        ("Growth since the last report", 0.5),
        ("Growth since the last report, as a share of the later figure", 0.333),
    ]


@pytest.mark.parametrize(
    ("value", "finer", "cut"),
    [(618e6, 618_874_087, True), (619e6, 618_874_087, False), (618e6, 618_374_087, False),
     (618e6, 618e6, False), (600e6, 618_874_087, False)],
)  # fmt: skip
def test_digits_that_were_cut_off_are_found(value, finer, cut):
    plan = {"appeal": "IOM-COVID-19", "measure": "required", "appeal_year": 2020}
    coarse = plan | {"value": value, "resolution": 1e6, "period": "2020-09", "source": "page"}
    exact = plan | {"value": finer, "period": "2020-11-13", "source": "report"}
    found = list(cut_off(made(funding=[coarse, exact])))
    assert [computed.value for _what, _claim, computed in found] == [finer] * cut
