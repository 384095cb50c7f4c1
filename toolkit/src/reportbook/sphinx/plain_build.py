"""A plain ``jupyter-book build`` of committed notebooks: what staging does, done by Sphinx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportbook.book.staging import readable
from reportbook.files.notebooks import notebook_text, parse_notebook
from reportbook.report.project import load_project
from reportbook.report.settings import CONFIG
from reportbook.report.vocabulary import Vocabulary
from reportbook.results.publishing import MEDIA_TYPE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _without_records(app: Sphinx, address: str, source: list[str]) -> None:
    """Sphinx warns of media types it does not know; ours are for the results, not for the page."""
    if Path(app.env.doc2path(address)).suffix == ".ipynb" and MEDIA_TYPE in source[0]:
        source[0] = notebook_text(readable(parse_notebook(source[0])))


def _words_of_report(app: Sphinx, config: Config) -> None:
    """The settings of a staged book hold what its report calls its figures; else ask the report."""
    if config.reportbook_observations:
        return
    root = Path(app.srcdir)
    words = load_project(root).settings.vocabulary if (root / CONFIG).is_file() else Vocabulary()
    config.reportbook_observations = [words.one, words.many]


def setup(app: Sphinx) -> None:
    app.add_config_value("reportbook_observations", [], "env", [list])
    app.connect("config-inited", _words_of_report)
    app.connect("source-read", _without_records)
