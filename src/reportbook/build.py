"""From editions to the site: run, collect, stage, build, check, publish."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from reportbook.book import Bindery
from reportbook.chart_files import FOLDER as DOWNLOADS
from reportbook.checks import check_book, check_sources
from reportbook.comparison import Plan, Setting, settings_of, step_tasks
from reportbook.data_rows import DATA, row_keys
from reportbook.editions import Edition, load_editions
from reportbook.errors import ReportError
from reportbook.execution import CELL_TIMEOUT, Run, Task, run_all
from reportbook.front import Front, check_front, read_front
from reportbook.project import Project
from reportbook.prose_checks import check_quoted, check_typed
from reportbook.records import read_results
from reportbook.since_last import changes, plans_for
from reportbook.site import put_in_place
from reportbook.staging import stage, write_changes, write_results


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: the problems that stopped it, or what was made."""

    edition: Edition
    problems: Sequence[str] = ()
    pages: int = 0
    numbers: int = 0
    charts: int = 0
    folder: Path | None = None


@dataclass(frozen=True)
class Summary:
    """What a build made, and where."""

    site: Path
    outcomes: Sequence[Outcome]
    seconds: float
    kept: Sequence[str] = field(default_factory=tuple)  # published earlier and left as they are

    @property
    def failed(self) -> bool:
        return any(outcome.problems for outcome in self.outcomes)


class Progress:
    """What a build says while it works; this one keeps silent."""

    def starts(self, runs: int, books: int) -> None: ...

    def running(self, edition: str, notebook: str) -> None: ...

    def ran(self, edition: str, notebook: str, run: Run) -> None: ...

    def building(self, edition: str) -> None: ...

    def built(self, outcome: Outcome, seconds: float) -> None: ...


def build(
    project: Project,
    names: Sequence[str] = (),
    *,
    overrides: Mapping[str, str] | None = None,
    grid: Path | None = None,
    jobs: int = 0,
    timeout: int = CELL_TIMEOUT,
    progress: Progress | None = None,
) -> Summary:
    """Build editions and publish those in which nothing is wrong.

    They are those named; without names all with a file of their own, or all of `grid`.

    An edition that fails replaces nothing that was published; the others are published all the
    same. Everything that can be checked beforehand is checked before the first notebook runs.

    Parameters
    ----------
    overrides
        Parameters that win over the editions' own, as text: they are typed by the notebooks.
    jobs
        Worker processes; 0 means as many as there are cores.
    timeout
        Seconds one cell may take.

    Raises
    ------
    ReportError
        If the project or an edition is wrong, or another build of the project is going on.
    """
    started = time.perf_counter()
    editions = load_editions(project, names, overrides=overrides, grid=grid)
    front, address = read_front(project), project.address
    typed = check_typed(project)
    if typed:
        raise ReportError("\n".join(typed))
    progress = progress or Progress()
    jobs = jobs or os.cpu_count() or 1
    with _alone(project.build), Bindery(project.root, project.config) as bindery:
        folders = {each.name: project.build / "editions" / each.name for each in editions}
        plans = plans_for(project, editions)
        ran = _run(project, editions, plans, folders, jobs, timeout, progress, bindery)

        def make(edition: Edition) -> Outcome:
            began = time.perf_counter()
            folder = folders[edition.name]
            outcome = _make(project, front, edition, ran, plans, folder, progress, bindery)
            progress.built(outcome, time.perf_counter() - began)
            return outcome

        with ThreadPoolExecutor(max(1, min(jobs, len(editions)))) as pool:
            outcomes = list(pool.map(make, editions))
        made = {each.edition.name: each.folder for each in outcomes if each.folder}
        kept: list[str] = []
        if made:
            listed = put_in_place(
                project.site,
                made,
                title=project.config.get("title") or "Report",
                icon=_icon(project),
                language=project.language,
                front=front,
                address=address,
            )
            kept = [each.name for each in listed if each.name not in made]
    return Summary(project.site, outcomes, time.perf_counter() - started, kept)


