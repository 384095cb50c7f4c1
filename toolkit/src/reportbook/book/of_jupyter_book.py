"""The parts of jupyter-book, and of what it stands on, that are not documented for others.

That is how it is called within a process, which modules it imports, and what it writes: its
complaints are read for people, with places they know.

`USED` names each part that a new version may move without notice. A test asks whether each is still
there. `pyproject.toml` names the one version of jupyter-book, which names those of Sphinx, and
keeps MyST-NB below the next version that could move one.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from reportbook.book.sphinx_words import in_plain_words
from reportbook.report.contents import NOTEBOOK

USED = {
    "jupyter_book.cli.main:main":
        "is the command, called without starting another Python; without it no book is built",
    "sphinx.application:builtin_extensions":
        "lists modules to import ahead; without it every book takes longer",
    "sphinx.jinja2glue:BuiltinTemplateLoader.environment":
        "keeps compiled templates of pages for the next book; without it every book takes longer",
    "sphinx.util.math:get_node_equation_number":
        "is the number of a formula, as Sphinx's own ways to write formulas use it",
    "sphinx.writers.html5:HTML5Translator.add_permalink_ref":
        "writes the link beside the number of a formula",
}  # fmt: skip

# What every book needs; jupyter-book and Sphinx import most of it only when a page asks for it.
NEEDED = (
    "jupyter_book.sphinx",
    "jupyter_book.cli.main",
    "sphinx.application:builtin_extensions",
    "sphinx.search.en",
    "sphinx.util.template",
    "docutils.languages.en",
    "docutils.parsers.rst.directives.admonitions",
    "docutils.parsers.rst.directives.images",
    "docutils.parsers.rst.directives.tables",
    "myst_nb.sphinx_ext",
    "myst_nb.core.execute.base",
    "myst_nb.core.lexers",
    "myst_parser.sphinx_ext.main",
    "sphinx_book_theme",
    "sphinx_design.extension",
    "sphinx_external_toc.collectors",
    "sphinx_external_toc.events",
    "sphinx_jupyterbook_latex.theme",
    "sphinx_jupyterbook_latex.events",
    "sphinx_multitoc_numbering",
    "babel.numbers",
    "latex2mathml.converter",
    "linkify_it",
    "pygments.lexers.python",
    "pygments.lexers.bibtex",
    "IPython.lib.lexers",
    "ipython_pygments_lexers",
)

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(
    r"^(?P<place>.*?)\s*(?P<level>WARNING|ERROR|CRITICAL|SEVERE):\s*(?P<text>.*)$"
)
_EXCEPTION = re.compile(r"[\w.]+(Error|Exception|Interrupt): \S")
_LINE = re.compile(r"^(?P<path>.*?):(?P<line>\d+):?$")
_CELL = 10_000  # MyST-NB gives Sphinx the lines of a notebook as cell × 10,000 + line + 1


def build_all(source: str, output: str) -> None:
    """Build the book in the folder `source` from nothing, into ``output/_build/html``.

    Raises
    ------
    SystemExit
        As the command ends, with its exit code.
    """
    from jupyter_book.cli.main import main

    arguments = ["build", source, "--path-output", output]
    options = ["--all", "--warningiserror", "--keep-going", "--quiet"]
    main([*arguments, *options], standalone_mode=True)


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
            text = in_plain_words(text)
            place = _place(match["place"].removesuffix(":").strip(), source)
            found[f"{place}: {text}" if place else text] = None
    return list(found)


def _place(text: str, source: Path) -> str:
    match = _LINE.match(text)
    path, line = (match["path"], int(match["line"])) if match else (text, 0)
    path = path.removeprefix(str(source)).lstrip("/\\")
    if not line:
        return path
    if line >= _CELL and path.endswith(NOTEBOOK):
        cell, line = divmod(line, _CELL)
        return f"{path}, cell {cell}, line {max(1, line - 1)}"
    return f"{path}, line {line}"
