"""From editions to the site: run, collect, stage, build, check, publish."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from reportbook.book.downloads import FOLDER as DOWNLOADS
from reportbook.book.html import Bindery
from reportbook.book.staging import stage
from reportbook.cache.run_or_recall import NotRun, run_or_recall
from reportbook.cache.runs import Memory
from reportbook.checking.data import check_sources
from reportbook.checking.pages import check_book
from reportbook.checking.prose import check_quoted, check_typed
from reportbook.commands.progress import Outcome, Progress, RunPurpose, Summary
from reportbook.commands.unchanged import as_published, summary
from reportbook.comparing.data_rows import row_keys
from reportbook.comparing.previous import Before, changes, editions_before, plans_for
from reportbook.comparing.steps import Plan, Setting, settings_of, step_tasks
from reportbook.errors import ReportError
from reportbook.files.lock import alone
from reportbook.report.editions import Edition, load_editions
from reportbook.report.project import Project, named_notebooks
from reportbook.report.settings import check_front
from reportbook.results.files import write_changes, write_results
from reportbook.results.records import read_results
from reportbook.running.cluster.client import run_all_on
from reportbook.running.execution import run_all
from reportbook.running.tasks import CELL_TIMEOUT, Run, Task
from reportbook.site.assemble import put_in_place
from reportbook.site.moved_pages import write_renamed
from reportbook.site.published import Books, Made, Published


def build(
    project: Project,
    names: Sequence[str] = (),
    *,
    overrides: Mapping[str, str] | None = None,
    grid: Path | None = None,
    jobs: int = 0,
    timeout: int = CELL_TIMEOUT,
    force: bool = False,
    only: Sequence[str] = (),
    scheduler: str = "",
    progress: Progress | None = None,
) -> Summary:
    """Build editions and publish those in which nothing is wrong.

    They are those named; without names all with a file of their own, or all of `grid`.

    What a change does not concern is neither run nor built again. An edition that fails replaces
    nothing that was published; the others are published all the same. Everything that can be
    checked beforehand is checked before the first notebook runs.

    Parameters
    ----------
    overrides
        Parameters that win over the editions' own, as text: they are typed by the notebooks.
    jobs
        Worker processes; 0 means as many as there are cores.
    timeout
        Seconds one cell may take.
    force
        Run and build all anew.
    only
        Notebooks (file or stem) that may be run. An edition in which another one is not fresh is
        not built.
    scheduler
        The address of a Dask cluster to run the notebooks on; nothing: this machine.

    Raises
    ------
    ReportError
        If the project or an edition is wrong, or another build of the project is going on.
    """
    started = time.perf_counter()
    overrides = dict(overrides or {})
    memory = Memory(project.root, project.memory)
    books = Books(project, memory)
    books.begin()
    editions = load_editions(project, names, overrides=overrides, grid=grid)
    stems = {page.stem for page in named_notebooks(project, only)}
    front, address = project.settings.front, project.address
    typed = check_typed(project)
    if typed:
        raise ReportError("\n".join(typed))
    progress = progress or Progress()
    jobs = jobs or os.cpu_count() or 1
    with (
        alone(project.build),
        Bindery(project.root, project.config, project.build / "templates") as bindery,
    ):
        before = editions_before(project, editions)
        fresh = {} if force else _fresh(books, editions, before, overrides)
        plans = plans_for(project, editions, before)
        work = _Work(
            project, memory, books, bindery, plans, jobs, timeout, force, stems, progress,
            partial(run_all_on, scheduler, project.root) if scheduler else run_all,
        )  # fmt: skip
        needed = [each for each in editions if each.name not in fresh]
        if needed:
            bindery.start()  # it imports while notebooks run and books are staged
        compared = {old.name for each in needed if (old := _old(plans, each))}
        run_for = [each for each in editions if each in needed or each.name in compared]
        ran = _run(work, run_for, books=len(needed))

        def make(edition: Edition) -> Outcome:
            if edition.name in fresh:
                return as_published(fresh[edition.name])
            began = time.perf_counter()
            try:
                outcome = _make(work, edition, ran)
            except OSError as error:  # a full disk, perhaps: the others may still be made
                outcome = Outcome(edition, [f"{error.filename or 'its book'}: {error.strerror}."])
            progress.built(outcome, time.perf_counter() - began)
            return outcome

        with ThreadPoolExecutor(max(1, min(jobs, len(editions)))) as pool:
            try:
                outcomes = list(pool.map(make, editions))
            except BaseException:
                bindery.close()  # or the pool would wait for the books that are being built
                raise
        good = [each for each in outcomes if not each.problems and not each.waiting]
        moved = any(each.edition.name not in fresh for each in good)
        if good and (moved or not books.site_is_intact()):
            listed = put_in_place(
                project.site,
                {each.edition.name: each.folders[0] for each in good if each.folders},
                title=project.config.get("title") or "Report",
                icon=_icon(project),
                language=project.language,
                front=front,
                address=address,
            )
            with contextlib.suppress(OSError):
                books.remember_site([each.name for each in listed])
        with contextlib.suppress(OSError):  # a disk that takes no more: nothing is remembered
            for each in good:
                if each.edition.name not in fresh:
                    _remember(work, each, ran)
            books.settle(fresh)
        memory.store.sweep()
    return summary(books, outcomes, started)


@dataclass(frozen=True)
class _Work:
    """What every part of one build is done with."""

    project: Project
    memory: Memory
    books: Books
    bindery: Bindery
    plans: Mapping[str, Plan | str | None]
    jobs: int
    timeout: int
    force: bool
    only: Collection[str]
    progress: Progress
    run_all: Callable[..., list[Run]]

    def folder(self, edition: Edition) -> Path:
        return self.project.build / "editions" / edition.name


def _fresh(
    books: Books,
    editions: Sequence[Edition],
    before: Before | str,
    overrides: Mapping[str, str],
) -> dict[str, Published]:
    loaded = None
    if not isinstance(before, str):
        loaded = {each.name: (each, before.get(each.name)) for each in editions}
    return books.fresh([each.name for each in editions], overrides, loaded)


def _old(plans: Mapping[str, Plan | str | None], edition: Edition) -> Edition | None:
    """The edition that one is compared with."""
    made = plans.get(edition.name)
    return made.old if isinstance(made, Plan) else None


def _remember(work: _Work, outcome: Outcome, ran: _Ran) -> None:
    edition = outcome.edition
    made = work.plans.get(edition.name)
    if isinstance(made, str):
        return  # its page says what mistake stood in the way of a comparison
    runs = list(ran.of_edition[edition.name].values())
    runs += [ran.of_setting[each] for each in made.settings] if made else []
    work.books.remember(
        edition,
        _old(work.plans, edition),
        runs,
        work.folder(edition) / "book",
        Made(outcome.pages, outcome.numbers, outcome.charts),
    )


@dataclass
class _Ran:
    """The runs of a build: by edition name and the notebook's address, and by their settings."""

    of_edition: dict[str, dict[str, Run]] = field(default_factory=dict)
    of_setting: dict[Setting, Run] = field(default_factory=dict)


