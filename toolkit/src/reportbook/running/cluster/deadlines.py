"""Calls that may never come back, each with a deadline; Ctrl-C ends the wait for any of them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class NoAnswer(Exception):
    """A call did not come back in time. It may still be going on, in a thread of its own."""


def within(seconds: float, function: Callable[..., Answer], *given: Any, **more: Any) -> Answer:
    """What a function returns or raises.

    Raises
    ------
    NoAnswer
        If it does neither within `seconds`.
    """
    answers: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

    def call() -> None:
        try:
            answers.put((function(*given, **more), None))
        except BaseException as error:
            answers.put((None, error))

    threading.Thread(target=call, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)  # which a signal interrupts, as few waits are
    except queue.Empty:
        raise NoAnswer(f"no answer within {seconds:g} seconds") from None
    if error is not None:
        raise error
    found: Answer = answer
    return found


class Pulse:
    """Asks something again and again, in a thread of its own, and remembers when it was answered.

    Parameters
    ----------
    ask
        Returns how many there are of what is needed; it may raise, or never come back.
    every
        Seconds from one answer to the next question.
    """

    def __init__(self, ask: Callable[[], int], every: float) -> None:
        self._ask, self._every = ask, every
        self._answered = time.monotonic()
        self._none_since: float | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    @property
    def seconds_of_silence(self) -> float:
        """The time since the last answer."""
        return time.monotonic() - self._answered

    @property
    def seconds_of_none(self) -> float:
        """The time for which every answer was none; 0 if there are some."""
        since = self._none_since
        return 0 if since is None else time.monotonic() - since

    def end(self) -> None:
        """Ask no more."""
        self._ended.set()

    def _beat(self) -> None:
        while not self._ended.wait(self._every):
            try:
                found = self._ask()
            except Exception:
                continue  # silence, as seen by whoever looks at it
            self._answered = time.monotonic()
            if found:
                self._none_since = None
            elif self._none_since is None:
                self._none_since = self._answered
