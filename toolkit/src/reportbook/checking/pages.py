"""Checks of a built book: all pages are there, links work, quoted numbers are right."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reportbook.report.project import Page

_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
_NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author", "help", "copyright"}


class _Content(HTMLParser):
    """What a page contains: its links, what it loads, its anchors and its quoted numbers."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.traceback = False
        self.quoted: list[tuple[str, str, list[str]]] = []
        self._quoting = ""  # the tag of the quoted number being read
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.ids.update(given[key] for key in ("id", "name") if given.get(key))
        classes = given.get("class", "").split()
        self.traceback |= "traceback" in classes
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        address = given.get(_LOADED.get(tag, ""))
        if address and not (_NOT_LOADED & set(given.get("rel", "").split())):
            self.loads.append(address)
        if "rb-number" in classes:
            self.quoted.append((given.get("data-number", ""), given.get("data-format", ""), []))
            self._quoting = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._quoting:
            self._quoting = ""

    def handle_data(self, data: str) -> None:
        if self._quoting:
            self.quoted[-1][2].append(data)


def check_book(html: Path, pages: Iterable[Page], results: Mapping[str, Any]) -> list[str]:
    """What is wrong with a built book, a sentence for each mistake.

    Every page of the contents must be there and none may show a traceback. Every quoted number must
    be the published one. Every link and picture within the book must lead somewhere, and no page
    may load anything from another host.
    """
    problems = []
    for page in pages:
        if not (html / f"{page.address}.html").is_file():
            problems.append(f"{page.address}: the contents name this page, but it was not made.")
    seen = {
        path.relative_to(html).as_posix(): _Content(path.read_text(encoding="utf-8"))
        for path in sorted(html.rglob("*.html"))
        if "_static" not in path.relative_to(html).parts
    }
    files = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    for name, content in seen.items():
        if content.traceback:
            problems.append(f"{name} shows a traceback.")
        problems += _wrong_numbers(name, content, results)
        problems += _broken_links(name, content, seen, files)
    return problems


def _wrong_numbers(name: str, page: _Content, results: Mapping[str, Any]) -> Iterable[str]:
    for number, form, parts in page.quoted:
        shown = "".join(parts)
        record = results["numbers"].get(number)
        right = record and (record.get("formats") or {}).get(form)
        if right != shown:
            yield f"{name} shows '{shown}' for {number}|{form}; the notebook published {right!r}."


def _broken_links(
    name: str, page: _Content, seen: Mapping[str, _Content], files: Collection[str]
) -> Iterable[str]:
    for address in dict.fromkeys(page.loads):
        parts = urlsplit(address)
        if parts.netloc and parts.scheme != "data":
            yield f"{name} loads {address} from another host."
    for address in dict.fromkeys((*page.links, *page.loads)):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        asked = posixpath.join(posixpath.dirname(name), unquote(parts.path))
        target = posixpath.normpath(asked) if parts.path else name
        if target.startswith(("/", "..")):
            continue  # another edition, or the front page: not of this book
        if target not in files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in files:
            yield f"{name} leads to {address}, which does not exist."
            continue
        page_there = seen.get(target)
        place = unquote(parts.fragment)
        if place and page_there and place not in page_there.ids:
            yield f"{name} leads to {address}, but that page has no such anchor."
