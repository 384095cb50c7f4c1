"""What a build says of itself: while it works, and in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportbook.report.editions import Edition
from reportbook.running.tasks import Run


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: the problems that stopped it, or what was made.

    `waiting` says which of its notebooks would have to be run and were not to be. Nothing was built
    of one that is `fresh`: it is published as it would be built now.
    """

    edition: Edition
    problems: Sequence[str] = ()
    pages: int = 0
    numbers: int = 0
    charts: int = 0
    folder: Path | None = None
    waiting: Sequence[str] = ()
    fresh: bool = False


@dataclass(frozen=True)
class Summary:
    """What a build made, and where."""

    site: Path
    outcomes: Sequence[Outcome]
    seconds: float
    kept: Sequence[str] = field(default_factory=tuple)  # published earlier and left as they are

    @property
    def failed(self) -> bool:
        return any(outcome.problems for outcome in self.outcomes)


class Progress:
    """What a build says while it works; this one keeps silent."""

    def starts(self, runs: int, books: int) -> None: ...

    def running(self, edition: str, notebook: str) -> None: ...

    def ran(self, edition: str, notebook: str, run: Run) -> None: ...

    def building(self, edition: str) -> None: ...

    def built(self, outcome: Outcome, seconds: float) -> None: ...
