"""Grids: one file that stands for many editions, one for each combination of values.

::

    title: People of {country}, {as_of}
    name: "{as_of}-{country}"
    parameters: {reading: wide}
    grid:
      as_of:
        2020-12: {value: "2020-12-31", words: December 2020}
        latest: {value: null, words: latest figures}
      country: [NO, PE]
    exclude:
      - {as_of: 2020-12, country: PE}

An edition's name is made of the keys of its values alone, so that adding, taking out or reordering
values or parameters renames no other edition.
"""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.places import mistake_in_name
from reportbook.files.yaml_lines import Node, read_yaml
from reportbook.report.parameters import Signature
from reportbook.report.values import (
    Given,
    combined,
    plain,
    refuse_other_keys,
    sentence,
    share,
    table,
    values_of,
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OF_THE_SITE = re.compile(r"(index|404)\.html|editions\.json|(sitemap|robots)\..*|favicon\..*")
_KEYS = ("title", "name", "scope", "parameters", "notebooks", "grid", "exclude")
_MARK = re.compile(r"^grid\s*:", re.MULTILINE)
_VALUE_KEYS = ("value", "words")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True)
class Value:
    """One value of a parameter in a grid: its key in names, its words in titles, what it gives."""

    key: str
    words: str
    given: Given


@dataclass(frozen=True)
class Point:
    """One edition to be: the same as a file of its own would say.

    `series` is what it shares with the editions that differ from it in their as-of date only.
    """

    name: str
    title: str
    scope: str
    given: Given
    series: str
    file: str
    corrections: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Grid:
    """What a grid's file says, and the editions it stands for, in the order of the file."""

    path: Path
    shown: str
    axes: Mapping[str, Sequence[Value]]
    points: Sequence[Point]

    @property
    def left_out(self) -> int:
        """How many combinations of values its ``exclude`` takes out."""
        combinations = 1
        for values in self.axes.values():
            combinations *= len(values)
        return combinations - len(self.points)


def mistake_in_address(name: str) -> str:
    """Why a name cannot be an edition's, as the end of a sentence; or nothing.

    It becomes the name of a folder at the top of the site, on whatever system that is built.
    """
    if not _NAME.fullmatch(name):
        return (
            "cannot be an edition's name. It becomes an address, so it is made of letters, digits, "
            "dots, dashes and underscores, and begins with a letter or digit"
        )
    if _OF_THE_SITE.fullmatch(name.casefold()):
        return "cannot be an edition's name: a file of the site has it"
    mistake = mistake_in_name(name)
    return f"cannot be an edition's name, which becomes a folder's: it {mistake}" if mistake else ""


def is_grid(path: Path) -> bool:
    """Whether a file in ``editions/`` is a grid's and not a single edition's: a line in it begins
    with ``grid:``.
    """
    return bool(_MARK.search(path.read_text(encoding="utf-8", errors="replace")))


def read_grid(path: Path, shown: str, signatures: Mapping[str, Signature], as_of: str) -> Grid:
    """The grid in `path`, every value of it typed by the notebooks.

    Editions that differ in the parameter `as_of` alone are one series.

    Raises
    ------
    ReportError
        For the first mistake, with file, line, what is accepted and the nearest match.
    """
    content = read_yaml(path, shown).value
    refuse_other_keys(content, _KEYS, "a grid", shown)
    given = values_of(content, shown, signatures)
    axes = {
        name: _values(name, node, given, signatures, f"{shown}, line {node.line}")
        for name, node in table(content, "grid", shown).items()
    }
    if not axes:
        raise ReportError(f"{shown}: 'grid' names no parameter. Add one, such as country: [NO].")
    texts = {key: sentence(content, key, shown) for key in ("title", "name", "scope")}
    for key in ("title", "name"):
        if not texts[key]:
            example = " ".join(f"{{{name}}}" for name in axes)
            example = example.replace(" ", "-") if key == "name" else example
            raise ReportError(f"{shown} has no {key}. Add a line like '{key}: \"{example}\"'.")
    for key, text in filter(lambda item: item[1], texts.items()):
        _check_placeholders(text, axes, f"{shown}, line {content[key].line}")
    excluded = list(_excluded(content.get("exclude"), axes, shown))
    points = list(_points(axes, texts, given, excluded, shown, as_of))
    if not points:
        raise ReportError(f"{shown}: 'exclude' leaves nothing of the grid.")
    _refuse_clashes(points, axes, f"{shown}, line {content['name'].line}")
    return Grid(path, shown, axes, [point for point, _ in points])


def _values(
    name: str, node: Node, given: Given, signatures: Mapping[str, Signature], where: str
) -> list[Value]:
    """The values of one parameter, named or not."""
    for stem, values in given.items():
        if name in values:
            raise ReportError(
                f"{where} varies '{name}', but the same file sets it for {stem}.ipynb. Keep one."
            )
    if isinstance(node.value, dict):
        named = list(node.value.items())
    elif isinstance(node.value, list):
        named = [("", each) for each in node.value]
    else:
        raise ReportError(f"{where}: '{name}' needs a list of values, such as {name}: [NO, PE].")
    if not named:
        raise ReportError(f"{where}: '{name}' has no value.")
    file, _, _ = where.rpartition(", line ")
    found: dict[str, Value] = {}
    for key, each in named:
        place = f"{file}, line {each.line}"
        value = _value(name, key, each, signatures, place)
        if value.key.casefold() in found:
            raise ReportError(f"{place}: '{name}' has '{value.key}' twice.")
        found[value.key.casefold()] = value
    return list(found.values())


