"""The prose of pages and notebooks: its words, without markup, and the roles in it.

A page is read by the parser that the book itself uses, so that what counts as a formula, a comment
or a table here is what a reader sees as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from reportbook.errors import ReportError
from reportbook.files.notebooks import read_plain
from reportbook.report.contents import NOTEBOOK, RST, Page
from reportbook.report.project import Project
from reportbook.report.rst_prose import read_rst
from reportbook.report.when import Applies, as_shown, cells_as_shown, whens

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

APART = "\ufffc"  # stands for what is no words: a quoted number, code, a formula

_EXTENSIONS = ("colon_fence", "dollarmath", "linkify", "substitution", "tasklist")  # unless set
_NO_LIBRARY_HERE = {"linkify"}  # it finds addresses written out, which are no words anyway
_DIRECTIVE = re.compile(r"^\{(?P<name>[^}\s]+)\}\s*(?P<argument>.*)$")
_CARDS = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{key-numbers\}[^\n]*\n(?P<names>.*?)^(?P=fence)", re.M | re.S
)
_OPTION = re.compile(r"^\s*:?(?P<name>[\w-]+):(?P<value>.*)$")
_WORDED_OPTIONS = {"alt", "caption", "header", "title"}
_WITHOUT_WORDS = {
    "amsmath", "bibliography", "code", "code-block", "code-cell", "contents", "glue",
    "include", "ledger", "literalinclude", "math", "mermaid", "sources", "sourcecode",
    "tableofcontents", "toctree",
}  # fmt: skip
_ARGUMENT_WITHOUT_WORDS = {
    "button-link", "button-ref", "class", "container", "div", "figure", "figure-md", "grid",
    "grid-item", "iframe", "image", "only", "raw", "tab-set", "when",
}  # fmt: skip
_WORDED_ROLES = {
    "abbr", "abbreviation", "dfn", "emphasis", "strong", "sub", "subscript", "sup", "superscript",
}  # fmt: skip
_VOUCHING = {"typed", "holds"}
_WHEN_IN_RST = re.compile(r"^[ \t]*\.\. when::", re.M)
DEFAULT_FORMAT = "range"
_SAID_AND_WHY = re.compile(r"^(?P<said>.+?)\s*<(?P<why>.*\S.*)>$", re.DOTALL)


@dataclass(frozen=True)
class Found:
    """Something in prose, and where: the line is of the page, or of the cell."""

    text: str
    page: Page
    line: int
    cell: int | None = None  # counted over all cells from the top

    def __str__(self) -> str:
        place = f", cell {self.cell}" if self.cell else ""
        return f"{self.page.file}{place}, line {self.line}"


@dataclass(frozen=True)
class Role(Found):
    """A role in prose: {name}`text`."""

    name: str = ""


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading, a cell of a table: its words in one piece, whatever their marking.

    Breaks of lines are kept; `APART` stands where something other than words does. `links` are the
    addresses of links and pictures, each with its place in the words.
    """

    words: str
    roles: Sequence[tuple[str, str, int]]  # name, text, and its place in the words
    source: Sequence[str]
    first: int  # the line its source begins with
    links: Sequence[tuple[str, int]] = ()

    def line(self, text: str, start: int) -> int:
        """The line on which `text` stands, which begins at `start` in the words."""
        line = self.first + self.words.count("\n", 0, start)
        sought = text.partition("\n")[0]
        for number, written in enumerate(self.source, self.first):
            if number >= line and sought in written:
                return number
        return line


def said_and_why(text: str) -> tuple[str, str] | None:
    """The two parts of ``words <what vouches for them>``; None where one of them is missing."""
    found = _SAID_AND_WHY.match(text.strip())
    return (found["said"], found["why"].strip()) if found else None


@dataclass(frozen=True)
class Quotation:
    """What a role that quotes a number asks for: ``name|format|what is said without it``."""

    name: str
    form: str
    otherwise: str | None

    def is_absent(self, record: Mapping[str, Any]) -> bool:
        """Whether `otherwise` is said: the number has no value, or not this format."""
        missing = record.get("value") is None or self.form not in (record.get("formats") or {})
        return missing and self.otherwise is not None


