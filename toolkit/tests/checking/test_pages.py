import json
import shutil

import nbformat
import pytest
from nbformat.v4 import new_output

from reportbook.checking.data import check_data
from reportbook.checking.notebooks import check_notebooks
from reportbook.checking.pages import check_book
from reportbook.report.project import load_project


@pytest.fixture
def page(built, tmp_path):
    """Check a copy of the book of 2020 with one page changed."""
    html = tmp_path / "html"
    shutil.copytree(built.site / "2020", html)
    project = load_project(built.root)
    results = json.loads((html / "results.json").read_text())

    def changed(old, new):
        path = html / "notebooks" / "people.html"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        return check_book(html, project.pages, results)

    changed.html, changed.project, changed.results = html, project, results
    return changed


def test_nothing_is_wrong_with_what_was_built(page):
    assert check_book(page.html, page.project.pages, page.results) == []


def test_a_number_that_differs_from_the_notebooks(page):
    assert page("62.5% (±1)", "99.9%") == [
        "notebooks/people.html shows '99.9%' for people.share|range; "
        "the notebook published '62.5% (±1)'."
    ]


def test_a_page_that_was_not_made(page):
    (page.html / "notebooks" / "money.html").unlink()
    problems = check_book(page.html, page.project.pages, page.results)
    assert problems[0].startswith("notebooks/money: the contents name this page")


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ('<a href="gone.html">', "leads to gone.html, which is not there"),
        ('<img src="../_images/gone.svg">', "leads to ../_images/gone.svg, which is not there"),
        ('<a href="money.html#nowhere">', "that page has no such place"),
        ('<script src="https://cdn.example/x.js"></script>', "from another host"),
        ('<div class="output traceback">', "shows a traceback"),
        ('<a href="https://example.org/">', None),
        ('<a href="../../latest/notebooks/people.html">', None),
        ('<a href="money.html#money">', None),
    ],
)
def test_dead_ends_other_hosts_and_tracebacks(page, new, problem):
    problems = page("</article>", f"{new}</article>")
    assert bool(problems) == bool(problem)
    assert problem is None or problem in problems[0]


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


def test_the_data_package_names_file_row_and_column(report):
    project = load_project(report)
    assert check_data(project) == []  # none is needed
    pytest.importorskip("frictionless")
    (report / "data").mkdir()
    fields = [{"name": "key", "type": "string"}, {"name": "people", "type": "integer"}]
    resource = {"name": "a", "path": "a.csv", "type": "table", "schema": {"fields": fields}}
    descriptor = {"name": "x", "resources": [resource]}
    (report / "data" / "datapackage.json").write_text(json.dumps(descriptor))
    (report / "data" / "a.csv").write_text("key,people\na,1\nb,many\n")
    (problem,) = check_data(project)
    assert problem.startswith("data/a.csv, row 3, column people: ")
