"""Entries of BibTeX.

They are written here and not by pybtex, which reads them: its writer leaves ``$`` and braces of a
text as they are, loses backslashes, and escapes what is in addresses (pybtex 0.26).
"""

from __future__ import annotations

from collections.abc import Mapping

_SPECIAL = str.maketrans({each: f"\\{each}" for each in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def escaped(text: str) -> str:
    """Text for a field of an entry."""
    return text.translate(_SPECIAL)


def as_written(text: str) -> str:
    """The same for a name that is not split, or a title that keeps its capitals."""
    return f"{{{escaped(text)}}}"


def entry(key: str, fields: Mapping[str, str]) -> str:
    """The entry of a document of any kind; fields without a value are left out."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{key},", *lines, "}"))
