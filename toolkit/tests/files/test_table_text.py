"""What spreadsheets make of a CSV file, and what undoes that."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportbook.files.table_text import TableText

PLAIN = 'key,people,words\na,1.5,one\nb,20,"two, or so"\n'
SPANISH = "key;people;words\na;1,5;one\nb;20;two, or so\n"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (codecs.BOM_UTF8 + PLAIN.encode(), "begins with a byte order mark"),
        (PLAIN.encode("utf-16"), "is written as UTF-16"),
        (SPANISH.encode(), "is separated by semicolons, as Excel writes it"),
        (SPANISH.replace(";", "\t").encode(), "is separated by tabs"),
        (b"sep=,\n" + PLAIN.encode(), "begins with a line 'sep='"),
    ],
)
def test_a_file_of_a_spreadsheet_is_told_and_mended(content, fault):
    table = TableText(content, ["people"])
    (said,) = table.faults
    assert said.startswith(fault)
    mended = TableText(table.mended, ["people"])
    assert mended.faults == []
    assert mended.mended is None
    rows = list(csv.reader(io.StringIO(mended.content.decode())))
    # a decimal comma is mended where semicolons stand for its sake, not where tabs do
    assert [row[1] for row in rows] == ["people", "1,5" if "tabs" in fault else "1.5", "20"]
    assert rows[2][2] == "two, or so"


def test_a_plain_file_is_left_alone():
    for content in (PLAIN, PLAIN.replace("\n", "\r\n"), 'key;x,"a;b;c;d"\n1,2\n', "", "key\n1\n"):
        table = TableText(content.encode(), ["people"])
        assert (table.faults, table.mended) == ([], None)


def test_digits_of_another_script_and_empty_rows_are_mended():
    table = TableText("key,people\n١,١٠\nb,३\n,\n,\n".encode(), ["people"])
    assert table.mended == "key,people\n١,10\nb,3\n".encode()  # a key is no number


@pytest.mark.parametrize("value", ["1.5E+07", "1_000", "INF", "1,234", "(5)", "1 000"])
def test_what_could_be_another_number_is_left_to_the_author(value):
    assert TableText(f'key,people\na,"{value}"\n'.encode(), ["people"]).mended is None
    # with semicolons 1,234 may be a thousand or one and a bit
    mended = TableText(f"key;people\na;{value}\n".encode(), ["people"]).mended
    assert next(iter(list(csv.reader(io.StringIO(mended.decode())))[1:]))[1] == value


def test_a_file_saved_by_a_spreadsheet_is_again_what_it_was():
    excel = codecs.BOM_UTF8 + SPANISH.replace("20", "0,125").replace("\n", "\r\n").encode()
    assert TableText(excel, ["people"]).mended == PLAIN.replace("20", "0.125").encode()


def test_what_is_no_text_is_named_with_its_row():
    table = TableText("key,people\na,1\nñ,2\n".encode("latin-1"))
    assert table.not_text == "row 3: byte 0xf1 is not UTF-8"
    assert (table.faults, table.mended) == ([], None)


_CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)


@given(
    st.lists(st.tuples(_CELLS, _CELLS), max_size=4),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_mending_changes_no_cell(rows, separator, encoding, end):
    table = [("key", "words"), *rows, ("last", "row")]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(table)
    given = TableText(text.getvalue().encode(encoding))
    mended = given.mended if given.faults else given.content
    assert list(csv.reader(io.StringIO(mended.decode(), newline=""))) == [list(r) for r in table]
