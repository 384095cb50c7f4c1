"""The last step of a build: put what was made on the site, and remember what it was made from."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from reportbook.commands.build_steps.check import ToDo
from reportbook.commands.build_steps.run import Runs
from reportbook.commands.progress import Outcome
from reportbook.report.project import Project
from reportbook.site.archive import put_aside, unpack
from reportbook.site.assemble import put_in_place
from reportbook.site.published import Books, Made
from reportbook.site.roster import Roster


def publish(
    books: Books, to_do: ToDo, runs: Runs, outcomes: Sequence[Outcome], on_site: Roster
) -> None:
    """Publish the editions in which nothing is wrong; the others stay as they were published.

    Editions that are gone are put aside and leave the site; archived ones that it lacks are taken
    from where they are kept.

    Where the disk takes no more once the site is in place, nothing is remembered: the next build
    makes again what it could have taken from memory.
    """
    project = books.project
    good = [each for each in outcomes if each.is_good]
    new = [each for each in good if each.edition.name not in to_do.fresh]
    if on_site or (good and (new or not books.site_is_intact())):
        made = {each.edition.name for each in good if each.folders}
        kept = books.untouched(name for name in books.listed() if name not in made)
        for name in on_site.gone:
            put_aside(project.site / name, project.withdrawn)
        listed = put_in_place(
            books.shelf.folder,
            {each.edition.name: each.folders for each in good if each.folders},
            title=_title(books),
            icon=_icon(project),
            language=project.language,
            front=None if books.are_tries else project.settings.front,
            address="" if books.are_tries else project.address,
            taken=[_archived(project, name, place) for name, place in on_site.missing.items()],
            without=on_site.gone,
        )
        with contextlib.suppress(OSError):
            names = [each.name for each in listed]
            books.remember_site(names, is_complete=not (on_site.lost or on_site.without_file))
            books.note_moved(kept)
    with contextlib.suppress(OSError):
        for each in new:
            _remember(books, to_do, runs, each)
        books.settle(to_do.fresh)
    books.memory.store.sweep()


def _remember(books: Books, to_do: ToDo, runs: Runs, outcome: Outcome) -> None:
    name = outcome.edition.name
    if isinstance(to_do.plans.get(name), str):
        return  # its page says what mistake stood in the way of a comparison
    plan = to_do.plan(name)
    books.remember(
        outcome.edition,
        plan.old if plan else None,
        [*runs.of_edition[name].values(), *runs.of_plan(plan)],
        books.shelf.work_folder(name) / "book",
        Made(outcome.pages, outcome.numbers, outcome.charts),
    )


def _archived(project: Project, name: str, place: Path) -> Path:
    """The folder of an archived edition, unpacked where it is in an archive."""
    if place.is_dir():
        return place
    folder = project.published.work_folder(name) / "archived"
    return unpack(place, folder, project.shown(place))


def _title(books: Books) -> str:
    title: str = books.project.config.get("title") or "Report"
    return f"{title}: tries, not published" if books.are_tries else title


def _icon(project: Project) -> Path | None:
    name = (project.config.get("html") or {}).get("favicon")
    return project.root / name if name else None
