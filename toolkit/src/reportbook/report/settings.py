"""What a report tells the toolkit: the part ``reportbook:`` of ``_config.yml``.

::

    reportbook:
      about: What the report is, in a sentence or two.
      key_numbers: [people.total, people.share]
      trend: people.trend
      leads: yearly
      renamed: {notebooks/old_name: notebooks/new_name}
      as_of: as_of
      data: data
      checks: my_package.my_checks
      typed_numbers_on: [notebooks/history]
      observations: {one: count, many: counts}
      units: {USD: "USD {value}"}
      counted: [households]

The first three are what the front page of the site shows, of the newest edition of the series that
``leads``; without it, of those that are of no series. ``renamed`` says where the addresses of
pages that were renamed lead to. ``as_of`` is the parameter of the notebooks that says up to which
date sources count, and ``data`` the folder of the report's own tables. ``checks`` is a module whose
``problems(folder)`` says what is wrong with these tables, and whose ``mend(folder)`` may mend some
of it. On the pages of ``typed_numbers_on``, or on ``all``, prose may type numbers. The others are
the report's words: see `vocabulary`. All may be left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.places import mistake_in_path
from reportbook.files.yaml_lines import Node
from reportbook.report.vocabulary import KEYS as VOCABULARY
from reportbook.report.vocabulary import Vocabulary, read_vocabulary

CONFIG = "_config.yml"
SECTION = "reportbook"
_KEYS = (
    "about", "key_numbers", "trend", "leads", "renamed", "as_of", "data", "checks",
    "typed_numbers_on", *VOCABULARY,
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A published name and the line that names it."""

    name: str
    line: int


AS_OF = Named("as_of", 0)
NO_CHECKS = Named("", 0)


@dataclass(frozen=True)
class Front:
    """The report in a sentence, the numbers that sum it up, and the chart that shows it.

    `leads` is the series whose newest edition they are of.
    """

    about: str = ""
    key_numbers: tuple[Named, ...] = ()
    trend: Named | None = None
    leads: Named | None = None


@dataclass(frozen=True)
class Settings:
    """What a report tells the toolkit; without a word of it, what most reports want.

    Attributes
    ----------
    renamed
        The new address of each old one.
    as_of
        The parameter that says up to which date sources count; on line 0 unless the report says it.
    data
        The folder of the report's tables, relative to that of the report.
    checks
        The module of the report that checks these tables; its name is empty if there is none.
    typed_numbers_on
        The addresses of the pages whose prose may type numbers.
    """

    front: Front = Front()
    renamed: Mapping[str, str] = field(default_factory=dict)
    as_of: Named = AS_OF
    data: str = "data"
    checks: Named = NO_CHECKS
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    typed_numbers_on: frozenset[str] = frozenset()


def read_settings(config: Node, pages: Collection[str]) -> Settings:
    """What the configuration asks for; `pages` are the addresses that the contents name.

    Raises
    ------
    ReportError
        If a key is not known or holds the wrong kind of thing: with its line.
    """
    section = config.value.get(SECTION) if isinstance(config.value, dict) else None
    if section is None or section.is_empty:
        return Settings()
    if not isinstance(section.value, dict):
        raise ReportError(
            f"{CONFIG}, line {section.line}: '{SECTION}' must hold lines like 'about: My report'."
        )
    for key, node in section.value.items():
        if key not in _KEYS:
            raise ReportError(
                f"{CONFIG}, line {node.line}: '{SECTION}' does not know '{key}'. "
                f"It knows {listed(_KEYS)}.{did_you_mean(key, _KEYS)}"
            )
    about, trend, leads = (
        _text(section.value.get(key), key) for key in ("about", "trend", "leads")
    )
    front = Front(
        " ".join(about.name.split()) if about else "",
        tuple(_names(section.value.get("key_numbers"))),
        trend,
        leads,
    )
    return Settings(
        front,
        _renamed(section.value.get("renamed"), pages),
        _text(section.value.get("as_of"), "as_of") or AS_OF,
        _folder(section.value.get("data")),
        _module(section.value.get("checks")),
        read_vocabulary(section.value, CONFIG),
        _typed_on(section.value.get("typed_numbers_on"), pages),
    )


