"""The third step of a build: each edition's book, from its runs, checked. Nothing is published."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from reportbook.book.staging import stage
from reportbook.book.taken_along import beside_pages
from reportbook.book.writer import StagedBook, Writer
from reportbook.cache.run_or_recall import NotRun
from reportbook.checking.outputs import check_outputs
from reportbook.checking.prose import check_quoted, check_whens
from reportbook.checking.released import check_released
from reportbook.checking.sources import check_sources, published_sources
from reportbook.commands.build_steps.check import ToDo
from reportbook.commands.build_steps.order import Order
from reportbook.commands.build_steps.run import Runs
from reportbook.commands.progress import Outcome, Progress
from reportbook.comparing.data_rows import row_keys
from reportbook.comparing.previous import changes
from reportbook.errors import ReportError, fault_of_program
from reportbook.report.editions import Edition, archived_names, edition_names
from reportbook.report.settings import check_front
from reportbook.results.files import write_changes
from reportbook.results.records import read_results
from reportbook.results.schema import Results
from reportbook.running.tasks import Run
from reportbook.site.published import Books


def make(
    books: Books,
    order: Order,
    to_do: ToDo,
    runs: Runs,
    writers: Sequence[Writer],
    progress: Progress,
) -> list[Outcome]:
    """Make the books that are not fresh; the outcomes are in the order of the editions."""
    maker = _Maker(books, order, to_do, runs, writers, progress)
    with ThreadPoolExecutor(max(1, min(order.jobs, len(to_do.editions)))) as pool:
        try:
            return list(pool.map(maker.outcome, to_do.editions))
        except BaseException:
            for writer in writers:  # or the pool would wait until they have written their books
                writer.close()
            raise


class _Maker:
    """Makes the books of one build; several threads may ask it at a time."""

    def __init__(
        self,
        books: Books,
        order: Order,
        to_do: ToDo,
        runs: Runs,
        writers: Sequence[Writer],
        progress: Progress,
    ) -> None:
        self._project, self._books, self._order = books.project, books, order
        self._to_do, self._runs, self._writers = to_do, runs, writers
        self._progress = progress

    def outcome(self, edition: Edition) -> Outcome:
        """Make one book, unless it is fresh, and say what became of it."""
        published = self._to_do.fresh.get(edition.name)
        if published is not None:
            return Outcome.of_published(published)
        began = time.perf_counter()
        try:
            outcome = self._make(edition)
        except OSError as error:  # a full disk, perhaps: the others may still be made
            what = error.strerror or error  # some have words of their own
            outcome = Outcome(edition, [f"{error.filename or 'its book'}: {what}."])
        except Exception as error:  # a fault of the program: the others may still be made
            outcome = Outcome(edition, [fault_of_program(error)])
        self._progress.built(outcome, time.perf_counter() - began)
        return outcome

    def _make(self, edition: Edition) -> Outcome:
        waiting = self._waiting(edition)
        if waiting:
            return Outcome(edition, waiting=waiting)
        failures = self._failures(edition)
        if failures:
            return Outcome(edition, failures)
        self._progress.building(edition.name)
        try:
            results = self._results(edition)
            problems = self._problems(edition, results)
            if problems:
                return Outcome(edition, problems)
            book = self._staged(edition, results)
        except ReportError as error:
            return Outcome(edition, [str(error)])
        made = Outcome(
            edition,
            pages=len(self._project.pages),
            numbers=len(results["numbers"]),
            charts=len(results["charts"]),
        )
        return self._written(book, made)

    @cached_property
    def _beside(self) -> list[Path]:
        """The files that every edition's book needs beside its pages."""
        return [*beside_pages(self._project)]

    @cached_property
    def _keys(self) -> set[str]:
        """Of every source and figure in the report's data, whatever an edition knows of them."""
        return set(chain.from_iterable(row_keys(self._project.data).values()))

    def _waiting(self, edition: Edition) -> list[str]:
        """The notebooks that are not fresh and were not allowed to run, each with the reason."""
        between = self._runs.of_plan(self._to_do.plan(edition.name))
        found = [
            f"{self._project.shown(run.task.source)}: {run.failure.message}"
            for run in (*self._runs.of_edition[edition.name].values(), *between)
            if isinstance(run.failure, NotRun)
        ]
        return list(dict.fromkeys(found))

    def _failures(self, edition: Edition) -> list[str]:
        """The notebooks that failed, each with the place, the error and what it had written."""
        shown = self._project.shown
        execute = self._project.config.get("execute") or {}
        meant = "If the error is meant to be shown, tag its cell 'raises-exception'."
        meant = meant if execute.get("allow_errors") else ""  # which asks for that on every page
        return [
            said_of_failure(run, shown, meant)
            for run in self._runs.of_edition[edition.name].values()
            if run.failure
        ]

    def _results(self, edition: Edition) -> Results:
        results = read_results(
            _outputs(self._runs.of_edition[edition.name]),
            edition=edition.name,
            title=edition.title,
            as_of=edition.as_of,
            language=self._project.language,
            parameters=edition.parameters,
            overrides=edition.overrides,
            scope=edition.scope,
            series=edition.series,
            try_of=edition.try_of,
            corrections=edition.corrections,
        )
        results["rows"] = row_keys(self._project.data, edition.as_of)
        return results

    def _problems(self, edition: Edition, results: Results) -> list[str]:
        """What prose, front page and data ask of the results and do not find there."""
        project = self._project
        executed = _outputs(self._runs.of_edition[edition.name])
        problems = [
            *check_outputs({page: executed[page.address] for page in project.notebooks}),
            *check_front(project.settings.front, results),
            *check_whens(project, results, self._keys),
            *check_quoted(project, results),
            *check_released(project, edition, results),
        ]
        if not any(edition.given.values()):  # other parameters may leave sources out
            names = [*edition_names(project), *archived_names(project)]
            others = [name for name in names if name != edition.name]
            used = set(results["sources"])
            problems += check_sources(project, used, others, self._sources_of)
        return problems

    def _sources_of(self, name: str) -> set[str] | None:
        """The sources of an edition as it was run now, else as it is published; None if neither."""
        runs = self._runs.of_edition.get(name)
        if runs is None:
            return published_sources(self._project, name)
        if any(run.failure for run in runs.values()):
            return None
        language = self._project.language
        return set(read_results(_outputs(runs), edition=name, language=language)["sources"])

    def _staged(self, edition: Edition, results: Results) -> StagedBook:
        project, plans = self._project, self._to_do.plans
        output = self._books.shelf.work_folder(edition.name)
        source = output / "book"
        executed = _outputs(self._runs.of_edition[edition.name])
        stage(project, edition, executed, results, source, beside=self._beside)
        found: Mapping[str, Any] | None = None
        if edition.name in plans:
            found = changes(project, edition, plans[edition.name], self._runs.of_setting)
            write_changes(found, source)
        return StagedBook(project, edition, source, results, found, output)

    def _written(self, book: StagedBook, made: Outcome) -> Outcome:
        """Have every format written, unless that was done of the same staged book before."""
        name = book.edition.name
        if not self._order.force:
            if self._books.same_book(name, book.source):
                return replace(made, fresh=True)
            if folders := self._books.written(name, book.source):
                return replace(made, folders=folders)
        written = [writer.write(book) for writer in self._writers]
        problems = [problem for each in written for problem in each.problems]
        if problems:
            return Outcome(book.edition, problems)
        folders = [each.folder for each in written]
        with contextlib.suppress(OSError):
            self._books.remember_written(name, book.source, folders)
        return replace(made, folders=folders)


def _outputs(runs: Mapping[str, Run]) -> dict[str, Path]:
    """The executed notebooks by address."""
    return {address: run.task.output for address, run in runs.items()}


def said_of_failure(run: Run, shown: Callable[[Path], str], meant: str = "") -> str:
    """Where and why a run failed, what `meant` adds, and what it wrote, if it got so far."""
    said = [f"{shown(run.task.source)}, {str(run.failure).rstrip('.')}."]
    if meant:
        said.append(meant)
    if run.task.output.exists():
        said.append(f"What it wrote until then: {shown(run.task.output)}")
    return " ".join(said)
