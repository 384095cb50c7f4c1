"""The directive that lists every published number with all that made it: ``{ledger}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from reportbook.files.dates import publication, reader_date
from reportbook.results.attribution import attribution
from reportbook.results.files import RESULTS, RESULTS_TABLE
from reportbook.results.table_html import table_html
from reportbook.sphinx.corrections import corrections_of
from reportbook.sphinx.deferred_html import Links, deferred_html, external_link
from reportbook.sphinx.domain import entry_id, results_domain, results_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Record = Mapping[str, Any]

_HEADS = ("Words as stated", "Period", "Source")  # after what the report calls a figure


class ledger(deferred_html):
    """The place of the ledger's entries."""

    def html(self, links: Links) -> Iterator[str]:
        """Page by page an entry for each number, with all that is known of it; then, folded, the
        numbers that have no value, by the reason.
        """
        yield f'<div class="rb-ledger" data-figures="{escape(links.many)}">'
        in_order = sorted(links.results["numbers"].items(), key=_place)
        for page, of_page in groupby(in_order, key=lambda item: item[1]["notebook"]):
            numbers = list(of_page)
            for name, record in numbers:
                if record["value"] is not None:
                    yield from _entry(name, record, links)
            absent = [(name, record) for name, record in numbers if record["value"] is None]
            if absent:
                yield from folded(links.title_of(page), absent)
        yield "</div>"

    def lines(self, results: Record) -> Iterator[str]:
        """Each number with its value, on a line."""
        for name, record in sorted(results["numbers"].items(), key=_place):
            yield f"{record.get('label') or name}: {_shown(record)}"


_MOST_INPUTS = 30  # figures that an entry lists
_LONGEST_FORMULA = 1_000  # letters


class LedgerDirective(SphinxDirective):
    """``{ledger}``: an entry for each number, page by page in the order of their cells; those that
    have no value make one line a page, to be opened.

    An entry gives value, range, unit and definition; the formula in words, and in the keys of the
    observations; the words of each observation with its source; and the cell that calculates it.
    """

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The links to the data, and the place where the entries are written."""
        results_of(self.env)  # notes that the page depends on them
        results_domain(self.env).note_page("ledger", self.env.docname)
        return [*self._downloads(), *self._typed(), ledger()]

    def _typed(self) -> Iterator[nodes.Node]:
        """Which pages have numbers that are not in the ledger, as the report allows them to."""
        pages = self.config.reportbook_typed_on
        if not pages:
            return
        line = nodes.paragraph(classes=["rb-note"])
        line += nodes.Text("Numbers in the prose of these pages are typed, and not listed here: ")
        for place, page in enumerate(pages):
            line += [nodes.Text(", ")] if place else []
            link = pending_xref("", refdomain="std", reftype="doc", reftarget=f"/{page}")
            link += nodes.inline("", page)
            link["refexplicit"], link["refdoc"] = False, self.env.docname
            line += link
        yield line

    def _downloads(self) -> Iterator[nodes.Node]:
        """Links to the numbers as data, where an edition's build puts the files by its pages."""
        if not (Path(self.env.srcdir) / RESULTS).is_file():
            return
        up = "../" * self.env.docname.count("/")
        line = nodes.paragraph(classes=["rb-downloads"])
        line += nodes.Text("Download as data: ")
        for place, (address, said) in enumerate(((RESULTS, "JSON"), (RESULTS_TABLE, "CSV"))):
            if place:
                line += nodes.Text(", ")
            line += nodes.reference("", said, refuri=f"{up}{address}", internal=False)
        yield line


def folded(title: str, absent: Sequence[tuple[str, Record]]) -> Iterator[str]:
    """The numbers of a page that have no value, each a place that links lead to."""
    count = f"{len(absent)} numbers" if len(absent) > 1 else "1 number"
    yield '<details class="rb-long rb-absent">'
    yield f"<summary>{count} of “{escape(title)}” without a value in this edition</summary>"
    reasons: dict[str, list[tuple[str, Record]]] = {}
    for name, record in absent:
        reasons.setdefault(_shown(record), []).append((name, record))
    for reason, of_reason in reasons.items():
        yield f"<p>{_capital(reason)}</p>"
        yield "<ul>"
        for name, record in of_reason:
            label = escape(record.get("label") or name)
            yield f'<li id="{entry_id(name)}">{label} {_code(name)}</li>'
        yield "</ul>"
    yield "</details>"


