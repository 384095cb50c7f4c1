"""How a command ends when something outside of it ends it: what is said, and the exit code.

What is said of the site is looked up, not supposed: a build that is stopped, or cannot write its
result, has perhaps put a new site in place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from reportbook.errors import ReportError, fault_of_program

_SIGNALS = ("SIGTERM", "SIGHUP")  # Ctrl-C is Python's own
_FROM_OUTSIDE = (OSError, KeyboardInterrupt, click.Abort)
_NOT_WRITTEN = "The result could not be written to standard output"
_OF_A_SIGNAL = 128  # added to its number, as shells do


class Ended(KeyboardInterrupt):
    """A signal asked for the end. It takes the way of Ctrl-C, so all that is open is closed."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stopped(Exception):
    """A command was stopped from outside; the text says by what, and what became of the site."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


class ResultNotWritten(OSError):
    """Standard output takes no more."""


@contextlib.contextmanager
def heeding_signals() -> Iterator[None]:
    """Have the signals that end programs end this one as Ctrl-C does, unless they are ignored."""
    before = {}
    for name in _SIGNALS if threading.current_thread() is threading.main_thread() else ():
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)


class SiteAtWork:
    """The site that a command may put in place of another."""

    def __init__(self) -> None:
        self._site: Path | None = None
        self._before: tuple[int, int] | None = None

    def is_at(self, site: Path) -> None:
        """Note where it is, before anything is done to it."""
        self._site, self._before = site, _identity(site)

    def said_of(self, error: BaseException) -> str:
        """What ended the command, and, where that came from outside, what became of the site."""
        if not isinstance(error, _FROM_OUTSIDE):
            return reason(error)
        return f"{reason(error)} {self._fate}"

    @property
    def _fate(self) -> str:
        if self._site is not None and _identity(self._site) not in (self._before, None):
            return f"The new site is in place: {self._site}."
        return "What was published before has not been changed."


@contextlib.contextmanager
def saying_what_became_of_the_site() -> Iterator[SiteAtWork]:
    """Say it of whatever ends what is done here; where the site is, is told to what this yields.

    Raises
    ------
    Stopped
        In place of an `OSError` or an interruption.
    """
    site = SiteAtWork()
    try:
        yield site
    except _FROM_OUTSIDE as error:
        raise Stopped(site.said_of(error), exit_code(error)) from error


@contextlib.contextmanager
def writing_the_result() -> Iterator[None]:
    """Tell an output that takes no more from a disk that does.

    Raises
    ------
    ResultNotWritten
        In place of an `OSError`.
    """
    try:
        yield
    except OSError as error:
        write_no_more()
        raise ResultNotWritten(error.errno, f"{_NOT_WRITTEN}: {error.strerror}") from error


def is_of_output(error: OSError) -> bool:
    """Whether standard output, and no file, did not take what it was given."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(frame.f_code is click.echo.__code__ for frame in frames)


def write_no_more() -> None:
    """Have what is left for standard output go nowhere: Python would try once more at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def reason(error: BaseException) -> str:
    """What ended a command, in words, whether a mistake, this program or something outside."""
    if isinstance(error, ReportError):
        return str(error)
    if isinstance(error, click.UsageError):
        return error.format_message()
    if isinstance(error, Ended):
        return f"Stopped by {signal.Signals(error.number).name}."
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return "Stopped."
    if not isinstance(error, OSError):
        return fault_of_program(error)
    place = error.filename2 or error.filename  # of two files, the one that was written
    where = f"{os.fsdecode(place)}: " if isinstance(place, str | bytes) else ""
    if not isinstance(error, ResultNotWritten) and is_of_output(error):
        where = f"{_NOT_WRITTEN}: "
    return f"{where}{error.strerror or error}."


def exit_code(error: BaseException) -> int:
    """The exit code of a command that was ended: of a signal, its number and 128."""
    if isinstance(error, Ended):
        return _OF_A_SIGNAL + error.number
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return _OF_A_SIGNAL + signal.SIGINT
    return 1


def is_closed_output(error: OSError) -> bool:
    """Whether nobody reads on, as after ``| head``: there is nothing to say."""
    return error.errno == errno.EPIPE and not isinstance(error, ResultNotWritten)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
