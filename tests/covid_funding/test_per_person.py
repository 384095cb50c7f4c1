"""Money for each person a plan names, on a plan anyone can divide."""

from made_tables import made

from analysis.covid_funding.per_person import per_person
from analysis.numbers.estimate import Absent


def stated(measure, value, year, source="first", unit="persons", **more):
    return {
        "appeal": "RMRP", "appeal_year": year, "area": "LAC", "measure": measure, "value": value,
        "unit": unit, "period": str(year), "source": source, **more,
    }  # fmt: skip


DATA = made(
    funding=[
        stated("required", 1000, 2020, unit="USD"),
        stated("people_targeted", 10, 2020),
        stated("required", 3000, 2022, unit="USD"),
        stated("required", 2400, 2022, unit="USD", source="second", period="2022-06"),
        stated("people_targeted", 20, 2022, source="first"),
        stated("people_targeted", 12, 2022, source="second"),
        stated("people_in_need", 30, 2022, source="second"),
    ],
    sources={"first": {"published": "2022-01"}, "second": {"published": "2022-07"}},
)


def test_each_year_has_its_own_plan():
    years = per_person(DATA, "RMRP").years
    assert [y.year for y in years] == [2020, 2022]
    assert years[0].each[0].value == 100  # 1,000 for 10
    assert isinstance(years[0].each[1], Absent)


def test_people_and_money_come_from_the_newest_source_that_has_both():
    year = per_person(DATA, "RMRP").years[1]
    assert [each.value for each in year.each] == [200, 80]  # 2,400 for 12 and for 30


def test_the_newest_year_is_named():
    each = per_person(DATA, "RMRP").newest("people_targeted")
    assert each.formats["value"] == "USD 200"
    assert each.parts["subject"] == "2022"
    assert each.label.endswith("targeted, 2022")
    assert dict(each.basis) == {"plan year": "is of the plan for 2022"}


def test_a_plan_that_names_no_people_says_so():
    none = per_person(made(funding=[stated("required", 1000, 2020, unit="USD")]), "RMRP")
    assert none.newest("people_in_need").reason.startswith("no source in this report’s data")
    assert none.table().rows == []


def test_a_plan_that_names_only_whom_it_means_to_reach_says_what_is_missing():
    rows = [
        stated("required", 1000, 2020, unit="USD"),
        stated("people_targeted", 10, 2020),
    ]
    none = per_person(made(funding=rows), "RMRP").newest("people_in_need")
    assert "states how many people" in none.reason
    assert none.reason.endswith("counts as in need")
