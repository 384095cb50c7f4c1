"""Notebooks that are written as Markdown: MyST with ``{code-cell}``, as Jupyter Book runs it.

A Markdown file is a notebook if its front matter says so: ``file_format: mystnb``, or
``format_name: myst`` as jupytext writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from reportbook.errors import ReportError

_FRONT_MATTER = re.compile(r"\A---[^\n]*\n(?P<text>.*?)^(?:---|\.\.\.)[^\n]*$", re.S | re.M)
_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
_HEADER = "---, file_format: mystnb, kernelspec: {name: python3}, ---"


def is_text_notebook(text: str, shown: str) -> bool:
    """Whether a Markdown file is a notebook; `shown` is what errors call it.

    Raises
    ------
    ReportError
        If it is one that Jupyter Book would show without running it.
    """
    about = _front_matter(text)
    written = about.get("jupytext")
    as_text = written.get("text_representation") if isinstance(written, Mapping) else None
    form = as_text.get("format_name") if isinstance(as_text, Mapping) else None
    if about.get("file_format") == "mystnb" or form == "myst":
        return True
    if form is not None:
        raise ReportError(
            f"{shown} is a notebook in jupytext's format '{form}', whose code nothing would run. "
            f"Write it as MyST: jupytext --to md:myst '{shown}'."
        )
    line = next(_code_cells(text), 0)
    if line:
        raise ReportError(
            f"{shown}, line {line} has a code cell, but nothing says that the page is a notebook, "
            f"so it would not be run. Put these lines at its top: {_HEADER}. Or show the code "
            "without running it: ```python."
        )
    return False


def _front_matter(text: str) -> Mapping[str, Any]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}
    try:
        about = yaml.safe_load(found["text"])
    except yaml.YAMLError:
        return {}
    return about if isinstance(about, dict) else {}


def _code_cells(text: str) -> Iterator[int]:
    """The lines on which code cells begin, but for those within another block."""
    within = ""
    for number, line in enumerate(text.split("\n"), 1):
        fence = _FENCE.match(line)
        if fence is None:
            continue
        mark, info = fence["mark"], fence["info"].strip()
        if within:
            if not info and mark[0] == within[0] and len(mark) >= len(within):
                within = ""
        else:
            within = mark
            if info.startswith("{code-cell}"):
                yield number
