"""A report from nothing: it builds and passes every check before a word of it is changed."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from reportbook.commands.accept import accept
from reportbook.commands.new.templates import files_of_report, notebook_of
from reportbook.errors import ReportError
from reportbook.report.project import Project, load_project

NOTEBOOK = "notebooks/arrivals.ipynb"


def new_report(folder: Path, title: str) -> Project:
    """Write a new report into `folder`, which must be empty or not there, and run its notebook.

    Raises
    ------
    ReportError
        If there is something in the folder, or its notebook does not run here.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReportError(
            f"{folder} is not empty, and a new report overwrites nothing. Name a new folder."
        )
    number = ".".join(version("reportbook").split(".")[:2])
    for name, text in files_of_report(title=title, version=number):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / NOTEBOOK).write_text(notebook_of("arrivals.percent"), encoding="utf-8")
    project = load_project(folder)
    for each in accept(project):
        if each.failure:
            raise ReportError(
                f"The report is written, but {NOTEBOOK} does not run here: {each.failure}. "
                "Install what it imports (requirements.txt), then run 'reportbook accept'."
            )
    return project
