"""Hosting in proportion to inhabitants and gross domestic product."""

from made_tables import made

from analysis.displacement import leading
from analysis.displacement.proportion import proportions
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count
from analysis.numbers.estimate import Absent

POPULATION = [
    {"year": 2024, "origin": "SYR", "host": host, "refugees": people, "asylum_seekers": 0}
    for host, people in (("TUR", 80_000), ("LBN", 20_000), ("JOR", 5_000), ("CYP", 999))
]
BANK = [
    {"country": "TUR", "year": 2023, "inhabitants": 8_000_000, "gdp_usd": 40_000_000_000},
    {"country": "LBN", "year": 2021, "inhabitants": 500_000, "gdp_usd": ""},
    {"country": "LBN", "year": 2020, "inhabitants": 400_000, "gdp_usd": 2_000_000_000},
    {"country": "JOR", "year": 2020, "inhabitants": 1_000_000, "gdp_usd": 1_000_000},
]


def found(**tables):
    scope = scope_of(made(tables={"unhcr_population": POPULATION, **tables}), origin="SYR")
    return proportions(leading.leading(scope, unhcr_count(scope)).hosts)


def test_people_per_thousand_inhabitants_with_the_years_of_both_sides():
    by_host = {h.host.area: h for h in found(world_bank=BANK).hosts}
    assert by_host["TUR"].per_inhabitants.value == 10  # 80,000 of 8 million
    assert by_host["TUR"].per_gdp.value == 2  # 80,000 to 40,000 million dollars
    assert by_host["TUR"].inhabitants_of == "2023"
    assert by_host["LBN"].per_inhabitants.value == 40  # the newest figure: 2021
    assert isinstance(by_host["LBN"].per_gdp, Absent)  # 2020 is four years before 2024
    assert isinstance(by_host["JOR"].per_inhabitants, Absent)


def test_two_rankings_beside_each_other():
    both = found(world_bank=BANK)
    assert [h.host.area for h in both.by_number] == ["TUR", "LBN"]
    assert [h.host.area for h in both.ranked] == ["LBN", "TUR"]
    assert both.highest().subject == "Lebanon"
    assert both.of_largest().value == 10
    rows = {r[0]: (r[3], r[5]) for r in both.table().rows}
    assert rows == {"Lebanon": (2, 1), "Türkiye": (1, 2), "Jordan": (None, None)}


def test_a_handful_of_people_is_in_proportion_to_nothing():
    assert "CYP" not in {h.host.area for h in found(world_bank=BANK).hosts}


def test_without_inhabitants_there_is_a_reason():
    none = found()
    assert none.hosts == ()
    assert "states the inhabitants" in none.highest().reason
    assert not none.table().rows
