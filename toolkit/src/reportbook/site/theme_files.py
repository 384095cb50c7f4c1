"""The theme's files, stored once for all editions that were built with the same.

Sphinx puts scripts, styles and fonts into the ``_static`` of each book. A site keeps them under
``_theme/<fingerprint of all of them>/``: the same content is one folder, which browsers keep when a
reader goes from edition to edition, and an edition built with another theme has another folder.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from reportbook.site.of_book_theme import ICONS, LEFT_OUT

FOLDER = "_theme"
_STATIC = "_static"

# in an attribute of a tag: in text, quotation marks are written otherwise
_TO_STATIC = re.compile(rf'(?<=[ \n])((?:src|href)=")((?:\.\./)*){_STATIC}/')
_SCRIPT = re.compile(rf'<script[^>]* src="[^"]*/{re.escape(ICONS)}[^"]*"[^>]*></script>\s*')
_TO_THEME = re.compile(rf'(?:src|href)="(?:\.\./)+{FOLDER}/([0-9a-f]+)/')


def share(edition: Path) -> None:
    """Move the theme's files of one edition to the folder for all, and change the links to them."""
    static = edition / _STATIC
    if not static.is_dir():
        return
    for pattern in LEFT_OUT:
        for path in list(static.rglob(pattern)):
            path.unlink()
    fingerprint = _fingerprint(static)
    shared = edition.parent / FOLDER / fingerprint
    for page in edition.rglob("*.html"):
        if static in page.parents:
            continue
        text = page.read_text(encoding="utf-8")
        led = _TO_STATIC.sub(rf"\g<1>\g<2>../{FOLDER}/{fingerprint}/", _SCRIPT.sub("", text))
        if led != text:
            page.write_text(led, encoding="utf-8")
    if shared.is_dir():
        shutil.rmtree(static)
    else:
        shared.parent.mkdir(exist_ok=True)
        static.rename(shared)


def loaded(page: str) -> set[str]:
    """The fingerprints of the shared files that a page loads, from its HTML."""
    return set(_TO_THEME.findall(page))


def is_fingerprint(text: object) -> bool:
    """Whether a text names a folder of shared files, and no place elsewhere."""
    return isinstance(text, str) and re.fullmatch("[0-9a-f]+", text) is not None


def _fingerprint(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return found.hexdigest()[:16]
