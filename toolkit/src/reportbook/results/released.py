"""The record of a released edition, and which of its numbers a later build gives otherwise.

The record stands beside the edition's file, in a folder of its name. What a released edition is
expected to say is what its record says, and after a correction what that says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.project import Project
from reportbook.results.files import RESULTS, load_results
from reportbook.results.schema import Results

_SAME = 1e-9  # relative: what computers that add in another order give
_GONE = "not published"

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Moved:
    """A released number that is not as it should be: what it should say, and what it says."""

    name: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.name}: {self.was} → {self.now}"


def record_folder(project: Project, edition: str) -> Path:
    """Where the record of a released edition stands."""
    return project.root / EDITIONS / edition


def read_record(project: Project, edition: str) -> Results | None:
    """The results that an edition was released with; None if it was not released."""
    path = record_folder(project, edition) / RESULTS
    return load_results(path, project.shown(path)) if path.is_file() else None


def released_names(project: Project) -> set[str]:
    """The names of the editions that were released."""
    return {path.parent.name for path in (project.root / EDITIONS).glob(f"*/{RESULTS}")}


def moved_since(
    released: Record, now: Record, corrections: Sequence[Mapping[str, Any]] = ()
) -> list[Moved]:
    """The released numbers that are not as released, or as corrected since.

    What was published for the first time after the release is none of them.

    Parameters
    ----------
    released, now
        Results, as ``results.json`` holds them.
    corrections
        As `report.corrections.read_corrections` gives them.
    """
    found = []
    for name, then in released["numbers"].items():
        is_now = now["numbers"].get(name)
        was, said = _said(then), _said(is_now)
        corrected = [each["what"][name]["is"] for each in corrections if name in each["what"]]
        if corrected:
            if corrected[-1] not in (said, _exactly(is_now)):
                found.append(Moved(name, corrected[-1], said))
        elif said != was:
            found.append(Moved(name, was, said))
        elif is_now and not _same(then, is_now):
            found.append(Moved(name, _exactly(then), _exactly(is_now)))
    return found


def not_of_release(
    released: Record, corrections: Iterable[Mapping[str, Any]]
) -> Iterable[tuple[str, str]]:
    """What corrections say of the release that it does not: each name with what it says."""
    says = {name: _said(record) for name, record in released["numbers"].items()}
    for each in corrections:
        for name, moved in each["what"].items():
            before = says.get(name, _GONE)
            if moved["was"].partition(" [")[0] != before.partition(" [")[0]:
                yield name, before
            says[name] = moved["is"]


def _said(record: Record | None) -> str:
    """A number as readers see it."""
    if record is None:
        return _GONE
    return str((record.get("formats") or {}).get("range") or record["text"])


def _exactly(record: Record | None) -> str:
    """The same with its value to the last digit, for two that readers see alike."""
    return f"{_said(record)} [{record['value']!r}]" if record else _GONE


def _same(one: Record, other: Record) -> bool:
    return one.get("unit") == other.get("unit") and all(
        _equal(one.get(key), other.get(key)) for key in ("value", "low", "high")
    )


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_SAME, abs_tol=0.0)
