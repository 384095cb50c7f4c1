"""The projection under a map, and what is cut off at its frame."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from analysis.charts.maps import basemap
from analysis.charts.maps.basemap import Frame

WORLD = Frame(0, 0, -90, 90, -90, 90)


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


def test_the_window_has_the_shape_asked_for_and_shows_the_rings():
    ring = np.array([[10, 10], [20, 10], [20, 12], [10, 12], [10, 10]])
    frame = basemap.around([ring], aspect=1.5, margin=0.1)
    assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(1.5)
    x, y = frame.project(ring).T
    assert frame.west < x.min() < x.max() < frame.east
    assert frame.south < y.min() < y.max() < frame.north
    # Ten degrees near 11°N are about 9.8 in the plane; with a tenth on each side, 1.2 times that.
    assert frame.east - frame.west == pytest.approx(1.2 * 9.85, abs=0.1)


def test_the_far_side_of_the_globe_is_not_in_the_window():
    assert WORLD.holds((45, 0))
    assert not WORLD.holds((180, 0))
    assert not Frame(0, 0, -5, 5, -5, 5).holds((45, 0))


def test_countries_are_cut_at_the_frame_and_the_marked_one_is_darker():
    ax = Figure().subplots()
    frame = Frame(-74, 4, -6, 6, -6, 6)  # around Colombia
    basemap.draw(ax, frame, marked="VEN")
    points = np.vstack([patch.get_path().vertices for patch in ax.patches])
    assert np.abs(points).max() == pytest.approx(6)
    dark = [p for p in ax.patches if p.get_facecolor()[0] < 0.8]
    assert len(dark) == 1
    assert len(ax.patches) < 10  # Colombia and its neighbours, none from across the sea
