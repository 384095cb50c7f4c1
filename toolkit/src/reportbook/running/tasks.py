"""A notebook to be run, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CELL_TIMEOUT = 600  # seconds a single cell may take
CELL_OUTPUT = 50  # megabytes it may write: a page of ours has less than one


@dataclass(frozen=True)
class Task:
    """A notebook to run: `source` is left as it is, what happened is written to `output`.

    With `pictures`, charts are also kept as PNG, for readers to take along. With `root`, the
    project's folder, what the run reads is observed. A cell that takes more than `timeout` seconds,
    or writes more than `output_limit` megabytes of output, is stopped.
    """

    source: Path
    output: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    timeout: int = CELL_TIMEOUT
    pictures: bool = False
    root: Path | None = None
    output_limit: int = CELL_OUTPUT


@dataclass(frozen=True)
class Failure:
    """Why a notebook stopped.

    `cell` counts the code cells from the top, as JupyterLab numbers them when all are run, and
    `line` the lines of that cell; both are None where no cell is to blame. `module` is the place in
    a module of the report where the error was raised, if it is a mistake of the code.
    """

    error: str
    message: str
    cell: int | None = None
    line: int | None = None
    module: str = ""

    def __str__(self) -> str:
        place = "" if self.cell is None else f"code cell {self.cell}"
        place += "" if self.line is None else f", line {self.line}"
        error = f"{self.error} in {self.module}" if self.module else self.error
        what = f"{error}: {self.message}" if error else self.message
        return f"{place}: {what}" if place else what


@dataclass(frozen=True)
class Run:
    """What became of a task.

    `observed` is what the run read, as `observed.Watch.found` tells it; None where nobody watched.
    A `remembered` run took place earlier: everything it depends on is as it was then. `identity`
    tells what the memory keeps of it from every other; it is empty if that is nothing.
    """

    task: Task
    seconds: float
    failure: Failure | None = None
    observed: Mapping[str, Any] | None = None
    remembered: bool = False
    identity: str = ""
