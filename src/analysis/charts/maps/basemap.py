"""Country outlines under a map's symbols: an equal-area projection, clipped to the frame.

A part of the globe is drawn in Lambert's azimuthal projection around its middle, the whole in the
Equal Earth projection: in both, equal areas of land are equal areas of paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis.charts.maps.outlines import Outlines

LAND = "#e6e6e6"
ORIGIN = "#bdbdbd"
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
_FAR = 100.0  # degrees from the centre, from which on nothing is drawn: the far side of the globe


class Projection(Protocol):
    """How longitudes and latitudes come onto the plane."""

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return points of the plane for longitudes and latitudes, both of shape (n, 2)."""

    def hidden(self, points: np.ndarray) -> np.ndarray:
        """Return of which points, shape (n, 2), nothing is drawn, shape (n,)."""


@dataclass(frozen=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection around a centre, in degrees.

    Method: Snyder, *Map Projections: A Working Manual* (1987), equations 22-4, 24-2 and 24-13. The
    unit of the plane is a degree at the centre.
    """

    longitude: float
    latitude: float

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return points of the plane for longitudes and latitudes, both of shape (n, 2)."""
        east = np.radians(points[:, 0] - self.longitude)
        north, centre = np.radians(points[:, 1]), np.radians(self.latitude)
        cosine = np.sin(centre) * np.sin(north) + np.cos(centre) * np.cos(north) * np.cos(east)
        k = np.sqrt(2 / (1 + cosine))
        x = k * np.cos(north) * np.sin(east)
        y = k * (np.cos(centre) * np.sin(north) - np.sin(centre) * np.cos(north) * np.cos(east))
        return np.asarray(np.degrees(np.column_stack([x, y])))

    def hidden(self, points: np.ndarray) -> np.ndarray:
        """Return whether points, shape (n, 2), lie on the far side of the globe, shape (n,)."""
        return np.asarray(self.distance(points) >= _FAR)

    def distance(self, points: np.ndarray) -> np.ndarray:
        """Return how far points, shape (n, 2), lie from the centre: degrees of a great circle."""
        east = np.radians(points[:, 0] - self.longitude)
        north, centre = np.radians(points[:, 1]), np.radians(self.latitude)
        cosine = np.sin(centre) * np.sin(north) + np.cos(centre) * np.cos(north) * np.cos(east)
        return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


@dataclass(frozen=True)
class EqualEarth:
    """The Equal Earth projection of the whole globe, around the meridian of Greenwich.

    Method: Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of
    Geographical Information Science 33 (2019), equations 8 and 9.
    """

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return points of the plane for longitudes and latitudes, both of shape (n, 2)."""
        theta = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(points[:, 1])))
        powers = (1, 3, 7, 9)
        y = sum(a * theta**n for a, n in zip(_EQUAL_EARTH, powers, strict=True))
        slope = sum(n * a * theta ** (n - 1) for a, n in zip(_EQUAL_EARTH, powers, strict=True))
        x = 2 * math.sqrt(3) * np.radians(points[:, 0]) * np.cos(theta) / (3 * slope)
        return np.asarray(np.degrees(np.column_stack([x, y])))

    def hidden(self, points: np.ndarray) -> np.ndarray:
        """Return that nothing is hidden."""
        return np.zeros(len(points), dtype=bool)


@dataclass(frozen=True)
class Frame:
    """A window on the globe, in the plane of a projection.

    Attributes
    ----------
    projection : Projection
    west, east, south, north : float
        Edges of the window, in the plane.
    """

    projection: Projection
    west: float
    east: float
    south: float
    north: float

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return points of the plane for longitudes and latitudes, both of shape (n, 2)."""
        return self.projection.project(points)

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a longitude and latitude lie in the window."""
        if self.projection.hidden(np.array([point]))[0]:
            return False
        ((x, y),) = self.project(np.array([point]))
        return bool(self.west < x < self.east and self.south < y < self.north)


def spread(points: Iterable[tuple[float, float]]) -> float:
    """Return how far places lie apart from west to east, in degrees of longitude."""
    longitudes = sorted(longitude for longitude, _latitude in points)
    gaps = [east - west for west, east in pairwise([*longitudes, longitudes[0] + 360])]
    return 360 - max(gaps)


def world() -> Frame:
    """Return the window that shows all land but Antarctica."""
    projection = EqualEarth()
    (west, _), (east, _), (_, south), (_, north) = projection.project(
        np.array([(-170.0, 0.0), (180.0, 0.0), (0.0, -56.0), (0.0, 80.0)])
    )
    return Frame(projection, west, east, south, north)


def around(parts: Iterable[shapely.Geometry], *, aspect: float, margin: float) -> Frame:
    """Return the smallest window of a shape that shows countries whole.

    Parameters
    ----------
    parts : iterable of shapely.Geometry
        In degrees of longitude and latitude.
    aspect : float
        Width over height.
    margin : float
        On each side, as a part of the countries' extent.
    """
    points = shapely.get_coordinates(list(parts))
    longitude, latitude = (points.min(axis=0) + points.max(axis=0)) / 2
    projection = Azimuthal(longitude, latitude)
    plane = projection.project(points)
    (x, y), (width, height) = (
        (plane.min(axis=0) + plane.max(axis=0)) / 2,
        np.ptp(plane, axis=0) * (1 + 2 * margin),
    )
    width, height = max(width, height * aspect), max(height, width / aspect)
    return Frame(projection, x - width / 2, x + width / 2, y - height / 2, y + height / 2)


def draw(ax: Axes, frame: Frame, outlines: Outlines, *, marked: str = "") -> None:
    """Draw every country of the window on axes without ticks.

    Parameters
    ----------
    ax : Axes
    frame : Frame
    outlines : Outlines
    marked : str
        Alpha-3 code of the country to stand out; none by default.
    """
    ax.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north), aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
    for code, shown in _in_window(outlines.every(), frame).items():
        colour = ORIGIN if code == marked else LAND
        ax.add_patch(
            PathPatch(_path(shown), facecolor=colour, edgecolor="white", linewidth=0.7, zorder=0.5)
        )


def _in_window(
    countries: Mapping[str, Sequence[shapely.Polygon]], frame: Frame
) -> dict[str, list[shapely.Polygon]]:
    """What the window shows of each country, in the plane; of some it shows nothing."""
    # All at once: a call for every island would cost ten times more.
    codes = [code for code, parts in countries.items() for _part in parts]
    parts = np.array([part for parts in countries.values() for part in parts])
    points, part_of_point = shapely.get_coordinates(parts, return_index=True)
    hidden = frame.projection.hidden(points)
    seen = np.setdiff1d(np.arange(len(parts)), part_of_point[hidden])
    plane = shapely.transform(parts[seen], frame.project)
    clipped = shapely.clip_by_rect(plane, frame.west, frame.south, frame.east, frame.north)
    # The quick way of cutting can turn land along the frame inside out, larger than it was.
    wrong = shapely.area(clipped) > shapely.area(plane)
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    clipped[wrong] = shapely.intersection(shapely.make_valid(plane[wrong]), window)
    shown: dict[str, list[shapely.Polygon]] = {}
    for part, geometry in zip(seen, clipped, strict=True):
        polygons = [piece for piece in shapely.get_parts(geometry) if piece.area > 0]
        if polygons:
            shown.setdefault(codes[part], []).extend(polygons)
    return shown


def _path(polygons: Sequence[shapely.Polygon]) -> Path:
    """One path of polygons; holes run the other way round, so that they are not filled."""
    rings = [
        np.asarray(ring.coords)
        for polygon in shapely.orient_polygons(np.array(polygons))
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
