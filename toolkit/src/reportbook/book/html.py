"""An edition as a folder of HTML pages."""

from __future__ import annotations

import shutil

from reportbook.book.downloads import FOLDER as DOWNLOADS
from reportbook.book.jupyter_book import JupyterBook
from reportbook.book.moved_pages import write_renamed
from reportbook.book.writer import StagedBook, Written
from reportbook.checking.pages import check_book
from reportbook.report.project import Project
from reportbook.results.files import write_changes, write_results


class HtmlWriter:
    """Writes books as HTML: Jupyter Book makes the pages, which are then completed and checked."""

    def __init__(self, project: Project) -> None:
        templates = project.build / "templates"
        self._jupyter_book = JupyterBook(project.root, project.config, templates)

    def start(self) -> None:
        """Begin to import Sphinx and the theme; returns at once."""
        self._jupyter_book.start()

    def write(self, book: StagedBook) -> Written:
        """Make the pages of a book, put its data and its redirects beside them, check them all."""
        pages, problems = self._jupyter_book.build(book.source, book.output)
        if problems:
            return Written(pages, problems)
        write_results(book.results, pages)
        if book.changes is not None:
            write_changes(book.changes, pages)
        if (book.source / DOWNLOADS).is_dir():
            shutil.copytree(book.source / DOWNLOADS, pages / DOWNLOADS)
        project = book.project
        base = f"{project.address}{book.edition.name}/" if project.address else ""
        write_renamed(project.settings.renamed, pages, base=base, language=project.language)
        return Written(pages, check_book(pages, project.pages, book.results))

    def close(self) -> None:
        """End at once, with the books that are being written."""
        self._jupyter_book.close()
