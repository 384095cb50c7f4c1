"""What a command says of its work: while it runs notebooks and makes books, and at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from reportbook.report.editions import Edition
from reportbook.running.tasks import Run
from reportbook.site.published import Published


@dataclass(frozen=True)
class RunPurpose:
    """What a notebook is run for: an edition, or one step of its comparison with another.

    `step` names what is changed in that step of a comparison; it is empty where the run is one of
    the edition's own.
    """

    edition: str
    notebook: str
    step: str = ""

    def __str__(self) -> str:
        return f"{self.notebook}, step {self.step}" if self.step else self.notebook


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: the problems that stopped it, or what was made.

    `waiting` names the notebooks that are not fresh and that the caller did not allow to be run. A
    `fresh` edition is published as it would be built now: nothing of it had to be built.
    `folders` hold the files of a book that was made and is still to be published.
    """

    edition: Edition
    problems: Sequence[str] = ()
    pages: int = 0
    numbers: int = 0
    charts: int = 0
    folders: Sequence[Path] = ()
    waiting: Sequence[str] = ()
    fresh: bool = False

    @classmethod
    def of_published(cls, book: Published) -> Outcome:
        """The outcome of an edition of which nothing has to be built."""
        made = book.made
        return cls(
            book.edition, pages=made.pages, numbers=made.numbers, charts=made.charts, fresh=True
        )

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with the edition and it can be published, or is."""
        return not self.problems and not self.waiting


@dataclass(frozen=True)
class Summary:
    """What a build made, and where: on the site, or among the tries.

    Editions that are `gone` had no file any more and left the site; archived ones that are `lost`
    should be on it and are nowhere. Released ones that are
    `without_file` stay on it.
    """

    site: Path
    outcomes: Sequence[Outcome]
    seconds: float
    kept: Sequence[str] = field(default_factory=tuple)  # published earlier and left as they are
    are_tries: bool = False
    gone: Sequence[str] = ()
    lost: Sequence[str] = ()
    without_file: Sequence[str] = ()

    @property
    def failed(self) -> bool:
        """Whether an edition has problems; one that waits for other notebooks has none."""
        return bool(self.lost or self.without_file) or any(
            outcome.problems for outcome in self.outcomes
        )


class Progress:
    """What a command says while it works. This one says nothing: others override what they show.

    It is entered as a context once there is something to do, and left at the end.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        return None

    def starts(self, runs: int, books: int) -> None:
        """So many notebooks have to be run or recalled, and so many books to be made."""

    def running(self, purpose: RunPurpose) -> None:
        """A notebook begins to run."""

    def ran(self, purpose: RunPurpose, run: Run) -> None:
        """A notebook was run, or its run was recalled."""

    def building(self, edition: str) -> None:
        """The book of an edition begins to be made."""

    def built(self, outcome: Outcome, seconds: float) -> None:
        """The book of an edition was made, or something stopped it."""
