"""The theme's files are stored once, and every page still finds them."""

from asking import edition, put
from bs4 import BeautifulSoup

PAGE = """<html><head><title>x</title>
<link href="../_static/a.css?v=1" rel="stylesheet" />
<script defer src="../_static/js/fontawesome.js?d=1"></script>
<script defer src="../_static/js/b.js"></script></head>
<body><p>src=&quot;../_static/a.css&quot; and _static/ stay</p></body></html>"""


def themed(folder, name, css="body {}"):
    made = edition(folder, name)
    (made / "_static" / "js").mkdir(parents=True, exist_ok=True)
    (made / "_static" / "a.css").write_text(css)
    (made / "_static" / "js" / "b.js").write_text("let b;")
    for heavy in ("b.js.map", "fontawesome.js", "fa-solid.ttf"):
        (made / "_static" / "js" / heavy).write_text("{}")
    (made / "notebooks" / "page.html").write_text(PAGE)
    return made


def loaded(page):
    """The files a page loads, which must be there."""
    soup = BeautifulSoup(page.read_text(), "html.parser")
    addresses = [soup.link["href"], soup.script["src"]]
    paths = [(page.parent / address.partition("?")[0]).resolve() for address in addresses]
    assert all(path.is_file() for path in paths), addresses
    return paths


def test_two_editions_with_the_same_theme_load_the_same_files(tmp_path):
    site = tmp_path / "site"
    put(site, {name: themed(tmp_path, name) for name in ("a", "b")}, title="x")
    pages = [site / name / "notebooks" / "page.html" for name in ("a", "b")]
    assert loaded(pages[0]) == loaded(pages[1])
    assert not (site / "a" / "_static").exists()
    assert "src=&quot;../_static/a.css&quot; and _static/ stay" in pages[0].read_text()
    assert sorted(path.name for path in (site / "_theme").rglob("*.*")) == ["a.css", "b.js"]


def test_an_edition_with_another_theme_has_its_own(tmp_path):
    site = tmp_path / "site"
    made = {"a": themed(tmp_path, "a"), "b": themed(tmp_path, "b", css="p {}")}
    put(site, made, title="x")
    assert loaded(site / "a/notebooks/page.html")[0].read_text() == "body {}"
    assert loaded(site / "b/notebooks/page.html")[0].read_text() == "p {}"


def test_an_edition_that_is_kept_keeps_its_theme_and_nothing_else_is(tmp_path):
    site = tmp_path / "site"
    put(site, {name: themed(tmp_path, name) for name in ("a", "b")}, title="x")
    put(site, {"b": themed(tmp_path, "b", css="p {}")}, title="x")
    assert loaded(site / "a/notebooks/page.html")[0].read_text() == "body {}"
    put(site, {"a": themed(tmp_path, "a", css="p {}")}, title="x")
    assert loaded(site / "a/notebooks/page.html") == loaded(site / "b/notebooks/page.html")
    assert len(list((site / "_theme").iterdir())) == 1


def test_two_editions_that_are_kept_share_their_theme_beside_a_new_one(tmp_path):
    site = tmp_path / "site"
    first = {name: themed(tmp_path, name) for name in ("a", "b", "c")}
    put(site, first, title="x")
    put(site, {"c": themed(tmp_path / "again", "c")}, title="x")
    assert len(list((site / "_theme").iterdir())) == 1
    pages = [loaded(site / name / "notebooks" / "page.html") for name in ("a", "b", "c")]
    assert pages[0] == pages[1] == pages[2]


def test_every_page_of_a_real_site_finds_what_it_loads(built):
    for page in built.site.rglob("*.html"):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for tag in soup.select("script[src], img[src], link[rel=stylesheet]"):
            address = (tag.get("src") or tag.get("href")).partition("?")[0]
            assert (page.parent / address).is_file(), (page, address)
