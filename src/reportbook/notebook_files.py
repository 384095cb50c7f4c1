"""The one door to notebook files.

Everything that reads notebooks imports jsonschema, which compiles a grammar of international
addresses for more than two seconds wherever the package ``rfc3987_syntax`` is installed. No
notebook needs it, and a build starts many processes, so here it counts as absent.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError

SLOW = "rfc3987_syntax"


def nbformat() -> Any:
    """The module nbformat, imported without the grammar; later imports may still have that."""
    hide = SLOW not in sys.modules
    if hide:
        sys.modules[SLOW] = None  # type: ignore[assignment]
    try:
        import nbformat as module
    finally:
        if hide:
            del sys.modules[SLOW]
    return module


def read_notebook(path: Path) -> Any:
    """An nbformat notebook; a broken file stops with its name."""
    try:
        return nbformat().read(path, as_version=4)
    except FileNotFoundError as error:
        raise ReportError(f"{path} does not exist.") from error
    except Exception as error:  # nbformat raises many kinds; all mean the file is no notebook
        raise ReportError(f"{path} cannot be read as a notebook: {error}") from error


def notebook_text(notebook: Any) -> str:
    """The text of a notebook file, with one line break at its end."""
    return nbformat().writes(notebook).rstrip("\n") + "\n"


def parse_notebook(text: str) -> Any:
    """A notebook from the text of its file."""
    return nbformat().reads(text, as_version=4)
