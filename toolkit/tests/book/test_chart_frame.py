"""What stands under a chart on its page."""

import pytest
from bs4 import BeautifulSoup

from reportbook.book.chart_frame import block


@pytest.fixture
def page(built):
    text = (built.site / "2020" / "notebooks" / "people.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def blocks(page):
    """The blocks under the charts by the place their link to themselves names."""
    found = {}
    for each in page.select(".rb-under-chart"):
        found[each.select('.rb-chart-links a[href^="#"]')[-1]["href"]] = each
    return found


def test_a_chart_is_a_figure_with_an_address_and_shows_the_file_it_offers(page, built):
    figure = page.find("figure", id="people-trend")
    assert figure.img["alt"] == "A line: Up"
    assert figure.img["src"] == figure.select_one('a[download][href$=".svg"]')["href"]
    assert (figure.img["width"], figure.img["height"]) == ("9", "9")
    assert figure.figcaption.select_one(".rb-under-chart") is not None
    assert not (built.site / "2020" / "_images").exists()
    assert list(blocks(page)) == ["#people-trend", "#people-seen-chart"]


def test_its_files_are_there(page, built):
    links = blocks(page)["#people-trend"].select("a[download]")
    assert [link.text for link in links] == ["CSV", "XLSX", "SVG", "PNG"]
    assert links[0]["aria-label"] == "Data of “Up” as CSV"
    for link in links:
        path = built.site / "2020" / "notebooks" / link["href"]
        assert path.stat().st_size > 0
    assert (built.site / "2020/downloads/people-trend.png").read_bytes().startswith(b"\x89PNG")


def test_source_date_and_licence_stand_under_it(page):
    block = blocks(page)["#people-trend"]
    assert block.select_one(".rb-credit").text == (
        "As known on 31 December 2020. Licence of the chart: CC-BY-4.0."
    )
    sources = block.select_one(".rb-chart-sources")
    assert sources.summary.text == "Source: Bureau"
    assert sources.a["href"] == "https://example.org/count"


def test_the_same_as_a_table(page):
    table = blocks(page)["#people-trend"].select_one("details.rb-chart-table table")
    assert [th.text for th in table.select("thead th[scope=col]")] == ["Day", "People"]
    assert [td.text for td in table.select("tbody td")] == ["some 6", "not reported"]
    assert table.caption.text == "Up"


def test_a_table_the_page_shows_anyway_is_linked_instead(page):
    block = blocks(page)["#people-seen-chart"]
    assert block.select_one(".rb-chart-table") is None
    link = block.find("a", string="The same as a table")
    assert link["href"] == "#people-seen-table"
    assert page.find(id="people-seen-table") is not None


def test_the_staged_notebook_holds_no_png(built):
    text = (built.root / "_build/editions/2020/book/notebooks/people.ipynb").read_text()
    assert "image/png" not in text


def test_of_a_very_long_table_the_first_rows_are_shown():
    table = {"title": "T", "columns": [{"name": "n"}], "rows": [[n] for n in range(1001)]}
    html = block({"name": "a.b", "title": "T", "table": table}, [], up="", language="en")
    page = BeautifulSoup(html, "html.parser")
    assert page.summary.text == "The same as a table (the first 1,000 of 1,001 rows)"
    assert len(page.tbody.find_all("tr")) == 1000