@dataclass
class _Ran:
    """The runs of a build: by edition name and the notebook's address, and by their settings."""

    of_edition: dict[str, dict[str, Run]] = field(default_factory=dict)
    of_setting: dict[Setting, Run] = field(default_factory=dict)


def _run(
    project: Project,
    editions: Sequence[Edition],
    plans: Mapping[str, Plan | str | None],
    folders: Mapping[str, Path],
    jobs: int,
    timeout: int,
    progress: Progress,
    bindery: Bindery,
) -> _Ran:
    """Run every notebook of every edition, and what lies between the editions compared."""
    tasks: dict[Path, Task] = {}
    called: dict[Path, tuple[str, str]] = {}
    settings: dict[Setting, Path] = {}
    for edition in editions:
        executed = folders[edition.name] / "executed"
        shutil.rmtree(executed, ignore_errors=True)
        setting_of = settings_of(project, edition.parameters)
        for page, setting in zip(project.notebooks, setting_of, strict=True):
            output = executed / f"{page.address}.ipynb"
            given = edition.given[page.stem]
            tasks[output] = Task(page.path, output, given, timeout, pictures=True)
            called[output] = edition.name, page.address
            settings[setting] = output
    for name, made in plans.items():
        if isinstance(made, Plan):
            between = step_tasks(project, made, folders[name] / "steps", settings, timeout)
            for setting, task in between.items():
                tasks[task.output], settings[setting] = task, task.output
                called[task.output] = name, f"{setting.address}, step {made.step_of(setting)}"
    progress.starts(len(tasks), len(editions))
    bindery.start()  # it imports while notebooks run
    runs = run_all(
        tasks.values(),
        jobs=jobs,
        on_start=lambda task: progress.running(*called[task.output]),
        on_end=lambda run: progress.ran(*called[run.task.output], run),
    )
    by_output = dict(zip(tasks, runs, strict=True))
    ran = _Ran(of_setting={setting: by_output[output] for setting, output in settings.items()})
    for edition in editions:
        executed = folders[edition.name] / "executed"
        ran.of_edition[edition.name] = {
            page.address: by_output[executed / f"{page.address}.ipynb"]
            for page in project.notebooks
        }
    return ran


def _make(
    project: Project,
    front: Front,
    edition: Edition,
    ran: _Ran,
    plans: Mapping[str, Plan | str | None],
    folder: Path,
    progress: Progress,
    bindery: Bindery,
) -> Outcome:
    """One edition's book from its runs, checked; nothing is published yet."""
    runs = ran.of_edition[edition.name]
    failures = [
        f"{project.shown(run.task.source)}, {str(run.failure).rstrip('.')}. "
        f"How far it came: {project.shown(run.task.output)}"
        for run in runs.values()
        if run.failure
    ]
    if failures:
        return Outcome(edition, failures)
    progress.building(edition.name)
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
        results["rows"] = row_keys(project.root / DATA)
        problems = [*check_front(front, results), *check_quoted(project, results)]
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
    html, problems = bindery.build(folder / "book", folder)
    if not problems:
        write_results(results, html)
        if found is not None:
            write_changes(found, html)
        if (folder / "book" / DOWNLOADS).is_dir():
            shutil.copytree(folder / "book" / DOWNLOADS, html / DOWNLOADS)
        problems = check_book(html, project.pages, results)
    if problems:
        return Outcome(edition, problems)
    return Outcome(
        edition,
        pages=len(project.pages),
        numbers=len(results["numbers"]),
        charts=len(results["charts"]),
        folder=html,
    )


def _icon(project: Project) -> Path | None:
    name = (project.config.get("html") or {}).get("favicon")
    return project.root / name if name else None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One build of a project at a time; the lock goes with the process that holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        yield
        return
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ReportError(
                "Another build of this report is going on. Wait until it has ended."
            ) from error
        yield
