"""How to cite an edition: from CITATION.cff and what the edition is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from reportbook.errors import ReportError
from reportbook.files.dates import reader_date
from reportbook.files.text import read_text
from reportbook.files.yaml_lines import parse_yaml
from reportbook.results.bibtex import as_written, entry, escaped

CITATION = "CITATION.cff"


def read_citation(path: Path) -> dict[str, Any]:
    """What a CITATION.cff says.

    Raises
    ------
    ReportError
        If the file is missing or lacks title, authors or the year of release.
    """
    text = read_text(path, CITATION)
    parse_yaml(text, CITATION)  # names the line of a fault
    # all is text: an author may be called No, and a date is written as it is meant
    content = yaml.load(text, Loader=yaml.BaseLoader) or {}
    if not isinstance(content, dict):
        raise ReportError(f"{CITATION} must hold lines like 'title: My report'.")
    for key in ("title", "authors", "date-released"):
        if not content.get(key):
            raise ReportError(f"{CITATION} has no '{key}', so nobody can cite the report.")
    authors = content["authors"]
    if not isinstance(authors, list) or not all(isinstance(each, dict) for each in authors):
        raise ReportError(
            f"{CITATION}: 'authors' must be a list of lines like '- {{name: Bureau of Counts}}'."
        )
    for key in ("title", "date-released", "url"):
        if not isinstance(content.get(key, ""), str):
            raise ReportError(f"{CITATION}: '{key}' must be one line of text.")
    return content


def plain(citation: Mapping[str, Any], edition: Mapping[str, Any], address: str = "") -> str:
    """The citation in one line.

    Parameters
    ----------
    citation
        From `read_citation`.
    edition
        Results of the edition: ``edition``, ``as_of``, ``overrides``, ``language``,
        ``corrections``.
    address
        Where the edition is published; the report's own ``url`` where that is not known.
    """
    authors = "; ".join(_name(author) for author in citation["authors"])
    parts = [f"{authors} ({_year(citation)})", citation["title"], *_which(edition)]
    where = address or citation.get("url") or ""
    return ". ".join([*parts, where] if where else parts) + "."


def bibtex(citation: Mapping[str, Any], edition: Mapping[str, Any], address: str = "") -> str:
    """The citation as a BibTeX entry; parameters as in `plain`."""
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in citation["authors"]),
        "title": as_written(citation["title"]),
        "year": _year(citation),
        "note": escaped(". ".join(_which(edition))),
        "url": address or citation.get("url") or "",
    }
    key = re.sub(r"[^a-z0-9]+", "-", citation["title"].casefold()).strip("-").split("-")[0]
    return entry("-".join(filter(None, (key, edition.get("edition")))), fields)


def _which(edition: Mapping[str, Any]) -> Iterator[str]:
    if not edition.get("edition"):
        return
    said = f"Edition {edition['edition']}"
    if edition.get("as_of"):
        said += f", as known on {reader_date(edition['as_of'], edition.get('language') or 'en')}"
    if edition.get("corrections"):
        date = edition["corrections"][-1]["date"]
        said += f", corrected on {reader_date(date, edition.get('language') or 'en')}"
    changed = ", ".join(f"{name} = {value}" for name, value in edition.get("overrides", {}).items())
    yield f"{said}, with {changed}" if changed else said


def _year(citation: Mapping[str, Any]) -> str:
    return str(citation["date-released"])[:4]


def _name(author: Mapping[str, str]) -> str:
    if author.get("family-names"):
        return ", ".join(filter(None, (author["family-names"], author.get("given-names"))))
    return author.get("name", "")


def _bibtex_name(author: Mapping[str, str]) -> str:
    name = _name(author)
    return escaped(name) if author.get("family-names") else as_written(name)
