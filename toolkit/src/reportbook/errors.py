"""Errors that a researcher can mend, and the phrases their messages are made of."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from difflib import get_close_matches


class ReportError(Exception):
    """A mistake in the report, not in the program. The text says what, where and what to do."""


def fault_of_program(error: BaseException) -> str:
    """What to say of an error that is no mistake in the report: what, where in the program."""
    places = traceback.extract_tb(error.__traceback__)
    where = f" ({places[-1].filename}, line {places[-1].lineno})" if places else ""
    return (
        f"reportbook itself failed, which is a fault of the program: {type(error).__name__}: "
        f"{error}{where}."
    )


def listed(names: Iterable[object]) -> str:
    """Names in quotes with commas between them, for the end of a sentence; ``none`` without any."""
    return ", ".join(f"'{name}'" for name in names) or "none"


def counted(number: int, noun: str) -> str:
    """``1 page``, ``2 pages``: a number with its noun, whose plural is regular."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def did_you_mean(name: str, accepted: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` with a leading space; empty if no accepted name is similar."""
    by_folded = {str(choice).casefold(): str(choice) for choice in accepted}
    near = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f" Did you mean '{by_folded[near[0]]}'?" if near else ""