def quotation(text: str) -> Quotation:
    """Read the text of {number}`people.share|words|an unknown share`; only the name is needed."""
    name, form, otherwise = ([*(part.strip() for part in text.split("|", 2)), None, None])[:3]
    return Quotation(name or "", form or DEFAULT_FORMAT, otherwise)


def passages(
    project: Project, applies: Applies | None = None
) -> Iterator[tuple[Page, int | None, Passage]]:
    """Every passage of the book's prose, with its page and the cell of a notebook.

    With `applies`, those only whose ``{when}`` applies.
    """
    parse: Mapping[str, Any] = project.config.get("parse") or {}
    extensions = frozenset(parse.get("myst_enable_extensions") or _EXTENSIONS) - _NO_LIBRARY_HERE
    for page in project.pages:
        read = _rst_passages if page.path.suffix == RST else partial(_passages, extensions)
        for cell, source in _sources(page, applies):
            for passage in read(source):
                yield page, cell, passage


@lru_cache(maxsize=1024)  # each edition of a build asks for the prose that all have
def _passages(extensions: frozenset[str], source: str) -> tuple[Passage, ...]:
    return tuple(_read(_parser(extensions), source.split("\n"), 1))


@lru_cache(maxsize=1024)
def _rst_passages(source: str) -> tuple[Passage, ...]:
    lines = source.split("\n")
    read = read_rst(
        source,
        apart=APART,
        said_in=_said_in,
        without_words=_WITHOUT_WORDS,
        without_argument=_ARGUMENT_WITHOUT_WORDS,
    )
    return tuple(
        Passage(
            found.words,
            tuple(found.roles),
            tuple(lines[found.line - 1 : found.line + found.words.count("\n") + 2]),
            found.line,
            tuple(found.links),
        )
        for found in read
    )


def roles(project: Project, *names: str, applies: Applies | None = None) -> Iterator[Role]:
    """Every role of the names given in the prose of the book; `applies` as of `passages`."""
    for page, cell, passage in passages(project, applies):
        for name, text, start in passage.roles:
            if name in names:
                yield Role(text, page, passage.line(text, start), cell, name)


def on_cards(project: Project) -> list[str]:
    """The published names on the cards that sum a page up, in the order of the pages."""
    blocks = (
        block["names"]
        for page in project.pages
        for _, source in _sources(page)
        for block in _CARDS.finditer(source)
    )
    return list(dict.fromkeys(name for names in blocks for name in names.split()))


def whens_of(project: Project) -> Iterator[Found]:
    """The condition of every ``{when}`` in the book.

    Raises
    ------
    ReportError
        If one is badly written: with its page, cell and line.
    """
    for page in project.pages:
        if page.path.suffix == RST:
            _refuse_when(page)
            continue
        for cell, source in _sources(page):
            try:
                for each in whens(source):
                    yield Found(each.asked, page, each.line, cell)
            except ReportError as error:
                place = f", cell {cell}" if cell else ""
                raise ReportError(f"{page.file}{place}, {error}") from error


def _refuse_when(page: Page) -> None:
    """Stop at a condition that nobody would ask: in reStructuredText all of it would be shown."""
    found = _WHEN_IN_RST.search(page.text())
    if found:
        line = found.string.count("\n", 0, found.start()) + 1
        raise ReportError(
            f"{page.file}, line {line}: conditions are asked in pages of Markdown only. Write this "
            "page as one, or without 'when'."
        )


def _sources(page: Page, applies: Applies | None = None) -> Iterator[tuple[int | None, str]]:
    if page.path.suffix != NOTEBOOK:  # a text notebook, too: its cells of code have no words
        text = page.text()
        yield None, as_shown(text, applies) if applies and page.path.suffix != RST else text
        return
    cells = read_plain(page.path)["cells"]
    numbered = [{**cell, "number": number} for number, cell in enumerate(cells, 1)]
    for cell in cells_as_shown(numbered, applies) if applies else numbered:
        if cell["cell_type"] == "markdown":
            yield cell["number"], cell["source"]


