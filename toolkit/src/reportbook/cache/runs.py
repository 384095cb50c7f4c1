"""What was run, and whether it would give the same again.

A remembered run is kept under ``_build/memory``, one entry for a notebook, its parameters and
whether pictures were made. It is fresh while all of this has the bytes it had: the code of the
notebook, every file the run read, the modules it imported, the folders it listed, and what it
looked for without finding it; and the environment. Times of files are not asked.

Of an imported module, the parsed source counts: two sources with the same syntax tree compile to
the same code except for line numbers, so comments and blank lines do not run anything again. A run
that read a source as text has it among its files, where every byte counts.
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
from reportbook.files.notebooks import plain, plain_text, read_plain
from reportbook.running.digests import Digests
from reportbook.running.environment import RUNNING, differences, surroundings
from reportbook.running.tasks import Run, Task
from reportbook.running.watch import digest_of_variable

_INJECTED = "injected-parameters"
_TAGS = {"parameters", _INJECTED, "raises-exception", "skip-execution"}  # those that steer a run
_NOT_OF_A_RUN = {
    "authors", "kernelspec", "language_info", "mystnb", "papermill", "title", "widgets",
}  # fmt: skip
_OF_A_RUN = ("papermill", "execution")  # what a run leaves in a cell's metadata
_SAID_BY_A_RUN = ("papermill", "kernelspec", "language_info")  # and in the notebook's


class Memory:
    """The runs that were remembered for the project at `root`."""

    def __init__(self, root: Path, folder: Path, digests: Digests | None = None) -> None:
        self.root = root.resolve()
        self.store = Store(folder)
        self.digests = digests or Digests(self.root)
        self._surroundings = surroundings(self.digests)

    def key(self, task: Task) -> str | None:
        """What a task's entry is called; None where nothing is remembered: beyond the project."""
        about = self._task(task)
        if Path(about["notebook"]).is_absolute():
            return None
        return f"{task.source.stem}-{_digest(about)}.run"

    def entry(self, task: Task) -> Entry | None:
        """What is remembered of a task, fresh or not."""
        key = self.key(task)
        return self.store.read(key) if key else None

    def stale(self, task: Task) -> list[str]:
        """Why a task has to be run, in words; nothing if what is remembered is fresh."""
        return self._stale(task, self.entry(task))

    def recall(self, task: Task) -> Run | None:
        """The remembered run of a task, if it is fresh; its outputs are put into the notebook as it
        is now, and written to the task's output.
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
        """Keep a run that succeeded, unless what it read has changed meanwhile; its identity.

        Of a run that cannot be trusted to repeat itself, only the reason is kept. Nothing is kept
        where the disk does not take it.
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
        as_run = code_of(plain(source), given=given) == code
        head = {
            "task": self._task(run.task),
            "code": code,
            # a notebook with these bytes has that code
            "source": hashlib.sha256(source).hexdigest() if as_run else "",
            "observed": dict(run.observed),
            "surroundings": self._surroundings,
            "seconds": run.seconds,
        }
        return self.store.write(key, head, b"" if run.observed["unprovable"] else content)

    def _stale(self, task: Task, entry: Entry | None) -> list[str]:
        if entry is None:
            return ["never run" if not self._ran_before(task) else "never run with its parameters"]
        moved = differences(entry.head["surroundings"], self._surroundings)
        if f"{RUNNING} changed" in moved:  # the entry may be made otherwise
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
        """What tells a run from others: the notebook, its parameters, whether pictures are made."""
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
        """What a run would not find as it found it."""
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
        for each in seen["searched"]:
            present = self.digests.importable(each["folder"]) & set(each["names"])
            for name in sorted(present ^ set(each["present"])):
                said = "is there now" if name in present else "is gone"
                yield f"the module {name} in {each['folder']} {said}"

    def _is_there(self, place: str) -> bool:
        return self.digests.kind(place) != "absent"

    def _same_code(self, place: str, digest: str) -> bool:
        """Whether a module differs from the source with that digest in comments and spaces only."""
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
    """What decides what a notebook does: digests of its code cells in order, and of its metadata.

    Prose, outputs and tags that only say how a cell is shown are no part of it, nor is the cell of
    injected parameters, where any are `given`: it is made for the run.
    """
    cells = [
        _digest([cell["source"], sorted(_TAGS & set(_tags(cell)))])
        for cell in _code_cells(notebook, given)
    ]
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in _NOT_OF_A_RUN}
    return {"cells": cells, "metadata": _digest(metadata)}


def with_outputs(
    notebook: dict[str, Any], executed: Mapping[str, Any], *, given: bool
) -> dict[str, Any]:
    """`notebook` with the outputs of an execution of the same code; changed in place.

    Where parameters were `given`, the cell that injected them comes along.
    """
    pairs = zip(_code_cells(notebook, given), _code_cells(executed, given), strict=True)
    for cell, done in pairs:
        cell["outputs"], cell["execution_count"] = done["outputs"], done["execution_count"]
        for name in _OF_A_RUN:
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
    for name in _SAID_BY_A_RUN:
        if name in executed["metadata"]:
            notebook["metadata"][name] = executed["metadata"][name]
    return notebook


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
