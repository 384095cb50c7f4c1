"""Outlines of countries, and the point at which a symbol of a country stands.

The outlines are Natural Earth's (public domain), from the data's table ``outlines``. A territory
that has none there has the point of the time zone database, from the package tzdata.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib.resources import files

import shapely

from analysis.data import areas
from analysis.errors import NotAccepted
from analysis.language import _


class Outlines:
    """Where countries lie on the globe, in degrees of longitude and latitude.

    Parameters
    ----------
    known : mapping of str to str
        Multipolygons as well-known text (WKT), by ISO 3166-1 alpha-3 code; what has no code, by
        any other name.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = dict(zip(known, shapely.from_wkt(list(known.values())), strict=True))

    def parts(self, code: str) -> tuple[shapely.Polygon, ...]:
        """Return a country's mainland and islands, the largest first; none without an outline.

        Parameters
        ----------
        code : str
            ISO 3166-1 alpha-3 code.

        Raises
        ------
        NotAccepted
            For another code.
        """
        areas.territory(code)
        return _by_size(self._known.get(code, shapely.MultiPolygon()))

    def every(self) -> dict[str, tuple[shapely.Polygon, ...]]:
        """Return the parts of every country that has an outline, by its code or name."""
        return {code: _by_size(outline) for code, outline in self._known.items()}

    def anchor(self, code: str) -> tuple[float, float]:
        """Return longitude and latitude of the point at which a country's symbol stands.

        The centroid of its largest part; where that lies outside, the middle of the part's widest
        stretch at the centroid's latitude; without an outline, the time zone database's point.

        Parameters
        ----------
        code : str
            ISO 3166-1 alpha-3 code.

        Raises
        ------
        NotAccepted
            For another code, or for one without outline and without point.
        """
        if parts := self.parts(code):
            return _inside(parts[0])
        points = _points()
        if areas.territory(code) not in points:
            raise NotAccepted(
                _("country on the map"), code, [_("a country with an outline or a time zone")]
            )
        return points[areas.territory(code)]


def _by_size(outline: shapely.MultiPolygon) -> tuple[shapely.Polygon, ...]:
    return tuple(sorted(outline.geoms, key=lambda part: -part.area))


def _inside(part: shapely.Polygon) -> tuple[float, float]:
    """The centroid; if the part does not hold it, the middle of its widest stretch beside it."""
    middle = part.centroid
    if not part.contains(middle):
        west, _south, east, _north = part.bounds
        across = shapely.LineString([(west, middle.y), (east, middle.y)])
        stretches = shapely.get_parts(part.intersection(across))
        middle = max(stretches, key=lambda stretch: stretch.length).centroid
    return float(middle.x), float(middle.y)


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
