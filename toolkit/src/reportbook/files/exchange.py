"""Swapping two folders: in one step where the system can do that, else in three."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD of Linux: a relative path starts in the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE


def beside(folder: Path) -> tuple[Path, Path]:
    """Where a folder's successor is made, and where the folder waits where a swap takes steps."""
    return folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")


def tidy(folder: Path) -> None:
    """Make good what a program left that was cut off while it replaced a folder."""
    new, old = beside(folder)
    if old.exists() and not folder.exists():  # while they swapped
        old.rename(folder)
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


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
