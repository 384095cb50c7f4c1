"""Jupyter Books as other people have them: no editions, nothing published, files anywhere."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat
from miniature import notebook

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f8"
    "5f0f0002870180eb47ba920000000049454e44ae426082"
)
CONFIG = """\
title: Other
execute: {execute_notebooks: force}
bibtex_bibfiles: [references.bib]
sphinx:
  config:
    nb_execution_mode: force
    mathjax3_config: {tex: {macros: {norm: ['\\lVert #1 \\rVert', 1]}}}
"""
BOOK = "@book{k1, author={Donald Knuth}, title={Art}, publisher={AW}, year={1968}}\n"
SUMS = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---
# Sums

```{code-cell} ipython3
print(11 * 11)
```
"""


def write_book(root: Path, toc: str, files: dict, config: str = "title: Other\n") -> Path:
    """Write a book into `root`; a file is text, bytes, or the cells of a notebook."""
    for name, content in {"_config.yml": config, "_toc.yml": toc, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            nbformat.write(notebook(*content), path)
    return root


def write_with_files_everywhere(root: Path) -> Path:
    """A book of pages of every kind that name files of every kind, in every folder."""
    toc = """\
format: jb-book
root: intro
chapters:
- file: north/counts
- file: south/counts.ipynb
- file: sums.md
- file: old
- file: shown
- glob: more/*
"""
    intro = """\
# Welcome

In 2019 some 4,120 people of 87 towns took part, 23% of them twice [@ref].

![A picture](pic.png) and ![one with blanks](<images/a picture.png>) and {download}`the
table <tables/counts.csv>`. [The sums](sums.md), [the south](south/counts.ipynb).

![Of another host](https://example.org/remote.png)
[![badge](https://example.org/badge.svg)](https://example.org)

```{include} parts/said.md
```

```{literalinclude} code/model.py
```

```{csv-table}
:file: tables/counts.csv
```

```{figure} /images/figure.png
A caption
```

Said by {cite:t}`k1`.

```{bibliography}
```
"""
    files = {
        "intro.md": intro.replace(" [@ref]", ""),
        "pic.png": PNG,
        "images/a picture.png": PNG,
        "images/figure.png": PNG,
        "images/old.png": PNG,
        "tables/counts.csv": "town,people\nA,1\n",
        "parts/said.md": "Said elsewhere: ![inner](images/inner.png)\n",
        "images/inner.png": PNG,
        "images/html.png": PNG,
        "code/model.py": "RATE = 0.5\n",
        "references.bib": BOOK,
        "north/counts.ipynb": [("text", "# North\n\n![pic](../pic.png)"), ("code", "print(6 * 7)")],
        "south/counts.ipynb": [("text", "# South"), ("code", "print(6 * 8)")],
        "south/counts.md": "# The notebook's text, of a time when it was a page\n",
        "sums.md": SUMS,
        "old.rst": "Old\n===\n\nA `link <https://example.org>`_ and ``code``.\n\n"
                   ".. image:: images/old.png\n   :alt: An old picture\n",
        "more/one.md": "# One\n",
        "more/two.md": "# Two\n\n![](../pic.png)\n",
        "more/deeper/three.md": "# Three, which no pattern matches\n",
        "data/measured.csv": "source,value\nsensor,1\n",  # no list of sources: nothing is published
        "data/latin.csv": "source;año\nuno;1\n".encode("latin-1"),
        "data/latin2.csv": "source,año\nuño,1\n".encode("latin-1"),
    }  # fmt: skip
    write_book(root, toc, files, CONFIG)
    nbformat.write(_shown(), root / "shown.ipynb")
    return root


def _shown() -> nbformat.NotebookNode:
    """A notebook that shows what is shown in other ways than by a report's objects."""
    made = notebook(
        ("text", "# Shown\n\n![pasted](attachment:a.png)\n\n$\\norm{x}$"),
        ("code", "1 / 0"),
        ("code", "from pathlib import Path\nprint(Path.cwd().parent.name == 'latest')"),
        ("code", "from IPython.display import Image\nImage(url='images/html.png')"),
        ("code", "not_run"),
    )
    made.cells[0]["attachments"] = {"a.png": {"image/png": base64.b64encode(PNG).decode()}}
    made.cells[1]["metadata"]["tags"] = ["raises-exception"]
    made.cells[4]["metadata"]["tags"] = ["skip-execution"]
    made["metadata"]["mystnb"] = {"execution_mode": "force"}
    return made