def check_front(front: Front, results: Mapping[str, Any]) -> list[str]:
    """Names on the front page that no notebook publishes: line, and the nearest that one does."""
    asked = [(each, "numbers", "number") for each in front.key_numbers]
    asked += [(front.trend, "charts", "chart")] if front.trend else []
    return [
        f"{CONFIG}, line {each.line}: no notebook publishes the {word} '{each.name}'."
        + did_you_mean(each.name, results[field])
        for each, field, word in asked
        if each.name not in results[field]
    ]


def _text(node: Node | None, key: str) -> Named | None:
    if node is None or node.is_empty:
        return None
    if not node.is_text:
        raise ReportError(f"{CONFIG}, line {node.line}: '{key}' must be one line of text.")
    return Named(node.value, node.line)


def _names(node: Node | None) -> Iterator[Named]:
    if node is None or node.is_empty:
        return
    if not isinstance(node.value, list) or not all(item.is_text for item in node.value):
        raise ReportError(
            f"{CONFIG}, line {node.line}: 'key_numbers' must be a list of published names, such as "
            "[people.total]."
        )
    yield from (Named(item.value, item.line) for item in node.value)


def _typed_on(node: Node | None, pages: Collection[str]) -> frozenset[str]:
    """The pages whose prose may type numbers."""
    if node is None or node.is_empty:
        return frozenset()
    if node.value == "all":
        return frozenset(pages)
    if not isinstance(node.value, list) or not all(item.is_text for item in node.value):
        raise ReportError(
            f"{CONFIG}, line {node.line}: 'typed_numbers_on' must be a list of pages, such as "
            "[notebooks/history], or all."
        )
    for item in node.value:
        if item.value not in pages:
            raise ReportError(
                f"{CONFIG}, line {item.line}: numbers may be typed on '{item.value}', but the "
                "contents name no such page. Addresses are written without suffix."
                + did_you_mean(item.value, pages)
            )
    return frozenset(item.value for item in node.value)


def _folder(node: Node | None) -> str:
    if node is None or node.is_empty:
        return Settings.data
    if mistake_in_path(node.value):
        raise ReportError(
            f"{CONFIG}, line {node.line}: 'data' must be a folder of the report, such as data."
        )
    return PurePosixPath(node.value).as_posix()


def _module(node: Node | None) -> Named:
    named = _text(node, "checks")
    if named and not all(part.isidentifier() for part in named.name.split(".")):
        raise ReportError(
            f"{CONFIG}, line {named.line}: 'checks' must be the name of a module, such as "
            "my_package.my_checks."
        )
    return named or NO_CHECKS


def _renamed(node: Node | None, pages: Collection[str]) -> dict[str, str]:
    """The new address of each old one; an old one must be no page of today, a new one must."""
    if node is None or node.is_empty:
        return {}
    if not isinstance(node.value, dict):
        raise ReportError(
            f"{CONFIG}, line {node.line}: 'renamed' must hold lines like "
            "'notebooks/old_name: notebooks/new_name'."
        )
    folded = {page.casefold() for page in pages}
    for old, new in node.value.items():
        place = f"{CONFIG}, line {new.line}"
        if mistake := mistake_in_path(old):
            raise ReportError(f"{place}: '{old}' {mistake}. Old addresses are those of pages.")
        if old.casefold() in folded:
            raise ReportError(f"{place}: '{old}' is a page of the contents, so nothing leads on.")
        if new.value not in pages:
            raise ReportError(
                f"{place}: '{old}' leads to '{new.value}', but the contents name no such page. "
                "Addresses are written without suffix." + did_you_mean(str(new.value), pages)
            )
    return {old: new.value for old, new in node.value.items()}
