"""Swapping two folders: in one step where the system can do that, else in three."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD of Linux: a relative path starts in the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE


def exchange(one: Path, other: Path, between: Path) -> None:
    """Swap two folders, so that at every moment each is whole.

    Where the system cannot do it in one step, `other` is moved to `between` for a moment. A
    program that is stopped at that moment leaves it there.

    Raises
    ------
    OSError
        If a folder cannot be moved. `other` is then where it was.
    """
    if _in_one_step(one, other):
        return
    other.rename(between)
    try:
        one.rename(other)
    except OSError:
        between.rename(other)
        raise
    between.rename(one)


def _in_one_step(one: Path, other: Path) -> bool:
    """Swap by Linux's ``renameat2``; False where the system or the file system does not have it."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    failed: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return failed == 0
