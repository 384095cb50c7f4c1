"""The data package of a report."""

import json

import pytest

from reportbook.checking.data import check_data, mend_data
from reportbook.report.project import load_project

COUNTS = 'observation,people,words\na1,1.5,"one, or so"\na2,20,two\n'
FIELDS = [
    {"name": "observation", "type": "string"},
    {"name": "people", "type": "number"},
    {"name": "words", "type": "string"},
]


@pytest.fixture
def project(report):
    """The miniature with a data package of one table."""
    folder = report / "data"
    folder.mkdir()
    resource = {"name": "a", "path": "a.csv", "type": "table", "schema": {"fields": FIELDS}}
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}))
    (folder / "a.csv").write_text(COUNTS)
    return load_project(report)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbf" + COUNTS.encode(), "begins with a byte order mark"),
        (COUNTS.encode("utf-16"), "is written as UTF-16"),
        (
            COUNTS.replace(",", ";").replace(".", ",").encode("utf-8-sig"),
            "mark and is separated by",
        ),
        (COUNTS.replace(",", "\t").encode(), "is separated by tabs"),
        (b"sep=,\n" + COUNTS.encode(), "begins with a line 'sep='"),
        (COUNTS.replace("20", "٢٠").encode(), ""),  # what reads the numbers says so
    ],
)
def test_a_file_of_a_spreadsheet_is_said_once_and_mended(project, content, said):
    table = project.data / "a.csv"
    table.write_bytes(content)
    if said:
        (problem,) = check_data(project)
        assert problem.startswith("data/a.csv, row 1: this file ")
        assert said in problem
        assert "or run 'reportbook check --fix'" in problem
    (done,) = mend_data(project)
    assert done.startswith("data/a.csv ")
    assert check_data(project) == mend_data(project) == []
    assert [line.split(",")[1] for line in table.read_text().splitlines()][1:] == ["1.5", "20"]


def test_a_file_in_another_encoding_is_left_to_its_author(project):
    (project.data / "a.csv").write_bytes(COUNTS.replace("two", "dós").encode("latin-1"))
    (problem,) = check_data(project)
    assert problem.startswith("data/a.csv, row 3: byte 0xf3 is not UTF-8. Save it as 'CSV UTF-8'")
    assert mend_data(project) == []


def test_a_table_of_the_report_s_own_kind_may_be_written_as_it_likes(project):
    (project.data / "own.csv").write_text("day;people\n1;2\n")
    assert check_data(project) == mend_data(project) == []
    (project.data / "own.csv").write_text("source;title\na;A\n")
    (problem,) = check_data(project)  # one that this toolkit reads itself
    assert problem.startswith("data/own.csv, row 1: this file is separated by semicolons")


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
