"""The Sphinx extension, seen through the pages it makes."""

import csv
import os
import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from miniature import replace

from reportbook.files.dates import publication
from reportbook.sphinx.quoted_number import explained
from reportbook.sphinx.sources_list import used


def jupyter_book(root, *more):
    """What a plain ``jupyter-book build .`` answers: its exit code and its warnings."""
    done = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "-W",
         "--keep-going", *more],
        cwd=root, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.returncode, done.stderr


def page(root, name):
    return (root / "_build" / "html" / "notebooks" / f"{name}.html").read_text()


def test_plain_jupyter_book_reads_the_committed_outputs_and_follows_changes(accepted):
    report = accepted.root
    (report / "notebooks" / "changes.md").write_text("# Changes\n\n```{changes}\n```\n")
    replace(report / "_toc.yml", "ledger\n", "ledger\n  - file: notebooks/changes\n")
    assert jupyter_book(report) == (0, "")
    assert ">75.0% (±1)</a>" in page(report, "index")
    assert "reportbook.record" not in page(report, "people")
    assert "Changes are shown in a built edition" in page(report, "changes")

    replace(report / "notebooks" / "people.ipynb", "75.0%", "76.0%")
    assert jupyter_book(report) == (0, "")
    assert ">76.0% (±1)</a>" in page(report, "index")  # which itself did not change


def test_formats_without_links_get_the_ledger_and_the_sources_in_short(accepted):
    assert jupyter_book(accepted.root, "--builder", "custom", "--custom-builder", "text") == (0, "")
    pages = accepted.root / "_build" / "text" / "notebooks"
    assert "* Share of people: 75.0% (±1)" in (pages / "ledger.txt").read_text()
    assert "* Bureau. A count" in (pages / "sources.txt").read_text()


def soup(built, page):
    path = built.site / "latest" / "notebooks" / f"{page}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_a_quoted_number_leads_to_its_entry_and_says_what_made_it(built):
    link = soup(built, "index").select_one('a.rb-number[data-format="range"]')
    assert link.text == "75.0% (±1)"
    assert link["href"] == "ledger.html#number-people-share"
    tip = soup(built, "index").find(id=link["aria-describedby"])
    assert [line.text for line in tip.find_all("span")] == [
        "Share of people",
        "six or so ÷ eight = 75.0% (±1)",
        "Range 74.0–76.0%",
        "“six or so”: Bureau, published October 2023 (inferred from the document)",
        "“eight”: Bureau, published October 2023 (inferred from the document)",
    ]


def test_a_number_in_a_heading_or_a_link_is_only_text_there(built):
    page = soup(built, "places")
    assert page.select_one("article h1 a.rb-number")["href"] == "ledger.html#number-people-share"
    assert page.title.text.startswith("Places of a number: 75.0%")
    assert not page.select("a a, nav .rb-number")
    assert page.find("a", href="people.html", string="50.0% (±1)")
    following = soup(built, "ledger").select_one(".prev-next-footer .left-prev")
    assert "Places of a number: 75.0%" in following.text
    assert not following.select(".rb-number, .rb-tip")


def test_the_ledger_has_an_entry_for_each_number_down_to_the_words(built):
    page = soup(built, "ledger")
    entry = page.find(id="number-people-share")
    assert entry.select_one(".rb-entry-value").text == "75.0% (±1)"
    facts = dict(
        zip(
            (dt.text for dt in entry.dl.find_all("dt")),
            (dd.text.strip() for dd in entry.dl.find_all("dd")),
            strict=True,
        )
    )
    assert facts["Over"] == "d001 / d002"
    assert facts["Made in"] == "notebooks/people, code cell 2"
    cells = [cell.text.strip() for cell in entry.table.tbody.find("tr").find_all("td")]
    assert cells[:2] == ["d001", "“six or so”"]
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


def test_formulas_are_mathml_and_no_page_loads_a_script_for_them(built):
    html = (built.site / "latest" / "notebooks" / "index.html").read_text()
    assert re.search(r"<math [^>]*><mrow><mfrac>", html)
    assert "cdn.jsdelivr.net" not in html


def test_sources_list_what_rests_on_each(built):
    html = (built.site / "latest" / "notebooks" / "sources.html").read_text()
    text = re.sub(r"<[^>]*>", "", html.replace("\n", " "))
    assert "Bureau. A count, published October 2023 (inferred from the document)" in text
    assert "Numbers: Share of people (75.0%); Ratio of money (50.0%)" in text
    assert '<a class="reference external" href="https://example.org/count">A count</a>' in html
    assert '<a class="reference internal" href="people.html">Up</a>' in html


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"published": "2023-10", "dating": "stated"}, "published October 2023"),
        ({"published": "2023-10", "dating": "inferred"},
         "published October 2023 (inferred from the document)"),
        ({"published": "", "dating": "unknown"}, "date of publication unknown"),
    ],
)  # fmt: skip
def test_dates_say_how_they_are_known(source, said):
    assert publication(source, "en") == said


def test_a_source_collects_all_that_rests_on_it():
    results = {
        "numbers": {"a.b": {"sources": ["x", "y"]}, "a.c": {"sources": ["x"]}},
        "charts": {"a.d": {"sources": ["y"]}},
        "tables": {},
    }
    assert used(results) == {
        "x": {"numbers": ["a.b", "a.c"], "charts": [], "tables": []},
        "y": {"numbers": ["a.b"], "charts": ["a.d"], "tables": []},
    }


def test_a_number_explains_itself_down_to_the_words():
    results = {
        "observations": {"d1": {"observation": "d1", "as_stated": "some 3", "source": "x"}},
        "sources": {"x": {"publisher": "Bureau", "published": "2020-05-26", "dating": "stated"}},
    }

    def lines(**record):
        return list(explained(record, results, "en"))

    formats = {"bounds": "1–2", "formula": "some 3 ÷ 2 = 1.5 (1–2)"}
    assert lines(label="Ratio", formats=formats, observations=["d1"]) == [
        "Ratio",
        "some 3 ÷ 2 = 1.5 (1–2)",
        "“some 3”: Bureau, published 26 May 2020",
    ]
    assert lines(label="Ratio", reason="no source says") == ["Ratio", "no source says"]
    # the range is told once, in whatever words the formula puts it
    told = {"bounds": "USD 1.0–2.0 million", "formula": "USD 3 million ÷ 2 = USD 1.5 (1.0–2.0)"}
    assert lines(formats=told) == [told["formula"]]
    assert lines(formats={"bounds": "exactly 7", "formula": "7"}) == ["7"]
    # a formula too long to read beside a number gives way to the range
    assert lines(formats={"bounds": "1–2", "formula": "a + " * 50}) == ["Range 1–2"]
    assert lines(observations=["d1"] * 6)[-1] == "and 2 more figures"
