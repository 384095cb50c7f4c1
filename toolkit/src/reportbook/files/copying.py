"""Copies of whole folders."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def copy_tree(source: Path, target: Path, copy: Callable[[str, str], object] | None = None) -> None:
    """Copy the files of a folder, into `target` if that is there, each by `copy`.

    Raises
    ------
    OSError
        At the first file that cannot be copied: on a full disk, `shutil.copytree` tries all of
        them, and its error names them all.
    """
    for at, _, names in os.walk(source, followlinks=True):
        to = target / os.path.relpath(at, source)
        to.mkdir(parents=True, exist_ok=True)
        for name in names:
            (copy or shutil.copyfile)(os.path.join(at, name), os.path.join(to, name))
