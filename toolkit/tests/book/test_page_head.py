"""What the heads of pages say."""

import json

import pytest
from bs4 import BeautifulSoup
from miniature import replace
from selectolax.lexbor import LexborHTMLParser

from reportbook.book.page_head import meta_tags, shortened
from reportbook.commands.build import build
from reportbook.report.project import load_project


def head(built, place):
    page = BeautifulSoup((built.site / place).read_text(encoding="utf-8"), "html.parser")
    tags = {tag.get("name") or tag.get("property"): tag["content"]
            for tag in page.head.select("meta[content]")}  # fmt: skip
    return tags, page.head.select_one("link[rel=canonical]")["href"], page.title.text


BASE = "https://example.org/mini/"


def test_a_page_of_an_edition(built):
    tags, canonical, title = head(built, "2020/notebooks/people.html")
    assert title.startswith("People — The year 2020")
    assert canonical == tags["og:url"] == f"{BASE}2020/notebooks/people.html"
    assert tags["description"] == tags["og:description"] == "It is 62.5% (±1)."
    assert tags["og:title"] == "People"
    assert tags["og:image"] == f"{BASE}2020/downloads/people-trend.png"


def test_the_front_page(built):
    tags, canonical, _ = head(built, "index.html")
    assert canonical == BASE
    assert tags["description"] == "How many, and for how much?"
    assert tags["og:image"] == f"{BASE}latest/downloads/people-trend.png"


def test_the_pictures_of_previews_are_there(built):
    for place in ("index.html", "2020/notebooks/people.html"):
        picture = head(built, place)[0]["og:image"]
        assert (built.site / picture.removeprefix(BASE)).is_file()


def test_without_an_address_nothing_claims_one():
    tags = meta_tags(title="T", description="D", site='S "x"')
    assert "og:url" not in tags
    assert "og:image" not in tags
    assert "S &quot;x&quot;" in tags


@pytest.mark.parametrize(("text", "short"), [("a\n b", "a b"), ("word " * 99, "word " * 40 + "…")])
def test_descriptions_end_with_a_word(text, short):
    assert shortened(text) == short


def test_titles_are_text_on_every_page(report):
    title = """<img src=x onerror="a('b')"> & {{ 7 * 7 }}"""
    for place, text in (
        ("editions/2020.yml", "title: The year 2020"),
        ("_config.yml", "title: Min"),
    ):
        start = text.partition(":")[0]
        replace(report / place, text, f"{start}: {json.dumps(title)} #")
    replace(
        report / "_config.yml", "about: How many, and for how much?", f"about: {json.dumps(title)}"
    )
    summary = build(load_project(report), ["2020"], jobs=2)
    assert not summary.failed, [each.problems for each in summary.outcomes]
    pages = [*(report / "_build" / "site").rglob("*.html")]
    for path in pages:
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert page.css("[onerror]") == []
    assert page.css_first("title") is not None
    searched = report / "_build/site/2020/search.html"
    assert LexborHTMLParser(searched.read_text()).css_first("title").text() == f"Search - {title}"
