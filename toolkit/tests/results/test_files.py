"""A file of another version is read or refused, never misread."""

import json

import pytest

from reportbook.errors import ReportError
from reportbook.results.files import load_changes, load_results, write_changes

FIRST = {"old": None, "new": {"edition": "2020", "title": "The year", "as_of": None}}
OLDEST = {
    "edition": "2020", "numbers": {"a.b": {"value": 1}}, "charts": {}, "tables": {},
    "observations": {}, "sources": {},
}  # fmt: skip


@pytest.fixture
def written(tmp_path):
    def write(document):
        path = tmp_path / "results.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return path

    return write


def test_results_from_before_versions_were_counted_are_read_with_what_they_lack(written):
    results = load_results(written(OLDEST), "2020/results.json")
    assert results["schema"] == "reportbook/results/1"
    assert results["numbers"] == {"a.b": {"value": 1}}
    assert (results["language"], results["overrides"]) == ("en", {})


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({**OLDEST, "schema": "reportbook/results/2"},
         "2020/results.json is of the version 'reportbook/results/2', but this reportbook reads "
         "'reportbook/results/1'. Build the edition anew"),
        ({**OLDEST, "schema": "reportbook/changes/1"}, "is of the version 'reportbook/changes/1'"),
        ({"edition": "2020", "numbers": {}}, "lacks 'charts', 'tables', 'observations', 'sources'"),
        ([], "is not a document of 'reportbook/results/1'"),
        ("{", "2020/results.json cannot be read"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_name(written, document, said):
    with pytest.raises(ReportError, match=said):
        load_results(written(document), "2020/results.json")


def test_changes_are_written_with_their_version_and_read_by_it(tmp_path):
    write_changes(FIRST, tmp_path)
    assert load_changes(tmp_path / "changes.json", "changes.json") == {
        "schema": "reportbook/changes/1", **FIRST
    }  # fmt: skip
