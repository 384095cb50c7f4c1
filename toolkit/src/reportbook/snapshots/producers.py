"""Producers of tables, which a report or any other package brings by an entry point.

.. code-block:: toml

    [project.entry-points."reportbook.producers"]
    unhcr = "analysis.producers.unhcr"
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from reportbook.snapshots.brought import brought

if TYPE_CHECKING:
    import pandas as pd

GROUP = "reportbook.producers"


class Dropped(Protocol):
    """Rows of a file that are not in the table, and why: words that follow "left out:"."""

    @property
    def rows(self) -> int: ...
    @property
    def why(self) -> str: ...


class Reading(Protocol):
    """What files were read as: the rows of one of the report's tables, and a record of it."""

    @property
    def table(self) -> str:
        """The name of the table, as the report's data package calls it."""

    @property
    def rows(self) -> pd.DataFrame:
        """The table's columns in their order; missing is not zero."""

    @property
    def key(self) -> Sequence[str]:
        """The columns that tell a row from all others."""

    @property
    def whole(self) -> Sequence[str]:
        """The columns by whose values newer rows replace all older ones."""

    @property
    def amounts(self) -> Sequence[str]:
        """The columns whose sums tell whether a newer table holds less."""

    @property
    def summary(self) -> str:
        """What was read, in words without a full stop."""

    @property
    def published(self) -> str:
        """The date of publication that the files state, else ``""``."""

    @property
    def retrieved(self) -> str:
        """The day of the download that the files state, else ``""``."""

    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def dropped(self) -> Sequence[Dropped]: ...
    @property
    def remarks(self) -> Sequence[str]:
        """Sentences on what to know of the files."""


class Producer(Protocol):
    """What stands at the entry point: an object or a module with this function."""

    def read(self, paths: Sequence[Path]) -> Reading:
        """Read files as one table; a ``ValueError`` says what is wrong, where, what to do."""


def find_producer(name: str) -> Producer:
    """Return the producer of a name.

    Raises
    ------
    ReportError
        If there is none, with those there are.
    """
    found = brought(
        GROUP,
        name,
        f"There is no producer '{name}'.",
        f"A package brings producers by entry points of the group '{GROUP}'.",
    )
    return cast(Producer, found)
