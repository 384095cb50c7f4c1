"""The built miniature as a reader meets it, in a real browser."""

import browser
import pytest

WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def address(_built_once):
    with browser.served(_built_once.site) as address:
        yield address


@pytest.fixture
def visit(chromium, address):
    """Open a page of the latest edition; at the end nothing may have gone wrong in it."""
    contexts, complaints, hosts = [], [], set()

    def opened(page, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 720}, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        tab.set_default_timeout(5000)
        tab.goto(f"{address}/latest/notebooks/{page}")
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            complaints.append(f"{page} is wider than a window of {width} pixels")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
    assert hosts == {address.removeprefix("http://")}


def tip_of(number):
    return number.locator("xpath=following-sibling::*[@role='tooltip']")


def assert_in_view(tab, number):
    """The tip lies at its number, all of it within the window, and nothing lies on top of it."""
    tip = tip_of(number)
    tip.wait_for(state="visible")
    there, box = number.bounding_box(), tip.bounding_box()
    below = box["y"] - there["y"] - there["height"]
    above = there["y"] - box["y"] - box["height"]
    assert 0 <= max(below, above) < 12
    assert box["x"] < there["x"] + there["width"]
    assert there["x"] < box["x"] + box["width"]
    size = tab.viewport_size
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    covered = tip.evaluate(
        """tip => {
            const box = tip.getBoundingClientRect();
            const points = [0.02, 0.5, 0.98].flatMap((x) => [0.04, 0.5, 0.96].map((y) => [x, y]));
            return points.filter(([x, y]) => !tip.contains(document.elementFromPoint(
                box.left + x * box.width, box.top + y * box.height))).length;
        }"""
    )
    assert covered == 0
    assert tip.evaluate("tip => tip.scrollHeight <= tip.clientHeight")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_number_shows_its_tip_on_hover_and_on_focus(visit, width):
    tab = visit("places.html", width)
    numbers = tab.locator("article .rb-number")
    for place in ("h1", "td", "li", ".sd-card", "strong"):
        assert tab.locator(f"article {place} .rb-number").count() > 0
    for number in numbers.all():
        tip = tip_of(number)
        assert not tip.is_visible()
        number.hover()
        assert_in_view(tab, number)
        tab.mouse.move(2, 2)
        tip.wait_for(state="hidden")
    for number in (numbers.first, numbers.last):
        number.evaluate("each => each.focus({focusVisible: true})")
        assert_in_view(tab, number)
        number.evaluate("each => each.blur()")
        tip_of(number).wait_for(state="hidden")


def test_the_tip_says_range_and_words_and_the_pointer_can_reach_it(visit):
    tab = visit("index.html")
    number = tab.locator(".rb-number[data-format=range]")
    tip = tip_of(number)
    number.hover()
    tip.wait_for(state="visible")
    said = tip.inner_text().splitlines()
    assert said[0] == "Share of people"
    assert "Range 74.0–76.0%" in said
    assert "“six or so”: Bureau, published October 2023 (inferred from the document)" in said
    tip.hover(position={"x": 20, "y": 20})
    tab.wait_for_timeout(400)
    assert tip.is_visible()
    colour = "each => getComputedStyle(each).backgroundColor"
    assert tip.evaluate(colour) not in ("transparent", "rgba(0, 0, 0, 0)")


def test_the_keyboard_reaches_a_number_and_enter_follows_it(visit):
    tab = visit("index.html")
    number = tab.locator(".rb-number[data-format=range]")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if number.evaluate("each => each === document.activeElement"):
            break
    assert_in_view(tab, number)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/ledger.html#number-people-share")


