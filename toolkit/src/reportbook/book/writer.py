"""What every format of a book has in common: what it is given, and what it gives back.

A new format is a module beside `html` with a class that follows `Writer`, and a line in `formats`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from reportbook.report.editions import Edition
from reportbook.report.project import Project
from reportbook.results.schema import Results


@dataclass(frozen=True)
class StagedBook:
    """One edition, ready to be written in any format.

    `source` is the staged folder: pages, executed notebooks, configuration, results, files to
    download. `changes` is what is different from the edition before; None if no page shows that.
    `output` is the edition's folder for what is made of it: a writer makes a folder of its own
    there.
    """

    project: Project
    edition: Edition
    source: Path
    results: Results
    changes: Mapping[str, Any] | None
    output: Path


@dataclass(frozen=True)
class Written:
    """What a writer made: `folder` holds the files that belong at the edition's address.

    If there are `problems`, one sentence each, the files are not fit to be published.
    """

    folder: Path
    problems: Sequence[str] = ()


class Writer(Protocol):
    """Writes books in one format."""

    def start(self) -> None:
        """Begin to load what is needed, while other work goes on; returns at once."""

    def write(self, book: StagedBook) -> Written:
        """Write a book and check what was written; several threads may do so at a time."""

    def close(self) -> None:
        """End at once, with the books that are being written."""
