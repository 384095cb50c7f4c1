"""Outlines of countries: TopoJSON worked by hand, and symbols' points in the real outlines."""

import numpy as np
import pytest

from analysis.charts.maps.outlines import anchor, decode, outline, simplified
from analysis.data.load import load
from analysis.displacement.hosts import hosts
from analysis.displacement.scope import scope_of
from analysis.errors import NotAccepted

# Two squares side by side, of side 2, that share the border from (2, 0) to (2, 2); the left one
# has an island of side 1. Every number is a step: half a degree, from (0, 0).
TOPOLOGY = {
    "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
    "arcs": [
        [[4, 0], [0, 4]],  # the shared border, northwards
        [[4, 4], [-4, 0], [0, -4], [4, 0]],  # the left square's other sides
        [[4, 0], [4, 0], [0, 4], [-4, 0]],  # the right square's other sides
        [[-8, 0], [2, 0], [0, 2], [-2, 0], [0, -2]],  # the island
    ],
    "objects": {
        "lands": {
            "geometries": [
                {"type": "MultiPolygon", "id": 1, "arcs": [[[3]], [[0, 1]]]},
                {"type": "Polygon", "id": 2, "arcs": [[2, ~0]]},
            ]
        }
    },
}


def test_arcs_are_joined_into_rings_the_largest_first():
    lands = decode(TOPOLOGY, "lands")
    square, island = lands["1"]
    assert square.tolist() == [[2, 0], [2, 2], [0, 2], [0, 0], [2, 0]]
    assert island.tolist() == [[-4, 0], [-3, 0], [-3, 1], [-4, 1], [-4, 0]]


def test_an_arc_with_a_negative_number_runs_backwards():
    (right,) = decode(TOPOLOGY, "lands")["2"]
    assert right.tolist() == [[2, 0], [4, 0], [4, 2], [2, 2], [2, 0]]


def test_a_hole_is_left_out():
    holed = TOPOLOGY | {
        "objects": {"lands": {"geometries": [{"type": "Polygon", "id": 1, "arcs": [[0, 1], [3]]}]}}
    }
    assert len(decode(holed, "lands")["1"]) == 1


def test_a_point_near_the_line_is_left_out_and_a_far_one_kept():
    line = np.array([[0, 0], [1, 0.1], [2, 0], [3, 1], [4, 0]])
    # From (0, 0) to (4, 0) the point (3, 1) is 1 away; (1, 0.1) and (2, 0) are then up to 0.63
    # from the line to (3, 1), so that at 0.2 (2, 0) stays, and (1, 0.1) is 0.1 from what remains.
    assert simplified(line, 0.2).tolist() == [[0, 0], [2, 0], [3, 1], [4, 0]]
    assert simplified(line, 1.0).tolist() == [[0, 0], [4, 0]]


def test_a_closed_line_never_collapses():
    island = decode(TOPOLOGY, "lands")["1"][1]
    assert simplified(island, 9.0).tolist() == island.tolist()


@pytest.mark.parametrize("code", [h.area for h in hosts(scope_of(load())).every])
def test_every_host_has_a_point_inside_its_outline(code):
    longitude, latitude = anchor(code)
    if rings := outline(code):
        (west, south), (east, north) = rings[0].min(axis=0), rings[0].max(axis=0)
        assert west < longitude < east
        assert south < latitude < north
    else:
        assert code in {"ABW", "CUW"}


def test_a_point_lies_in_a_country_that_its_centroid_would_leave():
    # Croatia bends around Bosnia: its centroid, near 16.4°E 45.0°N, lies at or beyond the border.
    # A ray to the west crosses the outline an odd number of times from a point inside.
    for code in ("HRV", "VNM", "CHL", "PAN"):
        longitude, latitude = anchor(code)
        ring = outline(code)[0]
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        across = (y0 > latitude) != (y1 > latitude)
        at = x0[across] + (latitude - y0[across]) * (x1 - x0)[across] / (y1 - y0)[across]
        assert (at < longitude).sum() % 2 == 1


def test_an_island_without_an_outline_has_the_time_zone_databases_point():
    # zone.tab: AW +1230-06958, CW +1211-06900
    assert anchor("ABW") == pytest.approx((-69 - 58 / 60, 12.5))
    assert anchor("CUW") == pytest.approx((-69, 12 + 11 / 60))


def test_the_contiguous_united_states_come_before_alaska():
    west, east = outline("USA")[0][:, 0].min(), outline("USA")[0][:, 0].max()
    assert -125.5 < west < -123
    assert -68 < east < -66


@pytest.mark.parametrize("code", ["LAC", "COLOMBIA"])
def test_a_group_or_an_unknown_code_is_refused(code):
    with pytest.raises(NotAccepted, match="alpha-3 code such as COL"):
        anchor(code)


def test_a_country_nobody_lives_in_is_refused():
    with pytest.raises(NotAccepted, match="outline or a time zone"):
        anchor("BVT")  # Bouvet Island