def _entry(name: str, record: Record, links: Links) -> Iterator[str]:
    yield (
        f'<div class="rb-entry" id="{entry_id(name)}"><p class="rb-entry-name">'
        f"<strong>{escape(record.get('label') or name)}</strong> {_code(name)}</p>"
    )
    yield f'<p class="rb-entry-value">{escape(_shown(record))}</p>'
    yield '<dl class="rb-facts">'
    for said in corrections_of(name, links.results, links.language):
        yield "<dt>Corrected</dt>"
        yield f"<dd>{escape(said)}</dd>"
    for fact, said in _facts(record, links):
        yield f"<dt>{fact}</dt>"
        yield f"<dd>{said}</dd>"
    yield "</dl>"
    inputs = list(_inputs(record, links.results))
    left_out = len(inputs) - _MOST_INPUTS
    if inputs:
        yield '<div class="pst-scrollable-table-container">'
        yield from table_html(
            "As its source states it" if _is_stated(record) else "Figures it is calculated from",
            (_capital(links.one), *_HEADS),
            (
                [*_cells(observation, source, links)]
                for observation, source in inputs[:_MOST_INPUTS]
            ),
            classes="rb-inputs table",
        )
        yield "</div>"
    if left_out > 0:
        yield f"<p>And {left_out:,} more, which <code>results.json</code> lists.</p>"
    yield "</div>"


def _facts(record: Record, links: Links) -> Iterator[tuple[str, str]]:
    formats = record.get("formats") or {}
    if formats.get("bounds"):
        yield "Range", escape(formats["bounds"])
    yield "Unit", escape(record.get("unit") or "none")
    if record.get("definition"):
        yield "Counts", escape(str(record["definition"]).replace("_", " "))
    if record.get("sources") and not record.get("observations"):
        yield (
            "Source",
            "<br>".join(_source(links.results["sources"][key], links) for key in record["sources"]),
        )
    derivation = record.get("derivation") or ""
    if _is_stated(record):
        derivation = ""
    if any(char.isalpha() for char in derivation):  # else it is counted, not calculated
        if formats.get("formula"):
            yield "Formula", escape(_cut(formats["formula"]))
        yield "From", _code(_cut(derivation))
    page = links.to_page(record["notebook"], record["notebook"])
    yield "Made in", f"{page}, code cell {record['cell']}"


def _cut(formula: str) -> str:
    """A formula as it can be read; one over hundreds of figures is whole in the results."""
    if len(formula) <= _LONGEST_FORMULA:
        return formula
    return formula[:_LONGEST_FORMULA].rpartition(" ")[0] + " …"


def _cells(observation: Record, source: Record, links: Links) -> Iterator[str]:
    yield _code(observation["observation"])
    stated = observation.get("as_stated")
    yield f"“{escape(stated)}”" if stated else ""
    yield escape(reader_date(str(observation.get("period") or ""), links.language))
    if not source:
        yield ""
        return
    yield _source(source, links)


def _source(source: Record, links: Links) -> str:
    said = ": ".join(dict.fromkeys(filter(None, (attribution(source), source.get("title")))))
    line = f"{links.to_source(source['source'], said)}, "
    line += escape(publication(source, links.language))
    if not source.get("url"):
        return line
    return f"{line} ({external_link(source['url'], 'the document read')})"


def _is_stated(record: Record) -> bool:
    """Whether the number is one figure as a source states it."""
    return list(record.get("observations") or ()) == [record.get("derivation")]


def _capital(word: str) -> str:
    return escape(word[:1].upper() + word[1:])


def _shown(record: Record) -> str:
    formats = record.get("formats") or {}
    return str(formats.get("range") or record["text"])


def _code(text: str) -> str:
    return f'<code class="docutils literal notranslate">{escape(text)}</code>'


def _place(item: tuple[str, Record]) -> tuple[str, int]:
    return item[1]["notebook"], item[1]["cell"]


def _inputs(record: Record, results: Record) -> Iterator[tuple[Record, Record]]:
    """Every observation a number rests on, with its source."""
    for key in record.get("observations") or ():
        observation = results["observations"].get(key, {"observation": key})
        yield observation, results["sources"].get(observation.get("source"), {})


def setup(app: Sphinx) -> None:
    """Add the directive, with its style sheet and its search field."""
    app.add_directive("ledger", LedgerDirective)
    app.add_config_value("reportbook_typed_on", [], "env", [list])
    app.add_js_file("ledger.js", loading_method="defer")
    app.add_css_file("ledger.css")
