"""Tables as readers, screen readers and downloads get them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from made import SOURCE, estimate

from analysis.data.periods import Period
from analysis.numbers.estimate import Absent
from analysis.numbers.tables import Column, Table

TABLE = Table(
    "Hosts & guests",
    [Column("host", "Host"), Column("people", "People", "persons"), Column("source", "Source")],
    [
        ("Aland", estimate("a", 7_700_000, resolution=100_000), SOURCE),
        ("Borland", Absent("its register closed in 2019"), SOURCE),
    ],
    note="Ranges are those of the wording.",
)


def html(table):
    return BeautifulSoup(table._repr_mimebundle_()["text/html"], "html.parser")


def test_a_table_has_a_caption_and_headed_rows_and_columns():
    page = html(TABLE)
    assert page.caption.text == "Hosts & guests"
    assert [th.text for th in page.find_all("th", scope="col")] == ["Host", "People", "Source"]
    assert [th.text for th in page.find_all("th", scope="row")] == ["Aland", "Borland"]
    assert page.find(role="region")["tabindex"] == "0"  # scrolls by keyboard where it is wide


def test_figures_stand_with_their_range_and_an_absence_says_why():
    cells = html(TABLE).tbody.find_all("td")
    assert cells[0].text == "7.7 million (7.65–7.75 million)"
    assert [part.text for part in cells[0].children if part.name] == [
        "7.7 million",
        "(7.65–7.75 million)",
    ]
    assert cells[2].text == "not reported"
    assert cells[2].span["title"] == "its register closed in 2019"


def test_a_source_is_a_link_to_the_document_that_was_read():
    link = html(TABLE).tbody.a
    assert (link.text, link["href"]) == ("Press", "https://example.org/release")


def test_plain_text_holds_everything_too():
    text = TABLE._repr_mimebundle_()["text/plain"]
    assert text.splitlines() == [
        "Hosts & guests",
        "Host | People | Source",
        "Aland | 7.7 million (7.65–7.75 million) | Press",
        "Borland | not reported | Press",
        "Ranges are those of the wording.",
    ]


def test_markup_in_the_data_is_shown_and_not_obeyed():
    table = Table("T", [Column("a", "A")], [["<b>x</b>"]])
    assert html(table).find("th", scope="row").text == "<b>x</b>"


def test_the_record_is_plain_and_keeps_figures_as_figures():
    record = TABLE.as_record()
    assert record["rows"][0][1] == {
        "text": "7.7 million (7.65–7.75 million)",
        "value": 7_700_000,
        "low": 7_650_000,
        "high": 7_750_000,
    }
    assert record["rows"][1][1]["reason"] == "its register closed in 2019"
    assert record["sources"] == ["press"]
    assert record["rows"][0][2] == {"text": "Press", "value": "press"}


def test_periods_and_dates_are_said_in_words():
    table = Table(
        "T",
        [Column("a", "A"), Column("b", "B"), Column("c", "C")],
        [[Period.parse("2020-05"), datetime.date(2020, 5, 26), None]],
    )
    assert "May 2020 | 26 May 2020 | –" in table._repr_mimebundle_()["text/plain"]
    assert table.as_record()["rows"] == [[
        {"text": "May 2020", "value": "2020-05"},
        {"text": "26 May 2020", "value": "2020-05-26"},
        None,
    ]]  # fmt: skip


def test_an_empty_table_says_so_in_words():
    table = Table("Hosts", [Column("a", "A")], [], empty="No host was known then.")
    assert html(table).find("table") is None
    assert html(table).text == "Hosts: No host was known then."
    assert table.as_record()["reason"] == "No host was known then."


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="Row 1 of 'T' has 2 cells for 1 columns"):
        Table("T", [Column("a", "A")], [["x", "y"]])


def test_a_data_frame_has_figures_with_their_range():
    frame = TABLE.to_frame()
    assert list(frame.columns) == ["host", "people", "people_low", "people_high", "source"]
    assert frame.loc[0, ["people", "people_low", "people_high"]].tolist() == [
        7_700_000,
        7_650_000,
        7_750_000,
    ]
    assert frame["people"].isna().tolist() == [False, True]


def test_a_long_table_is_folded_under_its_title():
    table = Table("Hosts", [Column("a", "A")], [[n] for n in range(13)])
    assert html(table).details.summary.text == "Hosts (13 rows)"
    assert len(html(table).details.table.tbody.find_all("tr")) == 13
    assert html(TABLE).details is None


def test_a_very_long_table_shows_its_first_rows_and_its_record_has_all():
    table = Table("Hosts", [Column("a", "A")], [[n] for n in range(1002)])
    assert html(table).details.summary.text == "Hosts (the first 1000 of 1002 rows)"
    assert len(html(table).details.table.tbody.find_all("tr")) == 1000
    assert table._repr_mimebundle_()["text/plain"].endswith("\n999\nand 2 more rows")
    assert len(table.as_record()["rows"]) == 1002
