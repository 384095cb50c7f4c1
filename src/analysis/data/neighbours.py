"""Which countries border on each other, by their outlines."""

from __future__ import annotations

import shapely

from analysis.data.load import Data

_HALF_THE_GLOBE = 180.0  # degrees of longitude
_NEAR = 0.1  # degrees: outlines are simplified, and two of a border lie as far apart


def neighbours(data: Data, country: str) -> list[str]:
    """Return the countries that border on one by land, or lie within some ten kilometres of it.

    Parameters
    ----------
    data : Data
        Its outlines say where countries lie.
    country : str
        ISO 3166-1 alpha-3 code; one without an outline has no neighbours here.

    Returns
    -------
    list of str
        Codes of countries, in order.
    """
    if country not in data.outlines:
        return []
    codes = [code for code in data.outlines if code in data.areas and code != country]
    read = shapely.from_wkt([data.outlines[country], *(data.outlines[code] for code in codes)])
    outlines = shapely.make_valid([_unbroken(outline) for outline in read])
    near = shapely.distance(outlines[0], outlines[1:]) < _NEAR
    return sorted(code for code, is_near in zip(codes, near, strict=True) if is_near)


def _unbroken(outline: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """A country that lies on both sides of the date line, in one piece east of Greenwich."""
    west, _south, east, _north = outline.bounds
    if east - west < _HALF_THE_GLOBE:
        return outline
    return shapely.transform(outline, lambda points: points + [360, 0] * (points[:, :1] < 0))
