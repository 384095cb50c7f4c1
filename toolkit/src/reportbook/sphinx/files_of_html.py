"""Files that raw HTML in a page or an output names: put beside the page, as it expects them.

Sphinx copies what its own pictures and downloads name, and reads no HTML. What charts offer is
copied as a whole.
"""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from reportbook.book.downloads import FOLDER as DOWNLOADS
from reportbook.checking.page_content import PageContent, place_within
from reportbook.report.contents import SUFFIXES

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class FilesOfHtml(SphinxTransform):
    """Copies the files that raw HTML of a page names, if the book has them."""

    default_priority = 900  # when the page is read

    def apply(self, **kwargs: Any) -> None:
        """Copy them; nothing of the page is changed."""
        for name in dict.fromkeys(self._names()):
            source, target = (Path(each, name) for each in (self.env.srcdir, self.app.outdir))
            if source.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def _names(self) -> Iterator[str]:
        folder = posixpath.dirname(self.env.docname)
        for raw in self.document.findall(nodes.raw):
            if "html" not in raw.get("format", "").split():
                continue
            content = PageContent(raw.astext())
            for address in (*content.loads, *content.links):
                place = place_within(address)
                name = posixpath.normpath(posixpath.join(folder, place[0])) if place else ""
                inside = place and place[0] and not name.startswith((".", "/"))
                if inside and not name.endswith(SUFFIXES) and not name.startswith(f"{DOWNLOADS}/"):
                    yield name


def setup(app: Sphinx) -> None:
    """Have it done for every page."""
    app.add_transform(FilesOfHtml)
