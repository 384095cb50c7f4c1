import pytest
from miniature import replace

from reportbook.checking.notebooks import check_notebooks
from reportbook.commands.accept import accept, stable
from reportbook.errors import ReportError
from reportbook.files.notebooks import read_notebook
from reportbook.report.project import load_project
from reportbook.results.publishing import MEDIA_TYPE


def test_outputs_come_back_without_pictures_and_whatever_wobbles(accepted):
    assert [(each.changed, each.failure) for each in accepted.answers] == [(True, None)] * 2
    assert accepted.answers[0].moved == ("people.share: not published → 75.0% (±1)",)
    assert check_notebooks(load_project(accepted.root)) == []
    people = accepted.root / "notebooks" / "people.ipynb"
    assert "papermill" not in people.read_text()
    output = read_notebook(people).cells[3].outputs[0]
    assert set(output.data) == {"text/plain", MEDIA_TYPE}
    assert read_notebook(people).cells[1].metadata.tags == ["parameters"]


def test_a_second_time_changes_no_byte(accepted):
    people = accepted.root / "notebooks" / "people.ipynb"
    before = people.read_bytes()
    assert [each.changed for each in accept(load_project(accepted.root), ["people"])] == [False]
    assert people.read_bytes() == before


def test_what_moved_is_said_and_what_fails_is_left_as_it_was(accepted):
    people, money = (accepted.root / "notebooks" / f"{name}.ipynb" for name in ("people", "money"))
    replace(people, "6 / 8", "7 / 8")
    replace(money, "0.5,", "0 / 0,")
    before = money.read_bytes()
    moved, failed = accept(load_project(accepted.root), ["notebooks/people.ipynb", "money"], jobs=2)
    assert moved.moved == ("people.share: 75.0% (±1) → 87.5% (±1)",)
    assert str(failed.failure).startswith("code cell 2, line 4: ZeroDivisionError")
    assert money.read_bytes() == before


def test_an_unknown_notebook_is_refused(report):
    with pytest.raises(ReportError, match=r"no notebook 'peple'.*Did you mean 'people'"):
        accept(load_project(report), ["peple"])


def test_what_wobbles_goes(report):
    notebook = read_notebook(report / "notebooks" / "money.ipynb")
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    notebook.metadata["papermill"] = {"duration": 1.2}
    notebook.cells[1].metadata["execution"] = {"iopub.execute_input": "2020"}
    stable(notebook)
    assert notebook.metadata.language_info == {"name": "python"}
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert set(notebook.cells[1].metadata) == {"tags"}
