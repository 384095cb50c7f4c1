"""Whose words a figure was read in: the publisher, and whoever reported or kept them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def attribution(source: Mapping[str, Any]) -> str:
    """Return who stands behind a source, as every page names it.

    A document that reports someone else's figures says so: ``R4V, as reported by ANSA``. Where the
    document does not say whose figures they are, it is named as a report of others' figures.

    Parameters
    ----------
    source : mapping
        A source's record: `publisher`, `via`, `kind`, `title` and its key, `source`.
    """
    by = str(source.get("publisher") or source.get("title") or source.get("source") or "")
    via, reported = source.get("via"), source.get("kind") == "reported"
    if not via:
        return f"{by}, reporting others’ figures" if reported else by
    return f"{by}, as reported by {via}" if reported else f"{by}, {via}"


def attributions(sources: Iterable[Mapping[str, Any]], most: int = 3) -> str:
    """Return who stands behind several sources, each once; from the fourth on, how many more."""
    named = list(dict.fromkeys(filter(None, map(attribution, sources))))
    rest = len(named) - most
    return "; ".join([*named[:most], f"and {rest} more"] if rest > 0 else named)
