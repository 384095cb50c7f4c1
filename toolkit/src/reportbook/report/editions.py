"""Editions: named sets of parameters, checked against what the notebooks declare.

A file in ``editions/`` is one edition, or a grid (see `grids`) that stands for many. Those of a
grid are made when they or their grid are asked for, and left out where everything is. A report
without such files has one edition: the notebooks as they are, under the title of its configuration.

Latest first: an edition that knows everything (no as-of date) comes before those with one, those
with one from the newest to the oldest; between equals, the one named 'latest' is first, then names
decide.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.yaml_lines import read_yaml
from reportbook.report.corrections import read_corrections
from reportbook.report.grids import Grid, Point, is_grid, mistake_in_address, read_grid
from reportbook.report.parameters import Signature
from reportbook.report.project import EDITIONS, Project
from reportbook.report.settings import CONFIG
from reportbook.report.tries import name_of_try
from reportbook.report.values import (
    BY_HAND,
    Given,
    combined,
    read_signatures,
    refuse_other_keys,
    sentence,
    values_by_hand,
    values_of,
    with_defaults,
)

FOLDER = EDITIONS
RECORD = "results.json"  # in a folder with the edition's name: what it was released with
LATEST = "latest"  # the name that says of an edition that no other is newer
_KEYS = ("title", "scope", "series", "archived", "corrections", "parameters", "notebooks")
_ARCHIVED = re.compile(r"^archived[ \t]*:[ \t]*true[ \t]*(#.*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Edition:
    """One published report.

    `given` holds, by notebook stem, the values this edition hands to each notebook; `parameters`
    all values each notebook runs with, defaults included. `scope` says in words what the edition
    covers; it may be empty. Editions of one `series` follow one another in time: those with a file
    of their own name it there, or are of the report's own, which has no name; those of a grid name
    what they have in common. `file` is what says all this, as people call it. `overrides` are what
    was set by hand: an edition that has any is a try of the one named in `try_of`, and has a name
    of its own. `corrections` are those since it was released (see `corrections`), and `released` is
    the digest of the record of that; empty if it was not.
    """

    name: str
    title: str
    as_of: str | None
    given: Mapping[str, Mapping[str, Any]]
    parameters: Mapping[str, Mapping[str, Any]]
    overrides: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    series: str = ""
    file: str = ""
    try_of: str = ""
    corrections: Sequence[Mapping[str, Any]] = ()
    released: str = ""


def load_editions(
    project: Project,
    names: Sequence[str] = (),
    *,
    overrides: Mapping[str, str] | None = None,
    grid: Path | None = None,
) -> list[Edition]:
    """The editions of a project, latest first; those named only, if names are given.

    Without names they are those with a file of their own, or all of `grid`, a grid's file.
    `overrides` are parameters as given on the command line; they win over the files, and make tries
    of the editions.

    Raises
    ------
    ReportError
        For the first mistake in any edition, with file, line, what is accepted and the nearest
        match.
    """
    single, grid_files = _files(project)
    signatures = read_signatures(project, to_be_set=bool(overrides))
    as_of = _parameter_of_date(project, signatures)
    by_hand = overrides or {}
    grids: list[Grid] = []
    if grid is not None:
        if grid.resolve() not in grid_files:
            raise ReportError(_no_grid(project, grid, grid_files))
        grids = _read_grids(project, [grid.resolve()], single, signatures)
    elif not set(names) <= set(single):
        grids = _read_grids(project, grid_files, single, signatures)
    elif not single and not names:
        raise ReportError(
            f"There is no edition with a file of its own. Write {FOLDER}/latest.yml with a line "
            "like 'title: My report', or build a grid with --grid."
        )
    points = {point.name: point for each in grids for point in each.points}
    known = list(points) if grid is not None else [*single, *points]
    for name in names:
        if name not in known:
            there = [*map(repr, single)] if grid is None else []
            there += [f"those of {each.shown}" for each in grids]
            raise ReportError(
                f"There is no edition '{name}'{'' if grid is None else f' in {grids[0].shown}'}. "
                f"There are {', '.join(there)}.{did_you_mean(name, known)}"
            )
    own = [name for name, path in single.items() if not _is_archived(path)]
    chosen = names or (list(points) if grid is not None else own)
    _refuse_varied(by_hand, grids, chosen)
    given_by_hand = values_by_hand(by_hand, signatures)
    return latest_first(
        [
            _edition(
                project,
                points[name] if name in points else _read_point(project, single[name], signatures),
                given_by_hand,
                by_hand,
                signatures,
                as_of,
            )
            for name in dict.fromkeys(chosen)
        ]
    )


def load_all(project: Project) -> list[Edition]:
    """Every edition that is built, also those of grids, latest first."""
    points = [point.name for each in load_grids(project) for point in each.points]
    return load_editions(project, [*edition_names(project), *points])


def load_grids(project: Project) -> list[Grid]:
    """The grids of a project, in the order of their files' names."""
    single, grid_files = _files(project)
    return _read_grids(project, grid_files, single, read_signatures(project))