def _run(work: _Work, editions: Sequence[Edition], *, books: int) -> _Ran:
    """Have every notebook of every edition run, and what lies between the editions compared."""
    project, progress = work.project, work.progress
    tasks: dict[Path, Task] = {}
    purposes: dict[Path, RunPurpose] = {}
    settings: dict[Setting, Path] = {}
    for edition in editions:
        executed = work.folder(edition) / "executed"
        shutil.rmtree(executed, ignore_errors=True)
        setting_of = settings_of(project, edition.parameters)
        for page, setting in zip(project.notebooks, setting_of, strict=True):
            output = executed / f"{page.address}.ipynb"
            given = edition.given[page.stem]
            tasks[output] = Task(page.path, output, given, work.timeout, pictures=True)
            purposes[output] = RunPurpose(edition.name, page.address)
            settings[setting] = output
    for edition in editions:
        name, made = edition.name, work.plans.get(edition.name)
        if isinstance(made, Plan):
            steps = work.folder(edition) / "steps"
            between = step_tasks(project, made, steps, settings, work.timeout)
            for setting, task in between.items():
                tasks[task.output], settings[setting] = task, task.output
                step = made.step_of(setting)
                purposes[task.output] = RunPurpose(name, setting.address, step)
    progress.starts(len(tasks), books)

    runs = run_or_recall(
        work.memory,
        tasks.values(),
        jobs=work.jobs,
        force=work.force,
        may_run=lambda task: not work.only or task.source.stem in work.only,
        run_all=work.run_all,
        on_start=lambda task: progress.running(purposes[task.output]),
        on_end=lambda run: progress.ran(purposes[run.task.output], run),
    )
    by_output = dict(zip(tasks, runs, strict=True))
    ran = _Ran(of_setting={setting: by_output[output] for setting, output in settings.items()})
    for edition in editions:
        executed = work.folder(edition) / "executed"
        ran.of_edition[edition.name] = {
            page.address: by_output[executed / f"{page.address}.ipynb"]
            for page in project.notebooks
        }
    return ran


