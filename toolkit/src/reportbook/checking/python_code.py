"""Checks of the report's code: whether it is Python, and whether what cells import is there."""

from __future__ import annotations

import ast
import os
import re
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from reportbook.files.notebooks import read_plain
from reportbook.report.parameters import TAG as PARAMETERS
from reportbook.report.project import Project
from reportbook.results.records import code_cells

_ENVIRONMENT = "pyvenv.cfg"  # stands in a folder that holds another environment's packages
# parameters are read, and refused with more words; the others are not run, or are to fail
_JUDGED_ELSEWHERE = {PARAMETERS, "skip-execution", "raises-exception"}
_ELSEWHERE = re.compile(
    r"sys\.path|importlib|chdir|site\.add|^\s*%%?(?:pip|conda|cd|writefile|run)\b|^\s*[!%]pip\b",
    re.M,
)
_OTHERS = {"node_modules", "__pycache__"}


def check_code(project: Project) -> list[str]:
    """Modules in the report's folder and code cells that are no Python, and imports by cells of
    what is not installed: file, line, and what.
    """
    return [*_broken_modules(project), *_broken_cells(project), *_missing_imports(project)]


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


def _missing_imports(project: Project) -> Iterator[str]:
    """Packages that cells import on their first level and that are neither installed nor beside.

    A notebook that changes where Python looks, or makes modules itself, is left alone.
    """
    for page in project.notebooks:
        cells = [*code_cells(read_plain(page.path))]
        if any(_ELSEWHERE.search(cell["source"]) for _, cell in cells):
            continue
        for number, cell in cells:
            if "raises-exception" in (cell["metadata"].get("tags") or ()):
                continue
            for name, line in _imported(cell["source"]):
                if not _is_there(name, page.path.parent):
                    yield (
                        f"{project.shown(page.path)}, code cell {number}, line {line} imports "
                        f"'{name}', which is neither installed here nor a module beside the "
                        "notebook. Mend the name, or install it."
                    )


def _imported(source: str) -> Iterator[tuple[str, int]]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            yield from ((each.name.partition(".")[0], statement.lineno) for each in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            yield statement.module.partition(".")[0], statement.lineno


def _is_there(name: str, folder: Path) -> bool:
    if (folder / name).is_dir() or any(folder.glob(f"{name}.*")):
        return True
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
