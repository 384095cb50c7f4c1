"""Copies files of a report into the source of a book, and nothing that does not belong there."""

from __future__ import annotations

import fnmatch
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportbook.errors import ReportError

_OF_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta")  # what only the folder of an environment holds


def copy_into(path: Path, root: Path, folder: Path, without: Sequence[str] = ()) -> None:
    """Copy a file, or a folder with all in it, from the report at `root` to its place in `folder`.

    Of a folder, what matches a pattern of `without` stays behind, and so do environments, links
    that lead nowhere and links to a folder above.

    Raises
    ------
    ReportError
        If a link leads out of the report: what lies there was not meant to be published.
    """
    if not path.is_dir():
        _copy_file(path, root, folder, [root])
        return
    for each in _files(path, without):
        _copy_file(each, root, folder, [root, path])  # the folder itself may be a link


def _files(folder: Path, without: Sequence[str]) -> Iterator[Path]:
    """The files in a folder and below it."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch.fnmatchcase(path.name, each) for each in without):
            continue
        if not path.is_dir():
            if path.is_file():
                yield path
        elif not any((path / each).exists() for each in _OF_ENVIRONMENTS) and not _is_above(path):
            yield from _files(path, without)


def _is_above(path: Path) -> bool:
    """Whether a link leads to a folder in which it lies."""
    return path.is_symlink() and path.parent.resolve().is_relative_to(path.resolve())


def _copy_file(path: Path, root: Path, folder: Path, within: Sequence[Path]) -> None:
    real = path.resolve()
    if not any(real.is_relative_to(each.resolve()) for each in within):
        raise ReportError(
            f"{path.relative_to(root).as_posix()} is a link that leads out of the report, and "
            "would be published. Put the file itself there, or remove the link."
        )
    to = folder / path.relative_to(root)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
