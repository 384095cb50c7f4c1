"""Roles that say why words in prose are right.

{typed}`95 <why this number is typed>` allows a number that no notebook publishes.
{holds}`more than half <people.share > 0.5>` ties words to a condition: the build stops if the
published numbers no longer meet it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from reportbook.checking.prose import NAME_CONDITION, SAY_WHY, broken_claim
from reportbook.report.prose import said_and_why
from reportbook.sphinx.domain import results_of
from reportbook.sphinx.inline_nodes import add_inline

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class vouched(nodes.inline):
    """Words, with the reason or condition as their title."""


class _Role(SphinxRole):
    """``words <reason or condition>``."""

    kind = ""
    missing = ""  # what is said where there is no reason or condition

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The words as a node; a warning where the reason is missing or the condition fails."""
        both = said_and_why(self.text)
        if both is None:
            return self._refused(f"{{{self.kind}}}`{self.text}`: {self.missing}")
        said, why = both
        problem = self.problem(said, why)
        if problem:
            return self._refused(problem)
        node = vouched("", said, classes=[f"rb-{self.kind}"], why=self.title(why))
        return [node], []

    def problem(self, said: str, why: str) -> str:
        """What is wrong with the words; empty if nothing is."""
        return ""

    def title(self, why: str) -> str:
        """What a reader sees on hover."""
        return why

    def _refused(self, problem: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        message = self.inliner.reporter.warning(problem, line=self.lineno)
        return [nodes.Text(self.rawtext)], [message]


class TypedRole(_Role):
    """A number typed on purpose, with the reason."""

    kind = "typed"
    missing = SAY_WHY


class HoldsRole(_Role):
    """Words that are right only while a condition on published numbers holds."""

    kind = "holds"
    missing = NAME_CONDITION

    def problem(self, said: str, why: str) -> str:
        """Why the condition does not hold; empty if it does."""
        return broken_claim(said, why, results_of(self.env)["numbers"])

    def title(self, why: str) -> str:
        """The condition."""
        return f"Checked when the page was built: {why}"


def _visit_html(self: HTML5Translator, node: vouched) -> None:
    self.body.append(self.starttag(node, "span", "", title=node["why"]))


def _depart_html(self: HTML5Translator, node: vouched) -> None:
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    """Add both roles."""
    add_inline(app, vouched, _visit_html, _depart_html)
    app.add_role("typed", TypedRole())
    app.add_role("holds", HoldsRole())
