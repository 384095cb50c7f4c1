"""What a browser may load for a page: nothing of another host, and only the scripts it came with.

Each page carries a Content-Security-Policy (W3C, level 3) in its head, so it holds wherever the
site is served from. The check of a book finds what is written in its pages; the policy also stops
what a script puts together while the page is read. Scripts and handlers that are written in a page
are listed by their digests: others, and links that run code, are refused.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from reportbook.checking.page_content import PageContent

# below the encoding, which browsers look for in the first 1,024 bytes
_ABOVE = re.compile(
    r"(\s*<!doctype[^>]*>)?(\s*<html(\s[^>]*)?>)?(\s*<head(\s[^>]*)?>)?(\s*<meta\s+charset=[^>]*>)?",
    re.IGNORECASE,
)
_RULES = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self' data:",
    "base-uri 'self'",
    "form-action 'self'",
)


def with_policy(page: str) -> str:
    """The HTML of a page with the policy that it passes, above all that it loads."""
    content = PageContent(page)
    scripts = ["'self'", *_digests(content.scripts)]
    if content.handlers:
        scripts += ["'unsafe-hashes'", *_digests(content.handlers)]
    if content.brings_scripts:  # libraries of interactive charts compile their formulas
        scripts.append("'unsafe-eval'")
    policy = escape("; ".join((*_RULES, f"script-src {' '.join(dict.fromkeys(scripts))}")), False)
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    above = _ABOVE.match(page)
    place = above.end() if above else 0
    return f"{page[:place]}{tag}{page[place:]}"


def add_policies(edition: Path) -> None:
    """Write the policy into each page of a book; its scripts must not be changed afterwards."""
    for path in edition.rglob("*.html"):
        path.write_text(with_policy(path.read_text(encoding="utf-8")), encoding="utf-8")


def _digests(scripts: Iterable[str]) -> list[str]:
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    ]
