"""Prose that stands only in editions that know enough: ``{when}``.

::

    ```{when} people.returned
    Some came back: {number}`people.returned`.
    ```

keeps its body where the condition applies. Without a body it decides on the rest of its section,
up to the next heading of that level or a higher one, code cells and their outputs included; right
under a heading, on the whole section. What does not apply is taken out of the text before anything
else reads it, so that no page, file or index of an edition holds it. Lines stay in their places,
except that what no blank line separates is one paragraph, with what stands around it and with the
next ``{when}``: sentences, and parts of one, each on a condition of its own.

A condition is a published number, chart or table that has something to show, the key of a source or
of a figure that the edition knows, or a comparison such as ``people.share > 0.5``; ``not``, ``and``
and ``or`` join them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportbook.errors import ReportError

Applies = Callable[[str], bool]

_FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,}|:{3,})\s*(?P<info>.*)$")
_WHEN = re.compile(r"^\{when\}\s*(?P<asked>.*)$")
_LOWEST = 7  # below every heading: before the first one
_HEADING = re.compile(r"^(?P<level>#{1,6})\s")
_NO_MARKDOWN = re.compile(r"^\{(?:code|code-block|code-cell|literalinclude|math|mermaid|raw)\b")


@dataclass(frozen=True)
class When:
    """One ``{when}``: its condition, its line and its last one, counted from 1.

    Without a body, `begins` is the line with which what it decides on begins; else 0.
    """

    asked: str
    line: int
    last: int
    begins: int = 0


@dataclass(frozen=True)
class _Read:
    """What is found in a text: its ``{when}``, its headings by line with their levels, and by line
    the conditions on which what follows depends.
    """

    blocks: Sequence[When]
    headings: Mapping[int, int]
    following: Mapping[int, Sequence[str]]


def whens(text: str) -> Sequence[When]:
    """Every ``{when}`` of a text, in order.

    Raises
    ------
    ReportError
        If one is not closed or has no condition.
    """
    return _read(text).blocks


def as_shown(text: str, applies: Applies) -> str:
    """Return a page without what does not apply."""
    (cell,) = cells_as_shown([{"cell_type": "markdown", "source": text}], applies, kept=True)
    return str(cell["source"])


def cells_as_shown(cells: Sequence[Any], applies: Applies, *, kept: bool = False) -> list[Any]:
    """Return a notebook's cells without what does not apply.

    Parameters
    ----------
    cells
        With ``cell_type`` and ``source``; they are not changed.
    applies
        Whether a condition applies.
    kept
        Whether cells stay of which nothing is left.
    """
    shown = []
    place = _Place()
    for cell in cells:
        if cell["cell_type"] != "markdown":
            if not place.cut:
                shown.append(cell)
            continue
        text = _without(cell["source"], applies, place)
        if text == cell["source"]:
            shown.append(cell)
        elif kept or text.strip():
            shown.append({**cell, "source": text})
    return shown


@dataclass
class _Place:
    """Where in the sections of a document we are.

    `level` is that of the heading above; `cut` that of the section of which the rest is being taken
    out: 0 if none is.
    """

    level: int = _LOWEST
    cut: int = 0


def _without(text: str, applies: Applies, place: _Place) -> str:
    """A text without what does not apply."""
    read = _read(text)
    lines = text.split("\n")
    gone: set[int] = set()
    for block in read.blocks:
        if block.begins or not applies(block.asked):
            gone.update(range(block.line, block.last + 1))
        else:
            gone.update((block.line, block.last))
    for number in range(1, len(lines) + 1):
        if number in read.headings:
            place.level = read.headings[number]
            if place.cut and place.level <= place.cut:
                place.cut = 0
        if not place.cut and not all(map(applies, read.following.get(number, ()))):
            place.cut = place.level
        if place.cut:
            gone.add(number)
    return "\n".join(_run_together(lines, gone))


def _run_together(lines: Sequence[str], gone: set[int]) -> Iterator[str]:
    """The lines without those that are gone. Of lines between two blank ones, what is left follows
    one another; what is gone leaves blank lines behind it, so that all others keep their places.
    """
    left_blank = 0  # gone from between lines of this paragraph, not yet made up for
    begun = False
    for number, line in enumerate(lines, 1):
        if number in gone and line.strip() and begun:
            left_blank += 1
        elif number in gone or not line.strip():
            yield from [""] * left_blank
            left_blank, begun = 0, False
            yield "" if number in gone else line
        else:
            begun = True
            yield line
    yield from [""] * left_blank


def _read(text: str) -> _Read:
    blocks = []
    headings = {}
    open_: list[tuple[str, int, str | None]] = []  # its mark, its line, what a {when} asks
    opaque = ""  # the mark of the fence whose content is no Markdown
    for number, line in enumerate(text.split("\n"), 1):
        fence = _FENCE.match(line.strip())
        if opaque:
            if fence and not fence["info"] and _closes(fence["mark"], opaque):
                opaque = ""
            continue
        if fence and not fence["info"] and open_ and _closes(fence["mark"], open_[-1][0]):
            _, began, asked = open_.pop()
            if asked is not None:
                blocks.append(When(asked, began, number))
            continue
        if fence:
            when = _WHEN.match(fence["info"])
            if when and not when["asked"].strip():
                raise ReportError(
                    f"line {number}: {{when}} needs a condition, such as the name of a published "
                    "number: ```{when} people.returned."
                )
            if when or (fence["info"].startswith("{") and not _NO_MARKDOWN.match(fence["info"])):
                open_.append((fence["mark"], number, when["asked"].strip() if when else None))
            else:
                opaque = fence["mark"]
            continue
        heading = _HEADING.match(line)
        if heading:
            headings[number] = len(heading["level"])
    for _, began, asked in open_:
        if asked is not None:
            raise ReportError(f"line {began}: {{when}} {asked} is not closed.")
    blocks.sort(key=lambda each: each.line)
    blocks = list(_with_begins(blocks, headings, text.split("\n")))
    following: dict[int, list[str]] = {}
    for each in blocks:
        if each.begins:
            following.setdefault(each.begins, []).append(each.asked)
    return _Read(blocks, headings, following)


def _with_begins(
    blocks: Sequence[When], headings: Mapping[int, int], lines: Sequence[str]
) -> Iterator[When]:
    """The blocks, those without a body with the line at which what they decide on begins."""
    for block in blocks:
        if any(line.strip() for line in lines[block.line : block.last - 1]):
            yield block
            continue
        above = next((n for n in range(block.line - 1, 0, -1) if lines[n - 1].strip()), 0)
        begins = above if above in headings else block.line
        yield When(block.asked, block.line, block.last, begins)


def _closes(mark: str, opened: str) -> bool:
    return mark[0] == opened[0] and len(mark) >= len(opened)
