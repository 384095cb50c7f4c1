"""Inline nodes with mark-up in HTML; the other formats write their words as plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_inline(
    app: Sphinx,
    node: type[nodes.inline],
    visit_html: Callable[[Any, Any], None],
    depart_html: Callable[[Any, Any], None],
) -> None:
    """Add a kind of node: how HTML writes it; every other format writes its words alone."""
    plain = (_as_text, _as_text)
    app.add_node(
        node,
        html=(visit_html, depart_html),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )


def _as_text(self: Any, node: nodes.inline) -> None:
    """Write nothing before or after the words."""
