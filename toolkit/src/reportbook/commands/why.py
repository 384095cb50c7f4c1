"""Which parts of an edition a build would make anew, and why; nothing is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportbook.cache.runs import Memory
from reportbook.comparing.previous import editions_before
from reportbook.report.editions import Edition, load_editions
from reportbook.report.project import Project
from reportbook.running.tasks import Task
from reportbook.site.published import Books


@dataclass(frozen=True)
class Verdict:
    """A notebook, or the book, of an edition: the reasons why it is stale, or none."""

    what: str
    reasons: Sequence[str]


def why(
    project: Project, name: str, *, overrides: Mapping[str, str] | None = None
) -> list[Verdict]:
    """Say of every notebook of an edition, and then of its book, whether it is fresh.

    Raises
    ------
    ReportError
        If the project or the edition is wrong.
    """
    overrides = dict(overrides or {})
    (edition,) = load_editions(project, (name,), overrides=overrides)
    memory = Memory(project.root, project.memory)
    books = Books(project, memory, are_tries=bool(overrides))
    before = editions_before(project, [edition])
    found = list(_notebooks(project, edition, memory, books))
    old = None if isinstance(before, str) else before.get(edition.name)
    reasons = books.stale(edition.name, overrides, (edition, old))
    if any(each.reasons for each in found):
        reasons.append("a notebook is not fresh")
    return [*found, Verdict("book", reasons)]


def _notebooks(
    project: Project, edition: Edition, memory: Memory, books: Books
) -> Iterator[Verdict]:
    then = books.parameters(edition.name)
    own = set()
    for page in project.notebooks:
        task = Task(page.path, Path(), edition.given[page.stem], pictures=True)
        own.add(memory.key(task))
        reasons = memory.stale(task)
        if reasons and page.stem in then:
            moved = _moved(then[page.stem], edition.parameters[page.stem])
            reasons = moved or reasons
        yield Verdict(page.address, reasons)
    for task in books.runs(edition.name):
        if memory.key(task) not in own and task.source.stem in then:
            now = edition.parameters.get(task.source.stem, {})
            moved = [f"{k} = {_said(v)}" for k, v in task.parameters.items() if now.get(k) != v]
            place = project.shown(task.source).removesuffix(".ipynb")
            said = f"{place}, to compare ({', '.join(moved) or 'as recorded'})"
            if not any(_moved(then[task.source.stem], now)):
                yield Verdict(said, memory.stale(task))


def _moved(then: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [
        f"parameter {name}: {_said(then.get(name))} → {_said(now.get(name))}"
        for name in {**then, **now}
        if then.get(name) != now.get(name)
    ]


def _said(value: object) -> str:
    return "none" if value is None else str(value)
