"""The directive that lists every published number with all that made it: ``{ledger}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from reportbook.dates import publication, reader_date
from reportbook.sphinx.domain import entry_id, results_of, to_page, to_source
from reportbook.staging import RESULTS, RESULTS_TABLE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Record = Mapping[str, Any]


class LedgerDirective(SphinxDirective):
    """``{ledger}``: an entry for each number, page by page in the order of their cells.

    An entry gives value, range, unit, definition, the formula in words and over the keys of the
    observations, each observation's words as stated with its source, and the cell that made it.
    """

    has_content = False

    def run(self) -> list[nodes.Node]:
        results = results_of(self.env)
        self.env.get_domain("reportbook").note_page("ledger", self.env.docname)
        entries = nodes.container(classes=["rb-ledger"])
        for name, record in sorted(results["numbers"].items(), key=_place):
            entries += self._entry(name, record, results)
        return [*self._downloads(), entries]

    def _downloads(self) -> Iterator[nodes.Node]:
        """Links to the same as data, where an edition's build puts the files beside its pages."""
        if not (Path(self.env.srcdir) / RESULTS).is_file():
            return
        up = "../" * self.env.docname.count("/")
        line = nodes.paragraph(classes=["rb-downloads"])
        line += nodes.Text("The same as data: ")
        for place, (address, said) in enumerate(((RESULTS, "JSON"), (RESULTS_TABLE, "CSV"))):
            if place:
                line += nodes.Text(", ")
            line += nodes.reference("", said, refuri=f"{up}{address}", internal=False)
        yield line

    def _entry(self, name: str, record: Record, results: Record) -> nodes.Node:
        entry = nodes.container(classes=["rb-entry"], ids=[entry_id(name)])
        head = nodes.paragraph(classes=["rb-entry-name"])
        head += [nodes.strong("", record.get("label") or name), nodes.Text(" ")]
        head += nodes.literal("", name)
        formats = record.get("formats") or {}
        shown = nodes.paragraph("", formats.get("range") or record["text"])
        shown["classes"].append("rb-entry-value")
        entry += [head, shown, self._facts(record)]
        inputs = list(_inputs(record, results))
        if inputs:
            entry += self._inputs_table(inputs)
        return entry

    def _facts(self, record: Record) -> nodes.Node:
        formats = record.get("formats") or {}
        facts = nodes.field_list(classes=["rb-facts"])

        def fact(name: str, *said: nodes.Node | str) -> None:
            line = nodes.paragraph()
            line += [nodes.Text(part) if isinstance(part, str) else part for part in said]
            body = nodes.field_body("", line)
            facts.append(nodes.field("", nodes.field_name("", name), body))

        if record.get("reason"):
            fact("Why", record["reason"])
        if formats.get("bounds") and not record.get("reason"):
            fact("Range", formats["bounds"])
        fact("Unit", record.get("unit") or "none")
        if record.get("definition"):
            fact("Counts", str(record["definition"]).replace("_", " "))
        derivation = record.get("derivation") or ""
        if any(char.isalpha() for char in derivation):  # else it is counted, not computed
            if formats.get("formula"):
                fact("Formula", formats["formula"])
            fact("Over", nodes.literal("", derivation))
        page = to_page(record["notebook"], nodes.inline("", record["notebook"]), self.env.docname)
        fact("Made in", page, f", code cell {record['cell']}")
        return facts

    def _inputs_table(self, inputs: list[tuple[Record, Record]]) -> nodes.Node:
        heads = ("Observation", "Words as stated", "For", "Source")
        group = nodes.tgroup(cols=len(heads))
        group += [nodes.colspec(colwidth=width) for width in (10, 40, 15, 35)]
        top = nodes.row("", *(nodes.entry("", nodes.paragraph("", head)) for head in heads))
        group += nodes.thead("", top)
        body = nodes.tbody()
        for observation, source in inputs:
            body += nodes.row("", *(nodes.entry("", c) for c in self._cells(observation, source)))
        group += body
        return nodes.table("", nodes.title("", "Figures behind it"), group, classes=["rb-inputs"])

    def _cells(self, observation: Record, source: Record) -> Iterator[nodes.paragraph]:
        language = self.env.config.language or "en"
        yield nodes.paragraph("", "", nodes.literal("", observation["observation"]))
        stated = observation.get("as_stated")
        yield nodes.paragraph("", f"“{stated}”" if stated else "")
        yield nodes.paragraph("", reader_date(str(observation.get("period") or ""), language))
        line = nodes.paragraph()
        if source:
            said = ": ".join(source[key] for key in ("publisher", "title") if source.get(key))
            line += to_source(source["source"], nodes.inline("", said), self.env.docname)
            line += nodes.Text(f", {publication(source, language)}")
            if source.get("url"):
                line += nodes.Text(" (")
                line += nodes.reference("", "original", refuri=source["url"], internal=False)
                line += nodes.Text(")")
        yield line


def _place(item: tuple[str, Record]) -> tuple[str, int]:
    return item[1]["notebook"], item[1]["cell"]


def _inputs(record: Record, results: Record) -> Iterator[tuple[Record, Record]]:
    """Every observation a number rests on, with its source."""
    for key in record.get("observations") or ():
        observation = results["observations"].get(key, {"observation": key})
        yield observation, results["sources"].get(observation.get("source"), {})


def setup(app: Sphinx) -> None:
    app.add_directive("ledger", LedgerDirective)
    app.add_js_file("ledger.js", loading_method="defer")
    app.add_css_file("ledger.css")
