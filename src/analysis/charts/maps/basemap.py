"""Country outlines under a map's symbols: an equal-area projection, clipped to the frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis.charts.maps import outlines

LAND = "#e6e6e6"
ORIGIN = "#bdbdbd"
_FAR = 100.0  # degrees from the centre, from which on nothing is drawn: the far side of the globe


@dataclass(frozen=True)
class Frame:
    """A window on the globe, in the plane of Lambert's azimuthal equal-area projection.

    Attributes
    ----------
    longitude, latitude : float
        Centre of the projection, in degrees.
    west, east, south, north : float
        Edges of the window, in the plane; its unit is a degree at the centre.
    """

    longitude: float
    latitude: float
    west: float
    east: float
    south: float
    north: float

    def project(self, points: np.ndarray) -> np.ndarray:
        """Return points of the plane for longitudes and latitudes, both of shape (n, 2).

        Method: Snyder, *Map Projections: A Working Manual* (1987), equations 22-4, 24-2 and 24-13.
        """
        return _project(points, self.longitude, self.latitude)

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a longitude and latitude lie in the window."""
        if _distance(np.array([point]), self.longitude, self.latitude)[0] > _FAR:
            return False
        ((x, y),) = self.project(np.array([point]))
        return bool(self.west < x < self.east and self.south < y < self.north)


def around(rings: Iterable[np.ndarray], *, aspect: float, margin: float) -> Frame:
    """Return the smallest window of a shape that shows rings whole.

    Parameters
    ----------
    rings : iterable of array
        Longitudes and latitudes of shape (n, 2), in degrees.
    aspect : float
        Width over height.
    margin : float
        On each side, as a part of the rings' extent.
    """
    points = np.vstack(list(rings))
    longitude, latitude = (points.min(axis=0) + points.max(axis=0)) / 2
    plane = _project(points, longitude, latitude)
    (x, y), (width, height) = (
        (plane.min(axis=0) + plane.max(axis=0)) / 2,
        np.ptp(plane, axis=0) * (1 + 2 * margin),
    )
    width, height = max(width, height * aspect), max(height, width / aspect)
    return Frame(longitude, latitude, x - width / 2, x + width / 2, y - height / 2, y + height / 2)


def draw(ax: Axes, frame: Frame, *, marked: str = "") -> None:
    """Draw every country of the window on axes without ticks.

    Parameters
    ----------
    ax : Axes
    frame : Frame
    marked : str
        Alpha-3 code of the country to stand out; none by default.
    """
    ax.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north), aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
    dark = outlines.outline(marked) if marked else ()
    for rings, shown in _in_window(list(outlines.countries().values()), frame):
        path = Path.make_compound_path(*(Path(ring, closed=False) for ring in shown))
        colour = ORIGIN if rings is dark else LAND
        ax.add_patch(
            PathPatch(path, facecolor=colour, edgecolor="white", linewidth=0.7, zorder=0.5)
        )


def _in_window(
    countries: Sequence[Sequence[np.ndarray]], frame: Frame
) -> Iterator[tuple[Sequence[np.ndarray], list[np.ndarray]]]:
    """Each country that the window shows, with its rings there in the plane."""
    rings = [ring for country in countries for ring in country]
    points = np.vstack(rings)  # all at once: a call for every island would cost ten times more
    starts = np.cumsum([0, *(len(ring) for ring in rings[:-1])])
    away = np.maximum.reduceat(_distance(points, frame.longitude, frame.latitude), starts)
    near = iter(away < _FAR)
    plane = iter(np.split(frame.project(points), starts[1:]))
    for country in countries:
        projected = [(next(plane), next(near)) for _ring in country]
        shown = [_clip(ring, frame) for ring, seen in projected if seen]
        shown = [ring for ring in shown if len(ring) > 2]
        if shown:
            yield country, shown


def _clip(ring: np.ndarray, frame: Frame) -> np.ndarray:
    """Cut a ring along the window's four edges (Sutherland and Hodgman, 1974)."""
    edges = ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1))
    for axis, edge, side in edges:
        depth = (ring[:, axis] - edge) * side  # above zero inside
        inside = depth > 0
        if inside.all():
            continue
        if not inside.any():
            return np.empty((0, 2))
        kept = []
        for n in range(len(ring)):
            before, after = depth[n - 1], depth[n]
            if (before > 0) != (after > 0):
                kept.append(ring[n - 1] + (ring[n] - ring[n - 1]) * before / (before - after))
            if after > 0:
                kept.append(ring[n])
        ring = np.array(kept)
    return np.vstack([ring, ring[:1]])


def _project(points: np.ndarray, longitude: float, latitude: float) -> np.ndarray:
    east = np.radians(points[:, 0] - longitude)
    north, centre = np.radians(points[:, 1]), np.radians(latitude)
    cosine = np.sin(centre) * np.sin(north) + np.cos(centre) * np.cos(north) * np.cos(east)
    k = np.sqrt(2 / (1 + cosine))
    x = k * np.cos(north) * np.sin(east)
    y = k * (np.cos(centre) * np.sin(north) - np.sin(centre) * np.cos(north) * np.cos(east))
    return np.degrees(np.column_stack([x, y]))


def _distance(points: np.ndarray, longitude: float, latitude: float) -> np.ndarray:
    """Degrees of a great circle between points and the centre."""
    east = np.radians(points[:, 0] - longitude)
    north, centre = np.radians(points[:, 1]), np.radians(latitude)
    cosine = np.sin(centre) * np.sin(north) + np.cos(centre) * np.cos(north) * np.cos(east)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))
