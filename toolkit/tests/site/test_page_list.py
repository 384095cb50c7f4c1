import json
import os

import pytest
from asking import edition, put

from reportbook.site.page_list import FILE, keep_pages, pages_made, read_pages

MOVED = '<meta name="robots" content="noindex"><title>Old</title>'
THEMED = '<title>A &amp; B — Report</title><link href="../../_theme/00ff/a.css">'


@pytest.fixture
def made(tmp_path):
    folder = edition(tmp_path, "a", text='<meta http-equiv="Refresh" content="0; url=n/a.html" />')
    (folder / "n").mkdir()
    (folder / "n" / "a.html").write_text(THEMED)
    (folder / "n" / "old.html").write_text(MOVED)
    (folder / "search.html").write_text("<title>Search</title>")
    return folder


def test_what_the_site_needs_is_read_from_the_pages(made):
    found = pages_made(made)
    assert (found.first, found.titles, found.moved) == (
        "n/a.html",
        {"n/a": "A & B"},
        {"n/old": "Old"},
    )
    assert list(found.themes) == ["00ff"]
    assert read_pages(made) == found
    assert not (made / FILE).exists()  # reading writes nothing


def test_a_list_that_is_kept_is_read_instead_of_the_pages(made):
    found = keep_pages(made)
    (made / "n" / "a.html").unlink()
    assert read_pages(made) == keep_pages(made) == found


@pytest.mark.parametrize(
    "broken",
    ["", "[]", '{"schema": "reportbook/pages/0"}', '{"schema": "reportbook/pages/1", "first": 1}'],
)
def test_a_list_that_is_broken_or_of_another_version_is_made_anew(made, broken):
    right = keep_pages(made)
    (made / FILE).write_text(broken)
    assert read_pages(made) == right
    assert keep_pages(made) == right
    assert json.loads((made / FILE).read_text())["titles"] == {"n/a": "A & B"}


@pytest.mark.parametrize("theme", ["../../elsewhere", "/etc", 7])
def test_a_list_that_leads_out_of_the_site_is_made_anew(made, theme):
    right = keep_pages(made)
    content = json.loads((made / FILE).read_text())
    (made / FILE).write_text(json.dumps({**content, "themes": [theme]}))
    assert read_pages(made) == keep_pages(made) == right


def test_publishing_one_edition_reads_no_page_of_another(made, tmp_path):
    site = tmp_path / "site"
    put(site, {"a": made}, title="x")
    (site / "_theme" / "00ff").mkdir(parents=True)
    for page in (site / "a").rglob("*.html"):
        page.write_bytes(b"\xff")  # no UTF-8: whoever reads it stops
    put(site, {"b": edition(tmp_path, "b")}, title="x")
    listed = json.loads((site / "editions.json").read_text())
    pages = {each["version"]: each["pages"] for each in listed}
    assert pages == {"a": {"n/a": "A & B", "n/old": "Old"}, "b": {}}


def test_a_list_that_is_made_anew_leaves_the_one_of_the_old_site(made, tmp_path):
    keep_pages(made)
    (made / FILE).write_text("broken")
    (tmp_path / "copy").mkdir()
    os.link(made / FILE, tmp_path / "copy" / FILE)
    keep_pages(made)
    assert (tmp_path / "copy" / FILE).read_text() == "broken"
