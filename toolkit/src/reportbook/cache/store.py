"""Entries on disk. One that is incomplete, broken or of another version counts as absent.

An entry is one file: a line with the format's version and the digests of the two parts, a line of
JSON (what it depends on), then the content. It is written under a temporary name and renamed, so
that builds that share a store never read an entry that is half written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSION = "reportbook memory 1"
LARGEST = 2 * 1024**3  # bytes of all entries; what was used least recently is removed first
OLDEST = 90 * 24 * 3600  # seconds without use
_LEFT_BEHIND = 10 * 60  # a temporary file this old was left by a build that was killed
_TEMPORARY = ".tmp"


@dataclass(frozen=True)
class Entry:
    """The head of an entry, and `identity`, a digest that no other entry has."""

    head: dict[str, Any]
    identity: str
    _path: Path
    _start: int
    _digest: str

    def content(self) -> bytes | None:
        """What was remembered; None if the file is no longer what was written."""
        try:
            with self._path.open("rb") as stream:
                stream.seek(self._start)
                content = stream.read()
        except OSError:
            return None
        return content if _digest(content) == self._digest else None


class Store:
    """A folder of entries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> Entry | None:
        """An entry; None if there is none, or it is broken or of another version."""
        path = self.folder / name
        try:
            with path.open("rb") as stream:
                first, head = stream.readline(), stream.readline()
                start = stream.tell()
            version, of_head, of_content = first.decode("ascii").rstrip("\n").rsplit(" ", 2)
            if version != VERSION or _digest(head) != of_head:
                return None
            return Entry(json.loads(head), _digest(first), path, start, of_content)
        except (OSError, ValueError):
            return None

    def write(self, name: str, head: dict[str, Any], content: bytes = b"") -> str:
        """Write an entry, replacing one of that name, and return its identity."""
        text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        first = f"{VERSION} {_digest(text)} {_digest(content)}\n".encode("ascii")
        self.put(name, first + text + content)
        return _digest(first)

    def put(self, name: str, content: bytes) -> None:
        """Write a file: either all of it is there afterwards or nothing has changed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f"{uuid.uuid4().hex}{_TEMPORARY}"
        try:
            temporary.write_bytes(content)
            os.replace(temporary, self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)

    def used(self, name: str) -> None:
        """Note that an entry was used now, so that it is not removed soon."""
        with contextlib.suppress(OSError):
            os.utime(self.folder / name)

    def sweep(self, largest: int = LARGEST, oldest: float = OLDEST) -> None:
        """Remove entries unused for `oldest` seconds, and the longest unused above `largest`."""
        now, left = time.time(), largest
        found = []
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            with contextlib.suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
        for used, size, path in sorted(found, reverse=True):
            left -= size
            lifetime = _LEFT_BEHIND if path.suffix == _TEMPORARY else oldest
            if left < 0 or now - used > lifetime:
                with contextlib.suppress(OSError):
                    path.unlink()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
