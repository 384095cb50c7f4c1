"""A plain ``jupyter-book build`` of committed notebooks: what staging does, done while reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportbook.book.staging import readable
from reportbook.files.notebooks import notebook_text, parse_notebook
from reportbook.results.publishing import MEDIA_TYPE

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _without_records(app: Sphinx, address: str, source: list[str]) -> None:
    """Sphinx warns of media types it does not know; ours are for the results, not for the page."""
    if Path(app.env.doc2path(address)).suffix == ".ipynb" and MEDIA_TYPE in source[0]:
        source[0] = notebook_text(readable(parse_notebook(source[0])))


def setup(app: Sphinx) -> None:
    app.connect("source-read", _without_records)
