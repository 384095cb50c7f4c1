"""The directive that lists every source the numbers, charts and tables of the book rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from reportbook.bibliography import BIBLIOGRAPHY
from reportbook.dates import publication
from reportbook.sphinx.domain import results_of, source_id, to_number, to_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_KINDS = {
    "own": "the publisher's own page",
    "reported": "someone else's report of it",
    "dataset": "dataset",
}
_USES = (("numbers", "Numbers"), ("charts", "Charts"), ("tables", "Tables"))


class SourcesDirective(SphinxDirective):
    """``{sources}``: publisher, title, date, kind, and what rests on each, sorted by publisher."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        results = results_of(self.env)
        self.env.get_domain("reportbook").note_page("sources", self.env.docname)
        uses = used(results)
        sources = [results["sources"].get(key, {"source": key}) for key in uses]
        sources.sort(key=_order)
        if not sources:
            return [nodes.paragraph("", "No number in this edition rests on a published source.")]
        return [*self._download(), self._list(sources, uses, results)]

    def _download(self) -> Iterator[nodes.Node]:
        """A link to the same as BibTeX, where an edition's build puts it beside its pages."""
        if (Path(self.env.srcdir) / BIBLIOGRAPHY).is_file():
            up = "../" * self.env.docname.count("/")
            link = nodes.reference("", "BibTeX", refuri=f"{up}{BIBLIOGRAPHY}", internal=False)
            yield nodes.paragraph("", "The same for those who cite: ", link)

    def _list(
        self,
        sources: list[Mapping[str, Any]],
        uses: Mapping[str, Mapping[str, list[str]]],
        results: Mapping[str, Any],
    ) -> nodes.Node:
        items = nodes.bullet_list(classes=["rb-sources"])
        for source in sources:
            key = source["source"]
            item = nodes.list_item(ids=[source_id(key)])
            item += self._described(source)
            for field, word in _USES:
                if uses[key][field]:
                    item += self._uses(word, field, uses[key][field], results)
            items += item
        return items

    def _described(self, source: Mapping[str, Any]) -> nodes.paragraph:
        line = nodes.paragraph()
        if source.get("publisher"):
            line += [nodes.strong("", source["publisher"]), nodes.Text(". ")]
        title = source.get("title") or source["source"]
        if source.get("url"):
            line += nodes.reference("", title, refuri=source["url"], internal=False)
        else:
            line += nodes.emphasis("", title)
        parts = [publication(source, self.config.language or "en")]
        if source.get("via"):
            parts.append(f"via {source['via']}")
        kind = source.get("kind")
        if kind:
            parts.append(_KINDS.get(kind, kind))
        line += nodes.Text(f", {'; '.join(parts)}.")
        return line

    def _uses(
        self, word: str, field: str, names: list[str], results: Mapping[str, Any]
    ) -> nodes.paragraph:
        line = nodes.paragraph(classes=["rb-uses"])
        line += nodes.Text(f"{word}: ")
        for place, name in enumerate(names):
            if place:
                line += nodes.Text("; ")
            record = results[field][name]
            said = record.get("label") or record.get("title") or name
            shown = nodes.inline("", said)
            if field == "numbers":
                line += to_number(name, record, shown, self.env.docname)
            else:
                line += to_page(record["notebook"], shown, self.env.docname)
            if record.get("text"):
                line += nodes.Text(f" ({record['text']})")
        return line


def used(results: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """By source key: the numbers, charts and tables that rest on it, in the order of results."""
    found: dict[str, dict[str, list[str]]] = {}
    for field, _ in _USES:
        for name, record in results[field].items():
            for key in record.get("sources") or ():
                empty = {each: [] for each, _ in _USES}
                found.setdefault(key, empty)[field].append(name)
    return found


def _order(source: Mapping[str, Any]) -> tuple[str, ...]:
    fields = ("publisher", "published", "title", "source")
    return tuple(str(source.get(field) or "").casefold() for field in fields)


def setup(app: Sphinx) -> None:
    app.add_directive("sources", SourcesDirective)
