"""Natural Earth's countries as the table of outlines in ``data/``.

Natural Earth is in the public domain; its countries at 1:50 million are published as TopoJSON by
the npm package ``world-atlas``, version 2 (Natural Earth 4.1). To make the table again::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m analysis.producers.natural_earth package/countries-50m.json data/outlines.csv

Outlines are simplified so that borders stay shared, and small islands are left out: see the
constants below.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from babel.core import get_global

from analysis.producers.countries import WITHDRAWN

TOLERANCE = 0.2  # degrees: a corner goes when the triangle it makes with its neighbours is smaller
SMALLEST = 0.02  # square degrees, some 250 km² at the equator: an island that is drawn
GRID = 0.01  # degrees, to which all points are rounded


def read(topology: Mapping[str, Any]) -> dict[str, shapely.MultiPolygon]:
    """Return the outline of every country of a TopoJSON file, simplified.

    Parameters
    ----------
    topology : mapping
        A quantised topology as in the TopoJSON specification 1.0, section 2.1, with an object
        ``countries``: polygons and multipolygons with an ISO 3166-1 numeric code as ``id``, and a
        ``name``.

    Returns
    -------
    dict
        By ISO 3166-1 alpha-3 code; by the name in the file for what has no code. Longitudes and
        latitudes in degrees.
    """
    scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    # The points of an arc are differences, scaled and moved.
    arcs = [np.cumsum(arc, axis=0) * scale + move for arc in topology["arcs"]]
    found: dict[str, list[shapely.Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        several = geometry["type"] == "MultiPolygon"
        for rings in geometry["arcs"] if several else [geometry["arcs"]]:
            outer, *holes = (_joined(ring, arcs) for ring in rings)
            found.setdefault(_code(geometry), []).append(shapely.Polygon(outer, holes))
    # In three countries at the edge of the map a ring crosses itself.
    whole = [_valid(shapely.MultiPolygon(parts)) for parts in found.values()]
    # A coverage: what two countries share is simplified once and stays one line.
    simple = shapely.coverage_simplify(whole, TOLERANCE)
    # On a grid before all else: rounded one by one, points of a narrow strip would cross.
    on_grid = shapely.set_precision(simple, GRID)
    return {code: _large_parts(outline) for code, outline in zip(found, on_grid, strict=True)}


def write(outlines: Mapping[str, shapely.MultiPolygon], path: Path) -> None:
    """Write outlines as a table with the columns ``country`` and ``outline``.

    Parameters
    ----------
    outlines : mapping of str to MultiPolygon
        As `read` returns them.
    path : pathlib.Path
        The CSV file, overwritten. An outline is written as well-known text (WKT).
    """
    with open(path, "w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["country", "outline"])
        for code, outline in sorted(outlines.items()):
            table.writerow([code, shapely.to_wkt(outline, rounding_precision=2)])


def _joined(numbers: Sequence[int], arcs: Sequence[np.ndarray]) -> np.ndarray:
    """One ring from its arcs: a negative number is the arc ``~number``, run backwards."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    # An arc begins where the one before it ends: that point is taken once.
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _code(geometry: Mapping[str, Any]) -> str:
    aliases = get_global("territory_aliases")
    if geometry.get("id") not in aliases:
        return str(geometry["properties"]["name"])
    territory = aliases[geometry["id"]]
    (code,) = (
        alias
        for alias, named in aliases.items()
        if len(alias) == 3 and alias.isalpha() and named == territory and alias not in WITHDRAWN
    )
    return str(code)


def _valid(outline: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """The same area without rings that cross themselves; lines that are left of them go."""
    valid = shapely.get_parts(shapely.make_valid(outline, method="structure"))
    polygons = shapely.get_parts(valid[shapely.get_dimensions(valid) == 2])
    return shapely.MultiPolygon(list(polygons))


def _large_parts(outline: shapely.Geometry) -> shapely.MultiPolygon:
    """The largest part of a country and every other that is large enough to be seen."""
    largest, *others = sorted(shapely.get_parts(outline), key=lambda part: -part.area)
    return shapely.MultiPolygon([largest, *(part for part in others if part.area > SMALLEST)])


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    write(read(json.loads(source.read_text("utf-8"))), target)
