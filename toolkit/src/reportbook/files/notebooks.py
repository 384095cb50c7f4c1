"""The one door to notebook files.

Everything that reads notebooks imports jsonschema, which compiles a grammar of international
addresses for more than two seconds wherever the package ``rfc3987_syntax`` is installed. No
notebook needs it, and a build starts many processes, so here it counts as absent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from reportbook.errors import ReportError

SLOW = "rfc3987_syntax"
_Notebook = TypeVar("_Notebook")


def nbformat() -> Any:
    """The module nbformat, imported without the grammar; later imports may still have that."""
    hide = SLOW not in sys.modules
    if hide:
        # None makes an import fail, as Python documents; the type of sys.modules has no None
        sys.modules[SLOW] = None  # type: ignore[assignment]
    try:
        import nbformat as module
    finally:
        if hide:
            del sys.modules[SLOW]
    return module


def read_notebook(path: Path) -> Any:
    """An nbformat notebook; a broken file stops with its name."""
    return _read(path, lambda content: parse_notebook(content.decode("utf-8")))


def read_plain(path: Path) -> dict[str, Any]:
    """A notebook as plain data, for who only reads it; a broken file stops with its name."""
    return _read(path, plain)


def _read(path: Path, parse: Callable[[bytes], _Notebook]) -> _Notebook:
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        raise ReportError(f"{path} does not exist.") from error
    except Exception as error:  # nbformat raises many kinds; all mean the file is no notebook
        raise ReportError(f"{path} cannot be read as a notebook: {error}") from error


def plain(content: bytes) -> dict[str, Any]:
    """The plain data of a notebook's file, every text in one piece; an old format is brought up to
    date. Many times faster than nbformat's own, which makes objects and validates them.
    """
    notebook: dict[str, Any] = json.loads(content)
    if notebook.get("nbformat") != 4:
        notebook = json.loads(notebook_text(parse_notebook(content.decode("utf-8"))))
    for cell in notebook["cells"]:
        cell["source"] = _joined(cell["source"])
        for output in cell.get("outputs", ()):
            if "text" in output:
                output["text"] = _joined(output["text"])
            data = output.get("data", {})
            for kind in data:
                if not kind.endswith("json"):
                    data[kind] = _joined(data[kind])
    return notebook


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def plain_text(notebook: dict[str, Any]) -> str:
    """The text of a notebook file from plain data, on one line: what no person edits."""
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def notebook_text(notebook: Any) -> str:
    """The text of a notebook file, with one line break at its end."""
    text: str = nbformat().writes(notebook)
    return text.rstrip("\n") + "\n"


def parse_notebook(text: str) -> Any:
    """A notebook from the text of its file."""
    return nbformat().reads(text, as_version=4)
