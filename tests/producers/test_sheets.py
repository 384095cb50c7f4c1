"""Tables found in files as people have them, and files that are refused with a place."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from analysis.errors import DataError
from analysis.producers.sheets import read_sheets, sheet_of_items

HEADINGS = {"year": ("year",), "code": ("iso", "Country (ISO)"), "people": ("people", "Persons")}
PLAIN = "year,iso,people\n2023,VEN,7\n2024,SYR,5\n"


def sheets(tmp_path, content, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheets(path, HEADINGS, ("year", "code"))


def rows(sheet):
    return sheet.cells.to_dict("index")


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.replace("iso", "Country (ISO) ").replace("people", "PERSONS").encode(),
        PLAIN.replace("2023", '" 2023 "').encode(),
        PLAIN.rstrip().encode(),
    ],
    ids=["plain", "crlf", "semicolon", "tab", "bom", "utf-16", "headings", "quoted", "no last end"],
)
def test_one_table_in_many_dresses(tmp_path, content):
    (sheet,) = sheets(tmp_path, content)
    assert rows(sheet) == {
        2: {"year": "2023", "code": "VEN", "people": "7"},
        3: {"year": "2024", "code": "SYR", "people": "5"},
    }


def test_words_around_the_table_are_kept_and_rows_are_counted_as_in_the_file(tmp_path):
    (sheet,) = sheets(tmp_path, f'"All, about it"\n\n{PLAIN}\n\nLast updated: 2026-06-12\n')
    assert list(sheet.cells.index) == [4, 5]
    assert sheet.around == ("All, about it", "Last updated: 2026-06-12")


def test_a_row_of_hxl_tags_is_no_row(tmp_path):
    (sheet,) = sheets(tmp_path, PLAIN.replace("\n2023", "\n#date+year,#country+code,\n2023"))
    assert list(sheet.cells.index) == [3, 4]


def test_latin_1_is_read_and_said(tmp_path):
    (sheet,) = sheets(tmp_path, "year,iso,people\n2023,Curaçao,7\n".encode("cp1252"))
    assert rows(sheet)[2]["code"] == "Curaçao"
    assert sheet.remark == "table.csv is not UTF-8; it was read as Windows Latin-1."


def test_a_zip_gives_its_table_and_leaves_its_footnotes(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as members:
        members.writestr("footnotes.csv", "id,text\n1,a note\n")
        members.writestr("population.csv", PLAIN)
    (sheet,) = sheets(tmp_path, packed.getvalue(), "download.zip")
    assert sheet.file == "download.zip, population.csv"


def workbook(*rows):
    """A workbook with a sheet of notes, and one of a line of words above the rows."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["About", "it"])
        data = book.add_worksheet("Data")
        for number, row in enumerate((["All of it"], *rows)):
            data.write_row(number, 0, row)
        data.write_datetime(2, 3, datetime.datetime(2023, 12, 31))
    return content.getvalue()


def test_a_workbook_gives_its_table_with_whole_numbers_and_dates_as_text(tmp_path):
    content = workbook(["Year", "ISO", "People", "Day"], [2023, "VEN", 7], [2024, "SYR", 1.5])
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    (sheet,) = read_sheets(path, HEADINGS | {"day": ("day",)}, ("year", "code"))
    assert rows(sheet) == {
        3: {"year": "2023", "code": "VEN", "people": "7", "day": "2023-12-31"},
        4: {"year": "2024", "code": "SYR", "people": "1.5", "day": ""},
    }
    assert (sheet.file, sheet.around) == ("table.xlsx, sheet 'Data'", ("All of it",))


def test_a_workbook_that_is_damaged_is_refused(tmp_path):
    content = workbook(["Year", "ISO"], [2023, "VEN"])
    with pytest.raises(DataError, match=r"table.xlsx is a (zip|workbook) that"):
        sheets(tmp_path, content.replace(b"worksheets", b"workshoots"), "table.xlsx")


def test_of_a_large_file_only_the_rows_that_matter_are_read_and_keep_their_numbers(tmp_path):
    (tmp_path / "bulk.csv").write_text("year,iso,people\n2023,PER,1\n2023,VEN,7\n2024,SYR,5\n")
    content = workbook(["year", "iso", "people"], [2023, "PER", 1], [2023, "VEN", 7])
    (tmp_path / "bulk.xlsx").write_bytes(content)
    for name, number in (("bulk.csv", 3), ("bulk.xlsx", 4)):
        (sheet,) = read_sheets(tmp_path / name, HEADINGS, ("year",), holding=["VEN"])
        assert list(sheet.cells["code"]) == ["VEN"]
        assert list(sheet.cells.index) == [number]
    (sheet,) = read_sheets(tmp_path / "bulk.csv", HEADINGS, ("year",), holding=["COL"])
    assert len(sheet.cells) == 3  # none holds it, and whoever asked says what is there


def test_cells_that_a_spreadsheet_left_out_at_the_end_of_a_row_are_blank(tmp_path):
    (sheet,) = sheets(tmp_path, "year,iso,people\n2023,VEN\n2024,SYR,5\n")
    assert rows(sheet)[2]["people"] == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "a page for a browser, not data"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not a table"),
        (b"PK\x03\x04 and then nothing", "a zip that is cut off"),
        ("year,iso,people\n", "has headings and no rows"),
        ("year,iso,people\n2023,VEN,7\n2024,S", "row 3: the file ends within this row"),
        ('year,iso,people\n2023,VEN,"7\n2024,SYR,5\n', "quotation marks do not pair up"),
        (
            "year,iso,people\n2023,VEN,7\n\n2024,SYR,1,500\n",
            "row 4: more cells than the 3",
        ),
        ("year,iso,people\n2023,VEN,1,500\n2024,SYR,5\n", "row 2: more cells than the 3"),
        ("year,iso,people\n2023,VEN,1,500,000\n2024,SYR,5\n", "row 2: more cells than the 3"),
        ("year,iso,people\n2023,VEN,5\n2023,VEN,1,500,000\n", "row 3: more cells than the 3"),
        ("a,b\n1,2\n", "there is no column 'year'; 'iso' or 'Country (ISO)'. There: 'a', 'b'"),
        ("year,iso,Year\n2023,VEN,2024\n", "table.csv, row 1: the column 'year' stands twice"),
        ("year,people\n2023,4\n", "table.csv, row 1: there is no column 'iso'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path, content, said):
    with pytest.raises(DataError) as refused:
        sheets(tmp_path, content)
    assert said in str(refused.value)


def test_the_refusal_of_a_cell_names_file_row_and_heading(tmp_path):
    (sheet,) = sheets(tmp_path, PLAIN.replace("iso", "Country (ISO)"))
    wrong = sheet.cells["year"] >= "2023"
    assert str(sheet.refusal(wrong, "code", "{} is odd", "Mend it.")) == (
        "table.csv, row 2, column 'Country (ISO)': 'VEN' is odd. Mend it. (So in 1 more row.)"
    )


def test_items_of_a_document_are_rows_and_null_is_no_text():
    items = [{"year": 2023, "iso": "VEN", "people": None}, {"year": 2024.0, "iso": "SYR"}]
    sheet = sheet_of_items("page.json", items, HEADINGS, ("year", "code", "people"))
    assert rows(sheet) == {
        1: {"year": "2023", "code": "VEN", "people": ""},
        2: {"year": "2024", "code": "SYR", "people": ""},
    }
    with pytest.raises(DataError, match=r"page.json has no items"):
        sheet_of_items("page.json", [], HEADINGS, ("year",))
