"""The count that leads: governments' where there is one, else UNHCR's."""

import pytest
from made_tables import made

from analysis.displacement import host_changes, leading
from analysis.displacement.measures import ABROAD, MANDATE
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent, Estimate


def row(year, host, refugees, seekers=0, third="", origin="SYR"):
    return {
        "year": year, "origin": origin, "host": host, "refugees": refugees,
        "asylum_seekers": seekers, "oip": third,
    }  # fmt: skip


ROWS = [
    row(2023, "TUR", 80), row(2023, "DEU", 14, 6), row(2023, "LBN", 100),
    row(2024, "TUR", 50, 10), row(2024, "DEU", 30), row(2024, "LBN", 60),
]  # fmt: skip
GOVERNMENTS = [{"value": 500, "period": "2023-12"}, {"value": 400, "area": "LAC"}]
DATA = made(
    displacement=GOVERNMENTS,
    tables={"unhcr_population": [*ROWS, row(2024, "COL", 6, 6, 90, origin="VEN")]},
)


def count(origin, data=DATA, **choices):
    scope = scope_of(data, origin=origin, **choices)
    return scope, leading.leading(scope, unhcr_count(scope))


def test_where_governments_count_their_figures_lead():
    scope, found = count("VEN")
    assert scope.count == ABROAD
    assert found.world.newest().value == 500
    assert leading.governments(scope).newest().value == 500


def test_elsewhere_unhcrs_leads_and_is_named():
    scope, found = count("SYR")
    assert scope.count == MANDATE
    assert found.world.newest().value == 150  # 60 + 30 + 60
    assert "UNHCR" in found.world.newest().label
    assert isinstance(leading.governments(scope).newest(), Absent)


def test_the_region_is_the_origins_own_and_holds_not_the_origin():
    scope, found = count("SYR")
    assert scope.region_name == "Western Asia"
    assert "SYR" not in scope.members
    assert found.share.share.value == 120 / 150  # Türkiye and Lebanon of all
    _scope, europe = count("SYR", region="150")
    assert europe.share.share.value == 30 / 150


def test_the_last_year_is_what_changed_lately():
    _scope, found = count("SYR")
    change = found.world.latest_change()
    assert change.people.value == -50  # from 80 + 20 + 100
    assert change.people.span == ("31 December 2023", "31 December 2024")
    assert found.world.highest().value == 200


def test_hosts_of_the_world_are_ranked_and_shared_out_of_the_total():
    _scope, found = count("SYR")
    assert [h.area for h in found.hosts.newest] == ["TUR", "LBN", "DEU"]
    assert found.hosts.number("largest_share").value == 60 / 150
    assert found.hosts.number("concentration").value == pytest.approx((36 + 36 + 9) / 225)
    parts = host_changes.contributions(found.hosts)
    assert [str(h.change) for h in parts.hosts] == ["−20", "−40", "10"]


def test_a_break_of_a_host_breaks_its_total():
    data = made(
        tables={"unhcr_population": ROWS},
        breaks=[{"series": MANDATE, "origin": "SYR", "area": "LBN", "period": "2024"}],
    )
    scope, found = count("SYR", data)
    assert [b.area for b in found.world.breaks] == ["WLD"]
    assert [b.area for b in found.in_region.breaks] == ["145"]
    assert isinstance(found.world.latest_change().people, Absent)
    assert "it is part of this total" in found.world.breaks[0].reason
    assert scope.breaks(MANDATE, "TUR") == ()


def test_where_the_third_category_begins_the_series_breaks():
    rows = [row(2023, "IRN", 100, origin="AFG"), row(2024, "IRN", 30, 0, 50, origin="AFG")]
    _scope, found = count("AFG", made(tables={"unhcr_population": rows}))
    assert found.world.newest().value == 80
    assert [str(b.period) for b in found.world.breaks] == ["2024"]
    assert isinstance(found.world.latest_change().people, Absent)


def test_an_origin_of_which_nothing_is_known_is_refused():
    with pytest.raises(NotAccepted, match=r"origin 'AFG' is not accepted\. Accepted: SYR, VEN"):
        scope_of(DATA, origin="AFG")


def test_every_number_of_a_known_origin_is_a_number():
    _scope, found = count("SYR")
    assert isinstance(found.share.people, Estimate)
    assert isinstance(found.hosts.largest(), Estimate)


def test_the_share_in_neighbouring_countries():
    scope, _found = count("SYR")
    near = unhcr_count(scope).share_in_neighbours()
    assert near.value == 120 / 150  # Türkiye and Lebanon
    assert near.subject == "Iraq, Israel, Jordan, Lebanon, and Türkiye"
