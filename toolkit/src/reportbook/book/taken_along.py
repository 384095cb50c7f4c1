"""The files that a book needs beside its pages: those that pages and configuration name.

Pages name files in many ways: pictures, downloads, includes, listings, tables in CSV, whatever a
directive of some extension reads. So no way is looked for: every word of a page that could be a
path, and leads to a file of the report, is taken to name it.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from reportbook.errors import ReportError
from reportbook.files.notebooks import read_plain
from reportbook.report.contents import NOTEBOOK, SUFFIXES, Page
from reportbook.report.project import Project
from reportbook.report.settings import CONFIG, SECTION
from reportbook.results.citation import CITATION

LEFT_OUT = (".*", "__pycache__", "*.ipynb", "_build")  # of whole folders
_FOLDERS = ("html_static_path", "templates_path", "html_extra_path", "locale_dirs")
_WORD = re.compile(r"[^\s\"'`<>()\[\]{}|,;=]*[./][^\s\"'`<>()\[\]{}|,;=]*")
# what may have blanks in it: the rest of a line behind the name of a directive or of an option, and
# whatever stands in brackets or quotes
_PHRASES = (
    re.compile(r"^\W*\{[\w:-]+\}[ \t]*(?P<name>\S.*)$", re.M),
    re.compile(r"^\s*(?:\.\.[ \t].*?::|:[\w-]+:)[ \t]*(?P<name>\S.*)$", re.M),
    re.compile(r"\]\(<?(?P<name>[^)>\n]+)"),
    re.compile(r"<(?P<name>[^<>\n]+)>"),
    re.compile(r"[\"'](?P<name>[^\"'\n]+)[\"']"),
    re.compile(r"\}`(?P<name>[^`<>\n]+)`"),
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf)$", re.I)
_READ_AS_TEXT = (*SUFFIXES, ".txt", ".inc", ".html")  # of these, what they name is taken, too


def beside_pages(project: Project) -> Iterable[Path]:
    """What is staged except notebooks: text pages, their folders, and files that are named."""
    yield from (page.path for page in project.pages if page.path.suffix != NOTEBOOK)
    tops = {Path(page.address).parts[0] for page in project.pages if "/" in page.address}
    yield from (project.root / top for top in sorted(tops))
    if (project.root / CITATION).is_file():
        yield project.root / CITATION
    yield from _of_configuration(project)
    whole = {project.root / top for top in tops}
    for path in _of_pages(project):
        if not whole & set(path.parents) or _is_left_out(path.name):
            yield path


def named_files(text: str, folder: Path, root: Path) -> Iterator[Path]:
    """The files of the report at `root` that a text names which stands in `folder`."""
    for name in _names(text):
        yield from _files(name, folder, root)


def _of_pages(project: Project) -> list[Path]:
    """The files that pages name, and what is included names, in order, each once."""
    found: dict[Path, None] = {}
    for page in project.pages:
        todo = [*_of_page(page, project.root)]
        while todo:
            path = todo.pop(0)
            if path in found:
                continue
            found[path] = None
            if path.suffix in _READ_AS_TEXT and path.suffix != NOTEBOOK:
                text = path.read_text(encoding="utf-8", errors="replace")
                for folder in dict.fromkeys((path.parent, page.path.parent)):
                    todo += named_files(text, folder, project.root)
    pages = {page.path for page in project.pages}
    return [path for path in found if path not in pages]


def _is_left_out(name: str) -> bool:
    return any(fnmatch.fnmatchcase(name, each) for each in LEFT_OUT)


def _of_page(page: Page, root: Path) -> Iterator[Path]:
    folder = page.path.parent
    if page.path.suffix != NOTEBOOK:
        yield from named_files(page.text(), folder, root)
        return
    for cell in read_plain(page.path)["cells"]:
        named = named_files(cell["source"], folder, root)
        if cell["cell_type"] == "code":  # it may show Markdown with a picture; the rest it reads
            named = (path for path in named if _PICTURE.search(path.name))
        yield from named


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    """Whatever in a text could be the path of a file, each once."""
    found = [*_WORD.findall(text)]
    for phrase in _PHRASES:
        found += (each["name"] for each in phrase.finditer(text))
    return tuple(dict.fromkeys(name.strip().rstrip(".:") for name in found))


def _files(name: str, folder: Path, root: Path) -> Iterator[Path]:
    if "://" in name or len(name) > 500:
        return
    for written in dict.fromkeys((name, unquote(name.partition("#")[0].partition("?")[0]))):
        absolute = written.startswith("/")
        asked = PurePosixPath(written.lstrip("/") if absolute else written)
        path = Path(os.path.normpath((root if absolute else folder) / asked))
        if not path.is_relative_to(root) or path == root:
            continue
        inside = path.relative_to(root).parts
        if inside[0] == "_build" or any(part[0] == "." for part in inside):
            continue
        try:
            if path.is_file():
                yield path
            elif path.suffix == ".*":  # Sphinx: of a picture, the kind that a format can show
                yield from sorted(each for each in path.parent.glob(path.name) if each.is_file())
        except (OSError, ValueError):  # no name that a file could have
            continue


def _of_configuration(project: Project) -> Iterator[Path]:
    settings = (project.config.get("sphinx") or {}).get("config") or {}
    html = project.config.get("html") or {}
    named = [project.config.get("logo"), html.get("favicon"), "_static"]
    bib = project.config.get("bibtex_bibfiles") or settings.get("bibtex_bibfiles") or []
    named += [bib] if isinstance(bib, str) else bib
    for key in _FOLDERS:
        named += settings.get(key) or []
    local = (project.config.get("sphinx") or {}).get("local_extensions") or {}
    for module, folder in local.items():  # a folder may be that of the whole report
        at = project.root / (folder or ".") / str(module).replace(".", "/")
        yield from (path for path in (at, at.with_suffix(".py")) if path.exists())
    for name in filter(None, named):
        path = project.root / name
        if path.exists():
            yield path
        elif name != "_static":
            raise ReportError(f"{CONFIG} names '{name}', but there is no such file or folder.")
    for text in _texts({k: v for k, v in project.config.items() if k != SECTION}):
        yield from _files(text, project.root, project.root)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a configuration."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
