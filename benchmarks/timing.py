"""Ratios of two ways to do the same, measured in turns, for machines drift."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measured:
    """A measure with its goal; `ratio` is the median over the rounds, `low` to `high` the range."""

    measure: str
    ratio: float
    low: float
    high: float
    goal: float
    unit: str = ""
    detail: str = ""

    @property
    def reached(self) -> bool:
        return self.ratio <= self.goal

    def as_record(self) -> dict[str, object]:
        return {**asdict(self), "reached": self.reached}


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes by the clock on the wall."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def summed(measure: str, values: Sequence[float], goal: float, **more: str) -> Measured:
    """The median of `values` and their range."""
    return Measured(measure, statistics.median(values), min(values), max(values), goal, **more)


def compared(measure: str, ours: Sequence[float], theirs: Sequence[float], goal: float) -> Measured:
    """The ratio of seconds measured in the same rounds."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    detail = f"{statistics.median(ours):.2f} s ÷ {statistics.median(theirs):.2f} s"
    return summed(measure, ratios, goal, detail=detail)
