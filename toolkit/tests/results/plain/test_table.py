"""Data frames as records and as HTML."""

import datetime

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from reportbook.errors import ReportError
from reportbook.results.plain.table import shown, table_record
from reportbook.results.schema import mistakes_of


@pytest.fixture(autouse=True)
def outside_of_a_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def texts(record):
    page = BeautifulSoup(shown(record)["text/html"], "html.parser")
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]


def test_a_frame_is_a_table_with_figures_and_ranges():
    frame = pd.DataFrame(
        {"place": ["A", "B"], "year": [2023, 2024], "rain": [120.5, float("nan")],
         "least": [115, 1], "most": [125, 2], "part": [0.25, 0.5]}
    )  # fmt: skip
    record = table_record(
        "rain.table", frame, caption="Rain", ranges={"rain": ("least", "most")},
        units={"rain": "mm", "part": "share"}, note="By gauges.",
    )  # fmt: skip
    assert mistakes_of(record, "table") == []
    assert [column["name"] for column in record["columns"]] == ["place", "year", "rain", "part"]
    assert record["rows"][0][2] == {
        "text": "120 mm (115–125)", "value": 120.5, "low": 115.0, "high": 125.0,
    }  # fmt: skip
    assert texts(record) == [
        ["place", "year", "rain", "part"],
        ["A", "2023", "120 mm (115–125)", "25%"],
        ["B", "2024", "–", "50%"],
    ]
    assert "By gauges." in shown(record)["text/html"]


def test_an_index_that_says_something_comes_first():
    series = pd.Series([1, 2], index=pd.Index(["A", "B"], name="place"), name="rain")
    assert texts(table_record("rain.t", series, caption="Rain")) == [
        ["place", "rain"],
        ["A", "1"],
        ["B", "2"],
    ]
    two = pd.DataFrame({("rain", "mm"): [1200]}, index=pd.MultiIndex.from_tuples([("A", 7)]))
    record = table_record("rain.t", two, caption="Rain")
    assert texts(record) == [["index 1", "index 2", "rain mm"], ["A", "7", "1,200"]]
    assert two.index.names == [None, None]  # the author's frame is left as it was


def test_dates_truth_values_and_formats():
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-05-01"]),
            "at": [datetime.datetime(2024, 5, 1, 12, 30)],
            "wet": [True],
            "part": [0.123],
            "code": ["007"],
        }
    )
    record = table_record("rain.t", frame, caption="Rain", formats={"part": "{:.0%}"})
    assert mistakes_of(record, "table") == []
    assert texts(record)[1] == ["1 May 2024", "2024-05-01 12:30:00", "True", "12%", "007"]


def test_what_a_cell_holds_is_text_and_no_markup():
    frame = pd.DataFrame({"<b>": ["<script>"]})
    html = shown(table_record("rain.t", frame, caption='"Rain" & <i>'))["text/html"]
    assert "<script>" not in html
    assert "<b>" not in html
    assert BeautifulSoup(html, "html.parser").caption.text == '"Rain" & <i>'


def test_a_long_table_is_folded_and_an_empty_one_says_so():
    long = table_record("rain.t", pd.DataFrame({"n": range(13)}), caption="Rain")
    assert "Rain (13 rows)" in BeautifulSoup(shown(long)["text/html"], "html.parser").summary.text
    empty = table_record("rain.t", pd.DataFrame({"n": []}), caption="Rain")
    assert empty["reason"]
    assert "it has no rows" in shown(empty)["text/html"]


def test_a_very_long_table_shows_its_first_rows_and_its_record_has_all():
    record = table_record("rain.t", pd.DataFrame({"n": range(1001)}), caption="Rain")
    page = BeautifulSoup(shown(record)["text/html"], "html.parser")
    assert page.summary.text == "Rain (the first 1,000 of 1,001 rows)"
    assert len(page.tbody.find_all("tr")) == 1000
    assert shown(record)["text/plain"].endswith("\n999\nand 1 more rows")
    assert len(record["rows"]) == 1001


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "a table without a caption"),
        ({"caption": "Rain", "units": {"rian": "mm"}}, "no column 'rian'.*mean 'rain'"),
        ({"caption": "Rain", "ranges": {"rain": ("low", "high")}}, "no column 'low'"),
        ({"caption": "Rain", "formats": {"rain": "{:.1q}"}}, r"'{:.1q}' does not fit"),
    ],
)
def test_what_is_missing_is_said(told, said):
    with pytest.raises(ReportError, match=said):
        table_record("rain.t", pd.DataFrame({"rain": [1]}), **told)
