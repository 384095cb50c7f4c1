import pytest
import tiny_displacement as tiny

from analysis.data.load import load
from analysis.displacement.hosts import first_hosts, hosts
from analysis.displacement.scope import scope_of
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent

DATA = load()
NOW = hosts(scope_of(DATA))


def _list(period):
    return next(known for known in NOW.lists if str(known.period) == period)


def _made(*people, stated=None):
    by = tiny.source("one")
    areas = ("COL", "PER", "ECU", "CHL")
    figures = [
        tiny.figure(f"d{n}", area, "2020", value, by)
        for n, (area, value) in enumerate(zip(areas, people, strict=False))
    ]
    if stated:
        figures.append(tiny.figure("d9", "LAC", "2020", stated, by))
    return hosts(scope_of(tiny.data(figures))).lead


def test_november_2021_is_one_update_in_two_documents():
    update = _list("2021-11")
    assert {h.source.key for h in update.hosts} == {"r4v-2021-3", "r4v-2021-4"}
    assert len(update.hosts) == 17
    assert update.stated.value == 4_992_664


@pytest.mark.parametrize(
    ("period", "index", "top"), [("2021-11", 0.227, 0.729), ("2024-07-04", 0.264, 0.756)]
)
def test_concentration_and_top_three_of_the_two_complete_updates(period, index, top):
    update = _list(period)
    assert update.complete
    assert update.concentration().value == pytest.approx(index, abs=0.0005)
    assert update.top_share().value == pytest.approx(top, abs=0.0005)


def test_concentration_by_hand():
    # 60, 30 and 10 of 100: 0.36 + 0.09 + 0.01
    made = _made(60, 30, 10, stated=100)
    assert made.concentration().value == pytest.approx(0.46)
    assert made.concentration().low >= 1 / 3
    assert made.top_share(2).value == pytest.approx(0.9)


def test_an_incomplete_list_has_no_concentration_and_shares_the_stated_total():
    # 60, 30 and 4 of 100 are 94 per cent
    made = _made(60, 30, 4, stated=100)
    assert not made.complete
    assert isinstance(made.concentration(), Absent)
    assert "94" in made.concentration().reason
    assert made.top_share(2).value == pytest.approx(0.9)


def test_ninety_five_per_cent_are_enough():
    assert _made(60, 30, 5, stated=100).complete


def test_without_a_stated_total_there_is_no_share():
    made = _made(60, 30, 10)
    assert isinstance(made.top_share(), Absent)
    assert "no total of the region" in made.top_share().reason


def test_two_hosts_are_a_mention_and_no_list():
    assert _made(60, 30, stated=100) is None


@pytest.mark.parametrize(
    ("as_of", "period"),
    [("2020-05-31", "2019-06"), ("2023-12-31", "2021-11"), (None, "2024-07-04")],
)
def test_the_list_that_leads_each_edition(as_of, period):
    assert str(hosts(scope_of(DATA.known(as_of))).lead.period) == period


def test_in_may_2020_the_top_three_come_from_the_newest_list_with_a_total():
    # 22 February 2019: (1.1 + 0.506 + 0.288) / 2.7 million
    found = hosts(scope_of(DATA.known("2020-05-31"))).number("top_share")
    assert found.value == pytest.approx(1.894 / 2.7)
    assert found.label.endswith("22 February 2019")


def test_a_document_with_a_date_for_each_host_keeps_them():
    own = _list("2023-02")
    assert not own.one_date
    dates = {h.area: str(h.period) for h in own.hosts}
    assert dates["CHL"] == "2021-12"
    assert dates["BRA"] == "2023-01"


def test_the_newest_figure_of_every_host_has_its_own_date():
    newest = {h.area: (str(h.period), h.people.value) for h in NOW.newest}
    assert newest["BRA"] == ("2024-11", 626_885)
    assert newest["CUW"] == ("2021-11", 14_200)
    assert newest["USA"] == ("2021", 545_200)  # outside the region


def test_the_largest_host_is_named():
    largest = NOW.number("largest")
    assert largest.value == 2_860_000
    assert largest.label == "Largest host: Colombia, 4 July 2024"


@pytest.mark.parametrize("shown", [0, -1, 2.5, "ten", True])
def test_a_number_of_hosts_without_sense_is_refused(shown):
    with pytest.raises(NotAccepted, match="a whole number from 1 on"):
        first_hosts(NOW.lead.hosts, shown)


def test_a_region_without_members_has_no_hosts():
    none = hosts(scope_of(DATA, region="MENA"))
    assert none.lead is None
    assert "Middle East and North Africa" in none.number("concentration").reason
    assert none.table().rows == []


def test_every_figure_of_every_host_is_listed_host_by_host():
    rows = NOW.every_table().rows
    colombia = [(r[1], r[2].value) for r in rows if r[0] == "Colombia"]
    assert ("2019-06", 1_300_000) in [(str(period), value) for period, value in colombia]
    assert [period for period, _ in colombia] == sorted(period for period, _ in colombia)
    assert len(rows) > len(NOW.newest)
