"""The book as the committed notebooks make it: on trial, in a folder that is thrown away."""

from __future__ import annotations

from reportbook.book.html import HtmlWriter
from reportbook.book.staging import stage
from reportbook.book.taken_along import beside_pages
from reportbook.book.writer import StagedBook
from reportbook.files.scratch import Scratch
from reportbook.report.editions import Edition
from reportbook.report.project import Project
from reportbook.report.values import read_signatures, with_defaults
from reportbook.results.schema import Results

NAME = "check"  # what the edition on trial is called


def trial_book(project: Project, results: Results) -> list[str]:
    """What is wrong with the book that the committed notebooks make with these `results`.

    It is the edition of all defaults; no notebook is run.
    """
    signatures = read_signatures(project)
    given: dict[str, dict[str, object]] = {stem: {} for stem in signatures}
    edition = Edition(NAME, NAME, None, given, with_defaults(given, signatures))
    committed = {page.address: page.path for page in project.notebooks}
    writer = HtmlWriter(project)
    try:
        writer.start()
        with Scratch() as scratch:
            source = scratch.path / "book"
            beside = beside_pages(project)
            stage(project, edition, committed, results, source, beside=beside)
            book = StagedBook(project, edition, source, results, None, source.parent)
            return list(writer.write(book).problems)
    finally:
        writer.close()
