"""Outlines of countries, and the point at which a symbol of a country stands.

The outlines are Natural Earth's at 1:110 million (public domain), as the package bqplot brings
them: TopoJSON with ISO 3166-1 numeric codes. Territories too small for that scale have no outline;
their points are those of the time zone database, from the package tzdata.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from babel.core import get_global

from analysis.data import areas
from analysis.errors import NotAccepted
from analysis.language import _

TOLERANCE = 0.2  # degrees: less than a point on a map of the report's width
Ring = np.ndarray  # shape (n, 2): longitude and latitude in degrees, the first point again as last


def outline(code: str) -> tuple[Ring, ...]:
    """Return the outer rings of a country, the largest first; none where it has no outline.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code.

    Raises
    ------
    NotAccepted
        For another code.
    """
    return countries().get(areas.territory(code), ())


def anchor(code: str) -> tuple[float, float]:
    """Return longitude and latitude of the point at which a country's symbol stands.

    The centroid of its largest ring; where that lies outside, the middle of the ring's widest
    part at the centroid's latitude; without an outline, the time zone database's point.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code.

    Raises
    ------
    NotAccepted
        For another code, or for one without outline and without point.
    """
    rings = outline(code)
    if rings:
        return _inside(rings[0])
    points = _points()
    if areas.territory(code) not in points:
        raise NotAccepted(
            _("country on the map"), code, [_("a country with an outline or a time zone")]
        )
    return points[areas.territory(code)]


@functools.cache
def countries() -> Mapping[str, tuple[Ring, ...]]:
    """Return the outer rings of every country with an outline, by its two-letter code.

    A part of the world without a code of ISO 3166-1 has the package's own number instead.
    """
    aliases = get_global("territory_aliases")
    # The package is looked up and not imported: its import would load a widget library.
    world = Path(find_spec("bqplot").origin).with_name("map_data") / "WorldMap.json"
    topology = json.loads(world.read_text("utf-8"))
    return {
        aliases.get(f"{number:0>3}", [number])[0]: rings
        for number, rings in decode(topology, "subunits", tolerance=TOLERANCE).items()
    }


def decode(topology: Mapping, name: str, *, tolerance: float = 0.0) -> dict[str, tuple[Ring, ...]]:
    """Return the outer rings of every polygon of a TopoJSON object, the largest first.

    Parameters
    ----------
    topology : mapping
        A quantised topology as in the TopoJSON specification 1.0, section 2.1: the points of an
        arc are differences, scaled and moved by the topology's ``transform``.
    name : str
        Which of its objects: a collection of polygons and multipolygons with an ``id`` each.
    tolerance : float
        How far a simplified line may lie from the points left out, in degrees. Two countries
        share the arc between them, so their borders stay one line.

    Returns
    -------
    dict
        By the ``id`` as text. Holes are left out: a country inside another is drawn over it.
    """
    scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [
        simplified(np.cumsum(arc, axis=0) * scale + move, tolerance) for arc in topology["arcs"]
    ]
    found = {}
    for geometry in topology["objects"][name]["geometries"]:
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["arcs"] if several else [geometry["arcs"]]
        rings = [_joined(outer, arcs) for outer, *_holes in polygons]
        found[str(geometry["id"])] = tuple(sorted(rings, key=lambda ring: -abs(_centroid(ring)[0])))
    return found


def simplified(line: np.ndarray, tolerance: float) -> np.ndarray:
    """Return a line with fewer points, its ends kept (Douglas and Peucker, 1973).

    A closed line keeps at least the corners of a triangle.

    Parameters
    ----------
    line : array
        Of shape (n, 2).
    tolerance : float
        How far a point left out may lie from the new line, in the line's unit.
    """
    closed = len(line) > 2 and np.array_equal(line[0], line[-1])
    if closed:  # parted at the point farthest from its ends, where it cannot collapse
        middle = int(np.hypot(*(line - line[0]).T).argmax())
        there, back = (simplified(part, tolerance) for part in (line[: middle + 1], line[middle:]))
        short = np.vstack([there, back[1:]])
        return short if len(short) > 3 else line
    return line[_kept(line.tolist(), tolerance)]


def _kept(points: Sequence[Sequence[float]], tolerance: float) -> list[int]:
    """Which points an open line keeps, in order."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (x0, y0), (x1, y1) = points[first], points[last]
        x, y = x1 - x0, y1 - y0
        # Times the chord's length, how far each point lies from it.
        away = [abs((px - x0) * y - (py - y0) * x) for px, py in points[first : last + 1]]
        farthest = max(away)
        if farthest > tolerance * math.hypot(x, y):
            middle = first + away.index(farthest)
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return sorted(kept)


def _joined(numbers: Sequence[int], arcs: Sequence[np.ndarray]) -> Ring:
    """One ring from its arcs: a negative number is the arc ``~number``, run backwards."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    # An arc begins where the one before it ends: that point is taken once.
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Signed area in square degrees, and the centroid (the shoelace formula)."""
    x, y = (ring - ring[0]).T  # near zero, where the products below keep their digits
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    middle = [((v[:-1] + v[1:]) * cross).sum() / (6 * area) for v in (x, y)]
    return area, middle[0] + ring[0, 0], middle[1] + ring[0, 1]


def _inside(ring: Ring) -> tuple[float, float]:
    """The centroid, moved along its latitude into the ring's widest part if it lies outside."""
    _area, x, y = _centroid(ring)
    start, end = ring[:-1], ring[1:]
    crossing = (start[:, 1] > y) != (end[:, 1] > y)
    (x0, y0), (x1, y1) = start[crossing].T, end[crossing].T
    edges = np.sort(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    spans = list(zip(edges[::2], edges[1::2], strict=True))  # where the latitude lies inside
    if any(west < x < east for west, east in spans):
        return float(x), float(y)
    west, east = max(spans, key=lambda span: span[1] - span[0])
    return float((west + east) / 2), float(y)


@functools.cache
def _points() -> Mapping[str, tuple[float, float]]:
    """The first point of every territory in the time zone database, by two-letter code."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    found: dict[str, tuple[float, float]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            code, point, *_rest = line.split("\t")
            latitude, longitude = re.findall(r"[+-]\d+", point)
            found.setdefault(code, (_degrees(longitude, 3), _degrees(latitude, 2)))
    return found


def _degrees(text: str, digits: int) -> float:
    """Degrees from ISO 6709's ``±DDMM`` or ``±DDMMSS``, with two or three digits of degrees."""
    rest = text[1 + digits :]
    size = int(text[1 : 1 + digits]) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600
    return -size if text[0] == "-" else size
