"""The directive that lists every source of the numbers, charts and tables: ``{sources}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from reportbook.files.dates import publication
from reportbook.results.attribution import attribution
from reportbook.results.bibliography import BIBLIOGRAPHY
from reportbook.sphinx.deferred_html import Links, deferred_html, external_link
from reportbook.sphinx.domain import results_domain, results_of, source_id

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Record = Mapping[str, Any]

_KINDS = {
    "own": "the publisher's own page",
    "reported": "someone else's report of it",
    "dataset": "dataset",
}
_USES = (("numbers", "Numbers"), ("charts", "Charts"), ("tables", "Tables"))


class sources_list(deferred_html):
    """The place of the list of sources, each with what is based on it."""

    def html(self, links: Links) -> Iterator[str]:
        """Each source with links to the numbers, charts and tables that are based on it."""
        yield '<ul class="rb-sources">'
        for source, uses in _listed(links.results):
            yield f'<li id="{source_id(source["source"])}"><p>{_described(source, links)}</p>'
            for field, word in _USES:
                if uses[field]:
                    based_on_it = "; ".join(_use(field, name, links) for name in uses[field])
                    yield f'<p class="rb-uses">{word}: {based_on_it}</p>'
            yield "</li>"
        yield "</ul>"

    def lines(self, results: Record) -> Iterator[str]:
        """Publisher and title of each source, on a line."""
        for source, _ in _listed(results):
            said = (attribution(source), source.get("title") or source["source"])
            yield ". ".join(dict.fromkeys(said))


class SourcesDirective(SphinxDirective):
    """``{sources}``: publisher, title, date and kind of each, sorted by publisher, and its uses."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The link to the file for citing, and the place where the list is written."""
        results = results_of(self.env)
        results_domain(self.env).note_page("sources", self.env.docname)
        if not _listed(results):
            return [
                nodes.paragraph("", "No number in this edition is based on a published source.")
            ]
        return [*self._download(), sources_list()]

    def _download(self) -> Iterator[nodes.Node]:
        """A link to the list as BibTeX, where an edition's build puts the file by its pages."""
        if (Path(self.env.srcdir) / BIBLIOGRAPHY).is_file():
            up = "../" * self.env.docname.count("/")
            link = nodes.reference("", "BibTeX", refuri=f"{up}{BIBLIOGRAPHY}", internal=False)
            yield nodes.paragraph("", "Download for citing: ", link)


def _listed(results: Record) -> list[tuple[Record, Mapping[str, list[str]]]]:
    """Each source with its uses, in the order of the list."""
    found = [
        (results["sources"].get(key, {"source": key}), uses) for key, uses in used(results).items()
    ]
    return sorted(found, key=lambda each: _order(each[0]))


def _described(source: Record, links: Links) -> str:
    title = source.get("title") or source["source"]
    parts = [publication(source, links.language)]
    kind = source.get("kind")
    if kind:
        parts.append(_KINDS.get(kind, str(kind)))
    by = f"<strong>{escape(attribution(source))}</strong>. " if source.get("publisher") else ""
    named = (
        external_link(source["url"], title) if source.get("url") else f"<em>{escape(title)}</em>"
    )
    return f"{by}{named}, {escape('; '.join(parts))}."


def _use(field: str, name: str, links: Links) -> str:
    record = links.results[field][name]
    said = record.get("label") or record.get("title") or name
    if field == "numbers":
        link = links.to_number(name, said)
    else:
        link = links.to_page(record["notebook"], said)
    return f"{link} ({escape(record['text'])})" if record.get("text") else link


def used(results: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """By source key: the numbers, charts and tables based on it, in the order of the results."""
    found: dict[str, dict[str, list[str]]] = {}
    for field, _ in _USES:
        for name, record in results[field].items():
            for key in record.get("sources") or ():
                empty: dict[str, list[str]] = {each: [] for each, _ in _USES}
                found.setdefault(key, empty)[field].append(name)
    return found


def _order(source: Mapping[str, Any]) -> tuple[str, ...]:
    fields = ("publisher", "published", "title", "source")
    return tuple(str(source.get(field) or "").casefold() for field in fields)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("sources", SourcesDirective)
