"""Temporary folders that are gone in the end, also if the program that made them is killed.

Each is locked while it is in use. A program that makes one sweeps those that nobody holds.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Self

_PREFIX = "reportbook-"
_LOCK = ".lock"
_TRIES, _PAUSE = 40, 0.05  # seconds in between: two in all


class Scratch:
    """A temporary folder of this process; it is removed by `close`, or at the end of a `with`."""

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        making = self.path / f"{_LOCK}.new"
        self._lock = making.open("w")
        _is_held(self._lock.fileno())
        making.rename(self.path / _LOCK)  # nobody finds it before it is held

    def close(self) -> None:
        """Remove the folder; a process that is just ending may still write into it."""
        for _ in range(_TRIES):
            shutil.rmtree(self.path, ignore_errors=True)
            if not self.path.exists():
                break
            time.sleep(_PAUSE)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def sweep() -> None:
    """Remove the folders of programs that were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            descriptor = os.open(path / _LOCK, os.O_WRONLY | os.O_NOFOLLOW)  # absent: not of ours
            try:
                if not _is_held(descriptor):
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(descriptor)


def _is_held(descriptor: int) -> bool:
    """Whether another process holds a lock; if not, this one does from now on."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock: what may be in use is left alone
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
