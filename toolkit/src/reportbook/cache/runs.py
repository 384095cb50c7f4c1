"""Runs that are remembered, and whether running again would give the same.

A remembered run is kept under ``_build/memory``, one entry for a notebook, its parameters and
whether pictures were made. It is fresh while all of this has the bytes it had: the code of the
notebook, every file the run read, the modules it imported, the folders it listed, and what it
looked for and did not find; and the environment. Times of files do not count.

Of an imported module, the parsed source counts: two sources with the same syntax tree compile to
the same code except for line numbers, so a change of comments or blank lines makes no run stale. If
a run read a module's source as text, the source is among its files, where every byte counts.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportbook.cache.store import Entry, Store
from reportbook.errors import ReportError
from reportbook.files.notebooks import (
    MARKDOWN,
    plain,
    plain_of_markdown,
    plain_text,
    read_plain,
)
from reportbook.running.digests import Digests
from reportbook.running.environment import (
    RUNNING,
    differences,
    digest_of_variable,
    digest_of_variables,
    surroundings,
)
from reportbook.running.tasks import Run, Task

_INJECTED = "injected-parameters"
_TAGS = {
    "parameters",
    _INJECTED,
    "raises-exception",
    "skip-execution",
}  # these decide how a cell is run
_DECIDES_NOTHING = {
    "authors", "kernelspec", "language_info", "mystnb", "papermill", "title", "widgets",
}  # fmt: skip
_LOAD = b"load:"  # with which a cell of a text notebook takes its code from another file
_LEFT_IN_CELLS = ("papermill", "execution")  # what a run writes into the metadata of a cell
_LEFT_IN_NOTEBOOK = ("papermill", "kernelspec", "language_info")  # and of the notebook


class Memory:
    """The runs that were remembered for the project at `root`."""

    def __init__(self, root: Path, folder: Path, digests: Digests | None = None) -> None:
        self.root = root.resolve()
        self.store = Store(folder)
        self.digests = digests or Digests(self.root)
        self._surroundings = surroundings(self.digests)

    def key(self, task: Task) -> str | None:
        """The name of a task's entry; None for a notebook outside the project: it has none."""
        about = self._task(task)
        if Path(about["notebook"]).is_absolute():
            return None
        return f"{task.source.stem}-{_digest(about)}.run"

    def entry(self, task: Task) -> Entry | None:
        """The entry of a task, fresh or not; None if nothing is remembered."""
        key = self.key(task)
        return self.store.read(key) if key else None

    def stale(self, task: Task) -> list[str]:
        """Why a task has to be run, one reason each; none if what is remembered is fresh."""
        return self._stale(task, self.entry(task))

    def recall(self, task: Task) -> Run | None:
        """The remembered run of a task; None if it is not fresh.

        Its outputs are put into the notebook as it is now, and written to the task's output.
        """
        key = self.key(task)
        entry = self.store.read(key) if key else None
        if key is None or entry is None or self._stale(task, entry):
            return None
        content = entry.content()
        if content is None:
            return None
        try:
            given = bool(task.parameters)
            notebook = with_outputs(read_plain(task.source), plain(content), given=given)
            task.output.parent.mkdir(parents=True, exist_ok=True)
            task.output.write_text(plain_text(notebook), encoding="utf-8")
        except (ReportError, OSError, ValueError, KeyError):
            return None
        self.store.used(key)
        seconds, seen = entry.head["seconds"], entry.head["observed"]
        return Run(task, seconds, None, seen, remembered=True, identity=entry.identity)

    def remember(self, run: Run) -> str:
        """Keep a run that succeeded, and return the identity of what is kept.

        Nothing is kept, and the identity is empty, if what the run read has changed meanwhile or if
        the disk is full. Of a run that may give something else next time only the reason is kept.
        """
        try:
            return self._remember(run)
        except (OSError, ValueError):
            return ""

    def _remember(self, run: Run) -> str:
        key = self.key(run.task)
        if run.failure is not None or run.observed is None or key is None:
            return ""
        if self._read_otherwise(run.observed) or self._surroundings != surroundings(self.digests):
            return ""
        content = run.task.output.read_bytes()
        executed = plain(content)
        for place, digest in run.observed["modules"].items():
            if not self._keep_source(place, digest):
                return ""
        given = bool(run.task.parameters)
        code, source = code_of(executed, given=given), run.task.source.read_bytes()
        as_run = code_of(_notebook(run.task.source, source), given=given) == code
        head = {
            "task": self._task(run.task),
            "code": code,
            # a notebook with this digest has this code, so the next build need not parse it,
            # unless it takes code from elsewhere
            "source": hashlib.sha256(source).hexdigest() if as_run and _LOAD not in source else "",
            "observed": dict(run.observed),
            "surroundings": self._surroundings,
            "seconds": run.seconds,
        }
        return self.store.write(key, head, b"" if run.observed["unprovable"] else content)

    def _stale(self, task: Task, entry: Entry | None) -> list[str]:
        if entry is None:
            return ["never run" if not self._ran_before(task) else "never run with its parameters"]
        moved = differences(entry.head["surroundings"], self._surroundings)
        if f"{RUNNING} changed" in moved:  # another reportbook may have written the entry
            return moved
        place = self._shown(task.source)
        if entry.head["task"] != self._task(task):
            return ["what is remembered is of another run"]
        try:
            code = self._code(task, entry.head)
        except (ReportError, ValueError, KeyError) as error:
            return [f"{place} cannot be read ({error})"]
        return [
            *_code_differences(entry.head["code"], code, place),
            *(f"{place}: {each}" for each in entry.head["observed"]["unprovable"]),
            *self._read_otherwise(entry.head["observed"]),
            *moved,
        ]

    def _task(self, task: Task) -> dict[str, Any]:
        """What identifies a run: the notebook, its parameters, and whether it makes pictures."""
        return {
            "notebook": self._shown(task.source),
            "parameters": dict(task.parameters),
            "pictures": task.pictures,
        }

    def _code(self, task: Task, head: Mapping[str, Any]) -> dict[str, Any]:
        """The code of a task's notebook as it is now."""
        digest = self.digests.file(self._shown(task.source))
        if digest is not None and digest == head["source"]:
            return dict(head["code"])
        return code_of(read_plain(task.source), given=bool(task.parameters))

    def _ran_before(self, task: Task) -> bool:
        return any(self.store.folder.glob(f"{task.source.stem}-*.run"))

    def _read_otherwise(self, seen: Mapping[str, Any]) -> list[str]:
        return list(dict.fromkeys(self._changes(seen)))

    def _changes(self, seen: Mapping[str, Any]) -> Iterator[str]:
        """What has changed of all that a run read or looked for."""
        for place, digest in seen["files"].items():
            if self.digests.file(place) != digest:
                yield f"{place} {'changed' if self._is_there(place) else 'is gone'}"
        for place, digest in seen["modules"].items():
            if self.digests.file(place) != digest and not self._same_code(place, digest):
                yield f"{place} {'changed' if self._is_there(place) else 'is gone'}"
        for place, kind in seen["kinds"].items():
            if self.digests.kind(place) != kind:
                yield f"{place} is {'there' if kind == 'absent' else 'gone'} now"
        for place, digest in seen["folders"].items():
            if self.digests.names(place) != digest:
                yield f"other files lie in {place}"
        for name, digest in seen["variables"].items():
            if digest_of_variable(name) != digest:
                yield f"the environment variable {name} changed"
        if seen["all_variables"] not in (None, digest_of_variables()):
            yield "the environment variables changed, of which it lists all"
        for each in seen["searched"]:
            present = self.digests.importable(each["folder"]) & set(each["names"])
            for name in sorted(present ^ set(each["present"])):
                said = "is there now" if name in present else "is gone"
                yield f"the module {name} in {each['folder']} {said}"

    def _is_there(self, place: str) -> bool:
        return self.digests.kind(place) != "absent"

    def _same_code(self, place: str, digest: str) -> bool:
        """Whether a module differs from the source with that digest only in comments and layout."""
        try:
            then = (self.store.folder / f"{digest}.source").read_bytes()
            now = self.digests.path(place).read_bytes()
            if hashlib.sha256(then).hexdigest() != digest:
                return False
            return ast.dump(ast.parse(then)) == ast.dump(ast.parse(now))
        except (OSError, SyntaxError, ValueError, RecursionError):
            return False

    def _keep_source(self, place: str, digest: str) -> bool:
        name = f"{digest}.source"
        if not (self.store.folder / name).exists():
            content = self.digests.path(place).read_bytes()
            if hashlib.sha256(content).hexdigest() != digest:
                return False
            self.store.put(name, content)
        else:
            self.store.used(name)
        return True

    def _shown(self, path: Path) -> str:
        if not path.is_relative_to(self.root):
            path = path.resolve()
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)


