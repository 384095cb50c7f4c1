"""Two folders that trade places: in one step where the system can, else in three."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD of Linux: paths are as given
_EXCHANGE = 2  # RENAME_EXCHANGE


def exchange(one: Path, other: Path, between: Path) -> None:
    """Let two folders trade places; nobody ever finds none or half of either.

    Where the system has no such step, `other` is for a moment only at `between`: whoever is
    stopped there finds it by that name.
    """
    if _at_once(one, other):
        return
    other.rename(between)
    try:
        one.rename(other)
    except OSError:
        between.rename(other)
        raise
    between.rename(one)


def _at_once(one: Path, other: Path) -> bool:
    """Linux's ``renameat2``; False where this system or this file system does not have it."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    failed: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return failed == 0
