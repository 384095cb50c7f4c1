"""The runs that a comparison of two editions needs, and the states that come of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportbook.comparing.causes import CODE, KNOWLEDGE, PARAMETER, REVISED, Cause, State, compare
from reportbook.comparing.copies import copy_without_data
from reportbook.comparing.data_rows import copy_as_recorded, revisions
from reportbook.comparing.wording import headlines
from reportbook.errors import ReportError
from reportbook.files.notebooks import read_plain
from reportbook.report.editions import Edition
from reportbook.report.project import Project
from reportbook.report.prose import on_cards
from reportbook.results.records import Published, collect, read_records
from reportbook.running.tasks import CELL_OUTPUT, CELL_TIMEOUT, Run, Task

_COPY = "as-recorded"  # the project's pages and data, with the rows as the old edition had them


@dataclass(frozen=True)
class Setting:
    """A notebook with every parameter it runs with; two runs of one setting are the same run.

    `values` is JSON. `recorded` means with the data rows that the old edition recorded.
    """

    address: str
    values: str
    recorded: bool = False


@dataclass(frozen=True)
class Step:
    """One step of a comparison: what it changes, and the setting of each notebook after it."""

    cause: Cause | None
    settings: Sequence[Setting]

    @property
    def name(self) -> str:
        """The parameter or the kind of cause; empty for the first step if it changes nothing."""
        return (self.cause.parameter or self.cause.kind) if self.cause else ""


@dataclass(frozen=True)
class Plan:
    """How two editions are compared, step by step.

    `published` are the results that the old edition was published with; if there are none, the
    first step is a run of the old edition.
    """

    old: Edition
    new: Edition
    published: Mapping[str, Any] | None
    steps: Sequence[Step]
    notes: Sequence[str] = ()

    @property
    def settings(self) -> list[Setting]:
        """Every setting that has to be run, each once."""
        return list(dict.fromkeys(each for step in self.steps for each in step.settings))

    def step_of(self, setting: Setting) -> str:
        """The name of the first step that needs a setting; the old edition's if it has none."""
        step = next(each for each in self.steps if setting in each.settings)
        return step.name or self.old.name


def settings_of(
    project: Project, parameters: Mapping[str, Mapping[str, Any]], *, recorded: bool = False
) -> list[Setting]:
    """The settings of all notebooks with the parameters given, by notebook stem."""
    return [
        Setting(page.address, json.dumps(parameters[page.stem], sort_keys=True), recorded)
        for page in project.notebooks
    ]


def plan(project: Project, old: Edition, new: Edition, published: Mapping[str, Any] | None) -> Plan:
    """Plan the states from `old` to `new`, one thing changed at a time.

    `published` are the old edition's results; without them, or if they were made with other
    parameters, the first state is a run of the old edition.
    """
    steps: list[Step] = []
    notes = []
    if published is not None:
        other = _other_parameters(published, old)
        if other:
            notes.append(
                f"'{old.name}' was published with other parameters than its file now gives "
                f"({other}); the comparison starts from a run with those of the file."
            )
            published = None
    today = settings_of(project, old.parameters)
    if published is None:
        steps.append(Step(None, today))
    else:
        revised = revisions(project.data, published)
        if revised:
            steps.append(Step(Cause(CODE), settings_of(project, old.parameters, recorded=True)))
            steps.append(Step(Cause(REVISED, revisions=revised), today))
        else:
            steps.append(Step(Cause(CODE), today))
    values = {stem: dict(given) for stem, given in old.parameters.items()}
    as_of = project.settings.as_of.name
    for name in _in_order(new, as_of):
        moved = {
            stem: (values[stem][name], given[name])
            for stem, given in new.parameters.items()
            if name in given and values[stem][name] != given[name]
        }
        if moved:
            for stem, (_, value) in moved.items():
                values[stem][name] = value
            kind = KNOWLEDGE if name == as_of else PARAMETER
            steps.append(Step(Cause(kind, name, moved), settings_of(project, values)))
    return Plan(old, new, published, steps, notes)


def _in_order(edition: Edition, as_of: str) -> list[str]:
    """Parameters in the order of the signatures, those that decide what is known first."""
    names = dict.fromkeys(name for given in edition.parameters.values() for name in given)
    return sorted(names, key=lambda name: name != as_of)