def _value(
    name: str, key: str, node: Node, signatures: Mapping[str, Signature], where: str
) -> Value:
    words = ""
    if isinstance(node.value, dict):
        file, _, _ = where.rpartition(", line ")
        refuse_other_keys(node.value, _VALUE_KEYS, "a value of a grid", file)
        words = sentence(node.value, "words", file)
        node = node.value.get("value", Node(key, node.line))
    given: Given = {stem: {} for stem in signatures}
    share(given, signatures, name, plain(node, where.rpartition(", line ")[0]), where)
    if key and not _NAME.fullmatch(key):
        raise ReportError(
            f"{where}: '{key}' becomes part of addresses, so it is made of letters, digits, dots, "
            "dashes and underscores. What readers see goes into 'words'."
        )
    key = key or ("" if node.is_empty else _as_key(node))
    if not key:
        raise ReportError(
            f"{where}: a value of '{name}' has nothing a name can be made of. Write the values as "
            f"'key: value' lines, such as 'latest: null'."
        )
    return Value(key, words or key, given)


def _as_key(node: Node) -> str:
    """The text of a value, as far as it can stand in an address."""
    text = "-".join(map(_as_key, node.value)) if isinstance(node.value, list) else node.value
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_IN_NAMES.sub("-", ascii_only).strip("-._")


def _check_placeholders(text: str, axes: Mapping[str, object], where: str) -> None:
    try:
        found = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise ReportError(
            f"{where}: {error}. Braces stand around a parameter's name: {{country}}."
        ) from error
    for name in found:
        if name not in axes:
            raise ReportError(
                f"{where} has '{{{name}}}', but the grid does not vary '{name}'. "
                f"It varies {listed(axes)}.{did_you_mean(name, axes)}"
            )


def _excluded(
    node: Node | None, axes: Mapping[str, Sequence[Value]], shown: str
) -> Iterator[dict[str, set[str]]]:
    """What is left out: combinations whose values have one of these keys for each name."""
    if node is None or node.is_empty:
        return
    if not isinstance(node.value, list) or not all(isinstance(e.value, dict) for e in node.value):
        raise ReportError(
            f"{shown}, line {node.line}: 'exclude' needs a list of combinations, such as "
            "'- {country: NO, reading: plain}'."
        )
    for entry in node.value:
        wanted: dict[str, set[str]] = {}
        for name, each in entry.value.items():
            where = f"{shown}, line {each.line}"
            if name not in axes:
                raise ReportError(
                    f"{where} leaves out by '{name}', but the grid does not vary that. "
                    f"It varies {listed(axes)}.{did_you_mean(name, axes)}"
                )
            keys = [value.key for value in axes[name]]
            wanted[name] = set()
            for item in each.value if isinstance(each.value, list) else [each]:
                key = item.value if item.is_text else ""
                if key not in keys:
                    raise ReportError(
                        f"{where} leaves out '{key}', which is no value of '{name}' in this grid. "
                        f"It has {listed(keys)}.{did_you_mean(key, keys)}"
                    )
                wanted[name].add(key)
        yield wanted


def _points(
    axes: Mapping[str, Sequence[Value]],
    texts: Mapping[str, str],
    given: Given,
    excluded: Sequence[Mapping[str, set[str]]],
    shown: str,
    as_of: str,
) -> Iterator[tuple[Point, dict[str, str]]]:
    for values in itertools.product(*axes.values()):
        keys = {name: value.key for name, value in zip(axes, values, strict=True)}
        if any(all(keys[name] in some for name, some in each.items()) for each in excluded):
            continue
        words = {name: value.words for name, value in zip(axes, values, strict=True)}
        name = texts["name"].format(**keys)
        if mistake := mistake_in_address(name):
            raise ReportError(f"{shown}: '{name}' {mistake}.")
        others = sorted(f"{axis}={key}" for axis, key in keys.items() if axis != as_of)
        yield (
            Point(
                name,
                texts["title"].format(**words),
                texts["scope"].format(**words),
                combined(given, *(value.given for value in values)),
                " ".join((shown, *others)),
                shown,
            ),
            keys,
        )


def _refuse_clashes(
    points: Sequence[tuple[Point, dict[str, str]]], axes: Mapping[str, object], where: str
) -> None:
    seen: dict[str, dict[str, str]] = {}
    for point, keys in points:
        folded = point.name.casefold()  # folders differ by more than case on some machines
        if folded in seen:
            differ = [name for name in axes if keys[name] != seen[folded][name]]
            raise ReportError(
                f"{where}: '{point.name}' would be the name of two editions, "
                f"{_said(seen[folded], differ)} and {_said(keys, differ)}. "
                f"Put {' or '.join(f'{{{name}}}' for name in differ)} into 'name', with a dash "
                "between."
            )
        seen[folded] = keys


def _said(keys: Mapping[str, str], names: Sequence[str]) -> str:
    return f"({', '.join(f'{name} {keys[name]}' for name in names)})"
