"""Whether a report publishes numbers: only then its prose is asked to quote them."""

from __future__ import annotations

import re

from reportbook.files.notebooks import read_plain
from reportbook.report.contents import NOTEBOOK
from reportbook.report.project import Project

_QUOTES = re.compile(
    r"\{(?:number|plural|holds|typed)\}`|\{key-numbers\}|:(?:number|plural|holds|typed):`"
)
_PUBLISHES = re.compile(r"\breportbook\b")


def keeps_no_record(project: Project) -> bool:
    """Whether a notebook publishes that is written as text, and so has no outputs to read."""
    return any(
        _PUBLISHES.search(cell["source"])
        for page in project.notebooks
        if page.is_text
        for cell in read_plain(page.path)["cells"]
        if cell["cell_type"] == "code"
    )


def publishes(project: Project) -> bool:
    """Whether a notebook's code uses this toolkit, or any prose quotes a published number."""
    for page in project.pages:
        if page.path.suffix != NOTEBOOK and _QUOTES.search(page.text()):
            return True
        for cell in read_plain(page.path)["cells"] if page.is_notebook else ():
            sought = _PUBLISHES if cell["cell_type"] == "code" else _QUOTES
            if sought.search(cell["source"]):
                return True
    return False
