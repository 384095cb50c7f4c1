"""The share of people abroad who live in the region."""

import pytest
from made_tables import made

from analysis.displacement.regional_share import regional_share
from analysis.displacement.scope import scope_of
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent


def pair(period, region, world, **changes):
    return [
        {"area": "LAC", "period": period, "value": region, **changes},
        {"area": "WLD", "period": period, "value": world, **changes},
    ]


def found(*rows, lead=None, as_of=None, **asked):
    return regional_share(scope_of(made(displacement=rows, **asked).known(as_of)), lead)


SEVERAL = [
    *pair("2020-05-26", 42, 50, source="day"),
    *pair("2020-05", 43, 50, source="month"),
    *pair("2023", 60, 80, source="later"),
    {"period": "2024", "value": 90, "source": "world-only"},
]
SOURCES = {
    "day": {"published": "2020-05-26"}, "month": {"published": "2020-05-31"},
    "later": {"published": "2023"},
}  # fmt: skip


def test_a_share_has_the_range_of_both_its_sides():
    # 6.5 (6.4 to 6.6) of 7.7 (7.65 to 7.75): 6.4 / 7.75 to 6.6 / 7.65
    some = {"hedge": "approximately", "resolution": 0.1}
    share = found(*(
        row | changes for row, changes in zip(
            pair("2023-10", 6.5, 7.7), (some, {"resolution": 0.1}), strict=True
        )
    )).share  # fmt: skip
    assert share.value == pytest.approx(6.5 / 7.7)
    assert (share.low, share.high) == pytest.approx((6.4 / 7.75, 6.6 / 7.65))


def test_the_newest_pair_leads():
    assert found(*SEVERAL, sources=SOURCES).share.value == 0.75
    # May 2020 counts from the 31st, so it is newer than 26 May 2020
    assert found(*SEVERAL, sources=SOURCES, as_of="2020-05-31").share.value == 0.86


def test_a_source_that_is_named_leads():
    share = found(*SEVERAL, lead="day")
    assert share.share.value == 0.84
    assert share.people.label.endswith(", 26 May 2020")
    assert share.people.sources[0].key == "day"
    assert (share.people.value, share.people_in_region.value) == (50, 42)
    assert [row[5].key for row in share.table().rows if row[4] == "leads this page"] == ["day"]


def test_at_one_date_the_publishers_own_pair_leads():
    share = found(
        *pair("2020", 90, 100, source="reported"),
        *pair("2020", 80, 100, source="own", resolution=10),
        sources={"reported": {"kind": "reported"}},
    )
    assert [p.source.key for p in share.pairs] == ["own", "reported"]
    assert share.share.value == 0.8


def test_two_sources_never_make_a_pair():
    share = found(
        {"area": "WLD", "value": 100},
        {"area": "LAC", "value": 80, "source": "other"},
        {"area": "LAC", "value": 70, "period": "2019"},
    )
    assert share.pairs == ()
    assert isinstance(share.share, Absent)
    assert "both in the world and in Latin America" in share.share.reason


@pytest.mark.parametrize("lead", ["world-only", "no-such-source"])
def test_a_lead_source_without_a_pair_lists_those_that_have_one(lead):
    with pytest.raises(NotAccepted) as refused:
        found(*SEVERAL, lead=lead)
    assert refused.value.accepted == ["day", "month", "later"]


@pytest.mark.parametrize(("printed", "meet"), [(80, "yes"), (82, "no")])
def test_a_printed_share_is_held_against_its_own_figures(printed, meet):
    # 80 of 100; 82 printed to the one is 81.5 to 82.5
    stated = {"indicator": "share_in_region", "area": "LAC", "unit": "percent", "resolution": 1}
    share = found(*pair("2020", 80, 100), stated | {"value": printed})
    (row,) = share.printed_against_computed().rows
    assert row[3] == meet
    assert [row[4] for row in share.table().rows] == ["leads this page", "printed by the source"]


def test_pairs_of_another_count_are_listed_beside():
    share, other = found(*pair("2020", 80, 100)), found(*pair("2019", 9, 10))
    roles = [row[4] for row in share.table(beside=other.pairs).rows]
    assert roles == ["computed from UNHCR's count", "leads this page"]
