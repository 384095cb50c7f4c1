"""A data package's mistakes, in the words of those who keep its tables."""

import json

import pytest

from reportbook.checking.package import check_package
from reportbook.report.project import load_project

FIELDS = [
    {"name": "key", "type": "string", "constraints": {"required": True, "unique": True}},
    {"name": "people", "type": "integer", "constraints": {"minimum": 0, "maximum": 10}},
    {"name": "day", "type": "date"},
    {"name": "kind", "type": "string", "constraints": {"enum": ["x", "y"]}},
    {"name": "source", "type": "string"},
]
REFERENCE = {"fields": "source", "reference": {"resource": "s", "fields": "source"}}
HEAD = "key,people,day,kind,source\n"


@pytest.fixture
def problems(report):
    """What is said of a table with these rows, beside a table of the source s1."""
    pytest.importorskip("frictionless")
    schema = {"primaryKey": "key", "foreignKeys": [REFERENCE], "fields": FIELDS}
    sources = {"fields": [{"name": "source", "type": "string"}]}
    resources = [
        {"name": "a", "path": "a.csv", "type": "table", "schema": schema},
        {"name": "s", "path": "s.csv", "type": "table", "schema": sources},
    ]
    (report / "data").mkdir()
    (report / "data" / "datapackage.json").write_text(
        json.dumps({"name": "x", "resources": resources})
    )
    (report / "data" / "s.csv").write_text("source\ns1\n")

    def of(rows, head=HEAD):
        (report / "data" / "a.csv").write_text(head + rows)
        return check_package(load_project(report))

    return of


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,many,,x,s1", "row 3, column people: 'many' is not accepted. Accepted: a whole number"),
        ("b,-1,,x,s1", "row 3, column people: '-1' is not accepted. Accepted: 0 or more."),
        ("b,11,,x,s1", "row 3, column people: '11' is not accepted. Accepted: 10 or less."),
        ("b,1,2020-13-01,x,s1", "row 3, column day: '2020-13-01' is not accepted. Accepted: a day"),
        ("b,1,,z,s1", "row 3, column kind: 'z' is not accepted. Accepted: x, y."),
        (",1,,x,s1", "row 3, column key: the cell is empty, and a value is required."),
        ("a,1,,x,s1", "row 3, column key: what tells rows apart stands in row 2 already."),
        ("b,1,,x,q", "row 3: 'q' in column source is not in the table 's', column source."),
        ("b,1,,x,s1,9", "row 3: the row has more cells than there are columns."),
        ("", "row 3: an empty line."),
    ],
)
def test_one_mistake_is_said_once(problems, row, said):
    assert problems("a,1,,x,s1\n") == []
    (problem,) = problems(f"a,1,,x,s1\n{row}\n")
    assert problem.startswith(f"data/a.csv, {said}")


def test_columns_and_files_that_are_not_there(problems, report):
    (problem,) = problems("a,1,,x\n", HEAD.replace(",source", ""))
    assert problem == "data/a.csv, column source: the first line does not name this column."
    (report / "data" / "s.csv").unlink()
    assert (
        "data/s.csv: the data package names this file, but it cannot be opened."
        in check_package(load_project(report))
    )