@pytest.mark.parametrize("width", WIDTHS)
def test_without_a_script_link_and_tip_work(visit, width):
    tab = visit("index.html", width, java_script_enabled=False)
    number = tab.locator(".rb-number[data-format=range]")
    number.hover()
    tip_of(number).wait_for(state="visible")
    box = tip_of(number).bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    number.click()
    tab.wait_for_url("**/ledger.html#number-people-share")
    assert tab.locator("#number-people-share").is_visible()
    assert "six or so" in tab.locator("#number-people-share").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_click_lands_on_the_entry_in_view_and_below_the_header(visit, width):
    tab = visit("places.html", width)
    tab.locator("td .rb-number").first.click()
    tab.wait_for_url("**/ledger.html#number-people-share")
    name = tab.locator("#number-people-share .rb-entry-name")
    name.wait_for()
    tab.wait_for_timeout(200)
    box, header = name.bounding_box(), tab.locator(".bd-header-article").first.bounding_box()
    assert header["y"] + header["height"] <= box["y"] < 720 - box["height"]


def test_a_number_in_a_card_leads_to_its_entry_and_the_card_to_its_page(visit):
    tab = visit("places.html")
    card = tab.locator(".sd-card", has_text="Right")
    card.locator(".rb-number").click()
    tab.wait_for_url("**/ledger.html#number-money-ratio")
    tab.go_back()
    card.click(position={"x": 5, "y": 5})
    tab.wait_for_url("**/money.html")


def test_the_ledger_is_searched_and_ordered(visit):
    tab = visit("ledger.html")
    entries = tab.locator(".rb-entry")
    names = ".rb-entry-name code"
    assert tab.locator(".rb-ledger-tools output").inner_text() == "2 of 2 numbers"
    assert entries.locator(names).all_inner_texts() == ["money.ratio", "people.share"]

    tab.get_by_label("Find").fill("PEOPLE six")
    assert entries.locator(f"{names}:visible").all_inner_texts() == ["people.share"]
    assert tab.locator(".rb-ledger-tools output").inner_text() == "1 of 2 numbers"
    tab.get_by_label("Find").fill("nowhere")
    assert tab.locator(".rb-entry:visible").count() == 0
    tab.get_by_label("Find").fill("")
    assert tab.locator(".rb-entry:visible").count() == 2

    tab.evaluate(
        "document.querySelector('#number-people-share .rb-entry-name strong').textContent = 'A'"
    )
    tab.get_by_label("Order").select_option("by name")
    assert entries.locator(names).all_inner_texts() == ["people.share", "money.ratio"]
    assert "most counts first" in tab.get_by_label("Order").inner_text()
    tab.get_by_label("Order").select_option("by page")
    assert entries.locator(names).all_inner_texts() == ["money.ratio", "people.share"]


def test_a_link_to_an_entry_that_a_search_hides_reveals_it(visit):
    tab = visit("ledger.html#number-people-share")
    entry = tab.locator("#number-people-share")
    # first to where the address leads already, then to somewhere else
    for start in ("#number-people-share", "#ledger"):
        tab.evaluate(f"location.hash = '{start}'")
        tab.get_by_label("Find").fill("money")
        assert not entry.is_visible()
        tab.evaluate(
            """() => {
                const link = document.createElement('a');
                link.href = '#number-people-share';
                document.querySelector('article').append(link);
                link.click();
            }"""
        )
        entry.wait_for(state="visible")
        assert tab.get_by_label("Find").input_value() == ""


def test_print_has_no_tips_and_no_tools(visit):
    tab = visit("index.html")
    number = tab.locator(".rb-number[data-format=range]")
    number.hover()
    tip_of(number).wait_for(state="visible")
    tab.emulate_media(media="print")
    assert not tip_of(number).is_visible()
    tab = visit("ledger.html")
    tab.emulate_media(media="print")
    assert not tab.locator(".rb-ledger-tools").is_visible()


def test_dark_tips_are_dark(visit):
    tab = visit("index.html", color_scheme="dark")
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    tip = tab.locator(".rb-tip").first
    shade = "each => getComputedStyle(each).{}.match(/[0-9.]+/g).slice(0, 3).map(Number)"
    assert max(tip.evaluate(shade.format("backgroundColor"))) < 90
    assert min(tip.evaluate(shade.format("color"))) > 160
