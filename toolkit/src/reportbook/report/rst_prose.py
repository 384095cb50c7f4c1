"""The prose of a page in reStructuredText: its words, its roles and its links, by docutils.

Which roles and directives a book has is not known here, so each is read as what it is written as: a
role as its text, a directive as its argument, its options and what stands in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Set
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docutils import nodes

_reading = threading.Lock()  # docutils looks roles up in one place for all threads
_ROLE = "reportbook_role"


class Words(NamedTuple):
    """The words of one paragraph: on which line it begins, what roles and links stand where."""

    words: str
    line: int
    roles: list[tuple[str, str, int]]
    links: list[tuple[str, int]]


def read_rst(
    text: str,
    *,
    apart: str,
    said_in: Callable[[str, str], str],
    without_words: Set[str],
    without_argument: Set[str],
) -> Iterator[Words]:
    """Every passage of a page, in order.

    Parameters
    ----------
    apart
        What stands for something else than words.
    said_in
        Gives the words that a role shows, by its name and its text.
    without_words, without_argument
        The directives that show no prose, and those whose argument is none.
    """
    from docutils import nodes

    no_prose = (
        nodes.literal_block, nodes.doctest_block, nodes.math_block, nodes.comment, nodes.raw,
        nodes.system_message, nodes.substitution_definition, nodes.target, nodes.Inline,
    )  # fmt: skip
    for node in _document(text, without_words, without_argument).findall(nodes.TextElement):
        if isinstance(node, no_prose):
            continue
        line = (node.line or 1) - (2 if isinstance(node, nodes.title) else 0)  # of its underline
        found = Words("", max(line, 1), [], [])
        yield found._replace(words=_read(node, found, apart, said_in))


def _read(
    node: nodes.Element,
    found: Words,
    apart: str,
    said_in: Callable[[str, str], str],
    before: str = "",
) -> str:
    """The words in a node, behind those `before` it; roles and links in it go into `found`."""
    from docutils import nodes

    words = before
    for child in node.children:
        if isinstance(child, nodes.Text):
            words += child.astext()
        elif isinstance(child, nodes.Element) and _ROLE in child:
            found.roles.append((child[_ROLE], child.astext(), len(words)))
            words += said_in(child[_ROLE], child.astext())
        elif isinstance(child, nodes.image):
            found.links.append((child["uri"], len(words)))
            words += f"{apart}{child.get('alt', '')}{apart}"
        elif isinstance(child, nodes.reference) and child.get("refuri"):
            found.links.append((child["refuri"], len(words)))
            written_out = child.astext() == child["refuri"]
            words = words + apart if written_out else _read(child, found, apart, said_in, words)
        elif isinstance(child, (nodes.emphasis, nodes.strong, nodes.inline, nodes.reference)):
            words = _read(child, found, apart, said_in, words)
        elif not isinstance(child, nodes.target):  # code, a formula, the mark of a footnote
            words += apart
    return words


def _document(text: str, without_words: Set[str], without_argument: Set[str]) -> nodes.document:
    from docutils import nodes
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Directive, Parser, directives
    from docutils.utils import new_document
    from sphinx.util.docutils import CustomReSTDispatcher

    class AnyOption(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            return directives.unchanged

    class AnyDirective(Directive):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = AnyOption(alt=directives.unchanged)

        def run(self) -> list[nodes.Node]:
            if self.name in without_words:
                return []
            made = nodes.container()
            argument = " ".join(self.arguments)
            if self.name in ("image", "figure"):
                made += nodes.paragraph("", "", nodes.image(uri=argument, **self._alt()))
                made[0].line = self.lineno
            elif argument and self.name not in without_argument:
                parsed, _ = self.state.inline_text(argument, self.lineno)
                made += nodes.paragraph("", "", *parsed)
                made[0].line = self.lineno
            self.state.nested_parse(self.content, self.content_offset, made)
            return [made]

        def _alt(self) -> dict[str, str]:
            return {"alt": self.options["alt"]} if self.options.get("alt") else {}

    def any_role(
        name: str, rawtext: str, text: str, lineno: int, inliner: Any, *_: Any, **__: Any
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        return [nodes.inline(rawtext, text, **{_ROLE: name})], []

    class Dispatcher(CustomReSTDispatcher):
        def directive(self, *_: Any) -> Any:
            return AnyDirective, []

        def role(self, role_name: str, *_: Any) -> Any:
            return any_role, []

    settings = get_default_settings(Parser)
    settings.report_level = settings.halt_level = 5  # what is wrong with it, Sphinx says
    document = new_document("page", settings)
    with _reading, Dispatcher():
        Parser().parse(text, document)
    return document
