"""What the report's own code says is wrong, before any notebook runs and without a kernel.

A report names in ``_config.yml`` a module that checks its data, and tags in a notebook the cells
that check its parameters. Both are run in a process of their own, for the report's modules must
not stay in this one.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError, counted
from reportbook.files.notebooks import read_plain
from reportbook.report.contents import Page
from reportbook.report.editions import Edition
from reportbook.report.project import Project
from reportbook.report.settings import CONFIG
from reportbook.results.records import code_cells

TAG = "checks-parameters"
PROBLEMS, MEND = "problems", "mend"  # what a module that checks data must have, and may have
_SECONDS = 120


@dataclass
class _Question:
    """One set of values for the tagged cells of a notebook, and the editions that have it."""

    page: Page
    cells: Sequence[tuple[int, str]]
    values: Mapping[str, Any]
    editions: list[Edition] = field(default_factory=list)


def check_with_module(project: Project) -> list[str]:
    """What the module that the report names for its data finds there; nothing if it names none.

    Raises
    ------
    ReportError
        If it cannot be asked, or fails.
    """
    return _asked_of_module(project, PROBLEMS)


def mend_with_module(project: Project) -> list[str]:
    """Have the module that the report names mend its data, and say what it did.

    Raises
    ------
    ReportError
        If it fails.
    """
    return _asked_of_module(project, MEND)


def check_parameters(
    project: Project, editions: Iterable[Edition], said: Iterable[str] = ()
) -> list[str]:
    """What the notebooks say to the values that editions give to their parameters.

    The cells tagged ``checks-parameters`` are run with them, as far as the values differ in what
    these cells use. One refusal by several notebooks, or of several editions, is said once. One of
    nothing but files of which something was `said` already is left out: the notebook reads them.
    """
    known = set(map(file_named, said))
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    by_folder: dict[Path, list[_Question]] = {}
    for question in _questions(project, editions):
        by_folder.setdefault(question.page.path.parent, []).append(question)
    for folder, questions in by_folder.items():
        cells = [{"cells": each.cells, "values": each.values} for each in questions]
        answers = _answer(project, folder, {"cells": cells})["refused"]
        for question, answer in zip(questions, answers, strict=True):
            if answer is None or known.issuperset(map(file_named, answer["words"].splitlines())):
                continue
            files, places = found.setdefault(answer["words"], ({}, {}))
            places[f"{project.shown(question.page.path)}, code cell {answer['cell']}"] = None
            if answer["refuses"]:  # else it is no edition's mistake
                files |= dict.fromkeys(map(_file, question.editions))
    return [_said(words, *map(list, where)) for words, where in found.items()]


def file_named(sentence: str) -> str:
    """The name of the file that a sentence begins with: of ``data/a.csv, row 2: …`` a.csv."""
    return re.split("[,:]", sentence)[0].rpartition("/")[2]


def _said(words: str, files: list[str], places: list[str]) -> str:
    place = f"{places[0]}{_and_others(len(places) - 1, 'notebook')}"
    if not files:
        return f"{place}: {words}"
    file = f"{files[0]}{_and_others(len(files) - 1, 'file')}"
    return f"{file}: {words.rstrip('.')}. So says {place}."


def _and_others(number: int, noun: str) -> str:
    return f", and {counted(number, f'other {noun}')}" if number else ""


def _file(edition: Edition) -> str:
    by_hand = " ".join(f"-p {name}={value}" for name, value in edition.overrides.items())
    return f"{edition.file}{f' with {by_hand}' if by_hand else ''}"


def _questions(project: Project, editions: Iterable[Edition]) -> Iterator[_Question]:
    chosen = list(editions)
    for page in project.notebooks:
        cells = [
            (number, cell["source"])
            for number, cell in code_cells(read_plain(page.path))
            if TAG in (cell["metadata"].get("tags") or ())
        ]
        if not cells:
            continue
        used = _names_in(source for _, source in cells)
        different: dict[str, _Question] = {}
        for edition in chosen:
            values = {
                name: value for name, value in edition.parameters[page.stem].items() if name in used
            }
            question = different.setdefault(
                json.dumps(values, sort_keys=True), _Question(page, cells, values)
            )
            question.editions.append(edition)
        yield from different.values()


def _names_in(sources: Iterable[str]) -> set[str]:
    """The names that code uses; other checks say where it is no Python."""
    found: set[str] = set()
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        found |= {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    return found


def _asked_of_module(project: Project, function: str) -> list[str]:
    named = project.settings.checks
    if not named.name:
        return []
    place = f"{CONFIG}, line {named.line}: 'checks' names '{named.name}'"
    asked = {"module": named.name, "function": function, "data": str(project.data.resolve())}
    said = _answer(project, project.root, asked)["said"]
    if "missing" in said:
        raise ReportError(f"{place}, but there is no module '{said['missing']}' to import.")
    if "lacks" in said:
        raise ReportError(
            f"{place}, which has no function '{said['lacks']}'. It must return what is wrong with "
            "the data in a folder, a list of sentences."
        )
    if "error" in said:
        raise ReportError(f"{place}, which failed. {said['error']}")
    sentences: list[str] = said["sentences"]
    return sentences


def _answer(project: Project, folder: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the process answers that runs the report's code in `folder`."""
    given = {"root": str(project.root.resolve()), "folder": str(folder.resolve()), **asked}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "reportbook.checking.asked"],
            input=json.dumps(given),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        what = asked.get("module") or f"a cell tagged '{TAG}'"
        raise ReportError(
            f"{what} was still checking after {_SECONDS} seconds and was stopped."
        ) from None
    try:
        answer: dict[str, Any] = json.loads(ended.stdout)
    except ValueError:
        last = (ended.stderr.strip().splitlines() or [f"exit code {ended.returncode}"])[-1]
        what = asked.get("module") or f"A cell tagged '{TAG}'"
        raise ReportError(f"{what} ended the process that checks the report: {last}") from None
    return answer
