"""Pictures as pages can show them: none of another host, and files whatever their names.

A page asks no other host, so a link stands for a picture that lies on one. MyST gives Sphinx the
names of files with blanks as addresses have them (``a%20map.png``), by which no file is found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Pictures(SphinxTransform):
    """Changes the pictures of a page that it could not show."""

    default_priority = 5  # before any other asks for the picture

    def apply(self, **kwargs: Any) -> None:
        """Change the page that was read."""
        for picture in [*self.document.findall(nodes.image)]:
            host = urlsplit(picture["uri"]).netloc
            if host:
                _replace_by_link(picture, host)
            elif "%" in picture["uri"] and not self._is_file(picture["uri"]):
                picture["uri"] = unquote(picture["uri"])

    def _is_file(self, name: str) -> bool:
        return Path(self.env.relfn2path(name, self.env.docname)[1]).is_file()


def _replace_by_link(picture: nodes.image, host: str) -> None:
    """Put a link in the place of a picture; within a link, only the words."""
    words = nodes.Text(picture.get("alt") or f"Picture at {host}")
    link = picture.parent
    if isinstance(link, nodes.reference):
        link.replace(picture, words)
    else:
        link = nodes.reference("", "", words, refuri=picture["uri"])
        picture.parent.replace(picture, link)
    if not isinstance(link.parent, nodes.TextElement):
        link.parent.replace(link, nodes.paragraph("", "", link.deepcopy()))


def setup(app: Sphinx) -> None:
    """Have it done to every page."""
    app.add_transform(Pictures)
