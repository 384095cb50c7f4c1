"""Reading and writing notebook files; nothing else in the toolkit imports nbformat.

nbformat imports jsonschema, which takes more than two seconds to compile a grammar of international
addresses if the package ``rfc3987_syntax`` is installed. No notebook needs that grammar and a build
starts many processes, so the package is hidden while nbformat is imported here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from reportbook.errors import ReportError
from reportbook.files.of_myst_nb import read_text_notebook

MARKDOWN = ".md"  # what notebooks written as text end in
SLOW = "rfc3987_syntax"
_OF_A_CELL: Mapping[str, type | tuple[type, ...]] = {
    "cell_type": str,
    "source": (str, list),
    "metadata": dict,
}
_Notebook = TypeVar("_Notebook")


def nbformat() -> Any:
    """The module nbformat, imported without the slow grammar."""
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
    """A notebook as nbformat's object; one written as Markdown, too.

    Raises
    ------
    ReportError
        If the file does not exist or is not a notebook.
    """
    if path.suffix == MARKDOWN:
        return parse_notebook(plain_text(read_plain(path)))
    return _read(path, lambda content: parse_notebook(content.decode("utf-8")))


def read_plain(path: Path) -> dict[str, Any]:
    """A notebook as plain data, which is faster where nothing is changed in it.

    One written as Markdown is read as Jupyter Book reads it; it has no outputs.

    Raises
    ------
    ReportError
        If the file does not exist or is not a notebook.
    """
    if path.suffix == MARKDOWN:
        return _read(path, lambda content: plain_of_markdown(content, path))
    return _read(path, plain)


def _read(path: Path, parse: Callable[[bytes], _Notebook]) -> _Notebook:
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        raise ReportError(f"{path} does not exist.") from error
    except Exception as error:  # nbformat raises many kinds; all mean the file is no notebook
        raise ReportError(
            f"{path} cannot be read as a notebook: {str(error).rstrip('.')}. If JupyterLab opens "
            "it, save it there again."
        ) from error


def plain(content: bytes) -> dict[str, Any]:
    """The content of a notebook file as plain data, each text joined to one string.

    A notebook of an older format is converted to version 4. This is many times faster than reading
    with nbformat, which makes objects and validates them.
    """
    notebook: dict[str, Any] = json.loads(content)
    if isinstance(notebook, dict) and notebook.get("nbformat") != 4:
        notebook = json.loads(notebook_text(parse_notebook(content.decode("utf-8"))))
    _check(notebook, {"cells": list, "metadata": dict}, "it")
    for number, cell in enumerate(notebook["cells"], 1):
        _check(cell, _OF_A_CELL, f"cell {number}")
        if not isinstance(cell["metadata"].get("tags", []), list):
            raise ValueError(f"cell {number} has 'tags' that are no list")
        cell["source"] = _joined(cell["source"])
        if cell["cell_type"] == "code":
            cell.setdefault("outputs", [])  # which papermill does without
        for output in cell.get("outputs", ()):
            if "text" in output:
                output["text"] = _joined(output["text"])
            data = output.get("data", {})
            for kind in data:
                if not kind.endswith("json"):
                    data[kind] = _joined(data[kind])
    return notebook


def plain_of_markdown(content: bytes, path: Path) -> dict[str, Any]:
    """The content of the text notebook at `path` as plain data.

    The path says where files lie that a cell asks for (``:load:``).
    """
    nbformat()  # before MyST-NB imports it the slow way
    notebook = read_text_notebook(content.decode("utf-8-sig"), path)
    return plain(json.dumps(notebook).encode("utf-8"))


def _check(part: Any, wanted: Mapping[str, type | tuple[type, ...]], called: str) -> None:
    """Stop at a part of a notebook without what every reader of notebooks relies on."""
    if not isinstance(part, dict):
        raise ValueError(f"{called} is a {type(part).__name__} where JSON in braces is needed")
    for name, kind in wanted.items():
        if part.get(name) is None:
            raise ValueError(f"{called} has no '{name}'")
        if not isinstance(part[name], kind):
            raise ValueError(f"{called} has a '{name}' that is a {type(part[name]).__name__}")


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def plain_text(notebook: dict[str, Any]) -> str:
    """The text of a notebook file from plain data, on one line: for files that nobody edits."""
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def notebook_text(notebook: Any) -> str:
    """The text of a notebook file, with one line break at its end."""
    text: str = nbformat().writes(notebook)
    return text.rstrip("\n") + "\n"


def parse_notebook(text: str) -> Any:
    """A notebook from the text of its file."""
    return nbformat().reads(text, as_version=4)
