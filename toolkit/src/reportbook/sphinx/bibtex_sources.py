"""Sources that prose can cite: {cite}`key-of-a-source`, by sphinxcontrib-bibtex."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportbook.results.bibliography import BIBLIOGRAPHY, bibliography
from reportbook.results.records import read_results

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def _add_sources(app: Sphinx, config: Config) -> None:
    """Add the file of the sources to the BibTeX files that the configuration names.

    The build of an edition has written that file. A plain ``jupyter-book build`` has not, so it is
    made here from the outputs of the committed notebooks.
    """
    path = Path(app.srcdir, BIBLIOGRAPHY)
    if not path.is_file():
        found = (each.relative_to(app.srcdir) for each in Path(app.srcdir).rglob("*.ipynb"))
        # hidden folders and those of builds hold copies
        pages = [each for each in found if not each.parts[0].startswith((".", "_"))]
        notebooks = {
            page.with_suffix("").as_posix(): Path(app.srcdir, page) for page in sorted(pages)
        }
        results = read_results(notebooks, edition="", language=config.language or "en")
        path = Path(app.doctreedir, BIBLIOGRAPHY)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(bibliography(results), encoding="utf-8")
    config.bibtex_bibfiles = [*(config.bibtex_bibfiles or ()), str(path)]


def _as_list_items(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Mark the entries of the bibliography as items of a list, for screen readers.

    The role that docutils gives them is deprecated since DPUB-ARIA 1.1, and with it the list has
    no items.
    """
    if doctree is not None:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app: Sphinx) -> None:
    """Add sphinxcontrib-bibtex, and the sources to the files it reads."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.connect("html-page-context", _as_list_items)
    app.connect("config-inited", _add_sources, priority=400)
