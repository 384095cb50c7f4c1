"""The prose of pages and notebooks: numbers typed into it, and the roles that quote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportbook.errors import did_you_mean
from reportbook.notebook_files import read_notebook
from reportbook.project import Page, Project

if TYPE_CHECKING:
    from markdown_it.token import Token

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SKIPPED = re.compile(
    rf"""
      \b\d{{4}}-\d\d(?:-\d\d)?\b                             # 2020-05-26
    | \b\d{{1,2}}\ (?:{_MONTHS})(?:\ \d{{4}})?\b             # 26 May 2020
    | \b(?:{_MONTHS})\ \d{{1,2}},?\ \d{{4}}\b                # May 26, 2020
    | \b(?:[Ss]ection|[Cc]hapter|[Pp]art|[Ff]igure|[Tt]able|[Ss]tep|[Pp]age)s?\ \d+(?:\.\d+)*
    | \b[A-Za-z]\w*-?\d[\w.-]*                               # COVID-19, R4V, d001
    | (?<![\d.,])(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?(?![\d.,]*\d)   # 2019, 2019–2023
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")
_FENCED = re.compile(r"^\{(?P<name>[^}\s]+)\}\s*(?P<argument>.*)$")
_TITLED = {"admonition", "card", "dropdown", "grid-item-card", "tab-item", "topic", "sidebar"}
_WITHOUT_PROSE = {"code", "code-block", "code-cell", "math", "raw", "image", "ledger", "sources"}
_OPTION = re.compile(r"^\s*:[\w-]+:.*$")


@dataclass(frozen=True)
class Found:
    """Something in prose, and where: the line is of the page, or of the cell."""

    text: str
    page: Page
    line: int
    cell: int | None = None

    def __str__(self) -> str:
        place = f", cell {self.cell}" if self.cell else ""
        return f"{self.page.path.name}{place}, line {self.line}"


@dataclass(frozen=True)
class Role(Found):
    """A role in prose: {name}`text`."""

    name: str = ""


def typed_numbers(project: Project) -> Iterator[Found]:
    """Yield every number typed into prose.

    Years, dates, numbers of sections, names with digits in them (COVID-19) and code are no
    figures. One that must be typed says why: {typed}`95 <the share below which …>`.
    """
    for page in project.pages:
        for cell, source in _prose(page):
            for text, line in _plain_text(source):
                rest = _SKIPPED.sub(lambda match: " " * len(match[0]), text)
                for match in _NUMBER.finditer(rest):
                    yield Found(match[0], page, line, cell)


def roles(project: Project, *names: str) -> Iterator[Role]:
    """Yield every role of the names given in the prose of the book."""
    for page in project.pages:
        for cell, source in _prose(page):
            for token, line in _inline(source):
                if token.type == "myst_role" and token.meta["name"] in names:
                    yield Role(token.content, page, line, cell, token.meta["name"])


def unquoted(project: Project, results: Mapping[str, Any]) -> Iterator[str]:
    """Yield published numbers that no reader meets: not quoted, and made in a hidden cell."""
    quoted = {role.text.partition("|")[0].strip() for role in roles(project, "number")}
    conditions = " ".join(role.text for role in roles(project, "holds"))
    hidden = {page.address: _hidden_cells(page) for page in project.pages if page.is_notebook}
    for name, record in results["numbers"].items():
        shown = record["cell"] not in hidden.get(record["notebook"], ())
        if name not in quoted and name not in conditions and not shown:
            yield name


def unknown(project: Project, results: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each quoted number that no notebook publishes."""
    for role in roles(project, "number"):
        name = role.text.partition("|")[0].strip()
        if name not in results["numbers"]:
            yield (
                f"{role}: no notebook of this book publishes the number '{name}'."
                + did_you_mean(name, results["numbers"])
            )


def _hidden_cells(page: Page) -> set[int]:
    from reportbook.records import code_cells

    hiding = {"remove-cell", "remove-output", "hide-cell", "hide-output"}
    cells = code_cells(read_notebook(page.path))
    return {number for number, cell in cells if hiding & set(cell.metadata.get("tags", ()))}


def _prose(page: Page) -> Iterator[tuple[int | None, str]]:
    if not page.is_notebook:
        yield None, page.path.read_text(encoding="utf-8")
        return
    for number, cell in enumerate(read_notebook(page.path).cells, 1):
        if cell.cell_type == "markdown":
            yield number, cell.source


def _plain_text(source: str) -> Iterator[tuple[str, int]]:
    """The words of a Markdown text, without code, formulas, roles, links' addresses and markup."""
    for token, line in _inline(source):
        if token.type == "text":
            yield token.content, line


def _inline(source: str, first: int = 1) -> Iterator[tuple[Token, int]]:
    """Every inline token with its line, those within directives too."""
    for block in _parser().parse(source):
        start = first + (block.map[0] if block.map else 0)
        if block.type == "inline":
            line = start
            for token in block.children or ():
                yield token, line
                line += token.type in ("softbreak", "hardbreak")
        elif block.type in ("fence", "colon_fence"):
            opening = _FENCED.match(block.info.strip())
            if opening is None or opening["name"] in _WITHOUT_PROSE:
                continue
            lines = block.content.split("\n")
            kept = ["" if _OPTION.match(line) else line for line in lines]
            yield from _inline("\n".join(kept), start + 1)
            if opening["argument"] and opening["name"] in _TITLED:
                yield from _inline(opening["argument"], start)


def _parser():
    from markdown_it import MarkdownIt
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin

    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, colon_fence_plugin, dollarmath_plugin, myst_role_plugin):
        parser.use(plugin)
    return parser
