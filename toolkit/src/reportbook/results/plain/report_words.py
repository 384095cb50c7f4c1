"""The report a notebook belongs to: its language, its units, and the sources it knows by key.

A run that asks is run again when what was read here changes: the configuration, and the files
that list sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

from reportbook.errors import ReportError, did_you_mean
from reportbook.files.csv_rows import read_rows
from reportbook.report.project import Project, find_project
from reportbook.results.schema import Source

if TYPE_CHECKING:
    from pybtex.database import Entry

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


def language() -> str:
    """The language of the report; English where a script runs outside of one."""
    project = _project(Path.cwd())
    return project.language if project else "en"


def unit_patterns() -> Mapping[str, str]:
    """By unit, how a number in it is said, as the report tells it."""
    project = _project(Path.cwd())
    return project.settings.vocabulary.units if project else {}


def sources_by_key(asked: str | Sequence[str], name: str) -> list[Source]:
    """Return the records of sources that the report's own files list.

    Parameters
    ----------
    asked
        A key, or several: of a CSV file in the folder of data whose first column is ``source``, or
        of a BibTeX file there or among ``bibtex_bibfiles`` in the configuration.
    name
        What is published, for the error.

    Raises
    ------
    ReportError
        If there is no such source: with the files that were read, and the nearest key.
    """
    keys = [asked] if isinstance(asked, str) else list(asked)
    if not keys:
        return []
    project = _project(Path.cwd())
    if project is None:
        return [{"source": key} for key in keys]
    known, files = _known(project)
    for key in keys:
        if key not in known:
            read = ", ".join(files) or f"no file: add {project.settings.data}/sources.csv"
            raise ReportError(
                f"'{name}' names the source '{key}', which is not listed ({read})."
                + did_you_mean(key, known)
            )
    return [known[key] for key in keys]


@cache
def _project(folder: Path) -> Project | None:
    try:
        return find_project(folder)
    except ReportError:
        return None  # a notebook or script of its own


def _known(project: Project) -> tuple[dict[str, Source], list[str]]:
    """Every source by its key, and the files they were read from."""
    fields = list(get_type_hints(Source))
    found: dict[str, Source] = {}
    read = []
    for path in sorted(project.data.rglob("*.csv")):
        table = read_rows(path, project.shown(path), lambda columns: columns[:1] == ["source"])
        if table.columns[:1] != ["source"]:
            continue
        read.append(project.shown(path))
        for row in table.rows:
            known = {field: row[field] for field in fields if row.get(field)}
            found[row["source"]] = known  # type: ignore[assignment]  # its fields are Source's
    for path in _bibliographies(project):
        read.append(project.shown(path))
        for key, entry in _entries(path, project.shown(path)).items():
            found.setdefault(key, _of_bibtex(key, entry))
    return found, read


def _bibliographies(project: Project) -> list[Path]:
    options = (project.config.get("sphinx") or {}).get("config") or {}
    named = [
        *(project.config.get("bibtex_bibfiles") or ()),
        *(options.get("bibtex_bibfiles") or ()),
    ]
    paths = [*sorted(project.data.rglob("*.bib")), *(project.root / each for each in named)]
    return [path for path in dict.fromkeys(paths) if path.is_file()]


def _entries(path: Path, shown: str) -> Mapping[str, Entry]:
    from pybtex.database import parse_file
    from pybtex.exceptions import PybtexError

    try:
        entries: Mapping[str, Entry] = parse_file(str(path), bib_format="bibtex").entries
    except (PybtexError, UnicodeDecodeError) as error:
        raise ReportError(f"{shown} cannot be read as BibTeX: {error}.") from error
    return entries


def _of_bibtex(key: str, entry: Entry) -> Source:
    """A source as a reference list describes it."""
    from pybtex.richtext import Text

    fields = entry.fields
    said = {name: str(Text.from_latex(fields[name])) for name in fields if name != "url"}
    authors = [" ".join(map(str, person.last_names)) for person in entry.persons.get("author", ())]
    publisher = next(
        (said[name] for name in ("publisher", "institution", "organization") if name in said),
        ", ".join(authors),
    )
    published = said.get("date") or said.get("year", "")
    month = said.get("month", "").casefold()[:3]
    if "date" not in said and month in _MONTHS:
        published = f"{published}-{_MONTHS[month]:02}"
    url = fields.get("url") or (f"https://doi.org/{fields['doi']}" if "doi" in fields else "")
    source: Source = {
        "source": key,
        "publisher": publisher.strip("{}"),
        "title": said.get("title", "").strip("{}"),
        "published": published,
        "dating": "stated" if published else "unknown",
        "kind": "own",
        "url": url,
    }
    return source
