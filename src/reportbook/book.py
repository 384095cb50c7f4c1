"""The one place that builds the book: jupyter-book over a staged folder, warnings as errors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(
    r"^(?P<place>.*?)\s*(?P<level>WARNING|ERROR|CRITICAL|SEVERE):\s*(?P<text>.*)$"
)
_LINE = re.compile(r"^(?P<path>.*?):(?P<line>\d+):?$")
_JUPYTER_BOOK = (
    "from reportbook.notebook_files import nbformat; nbformat();"
    "from jupyter_book.cli.main import main; main()"
)
_CELL = 10_000  # Sphinx is given the lines of a notebook as cell x 10,000 + line


def build_book(source: Path, output: Path) -> tuple[Path, list[str]]:
    """Build the staged book `source`; the pages come to lie in ``output/_build/html``.

    Always from nothing, for a second, warm build keeps silent about what the first warned of.
    jupyter-book's exit code is not enough either: what it wrote is read.

    Returns
    -------
    The folder of the pages, and what is wrong, one sentence each with the page and its line.
    """
    made = output / "_build"
    shutil.rmtree(made, ignore_errors=True)
    command = [
        *(sys.executable, "-c", _JUPYTER_BOOK),
        *("build", str(source), "--path-output", str(output)),
        *("--all", "--warningiserror", "--keep-going", "--quiet"),
    ]
    # a process of its own: Sphinx and docutils keep global state that does not survive a failure
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    problems = complaints(done.stderr, source)
    html = made / "html"
    if not problems and (done.returncode != 0 or not (html / "index.html").is_file()):
        lines = [line for line in _COLOURS.sub("", done.stderr or done.stdout).splitlines() if line]
        last = lines[-1].strip() if lines else "it wrote nothing"
        problems = [f"jupyter-book stopped with exit code {done.returncode}: {last}"]
    return html, problems


def complaints(log: str, source: Path) -> list[str]:
    """The warnings and errors in what Sphinx wrote, each once, with places people know."""
    found: dict[str, None] = {}
    for raw in _COLOURS.sub("", log).splitlines():
        match = _COMPLAINT.match(raw)
        if match:
            text = match["text"].replace(f"{source}{os.sep}", "").replace(str(source), "")
            place = _place(match["place"].removesuffix(":").strip(), source)
            found[f"{place}: {text}" if place else text] = None
    return list(found)


def _place(text: str, source: Path) -> str:
    match = _LINE.match(text)
    path, line = (match["path"], int(match["line"])) if match else (text, 0)
    path = path.removeprefix(str(source)).lstrip("/\\")
    if not line:
        return path
    if line >= _CELL:
        cell, line = divmod(line, _CELL)
        return f"{path}, cell {cell}, line {line}"
    return f"{path}, line {line}"
