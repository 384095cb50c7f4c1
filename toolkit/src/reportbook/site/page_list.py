"""What the site has to know of an edition's pages, written once beside them.

That is where its index leads, the titles of its pages, and which shared theme files they load. When
another edition is published, ``pages.json`` is read and not the pages.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from reportbook.book.moved_pages import leads_on
from reportbook.site import theme_files

FILE = "pages.json"
VERSION = "reportbook/pages/1"
_KINDS = {"first": str, "titles": dict, "moved": dict, "themes": list}
_NO_PAGES = {"_static", "_sources", "index.html", "genindex.html", "search.html"}
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_SENT_ON = re.compile(r'http-equiv="Refresh" content="0; url=([^"]+)"')


@dataclass(frozen=True)
class PageList:
    """The pages of one edition.

    `first` is the page that ``index.html`` sends a reader to. `titles` stand by address, without
    the pages that only Sphinx knows; `moved` are those of old addresses that lead to another page.
    `themes` are the fingerprints of the shared theme files that the pages load.
    """

    first: str = "index.html"
    titles: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    themes: Sequence[str] = ()


def read_pages(edition: Path) -> PageList:
    """The pages of an edition, from its list, or from the HTML if the list cannot be used."""
    return _read(edition / FILE) or pages_made(edition)


def keep_pages(edition: Path) -> PageList:
    """The same. A list that is missing, broken or of another version is written anew."""
    found = _read(edition / FILE)
    if found is None:
        found = pages_made(edition)
        text = json.dumps({"schema": VERSION, **asdict(found)}, indent=1, ensure_ascii=False)
        (edition / FILE).unlink(missing_ok=True)  # its content may be shared with another folder
        (edition / FILE).write_text(text + "\n", encoding="utf-8")
    return found


def pages_made(edition: Path) -> PageList:
    """The pages of an edition, read from their HTML."""
    titles: dict[str, str] = {}
    moved: dict[str, str] = {}
    themes: set[str] = set()
    first = "index.html"
    for path in sorted(edition.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        themes |= theme_files.loaded(text)
        page = path.relative_to(edition)
        if page == Path("index.html") and (sent := _SENT_ON.search(text)):
            first = html.unescape(sent[1])
        if page.parts[0] not in _NO_PAGES:
            found = _TITLE.search(text)
            title = html.unescape(found[1]) if found else ""
            of = moved if leads_on(text) else titles
            of[page.with_suffix("").as_posix()] = title.split(" — ")[0].strip()
    return PageList(first, titles, moved, sorted(themes))


def _read(path: Path) -> PageList | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.pop("schema", None) != VERSION:
        return None
    kinds = {key: type(value) for key, value in content.items()}
    if kinds != _KINDS or not all(map(theme_files.is_fingerprint, content["themes"])):
        return None
    return PageList(**content)
