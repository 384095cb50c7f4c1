"""The ledger, and the same numbers as a table."""

import csv

from bs4 import BeautifulSoup

from reportbook.sphinx.domain import entry_id
from reportbook.sphinx.ledger import folded


def test_the_ledger_has_an_entry_for_each_number_down_to_the_words(built):
    html = (built.site / "latest" / "notebooks" / "ledger.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    entry = page.find(id="number-people-share")
    assert entry.select_one(".rb-entry-value").text == "75.0% (±1)"
    facts = dict(
        zip(
            (dt.text for dt in entry.dl.find_all("dt")),
            (dd.text.strip() for dd in entry.dl.find_all("dd")),
            strict=True,
        )
    )
    assert facts["From"] == "d001 / d002"
    assert facts["Made in"] == "notebooks/people, code cell 2"
    cells = [cell.text.strip() for cell in entry.table.tbody.find("tr").find_all(["th", "td"])]
    assert cells[:2] == ["d001", "“six or so”"]
    heads = [head.text for head in entry.table.thead.find_all("th")]
    assert heads[0] == "Count"  # as the report calls its figures
    assert entry.table.tbody.a["href"] == "sources.html#source-bureau"
    assert len(page.select(".rb-entry")) == 2
    assert '"d001"' in (built.site / "latest" / "searchindex.js").read_text()  # readers find it
    assert [a["href"] for a in page.select(".rb-downloads a")] == [
        "../results.json",
        "../results.csv",
    ]


def test_what_has_no_value_is_folded_by_its_reason():
    records = [
        (f"rain.{place}", {"label": place, "value": None, "text": "not reported",
                           "formats": {"range": f"not reported ({reason})"}})
        for place, reason in (("Here", "no gauge"), ("<There>", "too early"), ("Yon", "no gauge"))
    ]  # fmt: skip
    (fold,) = BeautifulSoup("".join(folded("Rain", records)), "html.parser").contents
    assert fold.name == "details"
    assert fold.summary.text == "3 numbers of “Rain” without a value in this edition"
    assert [p.text for p in fold.find_all("p")] == [
        "Not reported (no gauge)",
        "Not reported (too early)",
    ]
    listed = [[item.text for item in each.find_all("li")] for each in fold.find_all("ul")]
    assert listed == [["Here rain.Here", "Yon rain.Yon"], ["<There> rain.<There>"]]
    assert fold.li["id"] == entry_id("rain.Here")
    (alone,) = BeautifulSoup("".join(folded("Rain", records[:1])), "html.parser").contents
    assert alone.summary.text == "1 number of “Rain” without a value in this edition"


def test_the_results_are_also_a_table(built):
    with (built.site / "latest" / "results.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["name"]: row for row in csv.DictReader(stream)}
    assert rows["people.share"]["value"] == "0.75"
    assert rows["people.share"]["observations"] == "d001 d002"
