"""What goes wrong, said to a researcher in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ReportError(Exception):
    """A mistake in the report, not in the program: the text says what, where and what to do."""


def listed(names: Iterable[object]) -> str:
    """Names in quotes, as a list a sentence can end with."""
    return ", ".join(f"'{name}'" for name in names)


def did_you_mean(name: str, accepted: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` with a leading space, or nothing where no name is near."""
    by_folded = {str(choice).casefold(): str(choice) for choice in accepted}
    near = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f" Did you mean '{by_folded[near[0]]}'?" if near else ""
