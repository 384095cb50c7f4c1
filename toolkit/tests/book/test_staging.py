import json
import re

import pytest
import yaml
from bs4 import BeautifulSoup
from miniature import replace
from nbformat.v4 import new_code_cell, new_notebook, new_output

from reportbook.book.defaults import book_settings, merged
from reportbook.book.staging import readable, stage
from reportbook.book.taken_along import beside_pages
from reportbook.commands.build import build
from reportbook.errors import ReportError
from reportbook.files.notebooks import read_notebook
from reportbook.report.project import load_project
from reportbook.results.publishing import MEDIA_TYPE


@pytest.fixture
def staged(built):
    return built.root / "_build" / "editions" / "2020" / "book"


def test_pages_lie_at_the_same_paths(staged):
    assert (staged / "notebooks" / "index.md").is_file()
    assert (staged / "notebooks" / "things.py").is_file()
    assert (staged / "notebooks" / "_static" / "favicon.svg").is_file()


def test_the_notebook_states_the_values_it_ran_with_and_nothing_of_papermill(staged):
    text = (staged / "notebooks" / "people.ipynb").read_text()
    assert MEDIA_TYPE not in text
    assert "papermill" not in text
    notebook = read_notebook(staged / "notebooks" / "people.ipynb")
    assert not [
        cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())
    ]
    assert 'reading: Literal["plain", "wide"] = "wide"  # which reading' in notebook.cells[1].source
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, 2, 3, 4]


def test_charts_are_framed_and_code_is_folded(staged):
    cell = read_notebook(staged / "notebooks" / "people.ipynb").cells[3]
    assert "hide-input" in cell.metadata.tags
    assert [list(output.data) for output in cell.outputs] == [["text/html"]]
    assert cell.outputs[0].data["text/html"].startswith('<figure class="rb-chart')


def test_a_chart_that_is_not_framed_gets_its_alternative_text():
    record = {"name": "a.b", "kind": "chart", "alt": "A\nline"}
    cell = new_code_cell(outputs=[new_output("display_data", {MEDIA_TYPE: record})])
    readable(new_notebook(cells=[cell]))
    assert cell.metadata["mystnb"]["image"]["alt"] == "A line"
    assert MEDIA_TYPE not in cell.outputs[0].data


def test_the_configuration_is_the_editions(staged):
    config = yaml.safe_load((staged / "_config.yml").read_text())
    options = config["sphinx"]["config"]["html_theme_options"]
    assert config["title"] == "The year 2020"
    assert options["switcher"] == {"json_url": "../editions.json", "version_match": "2020"}
    assert config["execute"]["execute_notebooks"] == "off"
    assert json.loads((staged / "results.json").read_text())["edition"] == "2020"


def test_a_file_the_configuration_names_must_be_there(report, tmp_path):
    replace(report / "_config.yml", "favicon.svg", "gone.svg")
    project = load_project(report)
    with pytest.raises(ReportError, match=r"names 'notebooks/_static/gone\.svg'"):
        stage(project, None, {}, {}, tmp_path / "book", beside=beside_pages(project))


def test_merging_leaves_both_as_they_were():
    base, over = {"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 9}, "d": {"e": 4}}
    assert merged(base, over) == {"a": {"b": 9, "c": 2}, "d": {"e": 4}}
    assert base == {"a": {"b": 1, "c": 2}, "d": 3}


def test_a_short_configuration_is_enough():
    settings = book_settings({"title": "Rain", "sphinx": {"extra_extensions": ["my.own"]}})
    told = settings["sphinx"]["config"]
    assert told["extensions"][-2:] == ["my.own", "reportbook.sphinx"]
    assert "sphinx_thebe" not in told["extensions"]
    assert told["html_theme_options"]["switcher"]["json_url"] == "../editions.json"
    assert settings["execute"] == {"execute_notebooks": "off"}


def test_what_a_report_says_wins_but_notebooks_are_not_run_again():
    said = {
        "execute": {"execute_notebooks": "force", "timeout": 5},
        "only_build_toc_files": False,
        "sphinx": {
            "config": {
                "extensions": ["myst_nb"],
                "html_show_sphinx": True,
                "nb_execution_mode": "force",
                "jupyter_execute_notebooks": "cache",
            }
        },
    }
    settings = book_settings(said)
    assert settings["execute"] == {"execute_notebooks": "off", "timeout": 5}
    assert settings["only_build_toc_files"] is True
    assert settings["sphinx"]["config"]["extensions"] == ["myst_nb", "reportbook.sphinx"]
    assert settings["sphinx"]["config"]["html_show_sphinx"] is True
    assert settings["sphinx"]["config"]["nb_execution_mode"] == "off"
    assert "jupyter_execute_notebooks" not in settings["sphinx"]["config"]
    assert said["execute"]["execute_notebooks"] == "force"


def test_all_of_a_very_long_table_can_be_downloaded(report):
    many = "ROWS * 501"
    replace(report / "notebooks" / "people.ipynb", 'table(\\"Seen\\", ROWS[:1])',
            f'table(\\"Seen\\", {many})')  # fmt: skip
    summary = build(load_project(report), ["latest"], jobs=2)
    assert not summary.failed, [each.problems for each in summary.outcomes]
    site = report / "_build" / "site" / "latest"
    page = BeautifulSoup((site / "notebooks" / "people.html").read_bytes(), "html.parser")
    links = page.find_all("a", attrs={"aria-label": re.compile("All rows of “Seen”")})
    assert [link.text for link in links] == ["CSV", "XLSX"]
    for link in links:
        assert (site / "notebooks" / link["href"]).is_file()
    text = (site / "downloads" / "people-seen-table.csv").read_text(encoding="utf-8")
    assert text.count("\n") == 1003  # the heads, and 501 times two rows
