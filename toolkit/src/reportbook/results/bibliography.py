"""The sources of an edition as BibTeX, for `{cite}` in its pages and for readers to take along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportbook.files.dates import publication
from reportbook.results.citation import escaped

BIBLIOGRAPHY = "sources.bib"


def bibliography(results: Mapping[str, Any]) -> str:
    """One entry for each source that the results rest on; its key is the source's."""
    language = results.get("language") or "en"
    return "\n".join(entry(source, language) for source in results["sources"].values())


def entry(source: Mapping[str, Any], language: str) -> str:
    """The BibTeX entry of a source record; a body's name and a title stay as they are written."""
    title = source.get("title") or source["source"]
    fields = {
        "author": f"{{{escaped(source['publisher'])}}}" if source.get("publisher") else "",
        "title": f"{{{escaped(title)}}}",
        "year": (source.get("published") or "")[:4],
        "howpublished": escaped(f"via {source['via']}") if source.get("via") else "",
        "note": escaped(publication(source, language)),
        "url": source.get("url") or "",
    }
    return "\n".join((f"@misc{{{source['source']},", *_lines(fields), "}", ""))


def _lines(fields: Mapping[str, str]) -> Iterator[str]:
    return (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
