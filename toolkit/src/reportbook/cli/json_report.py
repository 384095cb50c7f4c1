"""The account of a build for machines: what became of every edition and notebook, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Any, Self

from reportbook.cache.run_or_recall import NotRun
from reportbook.commands.progress import Outcome, Progress, RunPurpose, Summary
from reportbook.running.tasks import Run


class Account(Progress):
    """Keeps what a build says, and passes it on to what `show` opens.

    That is opened only if there is something to do.
    """

    def __init__(self, show: Callable[[], AbstractContextManager[Progress]]) -> None:
        self._show, self._shown = show, Progress()
        self._open = ExitStack()
        self._runs: dict[str, list[dict[str, Any]]] = {}
        self._books: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._shown = self._open.enter_context(self._show())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.close()

    def starts(self, runs: int, books: int) -> None:
        """Pass on how much there is to do."""
        self._shown.starts(runs, books)

    def running(self, purpose: RunPurpose) -> None:
        """Pass on that a notebook begins to run."""
        self._shown.running(purpose)

    def ran(self, purpose: RunPurpose, run: Run) -> None:
        """Keep how a notebook's run ended, under its edition, and pass it on."""
        made = {
            "notebook": purpose.notebook,
            "to_compare": purpose.step or None,
            "outcome": _became(run),
            "seconds": round(run.seconds, 3),
            "problem": str(run.failure) if run.failure else None,
        }
        self._runs.setdefault(purpose.edition, []).append(made)
        self._shown.ran(purpose, run)

    def building(self, edition: str) -> None:
        """Pass on that a book begins to be made."""
        self._shown.building(edition)

    def built(self, outcome: Outcome, seconds: float) -> None:
        """Keep how long a book took, in seconds, and pass on what became of it."""
        self._books[outcome.edition.name] = seconds
        self._shown.built(outcome, seconds)

    def of(self, summary: Summary) -> dict[str, Any]:
        """The whole account; `summary` is what the build gave back."""
        return {
            "site": str(summary.site),
            "seconds": round(summary.seconds, 3),
            "failed": summary.failed,
            "problem": None,
            "editions": [self._edition(each, summary) for each in summary.outcomes],
            "kept": list(summary.kept),
            "gone": list(summary.gone),
            "lost": list(summary.lost),
            "without_file": list(summary.without_file),
        }

    def _edition(self, outcome: Outcome, summary: Summary) -> Mapping[str, Any]:
        name = outcome.edition.name
        page = summary.site / name / "index.html"
        return {
            "edition": name,
            "title": outcome.edition.title,
            "as_of": outcome.edition.as_of,
            "outcome": _became_of_edition(outcome),
            "seconds": round(self._books.get(name, 0.0), 3),
            "page": str(page) if page.is_file() else None,
            "pages": outcome.pages,
            "numbers": outcome.numbers,
            "charts": outcome.charts,
            "problems": [*outcome.problems, *outcome.waiting],
            "notebooks": self._runs.get(name, []),
        }


def not_begun(problem: str) -> dict[str, Any]:
    """The account of a build that a mistake kept from beginning."""
    return {
        "site": None, "seconds": 0.0, "failed": True, "problem": problem, "editions": [],
        "kept": [], "gone": [], "lost": [], "without_file": [],
    }  # fmt: skip


def _became_of_edition(outcome: Outcome) -> str:
    if outcome.problems:
        return "failed"
    if outcome.waiting:
        return "waiting"
    return "fresh" if outcome.fresh else "built"


def _became(run: Run) -> str:
    if isinstance(run.failure, NotRun):
        return "waiting"
    if run.failure:
        return "failed"
    return "fresh" if run.remembered else "ran"
