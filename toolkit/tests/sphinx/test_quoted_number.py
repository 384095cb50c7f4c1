"""A quoted number: where it leads, what it says of itself, where it is only text."""

from bs4 import BeautifulSoup

from reportbook.report.prose import quotation
from reportbook.sphinx.quoted_number import explained, plural_form


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


def test_what_is_said_of_a_number_in_words_is_no_link(built):
    page = soup(built, "places")
    assert not page.select('.rb-number[data-format="area"]')
    assert len(page.select(".rb-tip")) == len(page.select("a.rb-number"))


def test_a_number_in_a_heading_or_a_link_is_only_text_there(built):
    page = soup(built, "places")
    assert page.select_one("article h1 a.rb-number")["href"] == "ledger.html#number-people-share"
    assert page.title.text.startswith("Places of a number: 75.0%")
    assert not page.select("a a, nav .rb-number")
    assert page.find("a", href="people.html", string="50.0% (±1)")
    following = soup(built, "ledger").select_one(".prev-next-footer .left-prev")
    assert "Places of a number: 75.0%" in following.text
    assert not following.select(".rb-number, .rb-tip")


def test_what_is_said_without_a_format_and_the_words_that_agree_with_a_number(built):
    items = [item.text.strip() for item in soup(built, "places").select("article li")]
    assert "A place: somewhere, where they live" in items


def test_a_number_may_be_quoted_with_what_is_said_without_it():
    asked = quotation("people.share|words|an unknown share")
    assert (asked.name, asked.form, asked.otherwise) == (
        "people.share",
        "words",
        "an unknown share",
    )
    assert asked.is_absent({"value": None, "formats": {"words": "not reported"}})
    assert asked.is_absent({"value": 0.5, "formats": {}})
    assert not asked.is_absent({"value": 0.5, "formats": {"words": "half"}})
    # whoever leaves that out sees what the number itself says of its absence
    assert not quotation("people.share|words").is_absent({"value": None, "formats": {}})
    assert quotation("people.share").form == "range"


def test_words_agree_with_a_number_by_the_rules_of_the_language():
    assert plural_form(1, "en") == (["one", "other"], "one")
    assert plural_form(0, "en") == (["one", "other"], "other")
    assert plural_form(None, "en")[1] == "other"
    assert plural_form(3, "pl") == (["one", "few", "many", "other"], "few")


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
