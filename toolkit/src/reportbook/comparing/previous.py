"""Which edition each edition of a build is compared with, and what its page of changes shows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportbook.comparing.steps import Plan, Setting, about, compared, plan, states_of
from reportbook.errors import ReportError
from reportbook.report.editions import (
    Edition,
    archived_names,
    latest_first,
    load_all,
    load_editions,
)
from reportbook.report.project import Project
from reportbook.results.files import read_published
from reportbook.running.tasks import Run

Before = Mapping[str, Edition | None]


def editions_before(project: Project, editions: Sequence[Edition]) -> Before | str:
    """The edition before each edition of a build, by name; for a try, the edition that it is of.

    Instead of them a sentence, if a mistake in another edition makes it impossible to say; no entry
    if no page of the book shows changes.
    """
    if not shows_changes(project):
        return {}
    built = {edition.name for edition in editions}
    try:
        if any(edition.try_of for edition in editions):
            own = load_editions(project, [edition.try_of for edition in editions])
            by_name = {each.name: each for each in own}
            return {edition.name: by_name[edition.try_of] for edition in editions}
        known = load_all if any(edition.series for edition in editions) else load_editions
        others = [each for each in known(project) if each.name not in built]
        others += _archived(project)
    except ReportError as error:
        return str(error)
    return {each.name: edition_before(each, [*editions, *others]) for each in editions}


def _archived(project: Project) -> Iterator[Edition]:
    """The archived editions whose parameters today's notebooks still have."""
    for name in archived_names(project):
        with contextlib.suppress(ReportError):
            yield from load_editions(project, [name])


def plans_for(
    project: Project, editions: Sequence[Edition], before: Before | str
) -> dict[str, Plan | str | None]:
    """How each edition of a build is to be compared with the one before it, by name.

    None where there is none before it; a sentence where a mistake makes a comparison impossible. If
    the edition before is built, too, its new runs are compared and not what was published of it.
    """
    if isinstance(before, str):
        return {edition.name: before for edition in editions}
    built = {edition.name for edition in editions}
    plans: dict[str, Plan | str | None] = {}
    for edition in editions:
        old = before.get(edition.name)
        try:
            if old is not None:
                published = None if old.name in built else read_published(project, old.name)
                plans[edition.name] = plan(project, old, edition, published)
            elif edition.name in before:
                plans[edition.name] = None
        except ReportError as error:
            plans[edition.name] = str(error)
    return plans


def shows_changes(project: Project) -> bool:
    """Whether a page of the book has the directive that shows what changed."""
    texts = (page for page in project.pages if not page.is_notebook)
    return any("{changes}" in page.text() for page in texts)


def edition_before(edition: Edition, editions: Sequence[Edition]) -> Edition | None:
    """The newest of `editions` in the same series that knows less.

    That is the one with the next older as-of date; an edition that knows everything comes after
    all that have a date.
    """
    older = [
        each
        for each in editions
        if each.series == edition.series
        and each.as_of is not None
        and (edition.as_of is None or each.as_of < edition.as_of)
    ]
    return latest_first(older)[0] if older else None


def changes(
    project: Project, edition: Edition, made: Plan | str | None, runs: Mapping[Setting, Run]
) -> dict[str, Any]:
    """What is different from the edition before, as ``changes.json`` holds it.

    ``old`` is null for the first edition; ``problem`` says why a comparison could not be made.
    """
    if made is None:
        return {"old": None, "new": about(edition)}
    if isinstance(made, str):
        return {"old": None, "new": about(edition), "problem": made}
    try:
        return compared(project, made, *states_of(project, made, runs))
    except ReportError as error:
        return {"old": about(made.old), "new": about(edition), "problem": str(error)}
