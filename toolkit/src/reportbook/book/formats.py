"""The formats in which every edition is published."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from reportbook.book.html import HtmlWriter
from reportbook.book.writer import Writer
from reportbook.report.project import Project


@contextlib.contextmanager
def writers_of(project: Project) -> Iterator[Sequence[Writer]]:
    """One writer for each format; all are closed at the end."""
    writers: list[Writer] = [HtmlWriter(project)]
    try:
        yield writers
    finally:
        for writer in writers:
            writer.close()