def edition_names(project: Project) -> list[str]:
    """The names of the editions that have a file of their own; the files are not understood.

    Those that are archived are left out.
    """
    single, _ = _files(project)
    return [name for name, path in single.items() if not _is_archived(path)]


def archived_names(project: Project) -> list[str]:
    """The names of the editions that are archived: they stay as they were published."""
    single, _ = _files(project)
    return [name for name, path in single.items() if _is_archived(path)]


def check_leads(project: Project) -> None:
    """Stop if the series that leads the front page has no edition, as far as that can be said.

    Raises
    ------
    ReportError
        With the line that names it, and the series that there are.
    """
    leads = project.settings.front.leads
    if leads is None:
        return
    try:
        known = list(dict.fromkeys(each.series for each in load_all(project) if each.series))
    except ReportError:  # of another file, and said where that is built
        return
    if leads.name not in known:
        there = f"The series are {listed(known)}." if known else "No edition names a series."
        raise ReportError(
            f"{CONFIG}, line {leads.line}: 'leads' is '{leads.name}', but no edition is of that "
            f"series. {there}{did_you_mean(leads.name, known)}"
        )


def latest_first(editions: Sequence[Edition]) -> list[Edition]:
    """Editions without an as-of date, then the others from the newest to the oldest."""
    by_name = sorted(
        editions, key=lambda edition: (edition.name == LATEST, edition.name), reverse=True
    )
    return sorted(
        by_name, key=lambda edition: (edition.as_of is None, edition.as_of or ""), reverse=True
    )


def _files(project: Project) -> tuple[dict[str, Path], list[Path]]:
    """The files of single editions by name, and those of grids."""
    folder = project.root / FOLDER
    files = sorted((*folder.glob("*.yml"), *folder.glob("*.yaml")))
    if not files:
        return {LATEST: project.root / CONFIG}, []
    seen: dict[str, Path] = {}
    for path in files:
        if mistake := mistake_in_address(path.stem):
            raise ReportError(f"{project.shown(path)}: '{path.stem}' {mistake}.")
        first = seen.setdefault(path.stem.casefold(), path)  # on some systems case is no difference
        if first is not path:
            raise ReportError(f"{FOLDER} has both {first.name} and {path.name}. Keep one.")
    grids = [path for path in files if is_grid(path)]
    return {path.stem: path for path in files if path not in grids}, grids


def _is_archived(path: Path) -> bool:
    if path.name == CONFIG:  # it describes the one edition
        return False
    return bool(_ARCHIVED.search(path.read_text(encoding="utf-8", errors="replace")))


def _refuse_varied(
    overrides: Mapping[str, str], grids: Iterable[Grid], chosen: Sequence[str]
) -> None:
    """Stop at a parameter given by hand that would make several editions of a grid the same."""
    for grid in grids:
        for name in overrides:
            if name in grid.axes and any(point.name in chosen for point in grid.points):
                raise ReportError(
                    f"{BY_HAND} sets '{name}', which {grid.shown} varies. Name the editions that "
                    f"have the value you want; 'reportbook list --grid {grid.shown}' lists them."
                )


