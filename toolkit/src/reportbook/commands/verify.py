"""A released edition run again from its record, and what is otherwise than it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportbook.cache.run_or_recall import run_or_recall
from reportbook.cache.runs import Memory
from reportbook.commands.progress import Progress, RunPurpose
from reportbook.commands.release import checksums
from reportbook.errors import ReportError
from reportbook.files.scratch import Scratch
from reportbook.report.editions import load_editions
from reportbook.report.project import Project
from reportbook.report.values import read_signatures
from reportbook.results.records import read_results
from reportbook.results.released import (
    Moved,
    moved_since,
    read_record,
    record_folder,
    released_names,
)
from reportbook.running.environment import packages, python_here
from reportbook.running.tasks import CELL_TIMEOUT, Task
from reportbook.site.crate import CRATE, DATA, ENVIRONMENT, state_of_code


@dataclass(frozen=True)
class Verified:
    """What came of a verification.

    `numbers` are compared; `moved` are those that are not as released, or as corrected since, and
    `corrected` those of which a correction says so. `changed` says in words what is otherwise in
    data, environment and code.
    """

    numbers: int
    moved: Sequence[Moved]
    corrected: Sequence[str]
    changed: Sequence[str]


def released(project: Project) -> list[str]:
    """The names of the editions that are released.

    Raises
    ------
    ReportError
        If none is.
    """
    names = sorted(released_names(project))
    if not names:
        raise ReportError("No edition is released: 'reportbook release EDITION' does that.")
    return names


def verify(
    project: Project,
    name: str,
    *,
    jobs: int,
    timeout: int = CELL_TIMEOUT,
    progress: Progress | None = None,
) -> Verified:
    """Run the notebooks anew with the parameters of a release, and compare what they publish.

    Nothing is published, and nothing of it is taken from memory.

    Raises
    ------
    ReportError
        If the edition was not released, a notebook no longer has a parameter of it, or fails.
    """
    released = read_record(project, name)
    if released is None:
        raise ReportError(f"'{name}' is not released: 'reportbook release {name}' does that.")
    (edition,) = load_editions(project, [name])
    parameters = released["parameters"]
    _refuse_other_signatures(project, name, parameters)
    progress = progress or Progress()
    with Scratch() as scratch:
        tasks = {
            page.address: Task(
                page.path,
                scratch.path / f"{page.address}.ipynb",
                parameters.get(page.stem, {}),
                timeout,
            )
            for page in project.notebooks
        }
        purposes = {task.output: RunPurpose(name, address) for address, task in tasks.items()}
        progress.starts(len(tasks), 0)
        runs = run_or_recall(
            Memory(project.root, project.memory),
            tasks.values(),
            jobs=jobs,
            force=True,
            on_start=lambda task: progress.running(purposes[task.output]),
            on_end=lambda run: progress.ran(purposes[run.task.output], run),
        )
        failed = [f"{project.shown(run.task.source)}, {run.failure}" for run in runs if run.failure]
        if failed:
            raise ReportError("\n".join([f"'{name}' cannot be run again:", *failed]))
        outputs = {address: task.output for address, task in tasks.items()}
        now = read_results(outputs, edition=name, language=project.language)
    corrected = [each for correction in edition.corrections for each in correction["what"]]
    return Verified(
        len(released["numbers"]),
        moved_since(released, now, edition.corrections),
        list(dict.fromkeys(corrected)),
        list(_changed(project, name)),
    )


def _refuse_other_signatures(
    project: Project, name: str, parameters: Mapping[str, Mapping[str, Any]]
) -> None:
    signatures = read_signatures(project)
    for stem, values in parameters.items():
        missing = [each for each in values if each not in signatures.get(stem, {})]
        if stem not in signatures or missing:
            what = f"the parameter '{missing[0]}'" if stem in signatures else "its notebook"
            raise ReportError(
                f"'{name}' was released with {what} of {stem}.ipynb, which the report no longer "
                f"has.{_code(project, name)}"
            )


def _changed(project: Project, name: str) -> Iterator[str]:
    """What is otherwise in data, environment and code than when the edition was released."""
    folder = record_folder(project, name)
    then, now = _by_file((folder / DATA).read_text(encoding="utf-8")), _by_file(checksums(project))
    for path in sorted({*then, *now}):
        if path not in now:
            yield f"{path} is gone"
        elif then.get(path) != now[path]:
            yield f"{path} is {'another' if path in then else 'new'}"
    first, *lines = (folder / ENVIRONMENT).read_text(encoding="utf-8").splitlines()
    if first.removeprefix("# ") != python_here():
        yield f"{first.removeprefix('# ')} → {python_here()}"
    had = dict(line.split("==", 1) for line in lines)
    has = packages()
    for each in sorted({*had, *has}):
        if had.get(each) != has.get(each):
            yield f"{each} {had.get(each, 'not installed')} → {has.get(each, 'not installed')}"
    code = _code(project, name)
    if code:
        yield code.strip()


def _by_file(checked: str) -> dict[str, str]:
    return {line[66:]: line[:64] for line in checked.splitlines()}


def _code(project: Project, name: str) -> str:
    """Of which state of the code the release is, if it is another one than now."""
    crate = json.loads((record_folder(project, name) / CRATE).read_text(encoding="utf-8"))
    run: dict[str, Any] = next((each for each in crate["@graph"] if each["@id"] == "#run"), {})
    then, now = run.get("description", ""), state_of_code(project)
    return f" It was released from {then}; this is {now or 'no repository'}." if then != now else ""
