import pytest
from miniature import notebook
from nbformat.v4 import new_output

from reportbook.errors import ReportError
from reportbook.results.publishing import MEDIA_TYPE
from reportbook.results.records import Published, code_cells, collect, natural, read_records

BUREAU = {"source": "bureau", "publisher": "Bureau"}


def record(name, **more):
    number = {"name": name, "kind": "number", "value": None, "text": "", **more}
    return new_output("display_data", data={MEDIA_TYPE: number})


def published(name, notebook="notebooks/people", **more):
    return Published(name, {"kind": "number", "value": None, "text": "", **more}, notebook, 1)


def test_records_name_their_cell_and_papermills_cells_do_not_count():
    made = notebook(("text", "# x"), ("parameters", "a: int = 1"), ("code", "a = 2"), ("code", "b"))
    made.cells[2].metadata["tags"] = ["injected-parameters"]
    made.cells[3].outputs = [record("people.share", value=0.75)]
    (found,) = read_records(made, "notebooks/people")
    assert (found.name, found.cell, found.notebook) == ("people.share", 2, "notebooks/people")
    assert found.record == {"kind": "number", "value": 0.75, "text": ""}


def test_a_record_that_is_none_names_cell_and_field():
    made = notebook(("code", "a"))
    made.cells[0].outputs = [record("people.share", low="0.7")]
    with pytest.raises(
        ReportError, match=r"people\.ipynb, code cell 1: what 'people\.share' .*: low: Input should"
    ):
        read_records(made, "notebooks/people")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "a page"]
)
def test_a_source_whose_address_is_no_pages_is_refused(url):
    made = notebook(("code", "a"))
    made.cells[0].outputs = [record("people.share", source_records=[{**BUREAU, "url": url}])]
    with pytest.raises(ReportError, match=r"source_records\.0\.url: .* address of a page \(https:"):
        read_records(made, "notebooks/people")


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org", ""])
def test_a_source_has_the_address_of_a_page_or_none(url):
    made = notebook(("code", "a"))
    made.cells[0].outputs = [record("people.share", source_records=[{**BUREAU, "url": url}])]
    assert read_records(made, "notebooks/people")[0].record["source_records"][0]["url"] == url


@pytest.mark.parametrize(
    "name", ["/etc/a", "people./../a", "../people.a", "people", "People.a", f"a.{'b' * 120}", 7]
)
def test_a_record_whose_name_no_notebook_could_publish_is_refused(name):
    made = notebook(("code", "a"))
    made.cells[0].outputs = [record(name)]
    with pytest.raises(
        ReportError, match=r"code cell 1: what .*: name: Input should be lower case"
    ):
        read_records(made, "notebooks/people")


@pytest.mark.parametrize("content", [[1], "text", {"kind": "number"}, {"name": "a.b", "kind": []}])
def test_what_stands_in_the_place_of_a_record_is_refused(content):
    made = notebook(("code", "a"))
    made.cells[0].outputs = [new_output("display_data", data={MEDIA_TYPE: content})]
    with pytest.raises(ReportError, match=r"people\.ipynb, code cell 1"):
        read_records(made, "notebooks/people")


def test_names_that_would_be_the_same_file_are_refused():
    with pytest.raises(ReportError, match=r"'people\.a_b' .* 'people\.a\.b' .* only by dots"):
        collect([published("people.a_b"), published("people.a.b")], edition="x")


def test_a_sign_that_nobody_sees_is_refused_with_its_place():
    made = notebook(("code", "a"))
    full = [{**BUREAU, "title": "A count\u202e"}]
    made.cells[0].outputs = [record("people.share", label="a\x1b", source_records=full)]
    with pytest.raises(ReportError) as refused:
        read_records(made, "notebooks/people")
    assert "label: the text has the sign U+001B" in str(refused.value)
    assert "source_records.0.title: the text has the sign U+202E" in str(refused.value)


def test_a_record_of_another_version_is_refused_by_name():
    made = notebook(("code", "a"))
    media = "application/vnd.reportbook.record.v2+json"
    made.cells[0].outputs = [new_output("display_data", data={media: {"kind": "number"}})]
    with pytest.raises(ReportError, match=r"code cell 1 holds a record of another version .*\.v2"):
        read_records(made, "notebooks/people")


def test_empty_cells_do_not_count_as_they_do_not_in_jupyterlab():
    assert [number for number, _ in code_cells(notebook(("code", " "), ("code", "a")))] == [1]


def test_a_name_twice_in_one_notebook_names_both_cells():
    made = notebook(("code", "a"), ("code", "b"))
    for cell in made.cells:
        cell.outputs = [record("people.share")]
    with pytest.raises(ReportError, match=r"people\.share' twice, in code cells 1 and 2"):
        read_records(made, "notebooks/people")


def test_one_chart_to_a_cell():
    made = notebook(("code", "a"))
    made.cells[0].outputs = [
        record(name, kind="chart", title="Up", alt="A line") for name in ("a.b", "a.c")
    ]
    with pytest.raises(ReportError, match="code cell 1 publishes 2 charts"):
        read_records(made, "notebooks/people")


def test_a_name_in_two_notebooks_names_both():
    with pytest.raises(ReportError, match=r"by both notebooks/people.ipynb and notebooks/money"):
        collect([published("a.b"), published("a.b", "notebooks/money")], edition="latest")


def test_results_hold_the_record_and_where_it_stands():
    number = published(
        "people.share", value=0.75, low=None, high=0.8, unit="share", text="75%",
        sources=["bureau"], observations=["d1"], derivation="d1",
        label="Share", formats={"range": "75%"},
        observation_records=[{"observation": "d1", "as_stated": "6"}], source_records=[BUREAU],
    )  # fmt: skip
    chart = Published("people.trend", {"kind": "chart", "title": "Up", "alt": "A line"}, "n/p", 2)
    results = collect([chart, number], edition="2020", title="T", as_of="2020-12-31")
    assert results["numbers"]["people.share"] == {
        "value": 0.75, "low": None, "high": 0.8, "unit": "share", "text": "75%",
        "sources": ["bureau"], "observations": ["d1"], "derivation": "d1", "label": "Share",
        "formats": {"range": "75%"}, "notebook": "notebooks/people", "cell": 1,
    }  # fmt: skip
    assert results["charts"]["people.trend"]["alt"] == "A line"
    assert results["observations"] == {"d1": {"observation": "d1", "as_stated": "6"}}
    assert results["sources"] == {"bureau": BUREAU}
    assert (results["edition"], results["as_of"]) == ("2020", "2020-12-31")


def test_a_missing_number_keeps_its_reason_and_stays_null():
    number = published("a.b", value=None, text="not reported", reason="No source says.")
    entry = collect([number], edition="x")["numbers"]["a.b"]
    assert entry["value"] is None
    assert entry["reason"] == "No source says."


def test_one_source_described_in_two_ways_is_an_error():
    other = {**BUREAU, "publisher": "Office"}
    with pytest.raises(ReportError, match=r"source 'bureau' of 'a\.c' otherwise"):
        collect(
            [published("a.b", source_records=[BUREAU]), published("a.c", source_records=[other])],
            edition="x",
        )


def test_digits_sort_as_numbers():
    assert sorted(["d10", "d9", "d010", "c1"], key=natural) == ["c1", "d9", "d10", "d010"]
