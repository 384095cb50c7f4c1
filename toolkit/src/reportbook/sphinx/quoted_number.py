"""The role that quotes a number: {number}`people.share|words`.

The number is a link to its entry in the ledger. An explanation, down to the words of its sources,
is written into the page beside it and shown on hover and on keyboard focus, without a script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from reportbook.checking.prose import DEFAULT_FORMAT
from reportbook.errors import did_you_mean, listed
from reportbook.files.dates import publication
from reportbook.results.attribution import attribution
from reportbook.sphinx.domain import entry_id, ledger_page, results_of
from reportbook.sphinx.inline_nodes import add_inline

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

LABEL = "label"  # this format is the number's name: words, which need no range or explanation
# limits of what an explanation shows; the ledger shows all
_MOST_INPUTS = 4
_LONGEST_FORMULA = 160  # characters
_DIGITS = re.compile(r"\d[\d.,]*")
# numbers the explanations on a page; a page has a translator of its own
_tips: WeakKeyDictionary[HTML5Translator, Iterator[int]] = WeakKeyDictionary()


class quoted_number(nodes.inline):
    """A number in prose, as a notebook published it; docutils finds its visitors by this name."""


def quoted(name: str, form: str, results: Mapping[str, Any], language: str) -> quoted_number:
    """A published number in one of its formats."""
    record = results["numbers"][name]
    text = record["formats"][form]
    node = quoted_number("", text, support_smartquotes=False)  # quoted to the letter
    node["number"], node["format"] = name, form
    node["explained"] = list(explained(record, results, language))
    return node


class NumberRole(SphinxRole):
    """``name`` or ``name|format``; the format is ``range`` unless given."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The number as a node; a warning where the name or the format is not published."""
        name, _, form = (part.strip() for part in self.text.partition("|"))
        form = form or DEFAULT_FORMAT
        results = results_of(self.env)
        numbers = results["numbers"]
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
        return [quoted(name, form, results, self.env.config.language or "en")], []

    def _refused(self, problem: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        message = self.inliner.reporter.warning(problem, line=self.lineno)
        return [nodes.problematic(self.rawtext, self.rawtext, refid=message.get("id", ""))], [
            message
        ]


def explained(
    record: Mapping[str, Any], results: Mapping[str, Any], language: str
) -> Iterator[str]:
    """The lines of an explanation: label, formula, range, and the words of each source."""
    if record.get("label"):
        yield record["label"]
    if record.get("reason"):
        yield record["reason"]
        return
    formats = record.get("formats") or {}
    formula, bounds = formats.get("formula") or "", formats.get("bounds") or ""
    if len(formula) >= _LONGEST_FORMULA:
        formula = ""
    if formula:
        yield formula
    ends = _DIGITS.findall(bounds)
    if ends and _DIGITS.findall(formula)[-len(ends) :] != ends:  # most formulas end with them
        yield f"Range {bounds}"
    rows = [results["observations"].get(key) for key in record.get("observations") or ()]
    rows = [row for row in rows if row and row.get("as_stated")]
    for row in rows[:_MOST_INPUTS]:
        source = results["sources"].get(row.get("source"), {})
        said = f"“{row['as_stated']}”"
        by = attribution(source)
        yield f"{said}: {by}, {publication(source, language)}" if by else said
    if len(rows) > _MOST_INPUTS:
        yield f"and {len(rows) - _MOST_INPUTS} more figures"


def _is_only_text(node: nodes.Node) -> bool:
    """Whether a link would be wrong here: inside another link, or in a heading that is repeated on
    other pages.
    """
    above = node.parent
    while above is not None:
        if isinstance(above, nodes.reference):
            return True
        if isinstance(above, nodes.title) and isinstance(above.parent, nodes.document):
            return True
        above = above.parent
    return False


def _visit_html(self: HTML5Translator, node: quoted_number) -> None:
    if _is_only_text(node):
        return
    given = {"data-number": node["number"], "data-format": node["format"]}
    self.body.append('<span class="rb-quoted">')
    node["tip"] = f"rb-tip-{next(_tips.setdefault(self, count(1)))}"
    if node["explained"]:
        given["aria-describedby"] = node["tip"]
    ledger = ledger_page(self.builder.env)
    if ledger is None:  # a book without a ledger: an explanation, but nothing to link to
        tag, given["tabindex"] = "span", "0"
    else:
        tag = "a"
        here = self.builder.current_docname
        address = self.builder.get_relative_uri(here, ledger)
        given["href"] = f"{address}#{entry_id(node['number'])}"
    node["tag"] = tag
    self.body.append(self.starttag(node, tag, "", CLASS="rb-number", **given))


def _depart_html(self: HTML5Translator, node: quoted_number) -> None:
    if _is_only_text(node):
        return
    self.body.append(f"</{node['tag']}>")
    if node["explained"]:
        lines = "".join(f"<span>{html.escape(line)}</span>" for line in node["explained"])
        self.body.append(f'<span class="rb-tip" role="tooltip" id="{node["tip"]}">{lines}</span>')
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    """Add the role, with its style sheet and the script that closes explanations with Escape."""
    add_inline(app, quoted_number, _visit_html, _depart_html)
    app.add_role("number", NumberRole())
    app.add_css_file("quoted_number.css")
    app.add_js_file("quoted_number.js", loading_method="defer")
