"""YAML files, read with the line of each value and with every plain value as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from reportbook.errors import ReportError
from reportbook.files.signs import hidden_sign
from reportbook.files.text import read_text

_DEEPEST = 50
_BEFORE_TEXT = re.compile(r"&(?P<anchor>[^\s,\[\]{}]+)|(?P<tag>![^\s,\[\]{}]*)")
_AFTER_TEXT = re.compile(r"[ \t]+(?P<cut>#[^\s#][^\r\n]*)")
# text that YAML stops at, and what is said of it
_SIGNS = (
    (
        re.compile(r"(?<![^\s\[{,:])\*[^\s,\[\]{}]*"),
        'Text that begins with * goes into quotes: "{0}"; without them it stands for what is '
        "marked with & elsewhere in the file.",
    ),
    (
        re.compile(r"(?<![^\s\[{,:])[@`%][^\s,\[\]{}]*"),
        'Text that begins with @, ` or % goes into quotes: "{0}".',
    ),
    (
        re.compile(r"\s#[^\s#]\S*"),
        "What follows # is a comment: text with that sign goes into quotes.",
    ),
    (
        re.compile(r":\s.*:(?:\s|$)"),
        "Text with a colon in it goes into quotes.",
    ),
)


@dataclass(frozen=True)
class Node:
    """A value of a YAML file and the line it stands on; `value` is text, list or dict of these.

    `left_out` is what stands before a text and YAML does not count to it, for nothing in the file
    uses it: a tag of one's own (``!new``) or the name of an anchor (``&Partners``).

    `cut_off` is what follows a text without quotes and YAML takes for a comment, though there is no
    space behind its sign: ``#1``.
    """

    value: Any
    line: int
    quoted: bool = False
    left_out: str = ""
    cut_off: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is a single value, and not a list or a mapping."""
        return isinstance(self.value, str)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written, as in ``chapters:`` with nothing after it."""
        return self.is_text and not self.quoted and self.value in ("", "~", "null")


class _Refused(Exception):
    """YAML that is valid and yet not taken: why, and the line it stands on."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.line = line


class _Loader(yaml.SafeLoader):
    """Reads YAML whose size is what it seems: nothing but single values is used again by its name,
    and nothing is endlessly nested.
    """

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose one value, with all that is in it."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            named = self.anchors.get(event.anchor)
            if named is not None and not isinstance(named, yaml.ScalarNode):
                raise _Refused(
                    f"'*{event.anchor}' stands for a list or lines written elsewhere. Write them "
                    "here again; only a single value can be used again by its name",
                    line,
                )
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Refused(f"values are nested more than {_DEEPEST} deep", line)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(path: Path, shown: str) -> Node:
    """The content of the file `path`; `shown` is what errors call it.

    Raises
    ------
    ReportError
        If it cannot be read, is not YAML, or gives a key twice: with file and line.
    """
    return parse_yaml(read_text(path, shown), shown)


def parse_yaml(text: str, shown: str) -> Node:
    """As `read_yaml`, from text."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except _Refused as error:
        raise ReportError(f"{shown}, line {error.line}: {error}.") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        sign = f"U+{ord(text[error.position]):04X}"
        raise ReportError(
            f"{shown}, line {line} is not valid YAML: it has the sign {sign}. Delete it."
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}" if mark else ""
        raise ReportError(
            f"{shown}{place} is not valid YAML: {error.problem}.{_remedy(error, text)}"
        ) from error
    except yaml.YAMLError as error:
        raise ReportError(f"{shown} is not valid YAML: {error}.") from error
    return Node("", 1) if root is None else _node(root, text, shown)


def _node(node: yaml.Node, text: str, shown: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if sign := hidden_sign(node.value):
            raise ReportError(
                f"{shown}, line {line}: the text has the sign {sign}, which nobody sees. Delete it."
            )
        quoted = node.style in ("'", '"', "|", ">")
        cut_off = "" if quoted else _cut_off(node, text)
        return Node(node.value, line, quoted, _left_out(node, text), cut_off)
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(item, text, shown) for item in node.value], line)
    values: dict[str, Node] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise ReportError(f"{shown}, line {at}: a key must be a plain word.")
        if key.value in values:
            raise ReportError(
                f"{shown}, line {at} gives '{key.value}' again; "
                f"it is already on line {values[key.value].line}."
            )
        child = _node(value, text, shown)
        values[key.value] = replace(child, line=at)
    return Node(values, line)


def _cut_off(node: yaml.ScalarNode, text: str) -> str:
    found = _AFTER_TEXT.match(text, node.end_mark.index)
    return found["cut"].rstrip() if found else ""


def _remedy(error: yaml.MarkedYAMLError, text: str) -> str:
    """What to do about text that YAML cannot read, with a leading space; empty if that is unclear.

    It is text with a sign in it that means something to YAML, on the line of the fault or of what
    the fault is within.
    """
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    lines = [text.splitlines()[mark.line : mark.line + 1] for mark in marks]
    for line in (line for found in lines for line in found):
        for pattern, said in _SIGNS:
            found = pattern.search(line)
            if found:
                return f" {said.format(found[0].strip())}"
    return ""


def _left_out(node: yaml.ScalarNode, text: str) -> str:
    found = _BEFORE_TEXT.match(text, node.start_mark.index)
    if found is None:
        return ""
    if found["anchor"]:
        used = bool(re.search(rf"\*{re.escape(found['anchor'])}(?![^\s,\[\]{{}}])", text))
    else:
        used = found["tag"].startswith("!!")  # YAML's own, such as !!str
    return "" if used else found[0]
