"""Asks whether a library still has the undocumented parts that a module of ours names in `USED`."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from importlib.metadata import version


def moved(library: str, used: Mapping[str, str], module: str) -> list[str]:
    """A sentence for each part that the installed library does not have.

    Parameters
    ----------
    library
        The distribution's name.
    used
        By ``module:name`` or ``module:Class.name``, what the part is used for.
    module
        The module of ours that would have to change.
    """
    return [
        f"{library} {version(library)} has no {inside} in {place}. It {why}. Change {module}, or "
        f"keep {library} below this version in pyproject.toml."
        for name, why in used.items()
        for place, _, inside in [name.partition(":")]
        if not _is_there(place, inside)
    ]


def _is_there(place: str, inside: str) -> bool:
    try:
        found = importlib.import_module(place)
    except ImportError:
        return False
    *parents, last = inside.split(".")
    for parent in parents:
        if not hasattr(found, parent):
            return False
        found = getattr(found, parent)
    return hasattr(found, last) or (inspect.isclass(found) and _sets(found, last))


def _sets(kind: type, attribute: str) -> bool:
    """Whether a class gives its objects an attribute."""
    for each in kind.__mro__:
        try:
            source = inspect.getsource(each)
        except (OSError, TypeError):  # it is written in C
            continue
        if f"self.{attribute} = " in source or f"self.{attribute}: " in source:
            return True
    return False
