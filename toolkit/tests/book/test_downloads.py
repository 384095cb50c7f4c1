"""What readers can take along of a chart."""

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reportbook.book.downloads import address, plain_rows, write_files

RECORD = {
    "name": "people.stock_chart",
    "title": "People",
    "alt": "A line",
    "as_of": "2020-12-31",
    "licence": "CC-BY-4.0",
    "source_records": [
        {"source": "x", "publisher": "Bureau", "title": "A count", "published": "2020-05",
         "url": "https://example.org"}
    ],
    "table": {
        "title": "People",
        "columns": [
            {"name": "day", "title": "Day", "unit": ""},
            {"name": "people", "title": "People abroad", "unit": "people"},
        ],
        "rows": [
            ["=2020", {"text": "some 6", "value": 6.0, "low": 5.5, "high": 6.5}],
            ["2021", {"text": "not reported", "value": None, "low": None, "high": None}],
            ["2022", None],
        ],
    },
}  # fmt: skip
ROWS = [
    ["day", "people", "people_low", "people_high", "people_text"],
    ["=2020", 6, 5.5, 6.5, "some 6"],
    ["2021", None, None, None, "not reported"],
    ["2022", None, None, None, None],
]


def sheet(path, number):
    """The cells of a worksheet by address, numbers as numbers."""
    spaces = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        words = [
            "".join(entry.itertext())
            for entry in ElementTree.parse(io.BytesIO(book.read("xl/sharedStrings.xml"))).getroot()
        ]
        root = ElementTree.parse(io.BytesIO(book.read(f"xl/worksheets/sheet{number}.xml")))
    cells = {}
    for cell in root.findall(".//s:c", spaces):
        assert cell.find("s:f", spaces) is None, "text became a formula"
        value = cell.findtext("s:v", namespaces=spaces)
        if value is not None:
            cells[cell.get("r")] = words[int(value)] if cell.get("t") == "s" else float(value)
    return cells


def test_a_figure_is_value_low_high_and_words():
    assert list(plain_rows(RECORD["table"])) == ROWS


def test_a_date_or_a_source_is_what_programs_read():
    cells = [{"text": "May 2020", "value": "2020-05"}, {"text": "Bureau", "value": "x"}]
    table = {"columns": [{"name": "day"}, {"name": "source"}], "rows": [cells]}
    assert list(plain_rows(table)) == [["day", "source"], ["2020-05", "x"]]


def test_the_csv_holds_the_rows(tmp_path):
    write_files(RECORD, {}, "Everything", tmp_path)
    with (tmp_path / "people-stock-chart.csv").open(encoding="utf-8", newline="") as stream:
        read = list(csv.reader(stream))
    shown = [["" if cell is None else str(cell) for cell in row] for row in ROWS]
    shown[1][0] = "'=2020"  # as text, which a spreadsheet would calculate otherwise
    assert read == shown


def test_the_workbook_holds_the_rows_and_says_where_they_come_from(tmp_path):
    write_files(RECORD, {}, "Everything", tmp_path)
    path = tmp_path / "people-stock-chart.xlsx"
    data = sheet(path, 1)
    assert (data["A1"], data["B2"], data["C2"], data["E3"]) == ("day", 6, 5.5, "not reported")
    assert data["A2"] == "=2020"
    told = sheet(path, 2)
    facts = {told[f"A{n}"]: told[f"B{n}"] for n in range(1, len(told) // 2 + 1)}
    assert facts["Edition"] == "Everything"
    assert facts["As of"] == "2020-12-31"
    assert facts["Licence"] == "CC-BY-4.0"
    assert facts["Column people"] == "People abroad, in people"
    assert facts["Source"] == "Bureau, A count, 2020-05 https://example.org"


def test_the_same_data_are_the_same_bytes(tmp_path):
    write_files(RECORD, {}, "Everything", tmp_path / "one")
    write_files(RECORD, {}, "Everything", tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_only_what_there_is_is_offered(tmp_path):
    shown = {"image/svg+xml": "<svg/>", "image/png": "aGFsbG8="}
    files = write_files({**RECORD, "table": None}, shown, "Everything", tmp_path)
    assert [(file.kind, file.name) for file in files] == [
        ("svg", "people-stock-chart.svg"),
        ("png", "people-stock-chart.png"),
    ]
    assert (tmp_path / "people-stock-chart.png").read_bytes() == b"hallo"


def test_addresses_hold_no_dots_or_underscores():
    assert address("people.stock_chart") == "people-stock-chart"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_takes_no_more_is_an_error_of_the_system(tmp_path):
    (tmp_path / "people-stock-chart.xlsx").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        write_files(RECORD, {}, "Everything", tmp_path)
