"""The door to data/: nothing lost on the way in, and nothing known too early."""

import csv
from datetime import date
from pathlib import Path

import made_tables
import pytest

from analysis.data.load import OBSERVATIONS, Data, find, load
from analysis.data.periods import Period
from analysis.errors import DataError, NotAccepted

DATA = Path(__file__).parents[2] / "data"
SOURCES = {
    "first": {"published": "2017-04-21"},
    "by-day": {"published": "2020-05-26"},
    "by-month": {"published": "2020-05"},
    "by-year": {"published": "2023"},
    "undated": {"published": "", "dating": "unknown"},
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = made_tables.write(
        tmp_path_factory.mktemp("package"),
        displacement=[{"value": 1, "source": source} for source in SOURCES],
        leverage=[{"value": 1, "source": "by-day"}],
        funding=[{"value": 1, "source": "by-year"}],
        sources=SOURCES,
        breaks=[
            {"area": "COL", "period": "2022-08", "source": "by-year"},
            {"area": "PER", "period": "2022", "source": ""},
        ],
    )  # fmt: skip
    return load(folder)


@pytest.fixture(scope="module")
def real():
    return load(DATA)


def rows(name):
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("table", OBSERVATIONS)
def test_every_cell_of_an_observation_survives(real, table):
    records = [
        {name: str(value) for name, value in o.as_record().items()} for o in real.tables[table]
    ]
    assert records == rows(table)


def test_every_cell_of_a_source_survives(real):
    assert [s.as_record() for s in real.sources.values()] == rows("sources")


def test_two_loads_hold_equal_observations(real):
    again = load(DATA)
    assert again.displacement == real.displacement
    assert {again["d001"], real["d001"]} == {real["d001"]}


def test_a_table_is_an_attribute_and_has_its_name(data):
    assert list(data.tables) == list(OBSERVATIONS)
    assert [data.displacement, data.leverage, data.funding] == list(data.tables.values())


def test_a_table_of_another_name_is_known_by_date_and_key_like_the_others(data):
    more = Data({"more": lambda: data.displacement}, sources=data.sources, areas=data.areas)
    assert more["d001"] is data["d001"]
    assert len(more.known("2020-05-31").tables["more"]) == 3


def test_the_project_is_found_from_a_folder_below(monkeypatch):
    monkeypatch.chdir(DATA.parent / "tests")
    assert find() == DATA


def test_outside_a_project_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"datapackage.json is missing.*load\(folder\)"):
        load()


def test_an_unknown_key_names_the_nearest(data):
    with pytest.raises(NotAccepted, match=r"Did you mean 'd00\d'"):
        data["d0011"]


def test_known_holds_exactly_what_was_published_by_then(data):
    known = data.known("2020-05-31")
    assert known.as_of == date(2020, 5, 31)
    assert set(known.sources) == {"first", "by-day", "by-month"}
    assert [len(table) for table in known.tables.values()] == [3, 1, 0]
    assert [b.area for b in known.breaks] == ["PER"]  # one without a source is always known


@pytest.mark.parametrize(
    ("source", "day_before", "first_day"),
    [
        ("by-day", "2020-05-25", "2020-05-26"),
        ("by-month", "2020-05-30", "2020-05-31"),
        ("by-year", "2023-12-30", "2023-12-31"),
    ],
)
def test_a_source_is_known_from_the_last_day_of_its_date(data, source, day_before, first_day):
    assert source not in data.known(day_before).sources
    assert source in data.known(first_day).sources


def test_a_source_without_a_date_is_known_only_to_the_latest(data):
    latest, far = data.known(None), data.known("2999-12-31")
    assert set(latest.sources) - set(far.sources) == {"undated"}
    assert latest.as_of is None
    assert "d005" in latest
    assert "d005" not in far


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
    assert "2023-12-31" in str(caught.value)


def test_a_break_lies_between_the_last_old_and_the_first_new_figure(data):
    changed = data.breaks[0]  # from August 2022 on
    parse = Period.parse
    assert changed.lies_between(parse("2022-07"), parse("2022-08-05"))
    assert not changed.lies_between(parse("2022-08-05"), parse("2022-08"))
    assert not changed.lies_between(parse("2021-11"), parse("2022-07"))
