"""What tables of producers a report has: how old, from where, and whether they are whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportbook.files.dates import age, last_day
from reportbook.report.project import Project
from reportbook.snapshots.record import Snapshot, read_snapshots


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot on record.

    Attributes
    ----------
    snapshot : Snapshot
    age : str
        How long ago it was published: ``5 months``; ``""`` on the day itself.
    used : bool
        Whether the newest edition uses rows of it: nothing newer stands in its place.
    fault : str
        What is wrong with its file; ``""`` if it is the one that was taken.
    """

    snapshot: Snapshot
    age: str
    used: bool
    fault: str


def sources(project: Project, today: date | None = None) -> Sequence[Kept]:
    """Return the snapshots on record by table, the newest first.

    Raises
    ------
    ReportError
        If the record is none.
    """
    day = (today or date.today()).isoformat()
    kept: list[Kept] = []
    by_table: dict[str, list[Snapshot]] = {}
    for snapshot in read_snapshots(project):
        by_table.setdefault(snapshot.table, []).append(snapshot)
    for snapshots in by_table.values():
        used = True
        for each in sorted(snapshots, key=_known, reverse=True):
            old = age(each.published, day, project.language)
            kept.append(Kept(each, old, used, _fault(project, each)))
            used = used and each.extends
    return kept


def _known(snapshot: Snapshot) -> date:
    return last_day(snapshot.published) or date.max


def _fault(project: Project, snapshot: Snapshot) -> str:
    path = project.data / snapshot.file
    if not path.is_file():
        return f"{project.shown(path)} is missing"
    if hashlib.sha256(path.read_bytes()).hexdigest() != snapshot.sha256:
        return f"{project.shown(path)} is not the file that was taken: its checksum is another"
    return ""
