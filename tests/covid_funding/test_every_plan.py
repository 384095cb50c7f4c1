"""Every plan of OCHA's table."""

import pytest
from made_tables import made

from analysis.covid_funding import every_plan
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent


def row(number, country, year=2020, required="", received="", covid="", **more):
    return {
        "year": year, "country": country, "plan_id": number, "code": f"P{number}",
        "plan": f"Plan {number} {year}", "type": "Humanitarian response plan",
        "start": f"{year}-01-01", "end": f"{year}-12-31", "required": required,
        "received": received, "received_for_covid": covid, **more,
    }  # fmt: skip


ROWS = [
    row("1", "YEM", required=200, received=100, covid=20),
    row("2", "SYR", required=100, received=80, covid=40),
    row("3", "AFG", required=50, received=10, covid=1),
    row("9", "COL", required=60, received=30, covid=3, type="Regional response plan"),
    row("9", "PER", required=60, received=6, covid=3, type="Regional response plan"),
    row("9", "ECU", required=10, received=5, covid=5, type="Regional response plan"),
    row("11", "YEM", year=2021, required=100, received=25, plan="Plan 1 2021"),
]
PLANS = every_plan.every_plan(made(tables={"fts_plans": ROWS}))


def test_the_covid_part_of_every_plan_in_a_country():
    parts = every_plan.covid_parts(PLANS)
    assert len(parts.parts) == 6
    assert parts.how_many().value == 6
    assert parts.parts[0].name == "Syria, 2020"
    assert parts.by_share()[0].name == "Ecuador, 2020 (P9)"  # 5 of 5
    assert parts.for_covid_alone() == 1
    assert [name for name, _share in parts.share_rows()][:2] == ["Syria, 2020", "Peru, 2020 (P9)"]
    # 0.1, 0.1, 0.2, 0.5, 0.5, 1
    assert parts.median_share().value == pytest.approx(0.35)


def test_a_requirement_that_is_repeated_is_no_countrys_and_is_never_added():
    whole = every_plan.money(PLANS["9"])
    assert isinstance(whole.required, Absent)
    assert "does not split its requirement" in whole.required.reason
    assert isinstance(whole.coverage, Absent)
    assert whole.received.value == 41  # 30 + 6 + 5
    table = every_plan.countries_table(every_plan.over_years(PLANS, "9"))
    assert {r[0]: str(r[1]) for r in table.rows} == {
        "Colombia": "Absent(reason='shared with other countries', unit='USD', label='', "
        "said='not reported')",
        "Peru": "Absent(reason='shared with other countries', unit='USD', label='', "
        "said='not reported')",
        "Ecuador": "USD 10",
    }
    assert "USD 60 for 2 countries together" in table.note


def test_coverage_with_and_without_the_money_for_covid():
    of_2020 = every_plan.coverage_of_year(PLANS, 2020)
    assert [p.plan.plan_id for p in of_2020.plans] == ["1", "2", "3"]
    assert of_2020.median(covid=True).value == 0.5  # 0.5, 0.8, 0.2
    assert of_2020.median(covid=False).value == pytest.approx(0.4)  # 0.4, 0.4, 0.18


def test_a_plan_has_those_of_its_name_for_other_years_beside_it():
    found = every_plan.over_years(PLANS, "1")
    assert found.name == "Plan 1"
    assert [p.plan.year for p in found.years] == [2020, 2021]
    assert every_plan.number(found, "coverage").value == 0.5


def test_types_have_a_median_from_three_plans_on():
    types = {(t.type, t.year): t for t in every_plan.coverage_by_type(PLANS)}
    assert types["Humanitarian response plan", 2020].coverage.value == 0.5
    assert isinstance(types["Humanitarian response plan", 2021].coverage, Absent)
    assert not types["Humanitarian response plan", 2020].partial
    assert types["Humanitarian response plan", 2021].partial  # the table is of January 2021


def test_amounts_of_two_plans_are_never_added():
    with pytest.raises(ValueError, match="Cannot add"):
        every_plan.money(PLANS["1"]).received + every_plan.money(PLANS["2"]).received


def test_an_unknown_number_says_what_a_number_is():
    with pytest.raises(NotAccepted, match="the number of one of 5 plans"):
        every_plan.over_years(PLANS, "VEN")


def test_without_the_table_everything_is_absent_with_its_reason():
    none = every_plan.every_plan(made())
    assert every_plan.over_years(none, None) is None
    assert isinstance(every_plan.covid_parts(none).median_share(), Absent)
    assert isinstance(every_plan.number(None, "received"), Absent)
    assert every_plan.years_table(None).empty
