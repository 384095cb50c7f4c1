"""Signs in text that do something else than readers see: control signs, and those of direction."""

from __future__ import annotations

import re

# Unicode's categories Cc without tab and line breaks, and what embeds, overrides or isolates a
# direction (UAX 9): text behind it is shown in another order than it stands. The marks of Arabic
# and Hebrew that change no order beyond themselves (U+200E, U+200F, U+061C) are text.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*( ?%)?")


def hidden_sign(text: str) -> str:
    """The first sign that hides something, as people name it: ``U+202E``; empty if none does."""
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def plain_cell(value: object) -> object:
    """A cell of a CSV file such that spreadsheets show it: they calculate what begins as a formula.

    Such text gets an apostrophe before it, which spreadsheets take for "this is text". Numbers stay
    numbers.
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
