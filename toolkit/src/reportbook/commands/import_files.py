"""Files that a researcher has from a producer become a table of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportbook.commands.trial import Trial, trial_of
from reportbook.errors import ReportError
from reportbook.files.lock import alone
from reportbook.report.project import Project
from reportbook.snapshots.producers import Reading, find_producer
from reportbook.snapshots.record import Snapshot
from reportbook.snapshots.taking import Provenance, take


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot, whether it is new, and how its files were read."""

    snapshot: Snapshot
    new: bool
    reading: Reading


def import_files(
    project: Project, files: Sequence[Path], whence: Provenance, *, may_fall: bool = False
) -> Taken:
    """Read files of one producer as a table and keep it as a snapshot.

    Without an address, `whence` gets the files' names.

    Raises
    ------
    ReportError
        If there is no such producer, a file cannot be read, or the table falls (`take`).
    """
    reading = read_files(whence.producer, files)
    names = " ".join(dict.fromkeys(path.name for path in files))
    whence = replace(whence, parameters=whence.parameters or names)
    with alone(project.build / "snapshots", "import or fetch"):
        snapshot, new = take(project, reading, whence, may_fall=may_fall)
    return Taken(snapshot, new, reading)


def try_files(
    project: Project, files: Sequence[Path], whence: Provenance, *, jobs: int = 1
) -> Trial:
    """Say what importing files would change, and take nothing (`trial_of`)."""
    return trial_of(project, read_files(whence.producer, files), whence, jobs=jobs)


def read_files(producer: str, files: Sequence[Path]) -> Reading:
    """Return what a producer's files hold; what is wrong with them is the reader's sentence."""
    found = find_producer(producer)
    try:
        return found.read(files)
    except ValueError as wrong:
        raise ReportError(str(wrong)) from wrong
