"""A lock on a folder, so that only one build of a project, or import, works at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from reportbook.errors import ReportError


@contextlib.contextmanager
def alone(folder: Path, work: str = "build") -> Iterator[None]:
    """Hold the lock of `folder`; it is released at the end, also if the process is killed.

    `work` is what a message calls what holds it.

    Raises
    ------
    ReportError
        If another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        yield
        return
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ReportError(
                f"Another {work} of this report is running. Wait until it has ended."
            ) from error
        yield
