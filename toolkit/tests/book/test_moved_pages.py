"""Old addresses of renamed pages keep working."""

import json

import browser
import pytest
from asking import edition, put
from bs4 import BeautifulSoup
from miniature import replace

from reportbook.book.moved_pages import leads_on, write_renamed
from reportbook.errors import ReportError
from reportbook.report.project import load_project

NEW = "<html><head><title>New &amp; old &#8212; Report</title></head></html>"


def configured(report, line):
    replace(report / "_config.yml", "  about:", f"  renamed: {{{line}}}\n  about:")
    return load_project(report)


def test_nothing_is_renamed_unless_the_configuration_says_so(report):
    assert load_project(report).settings.renamed == {}


def test_an_old_address_leads_to_the_new_one(report):
    project = configured(report, "old/deep/name: notebooks/people, name: notebooks/money")
    assert project.settings.renamed == {
        "old/deep/name": "notebooks/people",
        "name": "notebooks/money",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("old: notebooks/poeple", "no such page.*Did you mean 'notebooks/people'"),
        ("old: notebooks/people.html", "without suffix"),
        ("notebooks/money: notebooks/people", "'notebooks/money' is a page of the contents"),
    ],
)
def test_a_wrong_address_is_named_with_its_line(report, line, said):
    with pytest.raises(ReportError, match=rf"_config\.yml, line \d+: .*{said}"):
        configured(report, line)


@pytest.fixture
def html(tmp_path):
    made = edition(tmp_path, "a")
    (made / "n").mkdir()
    for page in ("n/new.html", "index.html"):
        (made / page).write_text(NEW, encoding="utf-8")
    return made


def test_the_page_leads_on_with_and_without_scripts(html):
    write_renamed({"old/deep/name": "n/new"}, html, base="https://example.org/", language="es")
    text = (html / "old" / "deep" / "name.html").read_text(encoding="utf-8")
    assert leads_on(text)
    page = BeautifulSoup(text, "html.parser")
    assert page.html["lang"] == "es"
    assert page.title.text == "New & old — Report"
    assert page.a["href"] == "../../n/new.html"
    assert page.meta is not None
    assert page.noscript.meta["content"] == "0; url=../../n/new.html"
    assert 'location.replace("../../n/new.html" + location.search' in page.script.text
    assert page.find(rel="canonical")["href"] == "https://example.org/n/new.html"


def test_the_switcher_knows_it_and_the_site_map_does_not(html, tmp_path):
    write_renamed({"n/old": "n/new"}, html, base="", language="en")
    site = tmp_path / "site"
    put(site, {"a": html}, title="x", address="https://example.org/")
    (listed,) = json.loads((site / "editions.json").read_text())
    assert listed["pages"] == {"n/new": "New & old", "n/old": "New & old"}
    assert "n/new.html" in (site / "sitemap.xml").read_text()
    assert "n/old.html" not in (site / "sitemap.xml").read_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_browser_is_led_on(html, chromium, scripts):
    write_renamed({"n/old": "n/new"}, html, base="", language="en")
    with browser.served(html) as address:
        tab = chromium.new_page(java_script_enabled=scripts)
        tab.goto(f"{address}/n/old.html#place", wait_until="commit")
        tab.wait_for_url(f"{address}/n/new.html{'#place' if scripts else ''}", timeout=5000)
        tab.close()