def _no_grid(project: Project, grid: Path, there: Sequence[Path]) -> str:
    shown = project.shown(grid.resolve())
    if not there:
        return (
            f"{shown} is no grid of this report. Write {FOLDER}/grid.yml with 'grid:' and below it "
            "lines like 'country: [NO, PE]'."
        )
    names = [project.shown(path) for path in there]
    return (
        f"{shown} is no grid of this report. There are {listed(names)}.{did_you_mean(shown, names)}"
    )


def _read_grids(
    project: Project,
    paths: Iterable[Path],
    single: Mapping[str, Path],
    signatures: Mapping[str, Signature],
) -> list[Grid]:
    """The grids in `paths`; no edition may have a name that another has."""
    as_of = project.settings.as_of.name
    made = [read_grid(path, project.shown(path), signatures, as_of) for path in paths]
    owners = {stem.casefold(): project.shown(path) for stem, path in single.items()}
    for grid in made:
        for point in grid.points:
            owner = owners.setdefault(point.name.casefold(), grid.shown)
            if owner != grid.shown:
                raise ReportError(
                    f"Both {owner} and {grid.shown} make an edition named '{point.name}'. "
                    f"Change 'name' in {grid.shown}, for example by a word before it."
                )
    return made


def _read_point(project: Project, path: Path, signatures: Mapping[str, Signature]) -> Point:
    """The one edition in a file of its own."""
    shown = project.shown(path)
    if shown == CONFIG:
        title = " ".join(str(project.config.get("title") or "").split())
        if not title:
            raise ReportError(f"{CONFIG} has no title. Add a line like 'title: My report'.")
        return Point(LATEST, title, "", {stem: {} for stem in signatures}, "", shown)
    content = read_yaml(path, shown).value
    if not isinstance(content, dict):
        raise ReportError(f"{shown} must hold lines like 'title: My report'.")
    refuse_other_keys(content, _KEYS, "an edition", shown)
    title = sentence(content, "title", shown)
    if not title:
        raise ReportError(f"{shown} has no title. Add a line like 'title: My report'.")
    if "archived" in content and not _is_archived(path):
        raise ReportError(
            f"{shown}, line {content['archived'].line}: 'archived' is either true, for an edition "
            "that stays as it was published, or left out."
        )
    scope, series = (sentence(content, key, shown) for key in ("scope", "series"))
    given = values_of(content, shown, signatures)
    corrections = read_corrections(content, shown)
    return Point(path.stem, title, scope, given, series, shown, corrections)


def _edition(
    project: Project,
    point: Point,
    by_hand: Given,
    overrides: Mapping[str, str],
    signatures: Mapping[str, Signature],
    as_of: str,
) -> Edition:
    given = combined(point.given, by_hand)
    parameters = with_defaults(given, signatures)
    return Edition(
        name_of_try(point.name, overrides),
        point.title,
        _as_of(parameters, as_of),
        given,
        parameters,
        dict(overrides),
        point.scope,
        point.series,
        point.file,
        point.name if overrides else "",
        () if overrides else point.corrections,
        "" if overrides else _digest_of_record(project, point.name),
    )


def _digest_of_record(project: Project, edition: str) -> str:
    path = project.root / FOLDER / edition / RECORD
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _parameter_of_date(project: Project, signatures: Mapping[str, Signature]) -> str:
    """The parameter that says up to which date sources count; one that is configured must be."""
    name, line = project.settings.as_of.name, project.settings.as_of.line
    known = dict.fromkeys(each for signature in signatures.values() for each in signature)
    if line and name not in known:
        raise ReportError(
            f"{CONFIG}, line {line}: 'as_of' is '{name}', but no notebook has such a parameter. "
            f"There are {listed(known)}.{did_you_mean(name, known)}"
        )
    return name


def _as_of(parameters: Mapping[str, Mapping[str, Any]], name: str) -> str | None:
    """The date all notebooks that have the parameter agree on; the latest where they do not."""
    dates = [values[name] for values in parameters.values() if name in values]
    return None if None in dates else max(map(str, dates), default=None)
