"""The sources of an edition as BibTeX, for `{cite}` in its pages and for readers to take along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportbook.files.dates import publication
from reportbook.results.bibtex import as_written, entry, escaped

BIBLIOGRAPHY = "sources.bib"


def bibliography(results: Mapping[str, Any]) -> str:
    """One entry for each source that the results rest on; its key is the source's."""
    language = results.get("language") or "en"
    return "\n".join(f"{_entry(source, language)}\n" for source in results["sources"].values())


def _entry(source: Mapping[str, Any], language: str) -> str:
    """The entry of a source; a body's name and a title stay as they are written."""
    fields = {
        "author": as_written(source["publisher"]) if source.get("publisher") else "",
        "title": as_written(source.get("title") or source["source"]),
        "year": (source.get("published") or "")[:4],
        "howpublished": escaped(f"via {source['via']}") if source.get("via") else "",
        "note": escaped(publication(source, language)),
        "url": source.get("url") or "",
    }
    return entry(source["source"], fields)