def code_of(notebook: Mapping[str, Any], *, given: bool) -> dict[str, Any]:
    """Digests of all that decides what a notebook does: its code cells in order, its metadata.

    Prose, outputs and tags that only decide how a cell is shown are left out. If parameters are
    `given`, the cell that injects them is left out, too: it is written for the run.
    """
    cells = [
        _digest([cell["source"], sorted(_TAGS & set(_tags(cell)))])
        for cell in _code_cells(notebook, given)
    ]
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in _DECIDES_NOTHING}
    return {"cells": cells, "metadata": _digest(metadata)}


def with_outputs(
    notebook: dict[str, Any], executed: Mapping[str, Any], *, given: bool
) -> dict[str, Any]:
    """`notebook` with the outputs of an execution of the same code; changed in place.

    If parameters were `given`, the cell that injected them is inserted.
    """
    pairs = zip(_code_cells(notebook, given), _code_cells(executed, given), strict=True)
    for cell, done in pairs:
        cell["outputs"], cell["execution_count"] = done["outputs"], done["execution_count"]
        for name in _LEFT_IN_CELLS:
            cell["metadata"].pop(name, None)
            if name in done["metadata"]:
                cell["metadata"][name] = done["metadata"][name]
    if given:
        cells = [cell for cell in notebook["cells"] if _INJECTED not in _tags(cell)]
        added = [cell for cell in executed["cells"] if _INJECTED in _tags(cell)]
        place = next((n for n, cell in enumerate(cells, 1) if "parameters" in _tags(cell)), 0)
        if notebook.get("nbformat_minor", 0) < 5:
            for cell in added:
                cell.pop("id", None)
        notebook["cells"] = cells[:place] + added + cells[place:]
    for name in _LEFT_IN_NOTEBOOK:
        if name in executed["metadata"]:
            notebook["metadata"][name] = executed["metadata"][name]
    return notebook


def _notebook(path: Path, content: bytes) -> dict[str, Any]:
    return plain_of_markdown(content, path) if path.suffix == MARKDOWN else plain(content)


def _code_cells(notebook: Mapping[str, Any], given: bool) -> list[dict[str, Any]]:
    return [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and not (given and _INJECTED in _tags(cell))
    ]


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return cell["metadata"].get("tags") or []


def _code_differences(then: Mapping[str, Any], now: Mapping[str, Any], place: str) -> list[str]:
    if then == now:
        return []
    old, new = then["cells"], now["cells"]
    if len(old) != len(new):
        return [f"the code of {place} changed ({len(old)} → {len(new)} cells)"]
    cells = [str(n) for n, pair in enumerate(zip(old, new, strict=True), 1) if pair[0] != pair[1]]
    if not cells:
        return [f"the metadata of {place} changed"]
    return [f"the code of {place} changed (code cell {', '.join(cells)})"]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]
