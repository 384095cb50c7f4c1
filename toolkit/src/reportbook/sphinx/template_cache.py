"""Page templates, compiled once for all books. Jinja compiles one again when its text changes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reportbook.book.jupyter_book import FOLDER_OF_TEMPLATES

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _keep(app: Sphinx) -> None:
    from jinja2 import FileSystemBytecodeCache

    folder = os.environ.get(FOLDER_OF_TEMPLATES)
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    if folder and environment is not None:
        environment.bytecode_cache = FileSystemBytecodeCache(folder)


def setup(app: Sphinx) -> None:
    """Set the cache once Sphinx has loaded its templates."""
    app.connect("builder-inited", _keep)
