"""Which files of a project travel to the workers of a cluster.

Of a repository, only what git tracks: secrets and what lies about for the moment are not among it.
A link that leads out of the project is left out everywhere.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reportbook.errors import ReportError

LARGEST = 200_000_000  # bytes; more is better put where the workers can read it themselves
_NOT_SENT = ("__pycache__", "_build", "node_modules")
_SECONDS_OF_GIT = 60
_NAMED = 3  # files in an error


def files_below(folder: Path, *, only_tracked: bool = True) -> Iterator[tuple[str, Path]]:
    """The files of a folder that travel, by their names in it.

    Raises
    ------
    ReportError
        If it lies in a repository of which git names no file there.
    """
    tracked = _tracked(folder) if only_tracked else None
    for name in _all_below(folder) if tracked is None else tracked:
        path = folder / name
        if not any(map(is_left_out, name.split("/"))) and _is_its_own(path, folder):
            yield name, path


def is_left_out(name: str) -> bool:
    """Whether a file or folder of that name never travels."""
    return name.startswith(".") or name in _NOT_SENT


def refuse_too_much(files: Mapping[str, Path]) -> None:
    """Stop where the files would fill the memory of this machine and of the scheduler.

    Raises
    ------
    ReportError
        With the largest files.
    """
    sizes = sorted(((path.stat().st_size, name) for name, path in files.items()), reverse=True)
    whole = sum(size for size, _ in sizes)
    if whole > LARGEST:
        said = ", ".join(f"{name} ({size / 1e6:,.0f} MB)" for size, name in sizes[:_NAMED])
        raise ReportError(
            f"The project's files are {whole / 1e6:,.0f} MB, and a cluster is sent no more than "
            f"{LARGEST / 1e6:,.0f} MB. The largest: {said}. Leave out --scheduler, or have git not "
            "track what no notebook reads."
        )


def _is_its_own(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _all_below(folder: Path) -> Iterable[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(
            each
            for each in folders
            if not is_left_out(each) and not Path(at, each, "pyvenv.cfg").exists()
        )
        for name in sorted(names):
            yield Path(at, name).relative_to(folder).as_posix()


def _tracked(folder: Path) -> list[str] | None:
    """The names of the files that git tracks below a folder; None if it is in no repository."""
    inside = folder.resolve()
    if not any((each / ".git").exists() for each in (inside, *inside.parents)):
        return None
    command = ["git", "-C", str(inside), "ls-files", "-z", "--cached", "--recurse-submodules"]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS_OF_GIT, check=False, encoding="utf-8",
            errors="surrogateescape",
        )  # fmt: skip
        names, said = sorted(filter(None, done.stdout.split("\0"))), done.stderr.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        names, said = [], str(error)
    if not names:
        raise ReportError(
            f"{folder} lies in a git repository, so workers are sent what git tracks, and it names "
            f"no file{f' ({said})' if said else ''}. Add the report's files with 'git add'."
        )
    return names
