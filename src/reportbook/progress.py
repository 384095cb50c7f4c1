"""What is seen while a build works: a live bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from reportbook.build import Outcome, Progress
from reportbook.execution import Run


class _Shown(Progress):
    def __init__(self, console: Console, bar: Bar | None) -> None:
        self._console, self._bar, self._task = console, bar, None
        self._at_work: dict[tuple[str, str], None] = {}

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _step(self, advance: int = 0) -> None:
        if self._bar is not None and self._task is not None:
            now = ", ".join(f"{what} ({edition})" for edition, what in self._at_work)
            self._bar.update(self._task, advance=advance, now=now)

    def starts(self, runs: int, books: int) -> None:
        if self._bar is not None:
            self._task = self._bar.add_task("", total=runs + books, now="")

    def running(self, edition: str, notebook: str) -> None:
        self._at_work[edition, notebook] = None
        self._step()

    def ran(self, edition: str, notebook: str, run: Run) -> None:
        self._at_work.pop((edition, notebook), None)
        what = f"failed: {run.failure}" if run.failure else "ran"
        said = "fresh" if run.remembered else f"{what}  {run.seconds:.1f} s"
        self._say(f"{edition}  {notebook}  {said}")
        self._step(1)

    def building(self, edition: str) -> None:
        self._at_work[edition, "book"] = None
        self._step()

    def built(self, outcome: Outcome, seconds: float) -> None:
        name = outcome.edition.name
        self._at_work.pop((name, "book"), None)
        what = "failed" if outcome.problems else "built"
        said = "fresh" if outcome.fresh else f"{what}  {seconds:.1f} s"
        self._say(f"{name}  book  {'not built' if outcome.waiting else said}")
        self._step(1)


@contextlib.contextmanager
def shown_progress(console: Console | None = None) -> Iterator[Progress]:
    """Progress on the terminal's error stream, so that output can be piped."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _Shown(console, None)
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        yield _Shown(console, bar)
