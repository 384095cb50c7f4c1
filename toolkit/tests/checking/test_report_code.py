"""What a report's own code says of its data and of the parameters of its editions."""

import nbformat
import pytest
from miniature import PEOPLE_PARAMETERS, notebook, replace

from reportbook.checking.report_code import check_parameters, check_with_module, mend_with_module
from reportbook.errors import ReportError
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project

CHECKS = """
import sys

def problems(folder):
    print("not an answer")
    yield f"{folder.name}/a.csv, row 2: {folder.is_absolute()}"

def mend(folder):
    (folder / "a.csv").write_text("mended")
    return ["data/a.csv: mended."]
"""


def name_checks(report, name="my_checks"):
    replace(report / "_config.yml", "reportbook:\n", f"reportbook:\n  checks: {name}\n")
    return load_project(report)


@pytest.fixture
def project(report):
    (report / "my_checks.py").write_text(CHECKS)
    (report / "data").mkdir()
    return name_checks(report)


def test_the_module_says_what_is_wrong_and_mends(project):
    assert check_with_module(project) == ["data/a.csv, row 2: True"]
    assert mend_with_module(project) == ["data/a.csv: mended."]
    assert (project.data / "a.csv").read_text() == "mended"
    (project.root / "my_checks.py").write_text("def problems(folder): return ()")
    assert check_with_module(project) == mend_with_module(project) == []
    assert not list(project.root.rglob("__pycache__"))


def test_without_a_module_nothing_is_asked(report):
    assert check_with_module(load_project(report)) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1", "which has no function 'problems'"),
        ("import nothing_such", "which failed. ModuleNotFoundError in my_checks.py, line 1: No"),
        (
            "\ndef problems(folder):\n    return folder.gone",
            "AttributeError in my_checks.py, line 3",
        ),
    ],
)
def test_a_module_that_cannot_be_asked(project, code, said):
    (project.root / "my_checks.py").write_text(code)
    with pytest.raises(ReportError) as refused:
        check_with_module(project)
    assert str(refused.value).startswith("_config.yml, line 8: 'checks' names 'my_checks', which")
    assert said in str(refused.value)


def test_a_module_that_is_not_there_or_ends_everything(project):
    (project.root / "my_checks.py").unlink()
    with pytest.raises(ReportError, match=r"but there is no module 'my_checks' to import\.$"):
        check_with_module(project)
    (project.root / "my_checks.py").write_text("import os; os._exit(3)")
    with pytest.raises(ReportError, match=r"my_checks ended the process .* report: exit code 3"):
        check_with_module(project)


def tagged(report, *sources):
    """Tag cells of both notebooks with what checks parameters."""
    for stem in ("people", "money"):
        made = notebook(("parameters", PEOPLE_PARAMETERS), *(("code", each) for each in sources))
        for cell in made.cells[1:]:
            cell.metadata["tags"] = ["checks-parameters"]
        nbformat.write(made, report / "notebooks" / f"{stem}.ipynb")
    project = load_project(report)
    return check_parameters(project, load_editions(project, ["2020", "latest"]))


def test_a_refusal_of_two_notebooks_is_said_once(report):
    refuse = "if as_of: raise ValueError(f'as_of {as_of!r} is not accepted.')"
    assert tagged(report, "import things", refuse) == [
        "editions/2020.yml: as_of '2020-12-31' is not accepted. So says notebooks/people.ipynb, "
        "code cell 3, and 1 other notebook."
    ]


def test_cells_run_in_order_beside_their_notebook_once_for_values_they_use(report):
    count = "open('../runs', 'a').write('x'); import things; place = things.__file__"
    assert tagged(report, count, "assert place.endswith('things.py'), place") == []
    assert (report / "runs").read_text() == "xx"  # two notebooks; the editions differ in no value
    (problem,) = tagged(report, "import things\nthings.gone")
    assert problem == (
        "notebooks/people.ipynb, code cell 2, and 1 other notebook: AttributeError: module "
        "'things' has no attribute 'gone'"
    )
    (report / "notebooks" / "things.py").write_text("def broken():\n    return None.gone\n")
    (problem,) = tagged(report, "import things\nthings.broken()")
    assert "AttributeError in notebooks/things.py, line 2: 'NoneType' object has" in problem


def test_what_was_said_of_the_data_is_not_said_again(report):
    project = load_project(report)
    tagged(report, "raise ValueError('data/a.csv, row 2: odd.\\ndata/b.csv: odd.')")
    editions = load_editions(project, ["latest"])
    of_both = ["data/b.csv: quite odd.", "data/a.csv, row 7: odd."]
    assert check_parameters(project, editions, of_both) == []
    assert len(check_parameters(project, editions, of_both[:1])) == 1
