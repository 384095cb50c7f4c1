"""The door to data/: nothing lost on the way in, and nothing known too early."""

import csv
from datetime import date
from pathlib import Path

import pytest

from analysis.data.load import OBSERVATIONS, find, load
from analysis.data.periods import Period
from analysis.errors import DataError, NotAccepted

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def data():
    return load(DATA)


def rows(name):
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_nothing_is_lost(data):
    assert [len(data.tables[table]) for table in OBSERVATIONS] == [301, 44, 190]
    assert len(data.sources) == 94
    assert len(data.breaks) == 8


@pytest.mark.parametrize("table", OBSERVATIONS)
def test_every_cell_of_an_observation_survives(data, table):
    records = [
        {name: str(value) for name, value in o.as_record().items()} for o in data.tables[table]
    ]
    assert records == rows(table)


def test_every_cell_of_a_source_survives(data):
    assert [s.as_record() for s in data.sources.values()] == rows("sources")


def test_two_loads_hold_equal_observations(data):
    again = load(DATA)
    assert again.displacement == data.displacement
    assert {again["d001"], data["d001"]} == {data["d001"]}


def test_the_project_is_found_from_a_folder_below(monkeypatch):
    monkeypatch.chdir(DATA.parent / "tests")
    assert find() == DATA
    assert len(load().sources) == 94


def test_outside_a_project_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"datapackage.json is missing.*load\(folder\)"):
        load()


def test_an_unknown_key_names_the_nearest(data):
    with pytest.raises(NotAccepted, match="Did you mean 'd3"):
        data["d3011"]


def test_known_holds_exactly_what_was_published_by_then(data):
    known = data.known("2020-05-31")
    assert known.as_of == date(2020, 5, 31)
    published = {s["source"]: s["published"] for s in rows("sources") if s["published"]}
    # Every source of these years is dated to the month or day, so text order is date order.
    assert set(known.sources) == {k for k, text in published.items() if text[:7] <= "2020-05"}
    assert len(known.sources) == 31
    counts = [len(known.tables[table]) for table in OBSERVATIONS]
    assert counts == [
        sum(row["source"] in known.sources for row in rows(table)) for table in OBSERVATIONS
    ]
    assert known.breaks == ()


@pytest.mark.parametrize(
    ("source", "day_before", "first_day"),
    [
        ("us-iom-2020", "2020-05-25", "2020-05-26"),  # dated by day
        ("ocha-undated-2", "2020-05-30", "2020-05-31"),  # May 2020: from its last day
        ("idb-undated-4", "2023-12-30", "2023-12-31"),  # 2023: from its last day
        ("idb-iom-renewal", "2023-10-30", "2023-10-31"),
    ],
)
def test_a_source_is_known_from_the_last_day_of_its_date(data, source, day_before, first_day):
    assert source not in data.known(day_before).sources
    assert source in data.known(first_day).sources


def test_a_source_without_a_date_is_known_only_to_the_latest(data):
    undated = {key for key, s in data.sources.items() if s.dating == "unknown"}
    assert undated == {
        "gcff-undated",
        "gcff-undated-2",
        "r4v-undated-3",
        "r4v-undated-8",
        "unhcr-undated-2",
        "iom-undated-4",
    }
    latest, far = data.known(None), data.known("2999-12-31")
    assert set(latest.sources) - set(far.sources) == undated
    assert latest.as_of is None
    assert "d098" in latest
    assert "d098" not in far


def test_knowing_less_never_turns_into_knowing_more(data):
    once = data.known("2020-05-31")
    again = once.known("2023-12-31")
    assert set(again.sources) == set(once.sources)
    assert again.as_of == once.as_of


def test_known_takes_a_date_as_it_takes_its_text(data):
    assert data.known(date(2023, 12, 31)).displacement == data.known("2023-12-31").displacement


@pytest.mark.parametrize(
    ("as_of", "hint"),
    [
        ("2023-12", "Give the day, such as '2023-12-31'."),
        ("2023", "Give the day, such as '2023-12-31'."),
        ("2023-01/2023-12", "Give the day"),
        ("2017-04-20", "Nothing had been published by then."),
        ("31.12.2023", "Accepted: a day"),
        ("", "Accepted: a day"),
    ],
)
def test_an_as_of_that_is_no_day_or_too_early_is_refused(data, as_of, hint):
    with pytest.raises(NotAccepted) as caught:
        data.known(as_of)
    assert hint in str(caught.value)
    assert "2017-04-21" in str(caught.value)
    assert "2026-06-25" in str(caught.value)


def test_a_break_lies_between_the_last_old_and_the_first_new_figure(data):
    colombia = next(b for b in data.breaks if b.area == "COL")
    parse = Period.parse
    assert colombia.lies_between(parse("2022-07"), parse("2022-08-05"))
    assert not colombia.lies_between(parse("2022-08-05"), parse("2022-08"))
    assert not colombia.lies_between(parse("2021-11"), parse("2022-07"))
