"""Committed notebooks."""

import nbformat
from nbformat.v4 import new_output

from reportbook.checking.notebooks import check_notebooks
from reportbook.report.project import load_project


def test_committed_notebooks_need_outputs_without_pictures_or_errors(report):
    project = load_project(report)
    assert check_notebooks(project) == [
        f"notebooks/{stem}.ipynb has no outputs. Run 'reportbook accept {stem}'."
        for stem in ("people", "money")
    ]
    for page in project.notebooks:
        notebook = nbformat.read(page.path, as_version=4)
        notebook.cells[-1].outputs = [
            new_output("display_data", data={"image/png": "", "text/plain": "x"}),
            new_output("error", ename="ValueError", evalue="", traceback=[]),
        ]
        nbformat.write(notebook, page.path)
    problems = check_notebooks(project)
    assert "notebooks/people.ipynb, code cell 4 holds a picture (image/png)" in problems[0]
    assert problems[1] == "notebooks/people.ipynb, code cell 4 holds an error: ValueError."
