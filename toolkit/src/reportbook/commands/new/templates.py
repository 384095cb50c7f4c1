"""The files a new report begins with, filled in: what only its authors know is marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportbook.files.notebooks import notebook_text
from reportbook.report.corrections import BLANK

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).with_name("templates")
_CELL = re.compile(r"^# %%(?: \[(markdown)\]| (parameters|checks-parameters))?\n", re.MULTILINE)


def filled_in(template: str, **values: object) -> str:
    """Return a file of the folder of templates, with its values."""
    return _environment().get_template(template).render(blank=BLANK, **values)


def files_of_report(**values: object) -> Iterator[tuple[str, str]]:
    """Every file of a new report: its path from the report's folder, and its text."""
    folder = _FOLDER / "report"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield name, filled_in(f"report/{name}", **values)


def notebook_of(template: str, **values: object) -> str:
    """Return a notebook as its file holds it, from a template of cells after ``# %%``."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    made = new_notebook(metadata=about)  # type: ignore[no-untyped-call]
    _, *parts = _CELL.split(filled_in(template, **values))
    for place, start in enumerate(range(0, len(parts), 3)):
        is_text, tag, source = parts[start : start + 3]
        tags = {"tags": [tag]} if tag else {}
        if is_text:
            cell = new_markdown_cell(  # type: ignore[no-untyped-call]
                re.sub(r"^# ?", "", source.strip(), flags=re.MULTILINE)
            )
        else:
            cell = new_code_cell(source.strip(), metadata=tags)  # type: ignore[no-untyped-call]
        cell["id"] = f"cell-{place}"
        made.cells.append(cell)
    return notebook_text(made)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, keep_trailing_newline=True
    )
    # as YAML reads it, too; markup is nothing to hide there
    made.filters["tojson"] = lambda text: json.dumps(text, ensure_ascii=False)
    return made


def as_yaml(values: Mapping[str, Any]) -> str:
    """Return values as YAML on one line, for a place after a key."""
    import yaml

    text: str = yaml.safe_dump(
        dict(values), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
    )
    return text.strip()
