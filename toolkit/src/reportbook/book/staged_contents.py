"""The contents of a staged book: ``_toc.yml`` with every page named by its staged file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from reportbook.files.text import read_text
from reportbook.report.contents import BRANCHES, NOTEBOOK, SUFFIXES, TOC, Page
from reportbook.report.project import Project

Entry = Mapping[str, Any]


def staged_contents(project: Project) -> str:
    """The contents as Sphinx is to read them.

    A pattern is replaced by the pages it stands for. A page beside whose file lies another one of
    its name is given its suffix: a notebook written as Markdown is staged beside its text, so that
    links to either lead to it. Where neither is needed, this is the author's file.
    """
    text = read_text(project.root / TOC, TOC)
    contents = yaml.safe_load(text)
    pages = {page.address: page for page in project.pages}
    names = {address: _staged_name(page) for address, page in pages.items()}
    unnamed = [address for address in pages if address not in {*_named(contents)}]
    written = _spelled_out(contents, names, unnamed)
    return text if written == contents else yaml.safe_dump(written, sort_keys=False)


def _staged_name(page: Page) -> str:
    """The address of a page, with the suffix of its staged file if only that tells it apart."""
    suffix = NOTEBOOK if page.is_notebook else page.path.suffix
    beside = (page.path.with_suffix(each) for each in SUFFIXES if each != suffix)
    return f"{page.address}{suffix}" if any(path.is_file() for path in beside) else page.address


def _named(entry: Entry) -> Iterator[str]:
    """The addresses that an entry and those below it name, patterns apart."""
    yield from (_address(entry[key]) for key in ("root", "file") if key in entry)
    for _, children in _below(entry):
        for child in children:
            yield from _named(child)


def _spelled_out(entry: Entry, names: Mapping[str, str], unnamed: list[str]) -> dict[str, Any]:
    """An entry with those below it. Pages that a pattern adds are taken out of `unnamed`."""
    spelled = dict(entry)
    for key in ("root", "file"):
        if key in entry and names[_address(entry[key])] != _address(entry[key]):
            spelled[key] = names[_address(entry[key])]
    for branch, children in _below(entry):
        below: list[dict[str, Any]] = []
        for child in children:
            if "glob" in child:
                below += ({"file": names[each]} for each in _matched(child["glob"], unnamed))
            else:
                below.append(_spelled_out(child, names, unnamed))
        spelled[branch] = below
        if not below:
            del spelled[branch]
    return spelled


def _matched(pattern: str, unnamed: list[str]) -> list[str]:
    from sphinx.util.matching import patfilter

    found = patfilter(unnamed, pattern)
    unnamed[:] = [each for each in unnamed if each not in found]
    return found


def _below(entry: Entry) -> Iterator[tuple[str, list[Entry]]]:
    for branch in BRANCHES:
        if entry.get(branch):
            yield branch, entry[branch]


def _address(file: str) -> str:
    path = Path(file)
    return path.with_suffix("").as_posix() if path.suffix in SUFFIXES else file
