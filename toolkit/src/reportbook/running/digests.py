"""Digests of files and folders of a project, each read once for as long as nothing touches it."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from reportbook.running.watch import digest_of, digest_of_names, importable, kind_of

_Found = TypeVar("_Found")
_SETTLED = 100_000_000  # nanoseconds: a file changed this shortly before it was read is read again


class _Read(Generic[_Found]):
    """What a function found at each place, as long as nothing was touched there."""

    def __init__(self, root: Path, function: Callable[[str], _Found]) -> None:
        self._root, self._function = root, function
        self._known: dict[str, tuple[object, int, _Found]] = {}

    def of(self, place: str) -> _Found | None:
        """What there is at a place; None where there is nothing."""
        path = os.path.join(self._root, place)
        try:
            state = os.stat(path)
        except (OSError, ValueError):
            return None
        touched = (state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        known = self._known.get(place)
        if known and known[0] == touched and known[1] - state.st_ctime_ns > _SETTLED:
            return known[2]
        read = time.time_ns()
        found = self._function(path)
        self._known[place] = touched, read, found
        return found


class Digests:
    """Digests by place: a path relative to the project's root, or a full one.

    Within one process, a file or folder is not read again while the system says that it was not
    touched since (size, file number, times of change to the nanosecond). Nothing of that is kept:
    another process reads the bytes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = _Read(root, digest_of)
        self._names = _Read(root, digest_of_names)
        self._importable = _Read(root, importable)

    def path(self, place: str) -> Path:
        """Where a place is on this machine."""
        return self.root / place

    def file(self, place: str) -> str | None:
        """The digest of a file's bytes; None where there is no file."""
        return self._files.of(place)

    def names(self, place: str) -> str | None:
        """The digest of the names in a folder; None where there is none."""
        return self._names.of(place)

    def importable(self, place: str) -> set[str]:
        """The names that an import would find in a folder."""
        return self._importable.of(place) or set()

    def kind(self, place: str) -> str:
        """What is there: ``file``, ``folder`` or ``absent``."""
        return kind_of(self.path(place))

    def tree(
        self, place: str, *, without: Iterable[str] = (), named: Iterable[str] = ()
    ) -> str | None:
        """The digest of every file below a folder, or of the one file at `place`; None if absent.

        What matches a pattern of `without` is left out; of what matches `named` only the name
        counts.
        """
        path = self.path(place)
        if not path.is_dir():
            return self.file(place)
        found = hashlib.sha256()
        for at, folders, files in os.walk(path):
            folders[:] = sorted(each for each in folders if not _matches(each, without))
            inside = os.path.relpath(at, self.root).replace(os.sep, "/")
            for name in sorted(files):
                inner = f"{inside}/{name}"
                if _matches(name, named):
                    found.update(f"{inner}\n".encode("utf-8", "surrogateescape"))
                elif not _matches(name, without):
                    line = f"{inner} {self.file(inner)}\n"
                    found.update(line.encode("utf-8", "surrogateescape"))
        return found.hexdigest()


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, each) for each in patterns)
