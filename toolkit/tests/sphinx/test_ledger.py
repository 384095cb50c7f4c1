"""The ledger, and the same numbers as a table."""

import csv

from bs4 import BeautifulSoup


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


def test_the_results_are_also_a_table(built):
    with (built.site / "latest" / "results.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["name"]: row for row in csv.DictReader(stream)}
    assert rows["people.share"]["value"] == "0.75"
    assert rows["people.share"]["observations"] == "d001 d002"
