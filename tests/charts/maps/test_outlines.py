"""Outlines of countries, and the points at which symbols stand in them."""

import pytest
import shapely

from analysis.charts.maps.outlines import Outlines
from analysis.data.load import load
from analysis.errors import NotAccepted

# An island and the mainland; a country like a horseshoe, open to the south, its east leg wider.
MADE = Outlines({
    "COL": "MULTIPOLYGON (((10 0, 11 0, 11 1, 10 1, 10 0)), ((0 0, 4 0, 4 2, 0 2, 0 0)))",
    "HRV": "MULTIPOLYGON (((0 0, 1 0, 1 4, 4 4, 4 0, 6 0, 6 5, 0 5, 0 0)))",
})  # fmt: skip


def test_the_largest_part_of_a_country_comes_first():
    assert [part.area for part in MADE.parts("COL")] == [8, 1]
    assert MADE.parts("PER") == ()


def test_a_symbol_stands_at_the_centroid_of_the_largest_part():
    assert MADE.anchor("COL") == (2, 1)


def test_a_point_lies_in_a_country_that_its_centroid_would_leave():
    # Legs of 4 and 8 with centres at x 0.5 and 5, y 2; a bar of 6 over them at (3, 4.5). Their
    # centroid is at x (0.5*4 + 5*8 + 3*6)/18 = 3.33, y (2*12 + 4.5*6)/18 = 2.83: between the legs.
    longitude, latitude = MADE.anchor("HRV")
    assert longitude == pytest.approx(5)  # the middle of the wider leg
    assert latitude == pytest.approx(51 / 18)


def test_an_island_without_an_outline_has_the_time_zone_databases_point():
    # zone.tab: AW +1230-06958, CW +1211-06900
    assert MADE.anchor("ABW") == pytest.approx((-69 - 58 / 60, 12.5))
    assert MADE.anchor("CUW") == pytest.approx((-69, 12 + 11 / 60))


@pytest.mark.parametrize("code", ["LAC", "COLOMBIA"])
def test_a_group_or_an_unknown_code_is_refused(code):
    with pytest.raises(NotAccepted, match="alpha-3 code such as COL"):
        MADE.anchor(code)


def test_a_country_nobody_lives_in_is_refused():
    with pytest.raises(NotAccepted, match="outline or a time zone"):
        MADE.anchor("BVT")  # Bouvet Island


@pytest.fixture(scope="module")
def real():
    return Outlines(load().outlines)


def test_a_symbol_stands_in_its_country_all_over_the_world(real):
    for code, (largest, *_islands) in real.every().items():
        if len(code) == 3 and code.isupper():
            assert largest.covers(shapely.Point(real.anchor(code))), code


def test_outlines_are_valid_and_neighbours_share_their_border(real):
    assert all(part.is_valid for parts in real.every().values() for part in parts)
    france, spain = (shapely.MultiPolygon(real.parts(code)) for code in ("FRA", "ESP"))
    assert france.intersection(spain).area == pytest.approx(0, abs=0.001)
    assert france.intersection(spain).length > 3  # degrees


def test_the_contiguous_united_states_come_before_alaska(real):
    west, _south, east, _north = real.parts("USA")[0].bounds
    assert -125.5 < west < -123
    assert -68 < east < -66
