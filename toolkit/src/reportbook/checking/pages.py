"""Checks of a built book: all pages are there, links work, quoted numbers are right."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from reportbook.checking.page_content import (
    PageContent,
    is_of_another_host,
    loaded_by_picture,
    loaded_by_styles,
    may_be_followed,
    place_within,
    runs_code,
)
from reportbook.errors import counted
from reportbook.report.contents import Page

_READERS: Mapping[str, Callable[[str], Iterable[str]]] = {
    ".svg": loaded_by_picture,
    ".css": loaded_by_styles,
}


def check_book(html: Path, pages: Iterable[Page], results: Mapping[str, Any]) -> list[str]:
    """What is wrong with a built book, a sentence for each mistake.

    Every page of the contents must be there and none may show a traceback. Every quoted number must
    be the published one. Every link and picture within the book must lead somewhere, no link may
    run code, and no page, style sheet or picture may load anything from another host.
    """
    problems = []
    for page in pages:
        if not (html / f"{page.address}.html").is_file():
            problems.append(f"{page.address}: the contents name this page, but it was not made.")
    files = {path.relative_to(html).as_posix(): path for path in html.rglob("*") if path.is_file()}
    seen = {
        name: PageContent(path.read_text(encoding="utf-8"))
        for name, path in sorted(files.items())
        if path.suffix == ".html" and "_static" not in path.relative_to(html).parts
    }
    for name, content in seen.items():
        if content.traceback:
            problems.append(f"{name} shows a traceback.")
        problems += _wrong_numbers(name, content, results)
        problems += _not_to_follow(name, content)
    problems += _dead_ends(seen, files)
    loads = {name: content.loads for name, content in seen.items()}
    for name, path in sorted(files.items()):
        if read := _READERS.get(path.suffix):
            text = path.read_text(encoding="utf-8", errors="replace")
            loads[name] = [*read(text)]
            if path.suffix == ".svg" and runs_code(text):
                problems.append(f"{name} is a picture that holds code. Save it without.")
    return [*problems, *_other_hosts(loads)]


def _wrong_numbers(name: str, page: PageContent, results: Mapping[str, Any]) -> Iterable[str]:
    for number, form, shown in page.quoted:
        record = results["numbers"].get(number)
        right = record and (record.get("formats") or {}).get(form)
        if right != shown:
            yield f"{name} shows '{shown}' for {number}|{form}; the notebook published {right!r}."


def _other_hosts(loads: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """Each address of another host once, however many pages load it."""
    loading: dict[str, dict[str, None]] = {}
    for name, addresses in loads.items():
        for address in addresses:
            if is_of_another_host(address):
                loading.setdefault(address, {})[name] = None
    for address, names in loading.items():
        first, *others = names
        who = (
            f"{first} and {counted(len(others), 'other file')} load" if others else f"{first} loads"
        )
        yield (
            f"{who} {address} from another host. Keep a copy in the report and name that, or write "
            "a link to it."
        )


def _not_to_follow(name: str, page: PageContent) -> Iterable[str]:
    for address in dict.fromkeys(page.links):
        if not may_be_followed(address):
            yield (
                f"{name} has a link to {address}, which is no page. Links may lead to pages "
                "(https, http), to mail (mailto) and to telephones (tel)."
            )


def _dead_ends(seen: Mapping[str, PageContent], files: Container[str]) -> Iterable[str]:
    """Each place that is not there once, however many pages lead to it."""
    leading: dict[tuple[str, str], dict[str, str]] = {}
    for name, page in seen.items():
        for address in dict.fromkeys((*page.links, *page.loads)):
            end = _dead_end(name, address, seen, files)
            if end:
                leading.setdefault(end, {}).setdefault(name, address)
    for (_, problem), names in leading.items():
        (first, address), *others = names.items()
        who = (
            f"{first} and {counted(len(others), 'other page')} lead" if others else f"{first} leads"
        )
        yield f"{who} to {address}, {problem}"


def _dead_end(
    name: str, address: str, seen: Mapping[str, PageContent], files: Container[str]
) -> tuple[str, str] | None:
    """The place within the book that an address on a page names, and what is wrong with it.

    None if the address leads somewhere, or out of the book.
    """
    place = place_within(address)
    if place is None:
        return None
    path, anchor = place
    asked = posixpath.join(posixpath.dirname(name), path)
    target = posixpath.normpath(asked) if path else name
    if target.startswith(("/", "..")):
        return None  # another edition, or the front page: not of this book
    if target not in files:
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return target, "which does not exist."
    page_there = seen.get(target)
    if anchor and page_there and anchor not in page_there.ids:
        return f"{target}#{anchor}", "but that page has no such anchor."
    return None