def _make(work: _Work, edition: Edition, ran: _Ran) -> Outcome:
    """One edition's book from its runs, checked; nothing is published yet."""
    project, plans, folder = work.project, work.plans, work.folder(edition)
    runs = ran.of_edition[edition.name]
    made = plans.get(edition.name)
    between = [ran.of_setting[each] for each in made.settings] if isinstance(made, Plan) else []
    waiting = [
        f"{project.shown(run.task.source)}: {run.failure.message}"
        for run in (*runs.values(), *between)
        if isinstance(run.failure, NotRun)
    ]
    if waiting:
        return Outcome(edition, waiting=list(dict.fromkeys(waiting)))
    failures = [
        f"{project.shown(run.task.source)}, {str(run.failure).rstrip('.')}. "
        f"How far it came: {project.shown(run.task.output)}"
        for run in runs.values()
        if run.failure
    ]
    if failures:
        return Outcome(edition, failures)
    work.progress.building(edition.name)
    executed = {address: run.task.output for address, run in runs.items()}
    try:
        results = read_results(
            executed,
            edition=edition.name,
            title=edition.title,
            as_of=edition.as_of,
            language=project.language,
            parameters=edition.parameters,
            overrides=edition.overrides,
            scope=edition.scope,
            series=edition.series,
        )
        results["rows"] = row_keys(project.data)
        problems = [*check_front(project.settings.front, results), *check_quoted(project, results)]
        if not any(edition.given.values()):  # other parameters may leave sources out
            problems += check_sources(project, results)
        if problems:
            return Outcome(edition, problems)
        stage(project, edition, executed, results, folder / "book")
        found = None
        if edition.name in plans:
            found = changes(project, edition, plans[edition.name], ran.of_setting)
            write_changes(found, folder / "book")
    except ReportError as error:
        return Outcome(edition, [str(error)])
    counts = Outcome(
        edition,
        pages=len(project.pages),
        numbers=len(results["numbers"]),
        charts=len(results["charts"]),
    )
    staged = folder / "book"
    if not work.force:
        if work.books.same_book(edition.name, staged):
            return replace(counts, fresh=True)
        if html := work.books.built(edition.name, staged):
            return replace(counts, folders=(html,))
    html, problems = work.bindery.build(staged, folder)
    if not problems:
        write_results(results, html)
        if found is not None:
            write_changes(found, html)
        if (folder / "book" / DOWNLOADS).is_dir():
            shutil.copytree(folder / "book" / DOWNLOADS, html / DOWNLOADS)
        base = f"{project.address}{edition.name}/" if project.address else ""
        write_renamed(project.settings.renamed, html, base=base, language=project.language)
        problems = check_book(html, project.pages, results)
    if problems:
        return Outcome(edition, problems)
    with contextlib.suppress(OSError):
        work.books.remember_built(edition.name, staged, html)
    return replace(counts, folders=(html,))


def _icon(project: Project) -> Path | None:
    name = (project.config.get("html") or {}).get("favicon")
    return project.root / name if name else None
