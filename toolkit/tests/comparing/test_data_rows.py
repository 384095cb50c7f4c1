import csv

import pytest

from reportbook.comparing.data_rows import Revision, copy_as_recorded, revisions, row_keys

RECORDED = {
    "observations": {
        "d001": {"observation": "d001", "value": 5, "stated": True, "note": None, "source": "s"},
        "d002": {"observation": "d002", "value": 2.5, "stated": False, "note": "", "source": "s"},
    },
    "sources": {"s": {"source": "s", "title": "A count"}},
}
COUNTS = (
    "observation,value,stated,note,source\nd001,5,true,,s\nd002,2.50,False,,s\nd003,1,true,,s\n"
)


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "counts.csv").write_text(COUNTS)
    (folder / "sources.csv").write_text("source,title\ns,A count\n")
    return folder


def change(data, old, new, file="counts.csv"):
    text = (data / file).read_text()
    assert old in text
    (data / file).write_text(text.replace(old, new))


def test_the_same_value_otherwise_written_is_no_revision(data):
    assert revisions(data, RECORDED) == []


def test_what_changed_is_named_by_row_and_column(data):
    change(data, "d001,5,", "d001,6,")
    change(data, "A count", "A Count", "sources.csv")
    assert revisions(data, RECORDED) == [
        Revision("observation", "d001", {"value": ("5", "6")}),
        Revision("source", "s", {"title": ("A count", "A Count")}),
    ]


def test_a_row_that_is_gone_is_withdrawn(data):
    change(data, "d002,2.50,False,,s\n", "")
    (gone,) = revisions(data, RECORDED)
    assert (gone.key, gone.withdrawn) == ("d002", True)


def test_the_copy_holds_the_old_rows_and_the_data_stay(data, tmp_path):
    change(data, "d001,5,", "d001,6,")
    change(data, "d002,2.50,False,,s\n", "")
    before = (data / "counts.csv").read_bytes()
    copy_as_recorded(data, RECORDED, tmp_path / "copy")
    assert (data / "counts.csv").read_bytes() == before
    with (tmp_path / "copy" / "counts.csv").open(newline="") as stream:
        rows = {row["observation"]: row["value"] for row in csv.DictReader(stream)}
    assert rows == {"d001": "5", "d003": "1", "d002": "2.5"}
    assert revisions(tmp_path / "copy", RECORDED) == []


def test_a_row_whose_key_was_not_there_was_added(data, tmp_path):
    change(data, "d003,1,", "d003,1,true,,s\nd001b,9,")
    recorded = {**RECORDED, "rows": {"observation": ["d001", "d002", "d003"], "source": ["s"]}}
    (new,) = revisions(data, recorded)
    assert (new.key, new.added, new.columns["value"]) == ("d001b", True, ("", "9"))
    copy_as_recorded(data, recorded, tmp_path / "copy")
    assert row_keys(tmp_path / "copy") == recorded["rows"]
    assert row_keys(data)["observation"] == ["d001", "d002", "d003", "d001b"]


def test_records_of_a_kind_that_no_file_holds_are_passed_over(tmp_path):
    assert revisions(tmp_path / "none", RECORDED) == []
