"""The data package of a report."""

import json

import pytest

from reportbook.checking.data import check_data
from reportbook.report.project import load_project


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
