"""A year's total by UNHCR in one release and in the next."""

import csv

import pytest
from made_tables import write

from analysis.data.load import load
from analysis.displacement.scope import scope_of
from analysis.numbers.estimate import Estimate
from analysis.vintages.as_known import vintages
from analysis.vintages.unhcr_revisions import unhcr_revisions

TABLE = "unhcr_population"
# 2022 was 70 (50 in Turkey, 20 in Lebanon) and is 75 in the release after; 2023 stays 80.
FIRST = [
    {"year": 2022, "origin": "SYR", "host": "TUR", "refugees": 50},
    {"year": 2022, "origin": "SYR", "host": "LBN", "refugees": 20},
    {"year": 2023, "origin": "SYR", "host": "TUR", "refugees": 80},
]
SECOND = [
    {"year": 2022, "origin": "SYR", "host": "TUR", "refugees": 75},
    {"year": 2023, "origin": "SYR", "host": "TUR", "refugees": 80},
    {"year": 2024, "origin": "SYR", "host": "TUR", "refugees": 90},
]


@pytest.fixture
def folder(tmp_path):
    """Data with one release of 2021-01-01, which `release` can follow by another."""
    sources = {"unhcr-population": {"published": "2021-01-01"},
               "next": {"published": "2022-06-30"}}  # fmt: skip
    return write(tmp_path / "data", tables={TABLE: FIRST}, sources=sources)


def release(folder, rows, published="2022-06-30"):
    with open(folder / "snapshots.csv", encoding="utf-8", newline="") as stream:
        (first,) = csv.DictReader(stream)
    again = first | {"file": f"tables/{TABLE}/next.csv", "published": published, "source": "next"}
    with open(folder / "snapshots.csv", "a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, list(first), lineterminator="\n").writerow(again)
    with open(folder / again["file"], "w", encoding="utf-8", newline="") as stream:
        columns = ["year", "origin", "host", "refugees", "asylum_seekers", "oip"]
        table = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def scope(folder, as_of=None):
    return scope_of(load(folder).known(as_of), origin="SYR", region="145")


def test_a_year_whose_total_the_next_release_changed_is_listed_with_both(folder):
    release(folder, SECOND)
    table = unhcr_revisions(scope(folder))
    ((year, before, after, change, known_from),) = table.rows
    assert (str(year), before.value, after.value, change) == ("2022", 70, 75, "higher")
    assert str(known_from) == "2022-06-30"
    assert [source.key for source in table.sources] == ["unhcr-population", "next"]


def test_an_edition_of_the_time_between_knows_of_no_revision(folder):
    release(folder, SECOND)
    table = unhcr_revisions(scope(folder, "2022-01-01"))
    assert table.rows == []
    assert "One release" in table.empty


def test_a_release_that_changes_nothing_lists_nothing(folder):
    release(folder, [*FIRST, SECOND[-1]])
    table = unhcr_revisions(scope(folder))
    assert (table.rows, table.empty) == ([], "No total was changed by a later release.")


def test_a_number_that_was_revised_under_its_key_is_a_vintage_of_its_own(folder):
    release(folder, SECOND)

    def of_2022(known):
        figure = scope_of(known, origin="SYR", region="145").populations.figure("WLD", 2022)
        return Estimate.of(figure)

    known = load(folder).known("2022-12-31")
    assert [each.estimate.value for each in vintages(known, of_2022, "People").items] == [70, 75]
