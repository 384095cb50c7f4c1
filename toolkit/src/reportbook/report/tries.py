"""Tries: editions with other parameters, made to be looked at and never published.

A try is what ``reportbook build EDITION -p NAME=VALUE`` makes. It has a name of its own, made of
its edition's and of what was set, and lies with the other tries, apart from the site.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_LONGEST = 60  # characters of a name that say what was set; folders' names have a limit
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._]+")


def name_of_try(edition: str, overrides: Mapping[str, str]) -> str:
    """The name of an edition built with other parameters; its own where there are none.

    It is fit for an address and the same for the same values, in whatever order they were given.
    Two tries with different values never have one name: where the values cannot be written out,
    a few letters of their digest tell them apart.
    """
    if not overrides:
        return edition
    given = sorted(overrides.items())
    written = "-".join(f"{name}-{value}" for name, value in given)
    said = _NOT_IN_NAMES.sub("-", written).strip("-.")[:_LONGEST].rstrip("-.")
    if said != written:
        said += f"-{hashlib.sha256(repr(given).encode()).hexdigest()[:6]}"
    return f"{edition}-{said}"
