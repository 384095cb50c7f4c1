"""Every page of the report's latest edition and its front page, as browsers and readers get them.

The pages are checked by axe-core, which `axe-playwright-python` brings along.
"""

import itertools
import xml.etree.ElementTree as ET
from urllib.parse import unquote, urlsplit

import browser
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from reportbook.project import load_project

CONTENTS = [f"latest/{page.address}.html" for page in load_project(browser.ROOT).pages]
PAGES = ["index.html", *CONTENTS, "latest/search.html"]
HEAVIEST = 500_000  # bytes of a page's HTML and of the pictures it shows
SMALLEST_TYPE = 9.9  # CSS pixels, of words in a chart
PHONE, LAPTOP = 360, 1280

SVG = "{http://www.w3.org/2000/svg}"
UNLOADED = "[...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"
PICTURES = """[...document.querySelectorAll('.rb-picture img, .trend img')].map(
    (image) => [image.src, image.clientWidth])"""
# All that is folded away, and of many alike the first ones: rows, entries, sources, listings.
OPENED_AND_THINNED = """() => {
    document.querySelectorAll('details').forEach((each) => { each.open = true; });
    const kept = (all) => [...all].slice(3).forEach((each) => each.remove());
    document.querySelectorAll('tbody, .rb-ledger, .rb-sources, .rb-uses, figcaption ul')
        .forEach((of) => kept(of.children));
    kept(document.querySelectorAll('.cell_input pre'));
}"""


@pytest.fixture(scope="module")
def address(report_site):
    with browser.served(report_site) as address:
        yield address


@pytest.fixture
def visit(chromium, address):
    """Open a page with every other host out of reach; at the end nothing may have gone wrong."""
    complaints, contexts = [], []

    def opened(page, width=LAPTOP, until="load", **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(15_000)

        def only_here(route):
            if route.request.url.startswith((f"{address}/", "data:")):
                return route.continue_()
            complaints.append(f"asks for {route.request.url}")
            return route.abort()

        context.route("**/*", only_here)
        tab.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("response", lambda got: got.status >= 400 and complaints.append(got.url))
        tab.goto(f"{address}/{page}", wait_until=until)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def parsed(report_site):
    """Every page of the site by its address within it."""
    return {
        path.relative_to(report_site).as_posix(): BeautifulSoup(path.read_bytes(), "html.parser")
        for path in report_site.rglob("*.html")
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_nobody_else_and_lacks_nothing(visit, page):
    tab = visit(page, until="networkidle")
    assert tab.evaluate(UNLOADED) == []
    assert tab.evaluate("document.documentElement.lang") == "en"
    icons = tab.locator("i.fa-solid:visible, i.fas:visible")
    for icon in icons.all():  # drawn, not an empty box where the theme's font does not know it
        drawn = icon.evaluate("i => getComputedStyle(i, '::before').content")
        assert len(drawn.strip('"')) == 1
    if icons.count():
        assert tab.evaluate("document.fonts.check('900 1em \"Font Awesome 6 Free\"')")


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_a_page_without_scrolling_sideways_and_type_large_enough(
    visit, page, report_site, address
):
    tab = visit(page, PHONE)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE
    for source, width in tab.evaluate(PICTURES):
        picture = ET.parse(report_site / source.removeprefix(f"{address}/")).getroot()
        across = float(picture.get("viewBox").split()[2])
        sizes = [float(text.get("font-size")) for text in picture.iter(f"{SVG}text") if text.text]
        assert min(sizes) * width / across >= SMALLEST_TYPE, source


def test_no_link_is_dead(parsed, report_site):
    places = {
        (report_site / page).resolve(): {tag["id"] for tag in soup.select("[id]")}
        for page, soup in parsed.items()
    }
    dead = []
    for page, soup in parsed.items():
        for link in soup.select("a[href]"):
            parts = urlsplit(link["href"])
            if parts.scheme:
                continue
            path = (report_site / page).parent / unquote(parts.path)
            path = (path if parts.path else report_site / page).resolve()
            path = path / "index.html" if path.is_dir() else path
            place = unquote(parts.fragment)
            if not path.is_file() or (place and place not in places[path]):
                dead.append((page, link["href"]))
    assert dead == []


@pytest.mark.parametrize("page", CONTENTS)
def test_a_page_is_light(parsed, report_site, page):
    pictures = {(report_site / page).parent / tag["src"] for tag in parsed[page].select("img[src]")}
    weight = sum(path.stat().st_size for path in (*pictures, report_site / page))
    assert weight < HEAVIEST


def assert_nothing_serious(tab, **options):
    options = {"resultTypes": ["violations"], "preload": False, **options}
    found = Axe().run(tab, options=options).response
    assert [
        (each["id"], node["target"], node["failureSummary"])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious(visit, page):
    tab = visit(page)
    tab.evaluate(OPENED_AND_THINNED)
    assert_nothing_serious(tab)
    if page != "index.html":  # which follows the system
        tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_timeout(400)  # colours change gradually
    assert_nothing_serious(tab, runOnly=["color-contrast"])


@pytest.mark.parametrize("page", PAGES)
def test_headings_go_down_by_one_and_tables_have_heads_and_names(parsed, page):
    read = parsed[page].select_one("article") or parsed[page].body  # beside it lies what is printed
    levels = [int(head.name[1]) for head in read.select("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for table in parsed[page].select("table"):
        assert table.select_one("th") is not None, str(table)[:200]
        named = table.caption or table.get("aria-label") or table.get("aria-labelledby")
        assert named, str(table)[:200]
