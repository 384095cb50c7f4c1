"""Mistakes a researcher can make, each with a message that says how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DataError(ValueError):
    """A file in ``data/`` that cannot be read as its descriptor says."""


class Incompatible(ValueError):
    """Two quantities that must not be combined: other units, definitions or natures."""


class NotAccepted(ValueError):
    """A value outside what is accepted; the message lists what is.

    Parameters
    ----------
    what : str
        What was asked for, in the reader's words (``"reading"``).
    given : object
        The value that was given.
    accepted : iterable
        Every value that would have been accepted; printed as text.
    hint : str, optional
        A sentence on how to mend it, for when the nearest accepted value says too little.
    """

    def __init__(
        self, what: str, given: object, accepted: Iterable[object], hint: str = ""
    ) -> None:
        self.what, self.given, self.accepted = what, given, [str(value) for value in accepted]
        hint = f" {hint}" if hint else did_you_mean(given, self.accepted)
        super().__init__(
            f"{what} {given!r} is not accepted.{hint} Accepted: {', '.join(self.accepted)}."
        )


def did_you_mean(given: object, accepted: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the accepted value most like the given one, or ``""``.

    Small and capital letters count as the same.
    """
    by_folded = {value.casefold(): value for value in accepted}
    near = difflib.get_close_matches(str(given).casefold(), by_folded, n=1)
    return f" Did you mean {by_folded[near[0]]!r}?" if near else ""
