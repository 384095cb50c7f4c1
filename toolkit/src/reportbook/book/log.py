"""What jupyter-book wrote, read for people: its complaints with places, and why it stopped."""

from __future__ import annotations

import os
import re
from pathlib import Path

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(
    r"^(?P<place>.*?)\s*(?P<level>WARNING|ERROR|CRITICAL|SEVERE):\s*(?P<text>.*)$"
)
_EXCEPTION = re.compile(r"[\w.]+(Error|Exception|Interrupt): \S")
_LINE = re.compile(r"^(?P<path>.*?):(?P<line>\d+):?$")
_CELL = 10_000  # Sphinx is given the lines of a notebook as cell x 10,000 + line


def reason(log: str) -> str:
    """The line that says why jupyter-book stopped: the first exception that says something."""
    written = (line.strip() for line in _COLOURS.sub("", log).splitlines())
    lines = [line for line in written if line.strip("=")]
    for line in lines:
        if _EXCEPTION.match(line):
            return line
    boxed = [number for number, line in enumerate(lines[:-1]) if line.endswith("Error:")]
    return lines[boxed[-1] + 1 if boxed else -1] if lines else "it wrote nothing"


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
