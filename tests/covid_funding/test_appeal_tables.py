"""Appeals as tables."""

import pytest
from made_tables import made

from analysis.covid_funding.appeal_tables import coverages, over_time, overview, reach, timeline
from analysis.covid_funding.appeals import history
from analysis.covid_funding.plans import PLANS

SOURCES = {"report": {"published": "2020-05"}, "later": {"published": "2021"}}
# Every plan has one row, so that each is in the data; three have more to tell.
ROWS = [
    *({"appeal": appeal, "area": p.area, "measure": "required", "value": 100, "source": "later",
       "period": "2020-06-30"} for appeal, p in PLANS.items()),
    {"appeal": "GHRP", "measure": "required", "value": 80, "period": "2020-05-07"},
    {"appeal": "GHRP", "value": 20, "period": "2020-06-04"},
    {"appeal": "RMRP", "area": "LAC", "measure": "coverage", "value": 23, "unit": "percent",
     "resolution": 1, "period": "2020-04-30"},
    {"appeal": "RMRP", "area": "LAC", "measure": "required", "value": 110, "period": "2020-06-30",
     "resolution": 10, "source": "later"},
    {"measure": "required", "value": 500, "appeal_year": 2021, "period": "2021-04-20",
     "source": "later"},
    {"appeal": "GHRP plan 952", "value": 4, "period": "2020-07-31", "source": "later"},
    {"appeal": "GHRP plan 952", "measure": "required", "value": 0, "period": "2020-07-31",
     "source": "later"},
]  # fmt: skip
ALL = made(funding=ROWS, sources=SOURCES)
MAY_2020 = ALL.known("2020-05-31")


def column(table, name):
    at = [c.name for c in table.columns].index(name)
    return [row[at] for row in table.rows]


def test_requirements_and_money_stand_in_order_of_time():
    table = over_time(history(ALL, "GHRP"))
    assert column(table, "measure") == ["required", "received", "required"]
    assert column(table, "coverage")[1].value == 0.25  # 20 of 80
    assert column(table, "gap")[0] is None  # a requirement alone has no gap


def test_every_row_says_for_which_year_the_plan_is():
    years = column(over_time(history(ALL, "IOM-COVID-19")), "year")
    assert years == ["2020", "2021"]
    assert column(over_time(history(MAY_2020, "RMRP")), "year") == ["2020"]


def test_a_coverage_stated_without_money_has_a_row_of_its_own():
    assert column(over_time(history(MAY_2020, "RMRP")), "measure") == ["coverage, as stated"]


def test_a_second_source_for_one_date_is_shown_as_such():
    measures = column(over_time(history(ALL, "RMRP")), "measure")
    assert measures == ["coverage, as stated", "required", "required, another source"]


def test_a_plan_without_figures_says_why():
    table = over_time(history(MAY_2020, "GHRP plan 952"))
    assert not table.rows
    assert table.empty.startswith("No source in this report’s data states")


def test_the_timeline_names_the_plan_of_every_row():
    histories = [history(ALL, appeal) for appeal in ("IOM-COVID-19", "GHRP")]
    assert column(timeline(histories), "plan") == ["IOM", "IOM", "GHRP", "GHRP", "GHRP"]


def test_a_coverage_names_the_dates_of_both_sides():
    (row,) = coverages([history(ALL, "IOM-COVID-19"), history(ALL, "GHRP")]).rows
    assert row[0] == "GHRP"
    assert [str(row[at]) for at in (1, 3)] == ["2020-06-04", "2020-05-07"]
    assert [row[at].value for at in (2, 4, 5)] == [20, 80, 0.25]
    assert row[6].reason == "the source of the money states no coverage"


def test_covid_plans_and_the_others_are_apart():
    covid, beside = overview(ALL, covid=True), overview(ALL, covid=False)
    names = [{name[:-5] for name in column(table, "plan")} for table in (covid, beside)]
    assert names[0] == {p.short for p in PLANS.values() if p.covid}
    assert names[1] == {p.short for p in PLANS.values() if not p.covid}


def test_a_plan_year_is_a_row_and_what_is_missing_is_not_zero():
    rows = {row[0]: row for row in overview(ALL, covid=True).rows}
    assert rows["IOM 2021"][1].value == 500
    assert rows["IOM 2021"][3].reason  # received: not reported
    assert "zero" in rows["GHRP, plan 952 2020"][5].reason  # coverage of a zero requirement


@pytest.mark.parametrize("data", [ALL, MAY_2020])
def test_tables_have_records_whatever_is_known(data):
    for appeal in PLANS:
        assert over_time(history(data, appeal)).as_record()["kind"] == "table"
    assert overview(data, covid=True).as_record()["rows"]


def test_reach_keeps_people_in_need_and_targeted_apart():
    people = {"appeal": "RMRP", "area": "LAC", "unit": "persons", "period": "2024"}
    countries = {"measure": "countries", "unit": "countries", "value": 30}
    data = made(
        funding=[
            people | {"measure": "people_targeted", "value": 3},
            people | {"measure": "people_in_need", "value": 8},
            countries,
            countries | {"donor": "USA", "value": 20},
        ]
    )
    assert [(r[0], r[2], r[3].value) for r in reach(data).rows] == [
        ("IOM", "countries", 30),
        ("IOM", "countries reached with money from the United States", 20),
        ("RMRP", "people in need", 8),
        ("RMRP", "people targeted", 3),
    ]
