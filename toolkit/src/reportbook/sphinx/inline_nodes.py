"""Inline nodes that only HTML dresses: every other format writes their words as they are."""

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
    """Register a node with its HTML visitors, and as plain words for the other formats."""
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
    """Nothing around it: the text inside is written as any other."""
