"""Natural Earth's TopoJSON, worked by hand, as the table of outlines."""

import csv

import pytest
import shapely

from analysis.producers.natural_earth import read, write

# Two squares side by side, of side 2, that share the border from (2, 0) to (2, 2); the left one
# has an island of side 1 and a rock of side 0.1. Every number is a step: a tenth of a degree.
TOPOLOGY = {
    "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
    "arcs": [
        [[20, 0], [0, 20]],  # the shared border, northwards
        [[20, 20], [-20, 0], [0, -20], [20, 0]],  # the left square's other sides
        [[20, 0], [20, 0], [0, 20], [-20, 0]],  # the right square's other sides
        [[-40, 0], [10, 0], [0, 10], [-10, 0], [0, -10]],  # the island
        [[-60, 0], [1, 0], [0, 1], [-1, 0], [0, -1]],  # the rock
        [[25, 5], [10, 0], [0, 10], [-10, 0], [0, -10]],  # a lake in the right square
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "MultiPolygon", "id": "170", "arcs": [[[4]], [[3]], [[0, 1]]],
                 "properties": {"name": "Colombia"}},
                {"type": "Polygon", "arcs": [[2, ~0], [5]], "properties": {"name": "Nowhere"}},
            ]
        }
    },
}  # fmt: skip


def test_arcs_are_joined_and_a_rock_is_left_out():
    # An arc with a negative number runs backwards: the right square takes the border southwards.
    found = read(TOPOLOGY)
    mainland, island = found["COL"].geoms
    assert mainland.equals(shapely.box(0, 0, 2, 2))
    assert island.equals(shapely.box(-4, 0, -3, 1))


def test_a_part_of_the_world_without_a_code_has_its_name_and_keeps_its_lake():
    (land,) = read(TOPOLOGY)["Nowhere"].geoms
    assert land.area == pytest.approx(4 - 1)


def test_a_country_of_nothing_but_a_rock_keeps_it():
    objects = {"countries": {"geometries": [{"type": "Polygon", "id": "796", "arcs": [[4]]}]}}
    assert not read(TOPOLOGY | {"objects": objects})["TCA"].is_empty


def test_a_code_is_that_of_the_country_that_there_is_today():
    # 180 was Zaire's number and is the Congo's, 104 was Burma's and is Myanmar's
    geometries = [{"type": "Polygon", "id": n, "arcs": [[3]]} for n in ("180", "104")]
    found = read(TOPOLOGY | {"objects": {"countries": {"geometries": geometries}}})
    assert set(found) == {"COD", "MMR"}


def test_the_table_has_a_row_a_country_in_the_order_of_their_codes(tmp_path):
    write(read(TOPOLOGY), tmp_path / "outlines.csv")
    with open(tmp_path / "outlines.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["country"] for row in rows] == ["COL", "Nowhere"]
    assert shapely.from_wkt(rows[0]["outline"]).area == pytest.approx(5)
