"""Host lists, and how concentrated hosts are."""

import pytest
from made_tables import made

from analysis.displacement.hosts import first_hosts, hosts
from analysis.displacement.scope import scope_of
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent

AREAS = ("COL", "PER", "ECU", "CHL")


def listed(period, *people, stated=None, **changes):
    """The hosts of one date, and the region's total where it is stated."""
    areas = dict(zip(AREAS, people, strict=False)) | ({"LAC": stated} if stated else {})
    return [
        {"area": area, "period": period, "value": value, **changes} for area, value in areas.items()
    ]


def of(*rows, as_of=None, **asked):
    return hosts(scope_of(made(displacement=rows, **asked).known(as_of)))


def one(*people, stated=None):
    return of(*listed("2020", *people, stated=stated)).lead


def test_one_update_may_be_in_two_documents():
    by = {"first": {"publisher": "R4V"}, "second": {"publisher": "R4V"}}
    rows = [row | {"source": source} for row, source in zip(
        listed("2021-11", 60, 30, 10, stated=100), ("first", "first", "second", "second"),
        strict=True,
    )]  # fmt: skip
    (update,) = of(*rows, sources=by).lists
    assert {h.source.key for h in update.hosts} == {"first", "second"}
    assert update.complete


def test_concentration_by_hand():
    # 60, 30 and 10 of 100: 0.36 + 0.09 + 0.01
    made_up = one(60, 30, 10, stated=100)
    assert made_up.concentration().value == pytest.approx(0.46)
    assert made_up.concentration().low >= 1 / 3
    assert made_up.top_share(2).value == pytest.approx(0.9)


def test_an_incomplete_list_has_no_concentration_and_shares_the_stated_total():
    # 60, 30 and 4 of 100 are 94 per cent
    made_up = one(60, 30, 4, stated=100)
    assert not made_up.complete
    assert isinstance(made_up.concentration(), Absent)
    assert "94" in made_up.concentration().reason
    assert made_up.top_share(2).value == pytest.approx(0.9)


def test_ninety_five_per_cent_are_enough():
    assert one(60, 30, 5, stated=100).complete


def test_without_a_stated_total_there_is_no_share():
    made_up = one(60, 30, 10)
    assert isinstance(made_up.top_share(), Absent)
    assert "no total of the region" in made_up.top_share().reason


def test_a_share_says_of_which_whole_it_is():
    # 60, 30 and 10 of 100 are all; 60, 30 and 4 are not
    for last, whole in ((10, "the hosts' sum"), (4, "the region's stated total")):
        of_one = of(*listed("2020", 60, 30, last, stated=100))
        for name in ("largest_share", "top_share"):
            assert f"is a share of {whole}" in dict(of_one.number(name).basis).values()
        assert "whole" not in dict(of_one.number("coverage").basis)


def test_a_number_of_the_largest_host_is_called_by_it():
    # another host is another number, which is not subtracted
    nouns = {of(*listed("2020", *people, stated=90)).largest().noun
             for people in ((60, 20, 10), (20, 60, 10))}  # fmt: skip
    assert nouns == {
        f"the number of people from Venezuela in the largest host ({host})"
        for host in ("Colombia", "Peru")
    }


def test_two_hosts_are_a_mention_and_no_list():
    assert one(60, 30, stated=100) is None


EDITIONS = [
    *listed("2019-02", 50, 30, 20, stated=400, source="first"),
    *listed("2019-06", 60, 30, 20, source="second"),
    *listed("2021-11", 70, 20, 10, stated=100, source="third"),
    *listed("2022", 80, 20, 10, source="fourth"),
]
PUBLISHED = {
    "first": {"published": "2019-02"}, "second": {"published": "2019-06"},
    "third": {"published": "2021-11"}, "fourth": {"published": "2022"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "period"),
    # The newest complete one; where none is complete, the newest with the region's total.
    [("2019-03-01", "2019-02"), ("2020-01-01", "2019-02"), (None, "2021-11")],
)
def test_the_list_that_leads(as_of, period):
    assert str(of(*EDITIONS, as_of=as_of, sources=PUBLISHED).lead.period) == period


def test_what_is_said_of_the_list_is_of_one_date_and_the_largest_host_of_the_newest():
    found = of(*EDITIONS, as_of="2020-01-01", sources=PUBLISHED)
    assert found.number("top_share").value == 0.25  # (50 + 30 + 20) / 400
    assert found.number("largest").value == 50
    assert found.number("largest_share").value == 0.125
    dates = {found.number(name).date for name in ("top_share", "largest_share", "largest")}
    assert dates == {"February 2019"}
    assert found.largest().value == 60
    assert found.largest().date == "June 2019"


def test_a_document_with_a_date_for_each_host_keeps_them():
    rows = [row | {"period": period} for row, period in zip(
        listed("", 60, 30, 10), ("2023-02", "2023-01", "2021-12"), strict=True
    )]  # fmt: skip
    (own,) = of(*rows).lists
    assert not own.one_date
    assert [str(h.period) for h in own.hosts] == ["2023-02", "2023-01", "2021-12"]


def test_the_newest_figure_of_every_host_has_its_own_date():
    found = of(
        *listed("2021-11", 60, 30, 10),
        {"area": "PER", "period": "2022", "value": 90},
        {"area": "USA", "period": "2020", "value": 50},  # outside the region
    )
    assert [(h.area, str(h.period), h.people.value) for h in found.newest] == [
        ("PER", "2022", 90), ("COL", "2021-11", 60), ("USA", "2020", 50), ("ECU", "2021-11", 10),
    ]  # fmt: skip
    assert {row[0]: row[4] for row in found.newest_table().rows}["United States"] == "no"


def test_the_largest_host_is_named():
    largest = of(*listed("2024-07-04", 60, 30, 10)).number("largest")
    assert largest.value == 60
    assert largest.label == "Largest host of this list: Colombia, 4 July 2024"


def test_every_number_has_its_name_and_no_other():
    found = of(*listed("2020", 60, 30, 10, stated=100))
    numbers = {
        name: found.number(name).value
        for name in ("largest", "largest_share", "top_share", "coverage", "concentration")
    }
    assert numbers == pytest.approx(
        {"largest": 60, "largest_share": 0.6, "top_share": 1, "coverage": 1, "concentration": 0.46}
    )
    with pytest.raises(NotAccepted, match="largest_share"):
        found.number("smallest")


@pytest.mark.parametrize("shown", [0, -1, 2.5, "ten", True])
def test_a_number_of_hosts_without_sense_is_refused(shown):
    with pytest.raises(NotAccepted, match="a whole number from 1 on"):
        first_hosts([], shown)


def test_a_region_without_members_has_no_hosts():
    none = hosts(scope_of(made(displacement=listed("2020", 60, 30, 10)), region="MENA"))
    assert none.lead is None
    assert "Middle East and North Africa" in none.number("concentration").reason
    assert none.table().rows == []


def test_every_figure_of_every_host_is_listed_host_by_host():
    found = of(*listed("2021", 60, 30, 10), *listed("2020", 50, 20, 10))
    assert [(r[0], str(r[1])) for r in found.every_table().rows][:3] == [
        ("Colombia", "2020"), ("Colombia", "2021"), ("Ecuador", "2020"),
    ]  # fmt: skip
