"""Which editions belong on the site: those with a file, those of grids, those that are archived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportbook.errors import ReportError
from reportbook.report.editions import (
    archived_names,
    edition_names,
    load_grids,
)
from reportbook.report.project import Project
from reportbook.results.files import RESULTS
from reportbook.results.released import released_names
from reportbook.site.archive import archive_of


@dataclass(frozen=True)
class Roster:
    """What has to change on the site besides the editions that are built.

    Attributes
    ----------
    gone
        Editions on the site that no file stands for any more.
    missing
        Archived editions that are not on the site, each with the archive or the published folder
        it can be taken from.
    lost
        Archived editions that are nowhere.
    without_file
        Released editions whose file is gone. What is released does not leave the site by that.
    """

    gone: Sequence[str] = ()
    missing: Mapping[str, Path] = field(default_factory=dict)
    lost: Sequence[str] = ()
    without_file: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to change."""
        return bool(self.gone or self.missing or self.lost or self.without_file)


def roster(project: Project) -> Roster:
    """Compare the editions of the project with those on its site.

    An edition of a grid counts as gone only if every grid can be read.
    """
    there = _published(project.site)
    archived = archived_names(project)
    without_file = released_names(project) - {*edition_names(project), *archived}
    left = there - {*edition_names(project), *archived, *without_file}
    if left:
        try:
            left -= {point.name for grid in load_grids(project) for point in grid.points}
        except ReportError:
            left = set()
    found = {name: _places(project, name) for name in archived if name not in there}
    return Roster(
        sorted(left),
        {name: places[0] for name, places in found.items() if places},
        [name for name, places in found.items() if not places],
        sorted(without_file),
    )


def _places(project: Project, name: str) -> list[Path]:
    archive, aside = archive_of(project, name), project.withdrawn / name
    return [path for path in (archive, aside) if path.is_file() or (path / RESULTS).is_file()]


def _published(site: Path) -> set[str]:
    return {path.parent.name for path in site.glob(f"*/{RESULTS}")}
