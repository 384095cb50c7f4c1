"""Services that producers can be asked at, which a report brings by an entry point.

.. code-block:: toml

    [project.entry-points."reportbook.services"]
    unhcr = "analysis.producers.services.unhcr"

What a service answers is read by the producer of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from reportbook.snapshots.brought import brought

GROUP = "reportbook.services"


class Service(Protocol):
    """What stands at the entry point: an object or a module with these."""

    @property
    def ADDRESS(self) -> str:
        """Where it is, ending in a slash."""

    @property
    def PAUSE(self) -> float:
        """Seconds between two requests."""

    def first_pages(self, address: str, asked: Mapping[str, str]) -> Sequence[str]:
        """Return the addresses to begin with; a ``ValueError`` says what cannot be asked."""

    def next_pages(self, page: str, document: Any) -> Sequence[str]:
        """Return what to ask after a page, which may have been asked before."""

    def what_is_missing(self, pages: Mapping[str, Any]) -> str:
        """Return a sentence on what did not come as asked; ``""`` if all of it did."""


def find_service(name: str) -> Service:
    """Return the service of a name.

    Raises
    ------
    ReportError
        If there is none, with those there are.
    """
    found = brought(
        GROUP,
        name,
        f"There is no service '{name}' to fetch from.",
        f"What you have downloaded yourself: reportbook import {name} FILE.",
    )
    return cast(Service, found)
