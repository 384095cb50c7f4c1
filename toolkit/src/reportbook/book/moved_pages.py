"""Pages that were renamed: a small page at the old address redirects to the new one.

::

    reportbook:
      renamed:
        notebooks/old_name: notebooks/new_name
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_MARK = '<meta name="robots" content="noindex">'
# the script keeps the place within the page; without scripts the page leads on all the same
_PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
$mark
<title>$title</title>
<link rel="canonical" href="$canonical">
<noscript><meta http-equiv="refresh" content="0; url=$target"></noscript>
<script>location.replace("$target" + location.search + location.hash);</script>
</head>
<body>
<main><h1>$title</h1><p>This page has moved to <a href="$target">its new address</a>.</p></main>
</body>
</html>
""")


def write_renamed(renamed: Mapping[str, str], html: Path, *, base: str, language: str) -> None:
    """Write the redirecting pages into a built book.

    Parameters
    ----------
    renamed
        From the settings of the project.
    base
        Where the book is published, ending in a slash; empty where that is not known.
    """
    for old, new in renamed.items():
        target = posixpath.relpath(f"{new}.html", posixpath.dirname(old) or ".")
        found = _TITLE.search((html / f"{new}.html").read_text(encoding="utf-8"))
        page = _PAGE.substitute(
            mark=_MARK,
            language=escape(language),
            title=found[1] if found else escape(new),
            canonical=escape(f"{base}{new}.html" if base else target),
            target=escape(target),
        )
        path = html / f"{old}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")


def leads_on(page: str) -> bool:
    """Whether the HTML of a page is one that `write_renamed` wrote."""
    return _MARK in page
