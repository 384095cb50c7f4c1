"""From editions to the site: check, run, make, publish."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportbook.cache.runs import Memory
from reportbook.commands.build_steps.order import Order
from reportbook.commands.progress import Outcome, Progress, Summary
from reportbook.files.exchange import tidy
from reportbook.files.lock import alone
from reportbook.files.scratch import sweep
from reportbook.report.editions import edition_names, latest_first
from reportbook.report.project import Project, named_notebooks
from reportbook.report.tries import name_of_try
from reportbook.running.tasks import CELL_OUTPUT, CELL_TIMEOUT
from reportbook.site.published import Books, Published
from reportbook.site.roster import Roster, roster


def build(
    project: Project,
    names: Sequence[str] = (),
    *,
    overrides: Mapping[str, str] | None = None,
    grid: Path | None = None,
    jobs: int = 0,
    timeout: int = CELL_TIMEOUT,
    output_limit: int = CELL_OUTPUT,
    force: bool = False,
    only: Sequence[str] = (),
    scheduler: str = "",
    progress: Progress | None = None,
) -> Summary:
    """Build editions and publish those in which nothing is wrong.

    They are those named; without names all with a file of their own, or all of `grid`.

    Notebooks and books that no change concerns are taken from memory. If an edition fails, what was
    published of it stays, and the others are published. Whatever can be checked without running a
    notebook is checked before the first one runs.

    Parameters
    ----------
    overrides
        Parameters that win over the editions' own, as text: they are typed by the notebooks. With
        any, tries of the editions are made, and the site stays as it is.
    jobs
        Worker processes; 0 means as many as there are cores.
    timeout
        Seconds one cell may take.
    output_limit
        Megabytes of output one cell may write.
    force
        Run and build all anew.
    only
        Notebooks (file or stem) that may be run. An edition in which another one is not fresh is
        not built.
    scheduler
        The address of a Dask cluster to run the notebooks on; nothing: this machine.
    progress
        Is told what is done, and entered as a context only if there is something to do.

    Raises
    ------
    ReportError
        If the project or an edition is wrong, or another build of the project is going on.
    """
    started = time.perf_counter()
    order = Order(
        names, dict(overrides or {}), grid, jobs or os.cpu_count() or 1, timeout, output_limit,
        force, only, scheduler,
    )  # fmt: skip
    named_notebooks(project, only)  # stops at a name that the book does not have
    with alone(project.build):
        tidy(project.site)
        sweep()
        memory = Memory(project.root, project.memory)
        books = Books(project, memory, are_tries=bool(order.overrides))
        on_site = Roster()
        outcomes = None if force or grid else nothing_to_do(books, names, order.overrides)
        if outcomes is None:
            on_site = Roster() if books.are_tries else roster(project)
            with progress or Progress() as shown:
                outcomes = _build(books, order, on_site, shown)
        made = {each.edition.name for each in outcomes if each.is_good}
        kept = [
            name
            for name in books.listed()
            if name not in made and (books.shelf.folder / name).is_dir()
        ]
    seconds = time.perf_counter() - started
    return Summary(
        books.shelf.folder,
        outcomes,
        seconds,
        kept,
        are_tries=books.are_tries,
        gone=on_site.gone,
        lost=on_site.lost,
        without_file=on_site.without_file,
    )


def _build(books: Books, order: Order, on_site: Roster, progress: Progress) -> list[Outcome]:
    # imported only if there is something to do: what these steps import takes a second
    from reportbook.book.formats import writers_of
    from reportbook.commands.build_steps.check import check
    from reportbook.commands.build_steps.make import make
    from reportbook.commands.build_steps.publish import publish
    from reportbook.commands.build_steps.run import run

    to_do = check(books, order)
    with writers_of(books.project) as writers:
        if to_do.to_make:
            for writer in writers:
                writer.start()  # they load what they need while notebooks run
        runs = run(books, order, to_do, progress)
        outcomes = make(books, order, to_do, runs, writers, progress)
    publish(books, to_do, runs, outcomes, on_site)
    return outcomes


def nothing_to_do(
    books: Books, names: Sequence[str], overrides: Mapping[str, str]
) -> list[Outcome] | None:
    """The outcomes of a build if there is nothing to do; None if there is something.

    There is nothing to do if every edition named, or every one if none is named, is published as it
    would be built now, and the front page and the other files of the site are as they were written.
    """
    asked = [
        name_of_try(name, overrides)
        for name in dict.fromkeys(names or edition_names(books.project))
    ]
    if not asked or not books.site_is_intact():
        return None
    is_listed = books.are_tries or books.editions_are_listed()
    if not is_listed and roster(books.project):
        return None
    fresh: dict[str, Published] = {}
    for name in asked:
        found = books.fresh([name], overrides)
        if not found:
            return None
        fresh |= found
    if not is_listed:  # not before: a build that stops leaves everything as it was
        books.remember_site(books.listed())
    books.settle(books.unsettled)
    ordered = latest_first([each.edition for each in fresh.values()])
    return [Outcome.of_published(fresh[each.name]) for each in ordered]
