"""What the report's own data hold: the one file whose tests name real figures.

Tests of modules use made data (`made.py`, `made_package.py`, `tiny_displacement.py`,
`funding_world.py`). A count or a value that is read from `data/` is asked for here, once, under a
heading of its question, so that a corrected row breaks few tests and all of them in this file.
What holds for every row, whatever it says, is asked in `test_datapackage.py`.
"""

from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.numbers.estimate import Estimate, ratio, share

DATA = load(Path(__file__).parents[2] / "data")


def of(key):
    return Estimate.of(DATA[key])


# How much there is.


def test_how_many_rows_there_are():
    assert {name: len(table) for name, table in DATA.tables.items()} == {
        "displacement": 301,
        "leverage": 44,
        "funding": 190,
    }
    assert len(DATA.sources) == 94
    assert len(DATA.breaks) == 8


def test_what_was_known_in_may_2020():
    known = DATA.known("2020-05-31")
    assert len(known.sources) == 31
    assert known.breaks == ()


def test_the_areas_are_the_countries_of_iso_3166_and_twelve_groups():
    kinds = [area.kind for area in DATA.areas.values()]
    assert kinds.count("country") == 249
    assert len(kinds) - 249 == 12


def test_the_sources_without_a_date():
    assert {key for key, s in DATA.sources.items() if s.dating == "unknown"} == {
        "gcff-undated",
        "gcff-undated-2",
        "r4v-undated-3",
        "r4v-undated-8",
        "unhcr-undated-2",
        "iom-undated-4",
    }


# The six worked values: two press releases of 2020 and one of 2023.


@pytest.mark.parametrize(
    ("operation", "top", "bottom", "printed"),
    [
        (share, "d003", "d004", "84.3% (82.7–88.0%)"),  # 4.3/5.2 … 4.4/5.0
        (share, "d002", "d001", "84.4% (82.6–86.3%)"),  # 6.4/7.75 … 6.6/7.65
        (ratio, "l002", "l001", "13.0 (12.9–13.1)"),  # 1315/101.55 … 1325/101.45
        (share, "f001", "f003", "5.71% (5.69–5.72%)"),  # 28.4/499.5 … 28.5/498.5
        (share, "f001", "f004", "28.5% (28.4–28.8%)"),  # 28.4/100 … 28.5/99
        (share, "f004", "f003", "20.0% (19.8–20.1%)"),  # 99/499.5 … 100/498.5
    ],
)
def test_worked_values(operation, top, bottom, printed):
    result = operation(of(top), of(bottom))
    assert str(result) == printed
    assert result.derivation == f"{top} / {bottom}"


# Displacement.


def test_one_report_of_december_2019_states_two_figures_that_meet():
    # 4 million (3.8-4.2) and 3.9 million (3.85-3.95)
    assert of("d046").meets(of("d047"))


def test_the_region_of_the_platform_is_its_seventeen_hosts():
    hosts = DATA.displacement.where(indicator="refugees_and_migrants", period="2021-11")
    stated = set(hosts.values_of("area")) - {"WLD", "LAC"}
    assert len(stated) == 17
    assert set(DATA.areas["LAC"].members) == stated
    assert {DATA.areas[code].kind for code in stated} == {"country"}


def test_the_unhcr_categories_jump_where_the_break_says():
    def total(year):
        rows = DATA.displacement.where(area="WLD", origin="VEN", source="unhcr-2026")
        return sum(o.value for o in rows.where(period=f"{year}-12-31"))

    assert (total(2017), total(2018)) == (157_368, 3_078_217)


def test_the_platforms_figures_jump_where_the_break_says():
    series = DATA.displacement.where(indicator="refugees_and_migrants", origin="VEN")
    rise = (
        series.one(area="COL", period="2022-08").value
        - series.one(area="COL", period="2021-11").value
    )
    world = (
        series.one(area="WLD", period="2022-08-05").value
        - series.one(area="WLD", period="2022-07").value
    )
    assert (rise, world) == (637_610, 658_169)
    assert rise / world == pytest.approx(0.97, abs=0.005)


# Funding.


def test_the_lines_of_the_plan_of_2022_add_up_to_its_requirement():
    plan = DATA.funding.where(source="ocha-fts-2022", appeal="RMRP", measure="required")
    parts = [o.value for o in plan if o.area != "LAC"]
    assert len(parts) == 18
    assert sum(parts) == plan.one(area="LAC").value == 1_786_198_773
