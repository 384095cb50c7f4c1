"""Long lists that are written as HTML once all pages are read.

As docutils nodes the ledger was four fifths of all nodes of a book, and each of Sphinx's many
passes visits every node. The book's search finds the words in the HTML as well. Formats other than
HTML get a short list.
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


class deferred_html(nodes.General, nodes.Element):
    """A place in a page where HTML is written later; subclasses say what."""

    def html(self, links: Links) -> Iterator[str]:
        """The HTML in pieces. They are put on lines of their own, so that the search does not read
        the last word of one and the first of the next as one word.
        """
        raise NotImplementedError

    def lines(self, results: Mapping[str, Any]) -> Iterator[str]:
        """The items of the short list, for formats other than HTML."""
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
        return _internal_link(self._builder.get_relative_uri(self._docname, address), said)

    def title_of(self, address: str) -> str:
        """What a page of the book is called."""
        return str(self._builder.env.titles[address].astext())

    def _link(self, kind: str, target: str, said: str, otherwise: str | None = None) -> str:
        page, place = address_of(self._builder.env, kind, target, otherwise)
        if page is None:
            return escape(said)
        there = "" if page == self._docname else self._builder.get_relative_uri(self._docname, page)
        return _internal_link(f"{there}#{place}" if place else there, said)


def external_link(address: str, said: str) -> str:
    """A link to a page outside the book."""
    return f'<a class="reference external" href="{escape(address)}">{escape(said)}</a>'


def _internal_link(address: str, said: str) -> str:
    return f'<a class="reference internal" href="{escape(address)}">{escape(said)}</a>'


class _Write(SphinxPostTransform):
    """Writes the HTML in its places."""

    default_priority = 1

    def run(self, **_: Any) -> None:
        results = results_domain(self.env).results
        builder = self.app.builder
        for node in list(self.document.findall(deferred_html)):
            if builder.format == "html":
                links = Links(builder, self.env.docname, results)
                written: nodes.Node = nodes.raw("", "\n".join(node.html(links)), format="html")
            else:
                said = (nodes.paragraph("", line) for line in node.lines(results))
                written = nodes.bullet_list("", *(nodes.list_item("", line) for line in said))
            node.replace_self(written)


def setup(app: Sphinx) -> None:
    """Have Sphinx write the HTML before it does anything else with a page that was read."""
    app.add_post_transform(_Write)
