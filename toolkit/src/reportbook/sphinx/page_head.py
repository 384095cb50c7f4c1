"""Description, Open Graph tags and preview picture in the head of every page; titles as text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from docutils import nodes
from markupsafe import escape

from reportbook.book.page_head import meta_tags

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TAG = re.compile(r"<[^>]*>")


def first_paragraph(doctree: nodes.document) -> str:
    """The text of the first paragraph that is not in a box, a table or a list."""
    aside = (nodes.Admonition, nodes.table, nodes.list_item, nodes.container, nodes.footnote)
    for paragraph in doctree.findall(nodes.paragraph):
        parent = paragraph.parent
        while parent is not None and not isinstance(parent, aside):
            parent = parent.parent
        if parent is None and paragraph.astext().strip():
            return paragraph.astext()
    return ""


def _add_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if doctree is None:  # search and index: nothing to describe
        return
    base = app.config.html_baseurl
    picture = app.config.reportbook_preview
    tags = meta_tags(
        title=unescape(_TAG.sub("", context.get("title") or "")),  # it comes as HTML
        description=first_paragraph(doctree),
        site=app.config.html_title or app.config.project,
        address=urljoin(base, app.builder.get_target_uri(pagename)) if base else "",
        picture=urljoin(base, picture) if base and picture else "",
    )
    context["metatags"] = f"{context.get('metatags', '')}\n{tags}\n"


def _escape_titles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Have templates print the book's titles as text. Sphinx's own escape them, those of the themes
    do not; as markup they are escaped once by either.
    """
    for name in ("docstitle", "shorttitle", "project"):
        context[name] = escape(context.get(name) or "")


def setup(app: Sphinx) -> None:
    """Add the tags to every page; `reportbook_preview` names the preview picture."""
    app.add_config_value("reportbook_preview", "", "html", [str])
    app.connect("html-page-context", _add_tags)
    app.connect("html-page-context", _escape_titles)
