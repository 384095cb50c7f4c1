"""Appeals as tables."""

import pytest
from funding_world import DATA

from analysis.covid_funding.appeal_tables import coverages, over_time, overview, reach, timeline
from analysis.covid_funding.appeals import history
from analysis.covid_funding.plans import MAIN, PLANS
from analysis.data.load import load

ALL = load(DATA)


def column(table, name):
    at = [c.name for c in table.columns].index(name)
    return [row[at] for row in table.rows]


def test_requirements_and_money_stand_in_order_of_time():
    table = over_time(history(ALL, "GHRP"))
    assert column(table, "measure") == ["required", "required", "received"]
    assert str(column(table, "coverage")[-1]) == "17.6% (17.5–17.7%)"
    assert column(table, "gap")[0] is None  # a requirement alone has no gap


def test_a_coverage_stated_without_money_has_a_row_of_its_own():
    # RMRP 2019: 23 % in July, 52 % in December, no amount
    table = over_time(history(ALL.known("2020-05-31"), "RMRP"))
    assert column(table, "measure") == [
        "required", "coverage, as stated", "coverage, as stated", "required",
    ]  # fmt: skip


def test_a_second_source_for_one_date_is_shown_as_such():
    measures = column(over_time(history(ALL, "RMRP")), "measure")
    assert measures.count("required, another source") == 4  # 2021, 2022 twice, 2024


def test_a_plan_without_figures_says_why():
    table = over_time(history(ALL.known("2020-05-31"), "GHRP plan 952"))
    assert not table.rows
    assert table.empty.startswith("No source published by 31 May 2020 states")


def test_the_timeline_names_the_plan_of_every_row():
    histories = [history(ALL, appeal) for appeal in MAIN]
    table = timeline(histories)
    assert set(column(table, "plan")) == {PLANS[appeal].short for appeal in MAIN}
    assert len(table.rows) == sum(len(over_time(h).rows) for h in histories)


def test_coverages_as_computed_and_as_stated():
    table = coverages([history(ALL, appeal) for appeal in MAIN])
    printed = {
        (row[0], str(row[1])): str(row[5]).split(" ")[0] for row in table.rows
    }  # per cent, by plan and date
    assert printed["IOM", "2020-05-26"] == "20.0%"
    assert printed["WHO", "2020-03"] == "28.9%"  # 195 of 675 million
    assert printed["GHO", "2020-04-30"] == "13.4%"
    assert printed["GHO", "2020-05-31"] == "16.3%"
    ghrp = next(row for row in table.rows if row[0] == "GHRP")
    assert [str(ghrp[at]) for at in (1, 3)] == ["2020-06-04", "2020-05-07"]  # both dates are named
    assert str(ghrp[-1]) == "18% (17.5–18.5%)"


def test_covid_plans_and_the_others_are_apart():
    covid, beside = overview(ALL, covid=True), overview(ALL, covid=False)
    names = [{name[:-5] for name in column(table, "plan")} for table in (covid, beside)]
    assert names[0] == {p.short for p in PLANS.values() if p.covid}
    assert names[1] == {p.short for p in PLANS.values() if not p.covid}


def test_a_plan_year_is_a_row_and_what_is_missing_is_not_zero():
    table = overview(ALL, covid=True)
    rows = {row[0]: row for row in table.rows}
    assert str(rows["IOM 2021"][1]).startswith("USD 822.868 million")
    assert rows["IOM 2021"][3].reason  # received: not reported
    assert "zero" in rows["GHRP, plan 952 2020"][5].reason  # coverage of a zero requirement


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
def test_tables_have_records_in_every_edition(as_of):
    data = ALL.known(as_of)
    for appeal in PLANS:
        assert over_time(history(data, appeal)).as_record()["kind"] == "table"
    assert overview(data, covid=True).as_record()["rows"]


def test_reach_keeps_people_in_need_and_targeted_apart():
    rows = {(r[0], str(r[1]), r[2]): r[3].value for r in reach(load()).rows}
    assert rows["RMRP", "2024", "people in need"] == 8_900_000
    assert rows["IOM", "2020-04", "countries"] == 140
    assert rows["IOM", "2020-05-26", "countries that United States paid for"] == 30
