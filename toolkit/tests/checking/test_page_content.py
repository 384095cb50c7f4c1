"""What a page loads, in each way that a page can load something."""

import pytest

from reportbook.checking.page_content import (
    PageContent,
    is_of_another_host,
    loaded_by_picture,
    loaded_by_styles,
    may_be_followed,
    place_within,
)

EVIL = "https://evil.example/x"
WAYS = [
    '<img src="{}">',
    "<img src={}>",
    '<IMG SRC="{}">',
    '<img src="a.png" srcset="a.png 1x, {} 2x">',
    '<link rel="preload" as="image" imagesrcset="{} 2x">',
    '<picture><source srcset="{}"></picture>',
    '<video poster="{}"></video>',
    '<video src="{}"></video>',
    '<audio><source src="{}"></audio>',
    '<video><track src="{}"></video>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<iframe src="{}"></iframe>',
    '<iframe srcdoc="<img src=\'{}\'>"></iframe>',
    '<input type="image" src="{}">',
    '<body background="{}">',
    '<table background="{}"></table>',
    '<svg><image href="{}"/></svg>',
    '<svg><image xlink:href="{}"/></svg>',
    '<svg><use href="{}#a"/></svg>',
    '<svg><feImage href="{}"/></svg>',
    '<svg><rect fill="url({}#a)"/></svg>',
    '<svg><set attributeName="href" to="{}"/></svg>',
    '<svg><animate attributeName="href" values="#a;{}"/></svg>',
    "<svg><style>@import '{}';</style></svg>",
    "<style>@import '{}';</style>",
    "<style>@import url({}) screen;</style>",
    "<style>@media print {{ p {{ background: url('{}') }} }}</style>",
    "<style>p {{ & b {{ background: url({}) }} }}</style>",
    "<style>@font-face {{ src: url({}) format('woff2') }}</style>",
    "<style>p {{ background: image-set('{}' 2x) }}</style>",
    "<style>p {{ background: u\\72l({}) }}</style>",
    '<p style="background: url(\'{}\')">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="canonical stylesheet" href="{}">',
    '<link rel="preconnect" href="{}">',
    '<link rel="manifest" href="{}">',
    '<script src="{}"></script>',
    '<svg><script href="{}"></script></svg>',
    "<script>fetch('{}')</script>",
    "<script>import('{}')</script>",
    '<script type="module">import a from "{}"</script>',
    "<script>new Image().src = '{}'</script>",
    "<script>request.open('GET', '{}')</script>",
    "<script>new WebSocket(`{}`)</script>",
    "<p onclick=\"navigator.sendBeacon('{}')\">",
    '<meta http-equiv="refresh" content="0; url={}">',
    "<meta http-equiv=\"Refresh\" content=\"3;URL='{}'\">",
    '<noscript><meta http-equiv="refresh" content="0; url={}"></noscript>',
    '<base href="{}">',
    '<form action="{}"></form>',
    '<button formaction="{}">',
    '<a href="#a" ping="{}">',
    '<img src="a.png" attributionsrc="{}">',
    '<p never-heard-of="{}">',
    '<template><img src="{}"></template>',
    '<!--><img src="{}">-->',
    '<svg><style><img src="{}">',
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_whatever_loads_from_another_host_is_found(way):
    assert [each for each in PageContent(way.format(EVIL)).loads if is_of_another_host(each)]


@pytest.mark.parametrize(
    "way",
    [
        '<a href="{}">',
        '<svg><a xlink:href="{}"/></svg>',
        '<link rel="canonical" href="{}">',
        '<link rel="license" href="{}">',
        '<blockquote cite="{}">',
        '<meta property="og:image" content="{}">',
        '<svg xmlns="{}">',
        '<img src="a.png" alt="{}">',
        '<p data-source="{}">',
        '<option value="{}">',
        "<!-- <img src='{}'> -->",
        "<textarea><img src='{}'></textarea>",
        "<script>// see {}</script>",
        "<style>/* url({}) */ @namespace url({});</style>",
        "<p>{}",
    ],
)
def test_what_only_names_another_host_loads_nothing(way):
    page = PageContent(way.format(EVIL, EVIL))
    assert [each for each in page.loads if is_of_another_host(each)] == []


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/",
        "HTTPS://a.example/",
        "//a.example/x",
        "\\\\a.example/x",
        "/\\a.example",
        " \n//a.example",
        "ht\ntps://a.example",
        "https:a.example",
        "wss://a.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_addresses_of_other_hosts(address):
    assert is_of_another_host(address)
    assert place_within(address) is None


@pytest.mark.parametrize("address", ["", "a.png", "../a/b.png?v=1#c", "/a", "#a", "data:,a"])
def test_addresses_within(address):
    assert not is_of_another_host(address)


def test_the_place_of_an_address_within():
    assert place_within("../a%20b/c.html?v=1#d%C3%A9") == ("../a b/c.html", "dé")
    assert place_within("#d") == ("", "d")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://a.example", True),
        ("a.html#b", True),
        ("mailto:a@b.example", True),
        ("tel:+1", True),
        ("javascript:alert(1)", False),
        (" JavaScript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        ("vbscript:x", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
    ],
)
def test_where_links_may_lead(address, may):
    assert may_be_followed(address) is may


def test_a_picture_with_a_style_sheet_of_its_own():
    assert loaded_by_picture('<?xml-stylesheet href="//a.example/b.css"?><svg/>') == [
        "//a.example/b.css"
    ]


def test_a_style_sheet_that_is_badly_written_is_read_as_browsers_read_it():
    assert loaded_by_styles("p { color: red; background: url( //a.example/x") == ("//a.example/x",)


def test_numbers_anchors_and_scripts():
    page = PageContent(
        '<a class="rb-number" data-number="a.b" data-format="range" href="#c"><b>1</b> (±2)</a>'
        '<i id="c"></i><div class="cell_output"><script>draw()</script></div><p onclick="go()">'
    )
    assert page.quoted == [("a.b", "range", "1 (±2)")]
    assert page.ids == {"c"}
    assert (page.scripts, page.handlers, page.brings_scripts) == (["draw()"], ["go()"], True)
    assert not PageContent("<script>draw()</script>").brings_scripts
