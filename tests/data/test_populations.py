"""UNHCR's table of people by origin and host."""

import pytest
from made_tables import made

from analysis.data.populations import origins, populations

SYR = [
    {"year": 2024, "origin": "SYR", "host": "TUR", "refugees": 60, "asylum_seekers": 10},
    {"year": 2024, "origin": "SYR", "host": "DEU", "refugees": 20, "asylum_seekers": 0},
    {"year": 2024, "origin": "SYR", "host": "OTHER", "refugees": 8, "asylum_seekers": 2},
    {"year": 2023, "origin": "SYR", "host": "TUR", "refugees": 5, "asylum_seekers": ""},
]
OTHERS = [{"year": 2024, "origin": "HTI", "host": "USA", "refugees": 7, "asylum_seekers": 1}]
DATA = made(tables={"unhcr_population": SYR + OTHERS})
TABLE = populations(DATA, "SYR")
THIRD = "other_people_in_need_of_international_protection"


def test_a_host_and_the_world_are_sums_of_rows():
    assert TABLE.figure("TUR", 2024).value == 70
    assert TABLE.figure("WLD", 2024).value == 100  # 70 + 20 + 10
    assert TABLE.figure("WLD", 2024, "refugees").value == 88
    assert TABLE.figure("WLD", 2024).locator == (
        "origin SYR, 2024: sum of 3 rows, refugees + asylum_seekers + oip"
    )


def test_what_is_not_counted_is_missing_and_a_reported_zero_is_zero():
    assert TABLE.figure("WLD", 2024, THIRD) is None
    assert TABLE.figure("TUR", 2023, "asylum_seekers") is None
    assert TABLE.figure("DEU", 2024, "asylum_seekers").value == 0
    assert TABLE.figure("JOR", 2024) is None


def test_a_group_has_at_least_its_named_hosts_and_at_most_the_others_too():
    group = TABLE.figure_of("145", ("TUR", "JOR"), 2024)
    assert (group.value, group.resolution, group.hedge) == (70, 10, "at least")  # 70 to 80
    assert TABLE.figure_of("145", ("JOR",), 2024) is None


def test_a_small_figure_was_rounded_to_five():
    assert TABLE.figure("TUR", 2023).resolution == 5  # 2.5 to 7.5
    assert TABLE.figure("TUR", 2024).resolution == 0


def test_hosts_are_those_with_a_name():
    assert TABLE.hosts(2024) == ["TUR", "DEU"]


def test_an_origin_that_the_table_has_not():
    assert populations(DATA, "VEN") is None
    assert origins(DATA) == ["HTI", "SYR"]


def test_before_it_was_published_there_is_no_table():
    early = made(
        tables={"unhcr_population": SYR},
        displacement=[{"value": 1, "source": "old"}],
        sources={"old": {"published": "2019"}},
    ).known("2020-12-31")
    assert populations(early, "SYR") is None


@pytest.mark.parametrize("area", ["WLD", "TUR"])
def test_a_figure_of_the_table_is_known_by_its_rows(area):
    assert TABLE.figure(area, 2024).key == f"unhcr:SYR:{area}:2024"
    assert TABLE.figure(area, 2024).as_record()["table"] == "unhcr_population"
