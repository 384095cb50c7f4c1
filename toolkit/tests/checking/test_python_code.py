"""Code of a report that is no Python is found before any of it runs."""

from miniature import replace

from reportbook.checking.python_code import check_code
from reportbook.report.project import load_project


def found(report):
    return check_code(load_project(report))


def test_a_module_and_a_cell_are_named_with_their_line(report):
    assert found(report) == []
    (report / "src").mkdir()
    (report / "src" / "odd.py").write_text("a = 1\nif a = 1:\n    pass\n")
    (problem,) = found(report)
    assert problem.startswith("src/odd.py, line 2 is no Python: invalid syntax")
    (report / "src" / "odd.py").unlink()
    replace(report / "notebooks" / "people.ipynb", 'chart(\\"Up\\")', 'chart(\\"Up\\"')
    (problem,) = found(report)
    assert problem == (
        "notebooks/people.ipynb, code cell 3, line 1 is no Python: '(' was never closed."
    )


def test_what_ipython_adds_is_understood_and_what_is_made_is_left_out(report):
    money = report / "notebooks" / "money.ipynb"
    old = "from things import number"
    assert old in money.read_text()
    replace(money, old, "%matplotlib inline\\n!ls\\nawait x()\\nimport sys?\\n" + old)
    for folder in ("_build", ".hidden", "env"):
        (report / folder).mkdir()
        (report / folder / "odd.py").write_text("if\n")
    (report / "env" / "pyvenv.cfg").write_text("home = /usr\n")
    assert found(report) == []
    replace(money, "await x()", "return 1")
    (problem,) = found(report)
    assert "'return' outside function" in problem


def test_what_a_cell_imports_is_installed_or_beside_the_notebook(report):
    money = report / "notebooks" / "money.ipynb"
    old = "from things import number"
    replace(money, old, "import numpie as np, json\\n" + old)
    assert found(report) == [
        "notebooks/money.ipynb, code cell 2, line 1 imports 'numpie', which is neither installed "
        "here nor a module beside the notebook. Mend the name, or install it."
    ]
    (report / "notebooks" / "numpie.py").write_text("")
    assert found(report) == []


def test_imports_that_need_not_be_there_are_left_alone(report):
    money = report / "notebooks" / "money.ipynb"
    old = "from things import number"
    replace(money, old, "try:\\n    import numpie\\nexcept ImportError:\\n    pass\\n" + old)
    assert found(report) == []
    replace(money, old, "import sys; sys.path.insert(0, '..')\\nimport own\\n" + old)
    assert found(report) == []
