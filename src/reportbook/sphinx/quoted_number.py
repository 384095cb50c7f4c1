"""The role that quotes a number: {number}`displacement.share_in_region|words`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from reportbook.errors import did_you_mean, listed
from reportbook.sphinx.domain import results_of

if TYPE_CHECKING:
    from docutils.parsers.rst.states import system_message
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

DEFAULT = "range"
LABEL = "label"  # the number's name: words, which need no range and no explanation


class quoted_number(nodes.inline):
    """A number in prose, as a notebook published it; docutils finds its visitors by this name."""


class NumberRole(SphinxRole):
    """``name`` or ``name|format``; the format is ``range`` unless given."""

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        name, _, form = (part.strip() for part in self.text.partition("|"))
        form = form or DEFAULT
        numbers = results_of(self.env)["numbers"]
        if name not in numbers:
            problem = f"no notebook of this book publishes the number '{name}'."
            return self._refused(problem + did_you_mean(name, numbers))
        record = numbers[name]
        formats = record.get("formats") or {}
        if form not in formats:
            problem = f"the number '{name}' has no format '{form}'. It has {listed(formats)}."
            return self._refused(problem + did_you_mean(form, formats))
        if form == LABEL:
            words = nodes.inline("", formats[form], support_smartquotes=False)
            return [words], []
        node = quoted_number("", formats[form], classes=["rb-number"])
        node["number"], node["format"], node["explained"] = name, form, explained(record)
        node["support_smartquotes"] = False  # a quotation is not touched, its apostrophes neither
        return [node], []

    def _refused(self, problem: str) -> tuple[list[nodes.Node], list[system_message]]:
        message = self.inliner.reporter.warning(problem, line=self.lineno)
        return [nodes.problematic(self.rawtext, self.rawtext, refid=message.get("id", ""))], [
            message
        ]


def explained(record: dict[str, Any]) -> str:
    """What a number is, the range it carries and how it was found, in a line."""
    if record.get("reason"):
        return record["reason"]
    formats = record.get("formats") or {}
    found = formats.get("formula") or record.get("derivation")
    parts = [record.get("label"), found]
    if not formats.get("formula") and formats.get("bounds"):
        parts.append(f"range {formats['bounds']}")
    return ": ".join(part for part in parts if part)


def _visit_html(self: HTML5Translator, node: quoted_number) -> None:
    given = {"data-number": node["number"], "data-format": node["format"]}
    if node["explained"]:
        given["title"] = node["explained"]
    self.body.append(self.starttag(node, "span", "", **given))


def _depart_html(self: HTML5Translator, node: quoted_number) -> None:
    self.body.append("</span>")


def _as_text(self: Any, node: quoted_number) -> None:
    """Nothing around it: the text inside is written as any other."""


def setup(app: Sphinx) -> None:
    plain = (_as_text, _as_text)
    app.add_node(
        quoted_number,
        html=(_visit_html, _depart_html),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )
    app.add_role("number", NumberRole())
