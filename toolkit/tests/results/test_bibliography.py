"""Sources as BibTeX, and cited in prose."""

import pytest
from bs4 import BeautifulSoup
from pybtex.database import parse_string

from reportbook.results.bibliography import bibliography

SOURCE = {
    "source": "bank-2023",
    "publisher": "Bank & Fund",
    "title": "50% of {all} of it",
    "published": "2023-10",
    "dating": "inferred",
    "via": "Press_House",
    "url": "https://example.org/a_b",
}
NOTHING = {"source": "found", "publisher": "", "title": "", "published": "", "dating": "unknown"}


def entries(*sources):
    text = bibliography({"sources": {each["source"]: each for each in sources}})
    return parse_string(text, "bibtex").entries


def test_an_entry_keeps_what_the_record_says():
    entry = entries(SOURCE)["bank-2023"]
    (author,) = entry.persons["author"]
    assert str(author) == r"{Bank \& Fund}"
    assert entry.fields["title"] == r"{50\% of \{all\} of it}"
    assert entry.fields["year"] == "2023"
    assert entry.fields["note"] == "published October 2023 (inferred from the document)"
    assert entry.fields["howpublished"] == r"via Press\_House"
    assert entry.fields["url"] == "https://example.org/a_b"


def test_what_tex_would_read_otherwise_is_escaped():
    title = r"$850 million, #1 of {all}: a_b \ ~ ^ “más”"
    assert entries({**SOURCE, "title": title})["bank-2023"].fields["title"] == (
        r"{\$850 million, \#1 of \{all\}: a\_b \textbackslash{} \textasciitilde{} "
        r"\textasciicircum{} “más”}"
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("A { b", r"{A \textbraceleft{} b}"),
        ("A } b", r"{A \textbraceright{} b}"),
        ("}{", r"{\textbraceright{}\textbraceleft{}}"),
        ("{a} {b", r"{\{a\} \textbraceleft{}b}"),
        ("a\nb", "{a b}"),
    ],
)
def test_a_brace_alone_does_not_end_the_entry(name, written):
    found = entries({**SOURCE, "publisher": name, "title": name}, NOTHING)
    assert found["bank-2023"].fields["title"] == written
    assert list(found) == ["bank-2023", "found"]


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [("source", "a, b}{c d", "a-b-c-d"), ("url", "https://x.org/{a}\\b c", "bank-2023")],
)
def test_keys_and_addresses_do_not_end_the_entry(field, value, found):
    read = entries({**SOURCE, field: value}, NOTHING)
    assert list(read) == [found, "found"]
    if field == "url":
        assert read[found].fields["url"] == "https://x.org/%7Ba%7D%5Cb%20c"


def test_what_is_not_known_is_left_out():
    entry = entries(NOTHING)["found"]
    assert dict(entry.fields) == {
        "title": "{found}",
        "note": "date of publication unknown",
    }
    assert not entry.persons


def test_a_page_cites_a_source_and_offers_all_of_them(built):
    folder = built.site / "2020"
    page = BeautifulSoup((folder / "notebooks/sources.html").read_bytes(), "html.parser")
    cited = page.find("a", class_="reference", string="2023")
    assert "Bureau" in cited.find_parent("p").text
    assert "A count" in page.find(id=cited["href"].removeprefix("#")).find_parent().text
    assert [each["role"] for each in page.select(".citation-list > div")] == ["listitem"]
    link = page.find("a", string="BibTeX")
    assert (folder / "notebooks" / link["href"]).resolve() == folder / "sources.bib"
    assert (folder / "sources.bib").read_text().startswith("@misc{bureau,")