@lru_cache(maxsize=4)
def _parser(extensions: frozenset[str]) -> MarkdownIt:
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    return create_md_parser(MdParserConfig(enable_extensions=set(extensions)), RendererHTML)


def _read(parser: MarkdownIt, lines: Sequence[str], first: int) -> Iterator[Passage]:
    for block in parser.parse("\n".join(lines)):
        start, end = block.map or (0, 0)
        source = lines[start : max(end, start + 1)]
        if block.type == "inline":
            yield _passage(block.children or (), source, first + start)
        elif block.type == "html_block":
            yield Passage(_words_of_html(block.content), (), source, first + start)
        elif block.type in ("fence", "colon_fence"):
            yield from _read_directive(parser, block, first + start)


def _read_directive(parser: MarkdownIt, block: Token, line: int) -> Iterator[Passage]:
    directive = _DIRECTIVE.match(block.info.strip())
    if directive is None or directive["name"] in _WITHOUT_WORDS:
        return
    if directive["argument"] and directive["name"] not in _ARGUMENT_WITHOUT_WORDS:
        yield from _read(parser, [directive["argument"]], line)
    lines = block.content.removesuffix("\n").split("\n")
    options = _options(lines)
    for number, option in enumerate(lines[:options], line + 1):
        found = _OPTION.match(option)
        if found and found["name"] in _WORDED_OPTIONS:
            yield from _read(parser, [found["value"].strip()], number)
    if directive["name"] == "raw":
        words = _words_of_html("\n".join(lines[options:]))
        yield Passage(words, (), lines[options:], line + 1 + options)
    else:
        yield from _read(parser, lines[options:], line + 1 + options)


def _options(lines: Sequence[str]) -> int:
    """How many lines at the head of a directive are its options."""
    if lines and lines[0].startswith("---"):
        ends = (place for place, line in enumerate(lines[1:], 1) if line.startswith("---"))
        return next(ends, len(lines) - 1) + 1
    number = 0
    while number < len(lines) and lines[number].lstrip().startswith(":"):
        number += 1
    return number


def _passage(tokens: Sequence[Token], source: Sequence[str], first: int) -> Passage:
    words, found, links, address = "", [], [], False
    for token in tokens:
        if token.type in ("link_open", "image"):
            leads_to = token.attrGet("href" if token.type == "link_open" else "src")
            links.append((unquote(str(leads_to or "")), len(words)))
        if token.type in ("link_open", "link_close"):
            address = token.type == "link_open" and token.markup in ("autolink", "linkify")
        elif address:
            words += APART
        elif token.type == "text":
            words += token.content
        elif token.type in ("softbreak", "hardbreak"):
            words += "\n"
        elif token.type == "myst_role":
            found.append((token.meta["name"], token.content, len(words)))
            words += _said_in(token.meta["name"], token.content)
        elif token.type == "image":
            words += f"{APART}{token.content}{APART}"
        elif token.type == "html_inline":
            words += " " if token.content.startswith("<br") else ""
        elif token.nesting == 0:  # code, a formula, the mark of a footnote
            words += APART
    return Passage(words, tuple(found), tuple(source), first, tuple(links))


def _said_in(role: str, text: str) -> str:
    """The words that a role shows as they were typed."""
    if role == "typed":
        return APART
    both = said_and_why(text)
    if both is not None:
        return both[0]
    return text if role in _WORDED_ROLES | _VOUCHING else APART


class _Html(HTMLParser):
    """The words of raw HTML, each on the line it stands on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: dict[int, str] = {}
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.within = tag
        self._add("".join(f" {value} " for name, value in attrs if name == "alt" and value))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.within:
            self.within = ""

    def handle_data(self, data: str) -> None:
        if not self.within:
            self._add(data)

    def _add(self, text: str) -> None:
        for number, part in enumerate(text.split("\n"), self.getpos()[0]):
            self.lines[number] = self.lines.get(number, "") + part


def _words_of_html(text: str) -> str:
    html = _Html()
    html.feed(text)
    html.close()
    return "\n".join(
        html.lines.get(number, "") for number in range(1, max(html.lines, default=0) + 1)
    )
