"""OCHA's Financial Tracking Service: its exports and its answers, with their quirks."""

import copy

import pytest
from made_files import dropped, read_made, rows

from analysis.errors import DataError
from analysis.producers.fts import read

HEAD = "countryCode,id,name,code,typeId,typeName,startDate,endDate,year,requirements,funding"
TAGS = "#country+code,#activity+id,,,,,#date+start,#date+end,#date+year,#value,#value"
PLAN = "AFG,929,Afghanistan 2020,HAFG20,4,Humanitarian response plan,2020-01-01,2020-12-31,2020"
OTHER = "AFG,1006,Famine Prevention 2020,OGLBL20,1614,Other,2020-05-01,2020-12-31,2020"
PLANS = f"""\
{HEAD},percentFunded
{TAGS},#value+pct
{PLAN},1131050820,564467765,50
{OTHER},,15000000,
AFG,,Not specified,,,,,,2020,,146123534,
"""
COVID = f"""\
{HEAD},covidFunding,covidPercentageOfFunding
{PLAN},1131050820,564467765,186988307,33
"""
AS_PLAN = (2020, "AFG", "929", "HAFG20", "Afghanistan 2020", "Humanitarian response plan",
           "2020-01-01", "2020-12-31", 1131050820, 564467765)  # fmt: skip
AS_OTHER = (2020, "AFG", "1006", "OGLBL20", "Famine Prevention 2020", "Other",
            "2020-05-01", "2020-12-31", None, 15000000)  # fmt: skip

OVERVIEW = {"data": {"plans": [
    {"id": 832, "name": "Palestine 2020", "code": "HPSE20", "startDate": "2020-01-01T00:00:00Z",
     "endDate": "2020-12-31", "planType": {"id": 4, "name": "Humanitarian response plan"},
     "countries": [{"id": 171, "iso3": "PSE"}], "usageYears": [{"year": "2021"}, {"year": "2020"}],
     "requirements": {"origRequirements": 1, "revisedRequirements": 420},
     "funding": {"totalFunding": 295}},
    {"id": 943, "name": "Syria 3RP 2020", "code": "RSYR20", "startDate": "2020-01-01",
     "endDate": "2020-12-31", "planType": {"id": 111, "name": "Regional response plan"},
     "countries": [{"id": 114, "iso3": "JOR"}, {"id": 229, "iso3": "TUR"},
                   {"id": 251, "iso3": None}],
     "usageYears": [{"year": 2020}], "requirements": {"revisedRequirements": 5995}},
]}}  # fmt: skip
# A number is one in one place and text in another; what is shared stands beside, in neither.
GROUPED = {"status": "ok", "data": {
    "requirements": {"totalRevisedReqs": 5995, "objects": [
        {"id": 114, "name": "Jordan", "revisedRequirements": 1475},
        {"id": 229, "name": "Turkey", "revisedRequirements": 1302},
        {"name": "Not specified", "revisedRequirements": 99}]},
    "report3": {"fundingTotals": {"total": 2219, "objects": [
        {"sharedFundingTotal": 128, "objectsBreakdown": [
            {"id": "114", "name": "Jordan", "totalFunding": 597, "sharedFunding": 128},
            {"id": "229", "name": "Turkey", "totalFunding": -5, "sharedFunding": 128},
            {"name": "Not specified", "totalFunding": -1}]}]}},
}}  # fmt: skip
FOR_COVID = {"data": {"report3": {"fundingTotals": {"objects": [
    {"objectsBreakdown": [{"id": "114", "name": "Jordan", "totalFunding": 58}]}]}}}}  # fmt: skip


def test_plans_by_country_are_read_and_money_outside_plans_is_left_out(tmp_path):
    found = read_made(read, tmp_path, plans_csv=PLANS)
    assert found.table == "fts_plans"
    assert rows(found) == [(*AS_OTHER, None), (*AS_PLAN, None)]
    assert dropped(found) == {"money outside any plan ('Not specified')": 1}
    assert found.summary == "2 plans by country, 2020"


def test_the_export_with_the_covid_part_adds_it_to_the_plans(tmp_path):
    found = read_made(read, tmp_path, plans_csv=PLANS, covid_csv=COVID)
    assert rows(found) == [(*AS_OTHER, None), (*AS_PLAN, 186988307)]
    alone = read_made(read, tmp_path, covid_csv=COVID)
    assert rows(alone) == [(*AS_PLAN, 186988307)]


def test_a_plan_of_several_years_stands_once_in_its_first(tmp_path):
    later = PLAN.removesuffix("2020") + "2021"
    found = read_made(read, tmp_path, plans_csv=PLANS + f"{later},1131050820,564467765,50\n")
    assert rows(found) == [(*AS_OTHER, None), (*AS_PLAN, None)]
    why = "a plan of several years is listed under each; it stands in its first"
    assert dropped(found)[why] == 1


def test_a_type_of_plan_that_is_not_known_becomes_other_and_is_said(tmp_path):
    old = PLANS.replace("Humanitarian response plan", "Strategic response plan")
    found = read_made(read, tmp_path, plans_csv=old)
    assert set(found.rows["type"]) == {"Other"}
    assert found.remarks == ("Read as plans of the type 'Other': Strategic response plan.",)


def test_amounts_of_cents_are_rounded_and_corrections_stay_negative(tmp_path):
    found = read_made(read, tmp_path, plans_csv=f"{HEAD}\n{PLAN},100.6,-3.2\n")
    assert rows(found)[0][8:] == (101, -3, None)


