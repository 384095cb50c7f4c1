"""The record of a released edition as an RO-Crate 1.2 (https://w3id.org/ro/crate/1.2)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError
from reportbook.report.editions import Edition
from reportbook.report.project import Project
from reportbook.results.citation import CITATION, read_citation
from reportbook.results.files import RESULTS

CRATE = "ro-crate-metadata.json"
DATA = "data.sha256"
ENVIRONMENT = "environment.txt"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_FILES = {
    RESULTS: ("application/json", "Every number as it was published, with range and sources"),
    DATA: ("text/plain", "SHA-256 of each file of the data it was computed from"),
    ENVIRONMENT: ("text/plain", "Python, and every installed package with its version"),
}


@dataclass(frozen=True)
class Released:
    """What is released: the edition, on which day (ISO 8601), and its results."""

    edition: Edition
    day: str
    results: Mapping[str, Any]


def write_crate(folder: Path, project: Project, released: Released) -> None:
    """Write the crate's description into `folder`, which holds its files."""
    graph = list(_graph(folder, project, released))
    document = {"@context": f"{_SPECIFICATION}/context", "@graph": graph}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / CRATE).write_text(text + "\n", encoding="utf-8")


def _graph(folder: Path, project: Project, released: Released) -> Iterator[dict[str, Any]]:
    edition, citation = released.edition, _citation(project)
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }
    authors = list(_authors(citation))
    counted = len(released.results["numbers"])
    as_of = f"as known on {edition.as_of}" if edition.as_of else "everything known"
    scope = f"{edition.scope} " if edition.scope else ""
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": edition.title,
        "description": f"{scope}Released with {counted} numbers; {as_of}.",
        "datePublished": released.day,
        "version": edition.name,
        "license": _licence(citation),
        "hasPart": [{"@id": name} for name in _FILES],
        "mentions": {"@id": "#run"},
    }
    if authors:
        root["author"] = [{"@id": each["@id"]} for each in authors]
    if project.address:
        root["url"] = f"{project.address}{edition.name}/"
    yield root
    for name, (kind, said) in _FILES.items():
        size = (folder / name).stat().st_size
        yield {
            "@id": name, "@type": "File", "name": name, "description": said,
            "encodingFormat": kind, "contentSize": str(size),
        }  # fmt: skip
    yield from authors
    yield {"@id": "#reportbook", "@type": "SoftwareApplication", "name": "reportbook",
           "version": version("reportbook")}  # fmt: skip
    run = {
        "@id": "#run", "@type": "CreateAction", "name": "The notebooks, run and published",
        "instrument": {"@id": "#reportbook"}, "result": {"@id": RESULTS}, "endTime": released.day,
    }  # fmt: skip
    state = state_of_code(project)
    yield {**run, "description": state} if state else run


def state_of_code(project: Project) -> str:
    """Which commit of a Git repository the report's files are of, in words; else nothing."""

    def git(*arguments: str) -> str:
        asked = ["git", "-C", str(project.root), *arguments]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()

    try:
        commit = git("rev-parse", "HEAD")
        changed = git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"commit {commit}{', with changes that were not committed' if changed else ''}"


def _citation(project: Project) -> Mapping[str, Any]:
    try:
        return read_citation(project.root / CITATION)
    except ReportError:  # it is asked for only by pages that cite
        return {}


def _licence(citation: Mapping[str, Any]) -> Any:
    spdx = citation.get("license")
    if isinstance(spdx, str) and spdx:
        return {"@id": f"https://spdx.org/licenses/{spdx}"}
    return "The report states no licence: ask its authors."


def _authors(citation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for place, author in enumerate(citation.get("authors") or ()):
        if author.get("family-names"):
            names = filter(None, (author.get("given-names"), author["family-names"]))
            yield {
                "@id": author.get("orcid") or f"#author-{place + 1}",
                "@type": "Person",
                "name": " ".join(names),
            }
        elif author.get("name"):
            yield {"@id": f"#author-{place + 1}", "@type": "Organization", "name": author["name"]}
