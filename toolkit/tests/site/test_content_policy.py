"""The policy in the head of every page, and that the pages pass it."""

import base64
import hashlib
import re

import browser
import pytest
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from reportbook.site.content_policy import with_policy


def policy(page):
    """The rules of a page by name, and whether anything but the encoding stands above them."""
    head = LexborHTMLParser(page).head
    first = [node for node in head.traverse() if node.tag == "meta"][:2]
    rules = next(
        node.attributes["content"]
        for node in first
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    return {name: rest for name, _, rest in (each.partition(" ") for each in rules.split("; "))}


def digest(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'><script>é</script>",
        "<head><script>é</script></head>",
        "<header>a</header><script>é</script>",
        "<script>é</script>",
    ],
)
def test_the_scripts_of_a_page_may_run_and_no_others(page):
    rules = policy(with_policy(page))
    assert rules["default-src"] == "'self'"
    assert rules["script-src"] == f"'self' {digest('é')}"


def test_a_page_without_scripts_runs_none_of_its_own():
    assert policy(with_policy("<p>a"))["script-src"] == "'self'"


def test_handlers_and_the_scripts_of_outputs():
    rules = policy(with_policy('<p onclick="go(1)">'))
    assert rules["script-src"] == f"'self' 'unsafe-hashes' {digest('go(1)')}"
    rules = policy(with_policy('<div class="cell_output"><script>a</script></div>'))
    assert rules["script-src"] == f"'self' {digest('a')} 'unsafe-eval'"


def test_the_encoding_stays_where_browsers_look_for_it():
    page = with_policy("<!doctype html><html><head><meta charset='utf-8'><title>é")
    assert page.encode().index(b"charset") < 1024 - 20


def test_every_page_of_a_site_has_one(built):
    for path in built.site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        rules = policy(page)
        assert "unsafe" not in rules["script-src"].replace("'unsafe-hashes'", "")
        for script in BeautifulSoup(page, "html.parser").select("script:not([src])"):
            assert digest(script.text) in rules["script-src"]


REFUSED = """async () => {
    const refused = [];
    document.addEventListener('securitypolicyviolation',
        (event) => refused.push(event.effectiveDirective));
    const put = (tag, more) =>
        document.body.append(Object.assign(document.createElement(tag), more));
    put('img', {src: 'https://evil.example/a.png'});
    put('script', {textContent: 'window.ran = true'});
    await fetch('https://evil.example/').catch(() => null);
    const link = Object.assign(document.createElement('a'), {href: 'javascript:window.ran = true'});
    document.body.append(link);
    link.click();
    await new Promise((done) => setTimeout(done, 200));
    return [refused.sort(), window.ran === undefined];
}"""


@pytest.mark.parametrize("from_files", [False, True])
def test_a_browser_shows_the_site_and_refuses_the_rest(built, chromium, from_files):
    with browser.served(built.site) as address:
        tab = chromium.new_page()
        said = []
        tab.on("console", lambda message: message.type == "error" and said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        base = built.site.as_uri() if from_files else address
        for page in ("index.html", "2020/index.html", "2020/notebooks/places.html"):
            tab.goto(f"{base}/{page}", wait_until="networkidle")
        # a browser lets no page read another file, so the list of editions stays empty there
        said = [
            each for each in said if not (from_files and re.search("editions.json|FAILED", each))
        ]
        assert said == []
        directives = ["connect-src", "img-src", "script-src-elem", "script-src-elem"]
        assert tab.evaluate(REFUSED) == [directives, True]
        tab.close()
