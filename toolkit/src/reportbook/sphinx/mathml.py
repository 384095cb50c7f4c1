"""Formulas as MathML, written when the book is built, so that no page loads a script for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from reportbook.sphinx.latex_dialect import definitions, of_configuration, said_plainly

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_UNCONVERTED = re.compile(r">(\\[A-Za-z]+|&)<")
_DEFINED = "reportbook_commands"  # where a page's translator keeps them
_log = logging.getLogger(__name__)


def _mathml(self: HTML5Translator, node: nodes.Element, display: str) -> str:
    from latex2mathml.converter import convert

    written = node.astext().strip()
    defined = _defined(self)
    bare = isinstance(node, nodes.math_block) and not (node.get("no-wrap") or node.get("nowrap"))
    latex = said_plainly(written, defined, bare=bare)
    defined.update(definitions(written))
    try:
        made = convert(latex, display=display)
    except Exception as error:  # the converter raises many kinds; all mean it cannot read this
        _warn(node, written, str(error) or type(error).__name__)
        return ""
    # a command that it does not know is left in its output
    unknown = _UNCONVERTED.search(made)
    if unknown:
        _warn(node, written, f"it does not know {unknown[1]}")
    return str(made)


def _defined(self: HTML5Translator) -> dict[str, str]:
    """The commands that the page being written has defined so far, and those of all pages."""
    if not hasattr(self, _DEFINED):
        configured = of_configuration(self.config.mathjax3_config)
        setattr(self, _DEFINED, configured)
    found: dict[str, str] = getattr(self, _DEFINED)
    return found


def _warn(node: nodes.Element, latex: str, reason: str) -> None:
    _log.warning("the formula %s cannot be written as MathML: %s", latex, reason, location=node)


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(f"{_mathml(self, node, 'inline')}</span>")
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", "", CLASS="math notranslate nohighlight"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(f"{_mathml(self, node, 'block')}</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Add the renderer, which ``html_math_renderer: mathml`` chooses."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
