"""What a plain ``jupyter-book build`` needs, where no staging has prepared the book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

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
    """Take out the published records: Sphinx would warn of a media type that it does not know."""
    if Path(app.env.doc2path(address)).suffix == ".ipynb" and MEDIA_TYPE in source[0]:
        source[0] = notebook_text(readable(parse_notebook(source[0])))


def _words_of_report(app: Sphinx, config: Config) -> None:
    """Ask the report what it calls its figures, where the settings do not say it.

    Those of a staged book do.
    """
    if config.reportbook_observations:
        return
    root = Path(app.srcdir)
    words = load_project(root).settings.vocabulary if (root / CONFIG).is_file() else Vocabulary()
    config.reportbook_observations = [words.one, words.many]


class WhenDirective(SphinxDirective):
    """``{when}``: all of it is shown, for no staging has asked whether it applies."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """What stands in it."""
        return self.parse_content_to_nodes(allow_section_headings=True)


def setup(app: Sphinx) -> None:
    """Prepare each notebook when Sphinx reads it."""
    app.add_directive("when", WhenDirective)
    app.add_config_value("reportbook_observations", [], "env", [list])
    app.connect("config-inited", _words_of_report)
    app.connect("source-read", _without_records)
