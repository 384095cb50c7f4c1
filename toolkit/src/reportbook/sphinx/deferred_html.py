"""Long lists that are HTML as soon as every page is known, without a tree of nodes for each word.

The ledger as nodes was four fifths of all nodes of a book, and each of Sphinx's many passes visits
each node. Their words are found by the book's search all the same. Formats other than HTML get a
short list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from reportbook.sphinx.domain import address_of, results_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


class late_html(nodes.General, nodes.Element):
    """A place in a page; subclasses say what is written there."""

    def html(self, links: Links) -> Iterator[str]:
        """Pieces of HTML; words of different pieces are different words to the search."""
        raise NotImplementedError

    def lines(self, results: Mapping[str, Any]) -> Iterator[str]:
        """The same in short, for formats other than HTML."""
        raise NotImplementedError


class Links:
    """Links from one page to others, as HTML; `results` are those the book shows.

    `one` and `many` are what readers call a figure that numbers are computed from, and several.
    """

    def __init__(self, builder: Builder, docname: str, results: Mapping[str, Any]) -> None:
        self._builder, self._docname, self.results = builder, docname, results
        self.language = builder.config.language or "en"
        self.one, self.many = builder.config.reportbook_observations

    def to_number(self, name: str, said: str) -> str:
        """A link to a number's entry in the ledger, or to its page in a book without one."""
        otherwise = self.results["numbers"][name]["notebook"]
        return self._link("number", name, said, otherwise)

    def to_source(self, key: str, said: str) -> str:
        """A link to a source in the list of sources; plain text in a book without one."""
        return self._link("source", key, said)

    def to_page(self, address: str, said: str) -> str:
        """A link to a page of the book."""
        return _internal(self._builder.get_relative_uri(self._docname, address), said)

    def _link(self, kind: str, target: str, said: str, otherwise: str | None = None) -> str:
        page, place = address_of(self._builder.env, kind, target, otherwise)
        if page is None:
            return escape(said)
        there = "" if page == self._docname else self._builder.get_relative_uri(self._docname, page)
        return _internal(f"{there}#{place}" if place else there, said)


def outward(address: str, said: str) -> str:
    """A link to somewhere else."""
    return f'<a class="reference external" href="{escape(address)}">{escape(said)}</a>'


def _internal(address: str, said: str) -> str:
    return f'<a class="reference internal" href="{escape(address)}">{escape(said)}</a>'


class _Write(SphinxPostTransform):
    """Puts HTML where it is to stand."""

    default_priority = 1

    def run(self, **_: Any) -> None:
        results = results_domain(self.env).results
        builder = self.app.builder
        for node in list(self.document.findall(late_html)):
            if builder.format == "html":
                links = Links(builder, self.env.docname, results)
                written: nodes.Node = nodes.raw("", "\n".join(node.html(links)), format="html")
            else:
                said = (nodes.paragraph("", line) for line in node.lines(results))
                written = nodes.bullet_list("", *(nodes.list_item("", line) for line in said))
            node.replace_self(written)


def setup(app: Sphinx) -> None:
    app.add_post_transform(_Write)
