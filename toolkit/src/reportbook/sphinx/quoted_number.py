"""The role that quotes a number, {number}`people.share|words`, and the words that agree with one.

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

from reportbook.errors import did_you_mean, listed
from reportbook.files.dates import publication
from reportbook.report.prose import quotation
from reportbook.results.attribution import attribution
from reportbook.sphinx.domain import entry_id, ledger_page, results_of
from reportbook.sphinx.inline_nodes import add_inline

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

# These formats say something of a number in words, which need no range, link or explanation.
WORDS = {
    "age", "area", "called", "date", "dated", "from", "label", "origin", "source", "subject", "to",
    "when", "why",
}  # fmt: skip
# limits of what an explanation shows; the ledger shows all
_MOST_INPUTS = 4
_LONGEST_FORMULA = 160  # characters
_PLURALS = ("zero", "one", "two", "few", "many", "other")
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
    """``name``, ``name|format`` or ``name|format|what is said without it``.

    The format is ``range`` unless given. What is said without it stands where the number has no
    value, or not this format, in the edition; it may be nothing.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The number as a node; a warning where the name or the format is not published."""
        asked = quotation(self.text)
        results = results_of(self.env)
        problem = _unpublished(asked.name, results["numbers"])
        if problem:
            return self._refused(problem)
        record = results["numbers"][asked.name]
        if asked.is_absent(record):
            return _words(asked.otherwise or ""), []
        formats = record.get("formats") or {}
        if asked.form not in formats:
            problem = (
                f"the number '{asked.name}' has no format '{asked.form}'. It has {listed(formats)}."
            )
            return self._refused(problem + did_you_mean(asked.form, formats))
        if asked.form in WORDS:
            return _words(formats[asked.form]), []
        return [quoted(asked.name, asked.form, results, self.env.config.language or "en")], []

    def _refused(self, problem: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        message = self.inliner.reporter.warning(problem, line=self.lineno)
        return [nodes.problematic(self.rawtext, self.rawtext, refid=message.get("id", ""))], [
            message
        ]


class PluralRole(NumberRole):
    """``name|claim is|claims are``: the words for the number's value, in the order of the language.

    English has a form for one and another for all else. Without a value the last form stands.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The words; a warning where the name is not published, or a form is missing."""
        name, *forms = (part.strip() for part in self.text.split("|"))
        results = results_of(self.env)
        problem = _unpublished(name, results["numbers"])
        if not problem:
            tags, tag = plural_form(
                results["numbers"][name].get("value"), self.env.config.language or "en"
            )
            if len(forms) == len(tags):
                return _words(forms[tags.index(tag)]), []
            problem = (
                f"{{plural}}`{self.text}` needs {len(tags)} forms after the name: {listed(tags)}."
            )
        return self._refused(problem)


def plural_form(value: float | None, language: str) -> tuple[list[str], str]:
    """Return the plural forms of a language, in the order of the CLDR, and that of a value."""
    from babel import Locale

    rule = Locale.parse(language.replace("-", "_")).plural_form
    tags = [tag for tag in _PLURALS if tag in {*rule.tags, "other"}]
    return tags, rule(value) if value is not None else "other"


def _unpublished(name: str, numbers: Mapping[str, Any]) -> str:
    """What is wrong with the name of a number; empty if it is published."""
    if name in numbers:
        return ""
    problem = f"no notebook of this book publishes the number '{name}'."
    return problem + did_you_mean(name, numbers)


def _words(text: str) -> list[nodes.Node]:
    return [nodes.inline("", text, support_smartquotes=False)] if text else []


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
    app.add_role("plural", PluralRole())
    app.add_css_file("quoted_number.css")
    app.add_js_file("quoted_number.js", loading_method="defer")
