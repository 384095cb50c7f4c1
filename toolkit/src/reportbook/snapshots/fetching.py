"""All pages of what a service is asked for, kept as they come so that a broken fetch goes on."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reportbook.errors import ReportError
from reportbook.snapshots.asking import Asking, Unusable
from reportbook.snapshots.record import write_whole
from reportbook.snapshots.services import Service

FRESH = datetime.timedelta(hours=24)  # pages older than this may be of another release
_BEGUN = "begun"
_ODD = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # looking into an odd answer
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files of all pages in the order in which they were asked for, and where they lie."""

    folder: Path
    files: tuple[Path, ...]


def fetch_pages(
    service: Service,
    asked: Mapping[str, str],
    *,
    address: str,
    folder: Path,
    asking: Asking,
    say: Callable[[str], None],
) -> Fetched:
    """Ask a service for everything that `asked` names.

    Parameters
    ----------
    address
        Where the service is, ending in a slash; no page of another host is asked for.
    folder
        Where pages are kept: what came within the last day is not asked for again.
    say
        Called with each page's address as it comes, and why one is asked again.

    Raises
    ------
    ReportError
        If `asked` cannot be asked, or a page does not come; those that came stay. If something
        else came in place of data, or not all, everything is moved aside, and the message says
        where to.
    """
    try:
        waiting = list(service.first_pages(address, asked))
    except ValueError as wrong:
        raise ReportError(str(wrong)) from wrong
    work = folder / hashlib.sha256("\n".join(waiting).encode()).hexdigest()[:16]
    _begin(work)
    pages: dict[str, Any] = {}
    files: dict[str, Path] = {}
    while waiting:
        page = waiting.pop(0)
        if page in pages:
            continue
        if urlsplit(page)[:2] != urlsplit(address)[:2]:
            raise ReportError(
                f"The service leads from {address} to {page}, another host, which is not followed."
            )
        files[page] = work / _name(len(pages) + 1, page)
        pages[page] = _page(page, files[page], asking, say)
        try:
            waiting += service.next_pages(page, pages[page])
        except _ODD as problem:
            raise ReportError(f"{page}: {_other_shape(problem)} {put_aside(work)}") from problem
        say(f"{len(pages)} of {len(pages) + len(set(waiting) - set(pages))}  {page}")
    try:
        missing = service.what_is_missing(pages)
    except _ODD as problem:
        missing = _other_shape(problem)
    if missing:
        raise ReportError(f"{missing} {put_aside(work)}")
    return Fetched(work, tuple(files.values()))


def _other_shape(problem: Exception) -> str:
    return f"The answer has another shape than the service had ({problem!r})."


def _begin(work: Path) -> None:
    """A folder for the pages: what is left of an earlier day goes."""
    stamp = work / _BEGUN
    now = datetime.datetime.now(datetime.UTC)
    if stamp.is_file() and now - datetime.datetime.fromisoformat(stamp.read_text()) < FRESH:
        return
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    stamp.write_text(now.isoformat())


def _page(page: str, path: Path, asking: Asking, say: Callable[[str], None]) -> Any:
    """A page as it is kept, or else as it comes."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):  # not there, or cut off when the machine stopped
        pass
    try:
        content, document = asking.page(page, say=say)
    except Unusable as other:
        write_whole(path.with_suffix(".refused"), other.content)
        raise ReportError(f"{other} {put_aside(path.parent)}") from other
    write_whole(path, content)
    return document


def put_aside(work: Path) -> str:
    """Move a fetch that is not taken to where it can be looked at; a sentence says where."""
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = work.parent / f"refused-{stamp}"
    work.rename(aside)
    return f"Nothing was changed; what came is kept in {aside} to be looked at."


def _name(number: int, page: str) -> str:
    parts = urlsplit(page)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.path}?{parts.query}").strip("-")
    return f"{number:04d}-{words[-_LONGEST_NAME:]}.json"
