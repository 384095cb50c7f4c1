"""Every page of the report's latest edition and its front page, as browsers and readers get them.

The pages are checked by axe-core, which `axe-playwright-python` brings along.
"""

import gzip
import itertools
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

import browser
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from reportbook.report.project import load_project

ROOT = Path(__file__).parents[2]
CONTENTS = [f"latest/{page.address}.html" for page in load_project(ROOT).pages]
PAGES = ["index.html", *CONTENTS, "latest/search.html"]
HEAVIEST = 150_000  # bytes, of a page with its pictures as a server sends them: compressed
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
        assert len(drawn.partition(" / ")[0].strip('"')) == 1  # behind it what is read aloud
    if icons.count():
        assert tab.evaluate("document.fonts.check('900 1em \"Font Awesome 6 Free\"')")


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_a_page_without_scrolling_sideways_and_type_large_enough(
    visit, page, report_site, address
):
    tab = visit(page, PHONE)
    for button in tab.locator(".version-switcher__button").all():  # before the list has come
        button.evaluate("each => { each.textContent = 'Choose version'; }")
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
    files = (*pictures, report_site / page)
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < HEAVIEST


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
    # what opens fades in and colours change gradually, on a busy machine for longer than one waits
    tab.add_style_tag(content="* { animation: none !important; transition: none !important; }")
    tab.evaluate(OPENED_AND_THINNED)
    assert_nothing_serious(tab)
    if page != "index.html":  # which follows the system
        tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    tab.emulate_media(color_scheme="dark")
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


FOCUSED = """() => {
    const at = document.activeElement, look = getComputedStyle(at);
    const inside = at.closest('a, button, summary, input, select, [tabindex]') || at;
    return {
        is: [inside.tagName.toLowerCase(), inside.id && `#${inside.id}`, ...inside.classList]
            .filter(Boolean).join(' '),
        said: (at.getAttribute('aria-label') || at.textContent || '').trim().slice(-40),
        seen: (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0)
            || look.boxShadow !== 'none' || at.matches('.skip-link a'),
    };
}"""
CONTROLS = {  # on a page with charts, and what of it the keyboard must reach
    "the way past the navigation": "a",
    "search": "search-button__button",
    "side bar": "primary-toggle",
    "edition": "version-switcher__button",
    "downloads": "dropdown-toggle",
    "light and dark": "theme-switch-button",
    "a number": "rb-number",
    "what is folded away": "summary",
    "a picture": "rb-picture",
    "a table": "rb-table",
}


def reached(tab, most=250):
    """What the Tab key comes to, in its order, until it leaves the page."""
    stops = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
        if stop["is"].startswith("body"):
            break
        stops.append(stop)
    return stops


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(visit):
    stops = reached(visit("latest/notebooks/funding_leverage.html"))
    assert "Skip to main content" in stops[0]["said"]
    for control, name in CONTROLS.items():
        assert any(name in stop["is"].split() for stop in stops), control
    assert {"CSV", "PNG"} <= {stop["said"].split(" as ")[-1] for stop in stops}
    assert [stop for stop in stops if not stop["seen"]] == []


def test_the_keyboard_uses_search_colours_and_editions(visit):
    tab = visit("latest/notebooks/methods.html", until="networkidle")
    tab.locator(".search-button__button:visible").first.focus()
    tab.keyboard.press("Enter")
    field = tab.locator("#pst-search-dialog input[type=search]")
    field.wait_for(state="visible")
    tab.keyboard.press("Escape")
    field.wait_for(state="hidden")

    mode = tab.evaluate("document.documentElement.dataset.mode")
    tab.locator(".theme-switch-button:visible").first.focus()
    tab.keyboard.press("Enter")
    if tab.evaluate("document.documentElement.dataset.mode") == mode:  # it opened a menu
        tab.locator(f".theme-change-button:visible:not([data-mode='{mode}'])").first.press("Enter")
    assert tab.evaluate("document.documentElement.dataset.mode") != mode

    tab.locator(".version-switcher__button:visible").first.focus()
    tab.keyboard.press("Enter")
    edition = tab.locator(".version-switcher__menu a:visible").first
    edition.wait_for(state="visible")
    tab.keyboard.press("Escape")
    edition.wait_for(state="hidden")

    field.evaluate("field => field.closest('dialog').showModal()")
    field.fill("Shapley")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=Shapley*")
    tab.locator("#search-results li a", has_text="Methods").first.wait_for()


def test_the_keyboard_scrolls_a_picture_opens_a_table_and_closes_a_tip(visit):
    tab = visit("latest/notebooks/funding_leverage.html", PHONE)
    picture = tab.locator(".rb-picture").first
    picture.focus()
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.querySelector('.rb-picture').scrollLeft > 0")

    folded = tab.locator("details.rb-long, details.rb-chart-sources").first
    folded.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert folded.evaluate("each => each.open")

    number = tab.locator("article p .rb-number").first
    tip = number.locator("xpath=following-sibling::*[@role='tooltip']")
    number.evaluate("each => each.focus({focusVisible: true})")
    tip.wait_for(state="visible")
    tab.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    assert number.evaluate("each => each === document.activeElement")


def test_the_keyboard_searches_and_orders_the_ledger(visit):
    tab = visit("latest/notebooks/ledger.html")
    tab.get_by_label("Find").focus()
    tab.keyboard.type("leverage")
    assert tab.locator(".rb-entry:visible").count() < tab.locator(".rb-entry").count()
    tab.keyboard.press("Tab")
    tab.keyboard.type("by name")
    assert tab.get_by_label("Order").evaluate("each => each.value") == "by name"


def test_a_link_to_a_number_without_a_value_opens_the_line_that_it_is_in(visit, parsed):
    place = parsed["latest/notebooks/ledger.html"].select_one(".rb-absent li")["id"]
    tab = visit("latest/notebooks/ledger.html")
    entry = tab.locator(f"[id='{place}']")
    assert not entry.is_visible()
    tab.get_by_label("Find").fill(entry.locator("code").text_content())
    entry.wait_for(state="visible")  # a search opens it, too
    assert tab.locator(".rb-ledger-tools output").inner_text().startswith("1 of ")
    tab.get_by_label("Find").fill("")
    entry.wait_for(state="hidden")
    visit(f"latest/notebooks/ledger.html#{place}").locator(f"[id='{place}']:visible").wait_for()


@pytest.mark.parametrize("page", CONTENTS)
def test_what_is_printed_is_whole_and_holds_no_controls(visit, page):
    tab = visit(page)
    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.locator("details:not(.hide):not([open])").count() == 0
    for controls in (".bd-sidebar-primary", ".bd-header-article", ".rb-chart-links", ".rb-tip"):
        assert tab.locator(f"{controls}:visible").count() == 0
    whole = "each => each.every((one) => getComputedStyle(one).breakInside === 'avoid')"
    assert tab.locator("figure.rb-chart, .rb-picture img, tr").evaluate_all(whole)
    # A4 with margins is some 680 pixels wide: nothing is cut off there
    tab.set_viewport_size({"width": 680, "height": 900})
    cut = """each => each.filter((one) => one.getBoundingClientRect().right > 682)
        .map((one) => one.outerHTML.slice(0, 120))"""
    assert tab.locator("article :is(img, table, p)").evaluate_all(cut) == []
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.locator("details.rb-chart-sources[open]").count() == 0
