import pytest

from reportbook.errors import ReportError
from reportbook.files.csv_rows import read_rows


def read(tmp_path, content, **options):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return read_rows(path, "data/a.csv", **options)


def test_rows_stand_by_column_with_their_line(tmp_path):
    read_ = read(tmp_path, b'\xef\xbb\xbfa,b\n1,"x\ny"\n\n2,\n')
    assert read_.columns == ["a", "b"]
    assert read_.lines == [(2, {"a": "1", "b": "x\ny"}), (5, {"a": "2", "b": ""})]
    assert [row["a"] for row in read_.rows] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n1,2,3\n", "row 3: it has 3 cells, but there are 2 columns"),
        (b"a,b\n1\n", "row 2: it has 1 cells, but there are 2 columns"),
        (b"a,b\n1,2\n3,\xe9\n", "row 3: the file is not UTF-8 text"),
        (b"a\n" + b"x" * 2**20, "row 2: a cell has more than 131,072 letters"),
        (b'a,b\n1,"' + b"x,y\n" * 2**16, "row 2: a cell has more than 131,072 letters"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path, content, said):
    with pytest.raises(ReportError, match=f"^data/a.csv, {said}"):
        read(tmp_path, content)


def test_a_table_nobody_wants_is_not_read(tmp_path):
    found = read(tmp_path, b"a,b\n1,2,3\n", wanted=lambda columns: columns[0] == "source")
    assert (found.columns, found.rows) == (["a", "b"], [])
    assert (
        read(tmp_path, b"a,b\n1,\xe9\n", wanted=lambda columns: columns[0] == "source").rows == []
    )


def test_a_file_that_is_not_there_and_one_that_is_empty(tmp_path):
    with pytest.raises(ReportError, match=r"data/b\.csv cannot be read: No such file"):
        read_rows(tmp_path / "b.csv", "data/b.csv")
    assert read(tmp_path, b"").columns == []
