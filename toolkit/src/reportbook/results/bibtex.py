"""Entries of BibTeX.

They are written here and not by pybtex, which reads them: its writer leaves ``$`` and braces of a
text as they are, loses backslashes, and escapes what is in addresses (pybtex 0.26).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

_SPECIAL = str.maketrans({each: f"\\{each}" for each in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


_NAMED = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"  # what may stand there as it is; quote adds letters and -._
_NOT_IN_KEYS = re.compile(r"[^\w.:/+-]+")


def escaped(text: str) -> str:
    """Text for a field of an entry, on one line.

    A brace without its partner would end the entry, escaped or not: it is written by its name.
    """
    text = " ".join(text.split())
    alone = _unpaired(text)
    return "".join(
        _NAMED[sign] if place in alone else sign.translate(_SPECIAL)
        for place, sign in enumerate(text)
    )


def _unpaired(text: str) -> set[int]:
    """The places of the braces that have no partner."""
    opened: list[int] = []
    alone: set[int] = set()
    for place, sign in enumerate(text):
        if sign == "{":
            opened.append(place)
        elif sign == "}" and opened:
            opened.pop()
        elif sign == "}":
            alone.add(place)
    return alone.union(opened)


def as_written(text: str) -> str:
    """The same for a name that is not split, or a title that keeps its capitals."""
    return f"{{{escaped(text)}}}"


def entry(key: str, fields: Mapping[str, str]) -> str:
    """The entry of a document of any kind; fields without a value are left out."""
    shown = {**fields, "url": quote(fields.get("url", ""), safe=_IN_ADDRESSES)}
    lines = [f"  {name} = {{{value}}}," for name, value in shown.items() if value]
    return "\n".join((f"@misc{{{as_key(key)},", *lines, "}"))


def as_key(key: str) -> str:
    """A key as BibTeX and `{cite}` take it: of other signs than these, each run is a dash."""
    return _NOT_IN_KEYS.sub("-", key)