def _other_parameters(published: Mapping[str, Any], edition: Edition) -> str:
    """Parameters with other values in the published results; new ones count as changed code."""
    then = published.get("parameters") or {}
    return ", ".join(
        f"{name}: {then[stem][name]!r} → {value!r}"
        for stem, given in edition.parameters.items()
        for name, value in given.items()
        if name in then.get(stem, {}) and then[stem][name] != value
    )


def step_tasks(
    project: Project,
    made: Plan,
    folder: Path,
    have: Container[Setting] = (),
    timeout: int = CELL_TIMEOUT,
    output_limit: int = CELL_OUTPUT,
) -> dict[Setting, Task]:
    """The tasks for a plan's settings, except those that are run anyway; outputs in `folder`."""
    pages = {page.address: page for page in project.notebooks}
    shutil.rmtree(folder, ignore_errors=True)
    root = project.root
    if any(setting.recorded for setting in made.settings):
        root = folder / _COPY
        _copy_as_recorded(project, made.published or {}, root)
    tasks = {}
    for setting in made.settings:
        if setting in have:
            continue
        source = pages[setting.address].path
        if setting.recorded:
            source = root / source.relative_to(project.root)
        number = next(n for n, step in enumerate(made.steps, 1) if setting in step.settings)
        output = folder / str(number) / f"{setting.address}.ipynb"
        tasks[setting] = Task(
            source, output, json.loads(setting.values), timeout, output_limit=output_limit
        )
    return tasks


def _copy_as_recorded(project: Project, published: Mapping[str, Any], folder: Path) -> None:
    """Copy data (as recorded) and pages of the project to `folder`; link everything else."""
    copy_without_data(project, folder)
    copy_as_recorded(project.data, published, folder / project.settings.data)


def states_of(
    project: Project, made: Plan, runs: Mapping[Setting, Run]
) -> tuple[list[State], list[str]]:
    """The states of a plan from the runs of its settings, and notes for the reader.

    Raises
    ------
    ReportError
        If a notebook fails in the first or in the last state: with notebook, cell and line.
    """
    pages = {page.address: page for page in project.notebooks}
    read: dict[Setting, list[Published]] = {}
    states = [] if made.published is None else [State(made.published)]
    notes = list(made.notes)
    for step in made.steps:
        failed = {
            setting.address: f"{project.shown(pages[setting.address].path)}, {run.failure}"
            for setting in step.settings
            if (run := runs[setting]).failure
        }
        end = step is made.steps[-1]
        if failed and (end or not states):
            edition = made.new if end else made.old
            raise ReportError(
                "\n".join(f"{said} (parameters of '{edition.name}')" for said in failed.values())
            )
        for said in failed.values():
            notes.append(
                f"{said}, after the step '{step.name}'. For its numbers that step and the "
                "next one count as one."
            )
        records: list[Published] = []
        for setting in step.settings:
            if setting.address in failed:
                continue
            if setting not in read:
                notebook = read_plain(runs[setting].task.output)
                read[setting] = read_records(notebook, setting.address)
            records += read[setting]
        states.append(State(collect(records, edition=""), step.cause))
    return states, notes


def compared(
    project: Project, made: Plan, states: Sequence[State], notes: Sequence[str]
) -> dict[str, Any]:
    """The two editions (``old``, ``new``), ``notes``, and what `causes.compare` finds.

    Its entries are in the order of the pages that publish them.
    """
    ends = {"old": about(made.old), "new": about(made.new)}
    found = compare(states, project.language, project.settings.vocabulary)
    order = {page.address: place for place, page in enumerate(project.pages)}
    for field in ("moved", "apart", "appeared", "vanished"):
        found[field].sort(key=lambda entry: order.get(entry["notebook"], len(order)))
    leading = [*(each.name for each in project.settings.front.key_numbers), *on_cards(project)]
    said = headlines(found, leading, ends["old"], project.language)
    return {**ends, "notes": list(notes), "headlines": said, **found}


def about(edition: Edition) -> dict[str, Any]:
    """Name, title and as-of date of an edition, as a comparison states them."""
    return {"edition": edition.name, "title": edition.title, "as_of": edition.as_of}
