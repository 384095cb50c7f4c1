"""Pictures that were pasted into the text of a notebook, as files: Sphinx reads only files."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

FOLDER = "attachments"


def write_attachments(cells: list[Any], folder: Path, *, up: str) -> None:
    """Write the pictures of the cells into `folder`, and have the text of the cells name the files.

    Parameters
    ----------
    cells
        The cells of a notebook, which are changed.
    folder
        That of the book.
    up
        The path from the notebook to `folder`.
    """
    for cell in cells:
        for name, (suffix, content) in _pictures(cell.pop("attachments", {})):
            file = f"{FOLDER}/{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
            (folder / FOLDER).mkdir(exist_ok=True)
            (folder / file).write_bytes(content)
            for written in dict.fromkeys((name, quote(name))):
                cell["source"] = cell["source"].replace(f"attachment:{written}", f"{up}{file}")


def _pictures(attachments: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """By name, the suffix and the bytes of each; the first of its kinds, if it has several."""
    for name, kinds in attachments.items():
        for kind, text in kinds.items():
            joined = text if isinstance(text, str) else "".join(text)
            suffix = mimetypes.guess_extension(kind) or Path(name).suffix
            content = joined.encode() if kind == "image/svg+xml" else base64.b64decode(joined)
            yield name, (suffix, content)
            break
