"""Checks that the report's code is Python: its modules, and the code cells of its notebooks."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

from reportbook.files.notebooks import read_plain
from reportbook.report.parameters import TAG as PARAMETERS
from reportbook.report.project import Project
from reportbook.results.records import code_cells

_ENVIRONMENT = "pyvenv.cfg"  # stands in a folder that holds another environment's packages
# parameters are read, and refused with more words; the others are not run, or are to fail
_JUDGED_ELSEWHERE = {PARAMETERS, "skip-execution", "raises-exception"}
_OTHERS = {"node_modules", "__pycache__"}


def check_code(project: Project) -> list[str]:
    """Modules in the report's folder and code cells that are no Python: file, line, and what."""
    return [*_broken_modules(project), *_broken_cells(project)]


def _broken_modules(project: Project) -> Iterator[str]:
    for path in modules(project.root):
        try:
            _compiled(path.read_bytes())
        except SyntaxError as error:
            line = f", line {error.lineno}" if error.lineno else ""
            yield f"{project.shown(path)}{line} is no Python: {error.msg}."
        except ValueError as error:  # null bytes
            yield f"{project.shown(path)} is no Python: {error}."
        except OSError:
            continue  # a link that leads nowhere


def modules(root: Path) -> Iterator[Path]:
    """The Python files of the report, without what is made, hidden or of an environment."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if name[0] not in "._"
            and name not in _OTHERS
            and not (Path(folder, name) / _ENVIRONMENT).is_file()
        )
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(".py"))


def _broken_cells(project: Project) -> Iterator[str]:
    for page in project.notebooks:
        for number, cell in code_cells(read_plain(page.path)):
            if _JUDGED_ELSEWHERE & set(cell["metadata"].get("tags") or ()):
                continue
            try:
                _compiled(_as_python(cell["source"]))
            except SyntaxError as error:
                line = f", line {error.lineno}" if error.lineno else ""
                yield (
                    f"{project.shown(page.path)}, code cell {number}{line} is no Python: "
                    f"{error.msg}."
                )
            except ValueError as error:
                yield f"{project.shown(page.path)}, code cell {number} is no Python: {error}."


def _compiled(source: str | bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a doubtful escape is for the run to say
        compile(source, "<report>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def _as_python(source: str) -> str:
    """A cell as it is run: what IPython understands beside Python, such as ``%``, written out."""
    try:
        ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        # IPython gives this class no types
        return TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call]
    return source
