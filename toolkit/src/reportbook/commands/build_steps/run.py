"""The second step of a build: run the notebooks of the editions, and those of their comparisons."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportbook.cache.run_or_recall import run_or_recall
from reportbook.commands.build_steps.check import ToDo
from reportbook.commands.build_steps.order import Order
from reportbook.commands.progress import Progress, RunPurpose
from reportbook.comparing.steps import Plan, Setting, settings_of, step_tasks
from reportbook.report.editions import Edition
from reportbook.running.cluster.client import run_all_on
from reportbook.running.execution import run_all
from reportbook.running.tasks import Run, Task
from reportbook.site.published import Books


@dataclass(frozen=True)
class Runs:
    """The runs of a build: of each edition by the notebook's address, and by their settings."""

    of_edition: Mapping[str, Mapping[str, Run]]
    of_setting: Mapping[Setting, Run]

    def of_plan(self, plan: Plan | None) -> list[Run]:
        """The runs that a comparison asks for."""
        return [self.of_setting[each] for each in plan.settings] if plan else []


def run(books: Books, order: Order, to_do: ToDo, progress: Progress) -> Runs:
    """Have every notebook run that the books to be made ask for; what is fresh is recalled."""
    project = books.project
    tasks: dict[Path, Task] = {}
    purposes: dict[Path, RunPurpose] = {}
    settings: dict[Setting, Path] = {}
    for edition in to_do.to_run:
        shutil.rmtree(_executed(books, edition), ignore_errors=True)
        setting_of = settings_of(project, edition.parameters)
        for page, setting in zip(project.notebooks, setting_of, strict=True):
            output = _executed(books, edition) / f"{page.address}.ipynb"
            given = edition.given[page.stem]
            tasks[output] = Task(
                page.path, output, given, order.timeout, True, output_limit=order.output_limit
            )
            purposes[output] = RunPurpose(edition.name, page.address)
            settings[setting] = output
    for edition in to_do.to_run:
        plan = to_do.plan(edition.name)
        if plan is None:
            continue
        folder = books.shelf.work_folder(edition.name) / "steps"
        between = step_tasks(project, plan, folder, settings, order.timeout, order.output_limit)
        for setting, task in between.items():
            tasks[task.output], settings[setting] = task, task.output
            step = plan.step_of(setting)
            purposes[task.output] = RunPurpose(edition.name, setting.address, step)
    progress.starts(len(tasks), len(to_do.to_make))
    done = run_or_recall(
        books.memory,
        tasks.values(),
        jobs=order.jobs,
        force=order.force,
        may_run=lambda task: not to_do.only or task.source in to_do.only,
        run_all=partial(run_all_on, order.scheduler, project.root) if order.scheduler else run_all,
        on_start=lambda task: progress.running(purposes[task.output]),
        on_end=lambda run: progress.ran(purposes[run.task.output], run),
    )
    by_output = dict(zip(tasks, done, strict=True))
    of_edition = {
        edition.name: {
            page.address: by_output[_executed(books, edition) / f"{page.address}.ipynb"]
            for page in project.notebooks
        }
        for edition in to_do.to_run
    }
    return Runs(of_edition, {setting: by_output[output] for setting, output in settings.items()})


def _executed(books: Books, edition: Edition) -> Path:
    """The folder of an edition's executed notebooks."""
    return books.shelf.work_folder(edition.name) / "executed"