def test_clusters_are_a_table_of_their_own(tmp_path):
    text = """\
countryCode,id,name,code,startDate,endDate,year,clusterCode,cluster,requirements,funding
JOR,1010,Jordan 2020,OJOR20,2020-05-01,2020-12-31,2020,5831,Multi-sector COVID-19,200000,2148882
JOR,1010,Jordan 2020,OJOR20,2020-05-01,2020-12-31,2020,,Multiple clusters/sectors (shared),,7
"""
    found = read_made(read, tmp_path, clusters_csv=text)
    assert (found.table, rows(found)) == ("fts_clusters", [
        (2020, "JOR", "1010", "OJOR20", "Jordan 2020", "Multi-sector COVID-19", 200000, 2148882),
        (2020, "JOR", "1010", "OJOR20", "Jordan 2020", "Multiple clusters/sectors (shared)",
         None, 7),
    ])  # fmt: skip


def test_flows_keep_their_status_and_internal_ones_are_left_out(tmp_path):
    text = """\
date,budgetYear,amountUSD,srcOrganization,srcLocations,destPlan,destPlanCode,destPlanId,\
destLocations,destEmergency,boundary,onBoundary,status,id,refCode
#date,#date+year+budget,#value,#org,#country,#plan,#code,#id,#country,#crisis,#d,#t,#s,#i,#c
2020-02-03,2019,645,"United Kingdom, Government of",GBR,GHRP,HCOVD20,952,"ABW,AFG",COVID-19,\
incoming,shared,commitment,205905,A1
2020-03-03,,100,Japan,JPN,,,,JOR,,incoming,single,pledge,205906,A2
2020-03-04,,-7,Japan,JPN,,,,JOR,,incoming,single,paid,205907,A3
2020-03-05,,50,WHO,,GHRP,HCOVD20,952,JOR,,internal,single,paid,205908,A4
"""
    found = read_made(read, tmp_path, flows_csv=text)
    assert found.table == "fts_flows"
    amounts = found.rows[["status", "on_boundary", "countries", "amount_usd"]]
    assert [tuple(row) for row in amounts.itertuples(index=False)] == [
        ("commitment", "shared", "ABW,AFG", 645),
        ("pledge", "single", "JOR", 100),
        ("paid", "single", "JOR", -7),
    ]
    assert dropped(found) == {"internal flows, which pass on money that came in before": 1}
    assert found.remarks[0].startswith("1 pledges of USD 100 are in it")


def test_answers_of_the_api_give_each_country_its_own_part(tmp_path):
    found = read_made(
        read, tmp_path, **{
            "overview_json": OVERVIEW,
            "custom-search-planid-943-groupby-location_json": GROUPED,
            "custom-search-emergencyid-911-planid-943-groupby-location_json": FOR_COVID,
        }
    )  # fmt: skip
    short = found.rows[["year", "country", "plan_id", "required", "received",
                        "received_for_covid"]]  # fmt: skip
    cells = [tuple(None if str(cell) == "<NA>" else cell for cell in row)
             for row in short.itertuples(index=False)]  # fmt: skip
    assert cells == [
        (2020, "PSE", "832", 420, 295, None),
        (2020, "JOR", "943", 1475, 597, 58),
        (2020, "TUR", "943", 1302, -5, None),
    ]


def test_a_plan_of_several_countries_without_its_parts_is_left_out_and_one_without_funding_kept(
    tmp_path,
):
    overview = copy.deepcopy(OVERVIEW)
    del overview["data"]["plans"][0]["funding"]
    found = read_made(read, tmp_path, overview_json=overview)
    assert [row[1:3] + row[8:] for row in rows(found)] == [("PSE", "832", 420, None, None)]
    assert list(dropped(found).values()) == [1]


def test_a_requirement_that_is_repeated_for_every_country_is_none_of_theirs(tmp_path):
    grouped = copy.deepcopy(GROUPED)
    for each in grouped["data"]["requirements"]["objects"]:
        each["revisedRequirements"] = 5995
    found = read_made(
        read, tmp_path, **{"overview_json": OVERVIEW, "planid-943_json": grouped}
    )  # fmt: skip
    assert [(row[1], row[8]) for row in rows(found)] == [("PSE", 420), ("JOR", None), ("TUR", None)]


def test_the_worlds_covid_plan_holds_others_and_is_left_out(tmp_path):
    overview = copy.deepcopy(OVERVIEW)
    overview["data"]["plans"][1]["customLocationCode"] = "COVD"
    found = read_made(read, tmp_path, **{"overview_json": overview, "planid-943_json": GROUPED})
    assert [row[1] for row in rows(found)] == ["PSE"]
    assert list(dropped(found)) == ["the world's COVID-19 plan, which holds plans of countries"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"plans_csv": PLANS.replace("AFG,929", "Kabul,929")}, "row 3, column 'countryCode': 'Kab"),
        ({"plans_csv": PLANS.replace("2020-05-01", "May")}, "row 4, column 'startDate': 'May' is"),
        ({"plans_csv": PLANS.replace("typeName", "kind")}, "has no column 'typeName'"),
        (
            {"plans_csv": PLANS.replace("15000000", "lots")},
            "row 4, column 'funding': 'lots'",
        ),
        ({"grouped_json": GROUPED}, "grouped.json does not say of which plan it is"),
        ({"planid-943_json": GROUPED}, "name the overview of their year"),
        ({"planid-943-emergencyid-5_json": GROUPED}, "another emergency than COVID-19 (911)"),
        ({"planid-943_json": {"message": "no such plan"}}, "read here: no such plan. Accepted"),
        ({"overview_json": OVERVIEW, "plans_csv": PLANS}, "are imported apart"),
    ],
)
def test_what_is_none_of_these_is_refused(tmp_path, files, said):
    with pytest.raises(DataError) as refused:
        read_made(read, tmp_path, **files)
    assert said in str(refused.value)
