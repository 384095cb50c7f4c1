"""Committed notebooks brought up to date with the text outputs of a run with their defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportbook.cache.run_or_recall import run_or_recall
from reportbook.cache.runs import Memory
from reportbook.files.notebooks import notebook_text, read_notebook
from reportbook.files.scratch import Scratch
from reportbook.report.contents import Page
from reportbook.report.project import Project, named_notebooks
from reportbook.results.records import Published, read_records
from reportbook.running.tasks import CELL_OUTPUT, CELL_TIMEOUT, Failure, Task

_KEPT_OF_CELLS = ("tags", "mystnb", "nbsphinx", "slideshow", "editable", "jupyter")


@dataclass(frozen=True)
class Accepted:
    """What became of one notebook: its failure, or which published numbers moved."""

    page: Page
    failure: Failure | None = None
    changed: bool = False
    moved: Sequence[str] = field(default_factory=tuple)


def accept(
    project: Project,
    names: Sequence[str] = (),
    *,
    jobs: int = 1,
    timeout: int = CELL_TIMEOUT,
    output_limit: int = CELL_OUTPUT,
) -> list[Accepted]:
    """Run the notebooks named, or all if none is named, with their defaults; keep their outputs.

    Notebooks written as Markdown have no place for outputs and are left out.

    A notebook that fails is left as it was. Accepting twice changes no byte.
    """
    asked = named_notebooks(project, names) or project.notebooks
    pages = [page for page in asked if not page.is_text]
    with Scratch() as scratch:
        folder = scratch.path
        tasks = [
            Task(page.path, folder / page.path.name, timeout=timeout, output_limit=output_limit)
            for page in pages
        ]
        runs = run_or_recall(Memory(project.root, project.memory), tasks, jobs=jobs)
        return [
            _accepted(page, run.failure, run.task.output)
            for page, run in zip(pages, runs, strict=True)
        ]


def _accepted(page: Page, failure: Failure | None, executed: Path) -> Accepted:
    if failure is not None:
        return Accepted(page, failure)
    committed = read_notebook(page.path)
    fresh = stable(read_notebook(executed))
    moved = tuple(
        moves(
            {each.name: each for each in read_records(committed, page.address)},
            {each.name: each for each in read_records(fresh, page.address)},
        )
    )
    text = notebook_text(fresh)
    changed = text != page.path.read_text(encoding="utf-8")
    if changed:
        page.path.write_text(text, encoding="utf-8")
    return Accepted(page, None, changed, moved)


def stable(notebook: Any) -> Any:
    """`notebook` without pictures, timings and whatever differs from run to run; changed in place.

    Text, HTML and the records of published numbers stay: they show when a number has changed.
    """
    for key in set(notebook.metadata) - {"kernelspec", "mystnb", "authors", "title"}:
        del notebook.metadata[key]
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for key in set(cell.metadata) - set(_KEPT_OF_CELLS):
            del cell.metadata[key]
        if cell.cell_type != "code":
            continue
        kept = []
        for output in cell.outputs:
            data = output.get("data")
            if data is not None:
                for kind in [kind for kind in data if kind.startswith("image/")]:
                    del data[kind]
                for kind in [kind for kind in output.metadata if kind.startswith("image/")]:
                    del output.metadata[kind]
                if not data:
                    continue
            kept.append(output)
        cell.outputs = kept
    return notebook


def moves(before: Mapping[str, Published], after: Mapping[str, Published]) -> Iterator[str]:
    """The published numbers that changed: one line each, with the old and the new text."""
    for name in sorted({*before, *after}):
        then, now = _said(before.get(name)), _said(after.get(name))
        if then != now:
            yield f"{name}: {then or 'not published'} → {now or 'not published'}"


def _said(published: Published | None) -> str | None:
    if published is None or published.kind != "number":
        return None
    return (published.record.get("formats") or {}).get("range") or published.record.get("text")
