"""Pages that were renamed: at the old address a small page leads on to the new one.

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

from reportbook.errors import ReportError, did_you_mean
from reportbook.front import SECTION
from reportbook.plain_yaml import read_yaml
from reportbook.project import CONFIG, Project

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


def read_renamed(project: Project) -> dict[str, str]:
    """The new address of each old one, as the configuration names them.

    Raises
    ------
    ReportError
        If an old address is a page of today, or a new one is none: with its line.
    """
    section = read_yaml(project.root / CONFIG, CONFIG).value.get(SECTION)
    node = section.value.get("renamed") if section and isinstance(section.value, dict) else None
    if node is None or node.is_empty:
        return {}
    if not isinstance(node.value, dict):
        raise ReportError(
            f"{CONFIG}, line {node.line}: 'renamed' must hold lines like "
            "'notebooks/old_name: notebooks/new_name'."
        )
    pages = [page.address for page in project.pages]
    for old, new in node.value.items():
        place = f"{CONFIG}, line {new.line}"
        if old in pages:
            raise ReportError(f"{place}: '{old}' is a page of the contents, so nothing leads on.")
        if new.value not in pages:
            raise ReportError(
                f"{place}: '{old}' leads to '{new.value}', but the contents name no such page. "
                "Addresses are written without suffix." + did_you_mean(str(new.value), pages)
            )
    return {old: new.value for old, new in node.value.items()}


def write_renamed(renamed: Mapping[str, str], html: Path, *, base: str, language: str) -> None:
    """Write the pages that lead on into a built book.

    Parameters
    ----------
    renamed
        From `read_renamed`.
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
