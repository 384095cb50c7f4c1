"""Outputs of notebooks that no page can show, for it asks nothing of another host or of a kernel.

Each is named with its cell, and with what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportbook.checking.page_content import PageContent, is_of_another_host
from reportbook.files.notebooks import read_plain
from reportbook.report.contents import Page
from reportbook.results.publishing import MEDIA_TYPE
from reportbook.results.records import code_cells

_UNSEEN = {"remove-cell", "remove-output", "remove_cell", "remove_output"}
_PUBLISH = (
    'Publish it, which makes a picture with its data: publish("stem.name", figure, title="…", '
    'alt="…", data=frame)'
)
# By what the name of a kind of output begins with: what it is, and what to write instead.
_ASK = {
    "application/vnd.jupyter.widget-view":
        ("a widget, which does nothing without a kernel",
         "Show the values that matter as a table or picture; a progress bar is written as text by "
         "'from tqdm import tqdm'. Or tag the cell 'remove-output'"),
    "application/vnd.plotly":
        ("a Plotly figure, which is drawn by a script of another host",
         f"{_PUBLISH}; or show it as a picture: figure.show(\"svg\")"),
    "application/vnd.vega":
        ("an Altair or Vega chart, which is drawn by scripts of another host",
         f"{_PUBLISH}; or show it as a picture: alt.renderers.enable(\"svg\")"),
    "application/vnd.bokeh":
        ("a Bokeh figure, which is drawn by a script of another host",
         "Export it and show the file: IPython.display.Image(export_png(figure))"),
    "application/vnd.holoviews":
        ("a HoloViews figure, which is drawn by scripts of another host",
         "Save it as a picture and show the file: IPython.display.Image(\"figure.png\")"),
}  # fmt: skip


def check_outputs(pages: Mapping[Page, Path]) -> list[str]:
    """What the executed notebooks show that no page can, one sentence for each cell and kind.

    `pages` gives the executed file of each notebook.
    """
    found = [
        f"{page.file}, code cell {number} shows {what}. {instead}."
        for page, path in pages.items()
        for number, cell in code_cells(read_plain(path))
        if not _UNSEEN & set(cell["metadata"].get("tags") or ())
        for output in cell["outputs"]
        for what, instead in _unfit(output.get("data") or {})
    ]
    return list(dict.fromkeys(found))


def _unfit(shown: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if MEDIA_TYPE in shown:
        return  # published: it has a picture
    for kind in shown:
        for begins, words in _ASK.items():
            if kind.startswith(begins):
                yield words
                return
    loads = PageContent(shown["text/html"]).loads if "text/html" in shown else ()
    for address in loads:
        if is_of_another_host(address):
            yield (
                f"what lies on another host ({address})",
                "Save the file beside the notebook and show that, or write a link in the text: "
                "[words](address)",
            )
            return
