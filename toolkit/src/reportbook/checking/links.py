"""Checks of the pages: links between them, and files that the contents do not name."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reportbook.report.contents import NOTEBOOK, SUFFIXES, TOC, Page, files_of_pages, left_out
from reportbook.report.project import Project
from reportbook.report.prose import Found, passages
from reportbook.report.settings import CONFIG

_TAKES_IN = re.compile(
    r"^[ \t`:~]*(?:\{|\.\. )(?:include|literalinclude|figure|image)(?:\}|::)[ \t]+(?P<file>\S+)",
    re.M,
)


def check_links(project: Project) -> list[str]:
    """Links and pictures in the prose that lead to no page of the contents and to no file.

    A link without a suffix may be a label, and what a directive names is its own affair: both are
    left to Sphinx.
    """
    pages = {page.path.resolve() for page in project.pages}
    found = [*_included(project)]
    for page, cell, passage in passages(project):
        for address, start in passage.links:
            problem = _problem(project, page, address, pages)
            if problem:
                place = Found(address, page, passage.line(address, start), cell)
                found.append(f"{place}: {problem}")
    return found


def _problem(project: Project, page: Page, address: str, pages: set[Path]) -> str:
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path or not posixpath.splitext(path)[1]:
        return ""
    folder = project.root if path.startswith("/") else page.path.parent
    target = Path(os.path.normpath(folder / path.lstrip("/")))
    if not target.is_relative_to(project.root):
        return _leads_out(address)
    if target.suffix not in SUFFIXES:
        return "" if target.exists() else f"'{address}' leads to a file that is not there."
    if target.resolve() in pages:
        return ""
    if target.is_file():
        known = target.relative_to(project.root).with_suffix("").as_posix()
        return (
            f"'{address}' leads to a page that the contents do not name. "
            f"Add '- file: {known}' to {TOC}."
        )
    return f"'{address}' leads to a page that is not there.{_nearest(project, folder, path)}"


def _leads_out(address: str) -> str:
    return (
        f"'{address}' leads out of the report's folder. Copy the file into it, or move {CONFIG} "
        f"and {TOC} into the folder above."
    )


def _included(project: Project) -> Iterator[str]:
    """Files that pages take in from outside of the report, where nothing is staged from."""
    for page in project.pages:
        text = page.text() if page.path.suffix != NOTEBOOK else ""
        for found in _TAKES_IN.finditer(text):
            target = Path(os.path.normpath(page.path.parent / found["file"]))
            if not found["file"].startswith("/") and not target.is_relative_to(project.root):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{page.file}, line {line}: {_leads_out(found['file'])}"


def _nearest(project: Project, folder: Path, path: str) -> str:
    """The page most like the one asked for, whatever the suffix, as it is written from `folder`."""
    there = {}
    for each in project.pages:
        written = os.path.relpath(each.path, folder).replace(os.sep, "/")
        there[posixpath.splitext(written)[0]] = written
    near = get_close_matches(posixpath.splitext(path)[0], there, n=1)
    return f" Did you mean '{there[near[0]]}'?" if near else ""


def pages_left_out(project: Project) -> Iterator[str]:
    """Files beside the pages that could be pages, and that neither the contents name nor the
    configuration leaves out: no reader will see them.
    """
    from sphinx.util.matching import Matcher

    pages = {page.path for page in project.pages}
    folders = {path.parent for path in pages} - {project.root}
    excluded = Matcher(left_out(project.config))
    for file in files_of_pages(project.root):
        path = project.root / file
        if path in pages or path.parent not in folders or path.with_suffix(".ipynb") in pages:
            continue
        if not excluded(file.as_posix()):
            yield (
                f"{file.as_posix()} is no page of the book. Add '- file: "
                f"{file.with_suffix('').as_posix()}' to {TOC}, or name it under "
                f"'exclude_patterns' in {CONFIG}."
            )
