import pytest

from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.snapshots.record import read_snapshots

HEAD = ("table,file,producer,title,published,retrieved,address,parameters,rows,sha256,licence,"
        "source,extends\n")  # fmt: skip
ROW = "cats,tables/cats/2024.csv,bureau,Cats,2024,,https://example.org,,{rows},aa,CC0,b,{extends}\n"


def test_a_record_is_read_with_its_types(report):
    (report / "data").mkdir(exist_ok=True)
    (report / "data" / "snapshots.csv").write_text(HEAD + ROW.format(rows=3, extends="false"))
    (snapshot,) = read_snapshots(load_project(report))
    assert (snapshot.rows, snapshot.extends, snapshot.retrieved) == (3, False, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("table,file\n", "row 1: the columns must be table, file, producer"),
        (HEAD + ROW.format(rows="many", extends="true"), "row 2, column rows: 'many' is not a"),
        (HEAD + ROW.format(rows=3, extends="yes"), "row 2, column extends: 'yes' is neither"),
        (HEAD + "cats,tables\n", "row 2: it has 2 cells, but there are 13 columns"),
    ],
)
def test_a_record_that_is_none_is_refused_with_its_place(report, text, said):
    (report / "data").mkdir(exist_ok=True)
    (report / "data" / "snapshots.csv").write_text(text)
    with pytest.raises(ReportError) as refused:
        read_snapshots(load_project(report))
    assert f"data/snapshots.csv, {said}" in str(refused.value)
