"""The progress of a build: a display that is kept up to date on a terminal, else plain lines."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from reportbook.cache.run_or_recall import NotRun
from reportbook.commands.progress import Outcome, Progress, RunPurpose
from reportbook.errors import counted
from reportbook.running.tasks import Run

_SHOWN = 8  # lines for work that is being done; on a cluster there may be hundreds


class Tally:
    """Counts what is done, being done and left to do, and estimates how long the rest takes."""

    def __init__(self) -> None:
        self.total = self.done = self.fresh = self.failed = 0
        self.at_work: dict[tuple[str, str], float] = {}
        self._most_at_once = 1
        self._seconds: list[float] = []
        self._counting = threading.Lock()  # books are built in threads

    def begins(self, edition: str, what: str) -> None:
        """Note that work on a notebook or book of an edition begins now."""
        with self._counting:
            self.at_work[edition, what] = time.monotonic()
            self._most_at_once = max(self._most_at_once, len(self.at_work))

    def ended(self, edition: str, what: str, seconds: float, *, fresh: bool, failed: bool) -> None:
        """Note that it has ended; `fresh` means that an earlier result was taken."""
        with self._counting:
            self.at_work.pop((edition, what), None)
            self.done += 1
            self.fresh += fresh
            self.failed += failed
            if not fresh:
                self._seconds.append(seconds)

    @property
    def seconds_left(self) -> float | None:
        """The time for the rest at the pace of the work so far; None before there is any."""
        if not self._seconds:
            return None
        usual = sum(self._seconds) / len(self._seconds)
        now = time.monotonic()
        begun = sum(min(now - start, usual) for start in list(self.at_work.values()))
        return max(0.0, (self.total - self.done) * usual - begun) / self._most_at_once


def duration(seconds: float) -> str:
    """A length of time in words: ``40 s``, ``12 min``, ``2 h 5 min``."""
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


class _Shown(Progress):
    def __init__(self, console: Console) -> None:
        self._console = console
        self._tally = Tally()
        self._fresh_unsaid = 0

    def _say(self, text: str) -> None:
        if self._fresh_unsaid:
            count, self._fresh_unsaid = self._fresh_unsaid, 0
            self._say(f"{counted(count, 'notebook run')} fresh, taken as remembered")
        with contextlib.suppress(OSError):  # where nobody can be told, the work goes on
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def starts(self, runs: int, books: int) -> None:
        self._tally.total = runs + books

    def running(self, purpose: RunPurpose) -> None:
        self._tally.begins(purpose.edition, str(purpose))

    def ran(self, purpose: RunPurpose, run: Run) -> None:
        fresh, failed = run.remembered, run.failure is not None
        edition, what = purpose.edition, str(purpose)
        self._tally.ended(edition, what, run.seconds, fresh=fresh, failed=failed)
        if fresh:
            self._fresh_unsaid += 1  # counted: one line for all of them is enough
        else:
            how = f"failed: {run.failure}" if failed else "ran"
            waits = isinstance(run.failure, NotRun)
            said = "not run" if waits else f"{how}  {run.seconds:.1f} s"
            self._say(f"{edition}  {what}  {said}")

    def building(self, edition: str) -> None:
        self._tally.begins(edition, "book")

    def built(self, outcome: Outcome, seconds: float) -> None:
        name, failed = outcome.edition.name, bool(outcome.problems)
        self._tally.ended(name, "book", seconds, fresh=outcome.fresh, failed=failed)
        said = "fresh" if outcome.fresh else f"{'failed' if failed else 'built'}  {seconds:.1f} s"
        self._say(f"{name}  book  {'not built' if outcome.waiting else said}")

    def __rich__(self) -> RenderableType:
        tally = self._tally
        if not tally.total:
            return Text("")
        said = [f"{tally.done} of {tally.total}"]
        said += [f"{tally.fresh} fresh"] if tally.fresh else []
        left = tally.seconds_left
        said += [f"about {duration(left)} left"] if left is not None else []
        line = Text(", ".join(said))
        if tally.failed:
            line.append(f", {tally.failed} failed", style="bold red")
        head = Table.grid(padding=(0, 1))
        head.add_row(ProgressBar(tally.total, tally.done, width=30), line)
        now = time.monotonic()
        works = [
            Text(f"  {edition}  {what}  {duration(now - began)}", style="dim", overflow="ellipsis")
            for (edition, what), began in list(tally.at_work.items())
        ]
        more = [Text(f"  and {len(works) - _SHOWN} more", style="dim")] if works[_SHOWN:] else []
        return Group(head, *works[:_SHOWN], *more)


class _ConsoleOfProgress(Console):
    """Rich's console, without its way of ending the program where nobody reads what it says."""

    def on_broken_pipe(self) -> None:
        """Say no more."""
        self.quiet = True


@contextlib.contextmanager
def shown_progress(console: Console | None = None) -> Iterator[Progress]:
    """Show progress on standard error, so that standard output can be piped."""
    console = console or _ConsoleOfProgress(stderr=True)
    shown = _Shown(console)
    if not console.is_terminal:
        yield shown
        return
    with Live(shown, console=console, transient=True, refresh_per_second=4):
        yield shown
