"""What a report has: editions, tries, grids, and notebooks with their parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportbook.report.editions import Edition, archived_names, edition_names, load_all, load_grids
from reportbook.report.grids import Grid
from reportbook.report.parameters import Signature
from reportbook.report.project import Project
from reportbook.report.values import read_signatures
from reportbook.results.files import read_tries
from reportbook.results.schema import Results


@dataclass(frozen=True)
class Overview:
    """The editions with a file of their own, latest first; the names of those that are archived;
    the results of the tries by name; the grids; the parameters by stem.
    """

    editions: Sequence[Edition]
    archived: Sequence[str]
    tries: Mapping[str, Results]
    grids: Sequence[Grid]
    signatures: Mapping[str, Signature]


def overview(project: Project) -> Overview:
    """List what a report has.

    Raises
    ------
    ReportError
        If an edition, a grid or the parameters of a notebook are wrong.
    """
    own = edition_names(project)
    editions = [edition for edition in load_all(project) if edition.name in own]
    return Overview(
        editions,
        archived_names(project),
        read_tries(project),
        load_grids(project),
        read_signatures(project),
    )
