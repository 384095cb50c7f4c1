"""What a plain ``jupyter-book build`` needs, where no staging has prepared the book.

Committed notebooks have no pictures. A chart's is taken from the last run with the same code and
data, where a build has kept that; else the page says what the chart shows and that it is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportbook.book.chart_frame import undrawn
from reportbook.book.downloads import PICTURES
from reportbook.book.staging import readable
from reportbook.cache.runs import Memory
from reportbook.comparing.data_rows import row_keys
from reportbook.errors import ReportError
from reportbook.files.notebooks import plain, plain_text, read_plain
from reportbook.files.scratch import Scratch
from reportbook.report.project import load_project
from reportbook.report.settings import CONFIG
from reportbook.report.vocabulary import Vocabulary
from reportbook.report.when import Applies, as_shown, cells_as_shown
from reportbook.results.known import applies
from reportbook.results.publishing import MEDIA_TYPE
from reportbook.running.tasks import Task
from reportbook.sphinx.domain import results_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _prepare(app: Sphinx, address: str, source: list[str]) -> None:
    """Leave out what does not apply, show charts, and take out the records of published things:
    Sphinx does not know their media type.
    """
    path = Path(app.env.doc2path(address))
    asks = "{when}" in source[0]
    if path.suffix != ".ipynb":
        if asks:
            source[0] = as_shown(source[0], _applies(app))
        return
    if MEDIA_TYPE not in source[0] and not asks:
        return
    notebook = plain(source[0].encode("utf-8"))
    if asks:
        notebook["cells"] = cells_as_shown(notebook["cells"], _applies(app))
    language = app.config.language or "en"
    missing = [
        (output, record)
        for output, record in _charts(notebook)
        if not _is_drawn(output) and not record.get("reason")  # else the page says why
    ]
    drawn = _drawn_before(Path(app.srcdir), path) if missing else {}
    for output, record in missing:
        if record["name"] in drawn:
            output["data"][_SVG] = drawn[record["name"]]
        else:
            output["data"] = {
                "text/html": undrawn(record, language=language),
                "text/plain": f"{record['title']}: {record['alt']}",
            }
    source[0] = plain_text(readable(notebook))


def _applies(app: Sphinx) -> Applies:
    """Whether a condition applies to what the committed notebooks publish, everything known."""
    root = Path(app.srcdir)
    data = load_project(root).data if (root / CONFIG).is_file() else root
    return partial(applies, results={**results_of(app.env), "rows": row_keys(data)})


def _charts(notebook: Any) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """The outputs that are charts, each with its record."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            record = output.get("data", {}).get(MEDIA_TYPE) or {}
            if record.get("kind") == "chart":
                yield output, record


def _is_drawn(output: Any) -> bool:
    return any(kind.startswith("image/") for kind in output["data"])


def _drawn_before(root: Path, path: Path) -> dict[str, str]:
    """The pictures of a notebook's charts by name, from a remembered run with its defaults."""
    try:
        project = load_project(root)
        with Scratch() as scratch:
            task = Task(path, scratch.path / path.name, {}, pictures=True)
            run = Memory(project.root, project.memory).recall(task)
            executed = read_plain(run.task.output) if run else {"cells": ()}
    except (ReportError, OSError):
        return {}
    found = {record["name"]: output["data"].get(_SVG) for output, record in _charts(executed)}
    return {name: "".join(picture) for name, picture in found.items() if picture}


def _words_of_report(app: Sphinx, config: Config) -> None:
    """Ask the report what it calls its figures, where the settings do not say it.

    Those of a staged book do.
    """
    if config.reportbook_observations:
        return
    root = Path(app.srcdir)
    words = load_project(root).settings.vocabulary if (root / CONFIG).is_file() else Vocabulary()
    config.reportbook_observations = [words.one, words.many]


_SVG = PICTURES["svg"]


def setup(app: Sphinx) -> None:
    """Prepare each notebook when Sphinx reads it."""
    app.add_config_value("reportbook_observations", [], "env", [list])
    app.connect("config-inited", _words_of_report)
    app.connect("source-read", _prepare)
