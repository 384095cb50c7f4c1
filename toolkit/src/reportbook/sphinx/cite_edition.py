"""The directive that says how to cite the edition: ``{cite-edition}``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from reportbook.errors import ReportError
from reportbook.results.citation import CITATION, bibtex, plain, read_citation
from reportbook.sphinx.domain import results_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class CiteEditionDirective(SphinxDirective):
    """``{cite-edition}``: the citation as a line to copy, and as BibTeX."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The line and the BibTeX entry; a warning where CITATION.cff cannot be read."""
        path = Path(self.env.srcdir) / CITATION
        self.env.note_dependency(str(path))
        try:
            citation = read_citation(path)
        except ReportError as error:
            return [self.state.document.reporter.warning(str(error), line=self.lineno)]
        edition = results_of(self.env)
        address = self.config.html_baseurl
        line = nodes.paragraph("", plain(citation, edition, address), classes=["rb-citation"])
        entry = bibtex(citation, edition, address)
        return [line, nodes.literal_block(entry, entry, language="bibtex")]


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("cite-edition", CiteEditionDirective)
