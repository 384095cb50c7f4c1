"""The projection under a map, and what is cut off at its frame."""

import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.charts.maps import basemap
from analysis.charts.maps.basemap import Azimuthal, Frame
from analysis.charts.maps.outlines import Outlines
from analysis.data.load import load

WORLD = Frame(Azimuthal(0, 0), -90, 90, -90, 90)


def test_points_lie_where_the_projections_formula_puts_them():
    # At a distance c from the centre the radius is 2 sin(c/2), in any direction: for 90° it is
    # √2 or 81.03°, for 60° it is 1 or 57.30°.
    plane = WORLD.project(np.array([[0, 0], [90, 0], [0, -90], [0, 60]]))
    assert plane == pytest.approx(np.array([[0, 0], [81.03, 0], [0, -81.03], [0, 57.30]]), abs=0.01)


def test_areas_are_true():
    # A cell of 2° by 2° is smaller at 60°N than at the equator by the cosine of its latitude.
    def area(longitude, latitude):
        cell = np.array([[0, -1], [2, -1], [2, 1], [0, 1]])
        x, y = WORLD.project(cell + np.array([longitude, latitude])).T
        return abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2

    assert area(40, 60) / area(0, 0) == pytest.approx(0.5, abs=0.001)


def test_the_window_has_the_shape_asked_for_and_shows_the_land():
    land = shapely.box(10, 10, 20, 12)
    frame = basemap.around([land], aspect=1.5, margin=0.1)
    assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(1.5)
    x, y = frame.project(np.array(land.exterior.coords)).T
    assert frame.west < x.min() < x.max() < frame.east
    assert frame.south < y.min() < y.max() < frame.north
    # Ten degrees near 11°N are about 9.8 in the plane; with a tenth on each side, 1.2 times that.
    assert frame.east - frame.west == pytest.approx(1.2 * 9.85, abs=0.1)


def test_the_far_side_of_the_globe_is_not_in_the_window():
    assert WORLD.holds((45, 0))
    assert not WORLD.holds((180, 0))
    assert not Frame(Azimuthal(0, 0), -5, 5, -5, 5).holds((45, 0))


# Two countries of 2° by 2°, the first with a lake of 1° by 1°; another on the globe's far side.
LANDS = Outlines({
    "COL": "MULTIPOLYGON (((-2 -1, 0 -1, 0 1, -2 1, -2 -1), (-1.5 -0.5, -0.5 -0.5, -0.5 0.5, "
    "-1.5 0.5, -1.5 -0.5)))",
    "VEN": "MULTIPOLYGON (((0 -1, 2 -1, 2 1, 0 1, 0 -1)))",
    "FJI": "MULTIPOLYGON (((178 -1, 180 -1, 180 1, 178 1, 178 -1)))",
})  # fmt: skip


@pytest.fixture
def ax():
    return Figure().subplots()


def test_countries_are_cut_at_the_frame_and_the_marked_one_is_darker(ax):
    basemap.draw(ax, Frame(Azimuthal(0, 0), -3, 1, -3, 3), LANDS, marked="VEN")
    light, dark = ax.patches  # Fiji is not in the window
    assert dark.get_facecolor()[0] < light.get_facecolor()[0]
    assert dark.get_path().vertices[:, 0].max() == pytest.approx(1)
    assert light.get_path().vertices[:, 0].min() == pytest.approx(-2, abs=0.001)


def test_a_country_that_lies_outside_is_not_drawn(ax):
    basemap.draw(ax, Frame(Azimuthal(0, 0), -3, -0.5, -3, 3), LANDS)
    assert len(ax.patches) == 1


def test_a_lake_is_no_land(ax):
    basemap.draw(ax, Frame(Azimuthal(0, 0), -3, 3, -3, 3), LANDS)
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1, :, :3]  # from the bottom, as points are
    land, lake = ax.transData.transform([(-1.75, 0), (-1, 0)]).astype(int)
    assert pixels[land[1], land[0]].max() < 255
    assert pixels[lake[1], lake[0]].tolist() == [255, 255, 255]


def test_equal_earth_keeps_areas_and_lies_where_its_formula_puts_it():
    world = basemap.EqualEarth()
    # On the equator x = 2√3 λ / (3 · 1.340264), and the pole is at y = 1.3173627 (both in radians).
    plane = np.radians(world.project(np.array([[180.0, 0.0], [0.0, 90.0]])))
    assert plane[0] == pytest.approx([2.7066, 0], abs=1e-4)
    assert plane[1] == pytest.approx([0, 1.31736], abs=1e-4)
    low, high = (
        shapely.area(shapely.transform(shapely.box(0, s, 1, n).segmentize(0.1), world.project))
        for s, n in ((0, 30), (30, 90))
    )
    assert low == pytest.approx(high, rel=1e-3)  # half of a hemisphere lies below 30 degrees


def test_places_lie_apart_by_the_shorter_way_round():
    assert basemap.spread([(-170, 0), (170, 0)]) == 20
    assert basemap.spread([(10, 0), (50, 0), (30, 0)]) == 40


def test_land_along_the_frame_never_covers_it():
    outlines = Outlines(load().outlines)
    parts = [p for area in ("DEU", "PAK") for p in outlines.parts(area)[:1]]
    window = basemap.around(parts, aspect=1.07, margin=0.015)
    whole = (window.east - window.west) * (window.north - window.south)
    shown = basemap._in_window(outlines.every(), window)
    assert all(sum(part.area for part in parts) < whole for parts in shown.values())
    assert sum(part.area for part in shown["RUS"]) < whole / 2
