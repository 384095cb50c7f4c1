"""The reader with which Jupyter Book reads notebooks that are written as Markdown.

`USED` names what is not documented for others and so may move; a test asks whether it is there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

USED = {
    "myst_nb.core.read:read_myst_markdown_notebook":
        "reads notebooks written as Markdown; without it none of them can be run",
}  # fmt: skip


def read_text_notebook(text: str, path: Path) -> dict[str, Any]:
    """The notebook that the Markdown file at `path` is, in the notebook format."""
    from myst_nb.core.read import read_myst_markdown_notebook

    notebook: dict[str, Any] = read_myst_markdown_notebook(text, path=path)
    for number, cell in enumerate(notebook["cells"], 1):
        cell["id"] = f"cell-{number}"  # those that are made up differ each time
    return notebook
