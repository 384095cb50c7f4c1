"""The names of areas, as a reader knows them."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import language
from analysis.data.load import find, load
from analysis.errors import NotAccepted

if TYPE_CHECKING:
    from babel import Locale

    from analysis.data.load import Area


def name(code: str, locale: Locale | None = None) -> str:
    """Return the name of an area in the reader's language.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code, or the code of a group in ``data/areas.csv``; ``""`` has the
        name ``""``.
    locale : babel.Locale, optional
        The language of a country's name; by default that of :func:`analysis.language.locale`.
        Names of groups are translated with the report's other words.

    Raises
    ------
    NotAccepted
        If the code is not in ``data/areas.csv``; the message lists the groups.
    """
    if not code:
        return ""
    known = _known()
    if code not in known:
        groups = [key for key, area in known.items() if area.kind != "country"]
        raise NotAccepted("area", code, [*groups, "an ISO 3166-1 alpha-3 code such as COL"])
    if known[code].kind != "country":
        return language._(known[code].name)
    return (locale or language.locale()).territories[_alpha_2(code)]


def territory(code: str) -> str:
    """Return the two-letter code of a country.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code.

    Raises
    ------
    NotAccepted
        If it is not the code of a country in ``data/areas.csv``.
    """
    known = _known().get(code)
    if known is None or known.kind != "country":
        raise NotAccepted("country", code, ["an ISO 3166-1 alpha-3 code such as COL"])
    return _alpha_2(code)


def _alpha_2(code: str) -> str:
    from babel.core import get_global

    # The CLDR names territories by alpha-2 code and lists the alpha-3 code as an alias of it.
    return get_global("territory_aliases")[code][0]


def _known() -> Mapping[str, Area]:
    here = os.getcwd()
    try:
        state = os.stat(f"{_folder(here)}/areas.csv")
    except OSError:  # the project was moved, or was none
        _folder.cache_clear()
        state = os.stat(f"{_folder(here)}/areas.csv")
    return _areas(_folder(here), (state.st_ino, state.st_size, state.st_mtime_ns))


@functools.lru_cache(maxsize=1)
def _folder(here: str) -> Path:
    """The data folder of the project whose folder, or one below it, is `here`."""
    return find()


@functools.lru_cache(maxsize=1)
def _areas(folder: Path, _state: tuple[int, ...]) -> Mapping[str, Area]:
    """The areas of a folder, loaded anew when the file was written: a report names a thousand."""
    return load(folder).areas
