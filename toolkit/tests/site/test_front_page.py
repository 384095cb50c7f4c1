"""The front page of the site, and what the configuration asks it to show."""

import pytest
from bs4 import BeautifulSoup
from miniature import replace

from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.report.settings import Front, Named, check_front
from reportbook.site.front_page import Listed, front_page


@pytest.fixture
def page(built):
    return BeautifulSoup((built.site / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_it_says_what_the_report_is_and_shows_the_newest_editions_numbers(page):
    assert page.select_one(".about").text == "How many, and for how much?"
    assert page.select_one("#newest").text == "Everything"
    cards = page.select(".cards li")
    assert [card.select_one(".label").text for card in cards] == [
        "Share of people",
        "Ratio of money",
    ]
    assert cards[0].select_one(".value").text == "75.0% (±1)"
    assert cards[0].select("p")[-1].text == "Bureau · more"
    assert cards[0].a["href"] == "latest/notebooks/people.html"


def test_the_trend_is_the_charts_own_picture_with_its_words(page, built):
    picture = page.select_one(".trend img")
    assert picture["alt"] == "A line: Up"
    assert (built.site / picture["src"]).read_text().startswith("<svg")
    place, _, anchor = page.select_one(".trend a")["href"].partition("#")
    assert f'id="{anchor}"' in (built.site / place).read_text()


def test_editions_say_what_they_cover(page):
    entries = page.select(".editions li")
    assert [entry.a.text for entry in entries] == ["Everything", "The year 2020"]
    assert entries[0].p.text == "Everything known so far. All there is."
    assert entries[1].p.text == "What was known on 31 December 2020."


def test_a_number_not_reported_says_why_and_a_chart_that_is_not_there_is_left_out(tmp_path):
    results = {
        "title": "T",
        "numbers": {"a.b": {"text": "not reported", "label": "B", "reason": "Nobody <said>.",
                            "notebook": "n/a", "sources": []}},
        "charts": {"a.c": {"alt": "x", "notebook": "n/a"}},
        "sources": {},
    }  # fmt: skip
    front = Front("", (Named("a.b", 1), Named("a.gone", 2)), Named("a.c", 3))
    html = front_page([Listed(tmp_path / "e", results)], front, title="x")
    soup = BeautifulSoup(html, "html.parser")
    (card,) = soup.select(".cards li")
    assert [p.text for p in card.select("p")] == ["B", "not reported", "Nobody <said>.", "more"]
    assert soup.img is None


def test_a_configuration_that_asks_for_nothing_gives_a_list_of_editions(report, tmp_path):
    replace(report / "_config.yml", "reportbook:", "unrelated:")
    assert load_project(report).settings.front == Front()
    html = front_page([Listed(tmp_path / "e", {"title": "T"})], Front(), title="x")
    soup = BeautifulSoup(html, "html.parser")
    assert [h2.text for h2 in soup.select("h2")] == ["Editions, latest first"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("about:", "abuot:", r"_config.yml, line 8: .*'abuot'.* Did you mean 'about'\?"),
        ("[people.share, money.ratio]", "people.share", "line 9: 'key_numbers' must be a list"),
        ("trend: people.trend", "trend: [people.trend]", "line 10: 'trend' must be one line"),
    ],
)
def test_mistakes_in_the_configuration(report, old, new, message):
    replace(report / "_config.yml", old, new)
    with pytest.raises(ReportError, match=message):
        load_project(report)


def test_names_that_nobody_publishes():
    front = Front(
        "", (Named("people.sahre", 8), Named("people.share", 8)), Named("people.trned", 9)
    )
    results = {"numbers": {"people.share": {}}, "charts": {"people.trend": {}}}
    assert check_front(front, results) == [
        "_config.yml, line 8: no notebook publishes the number 'people.sahre'. "
        "Did you mean 'people.share'?",
        "_config.yml, line 9: no notebook publishes the chart 'people.trned'. "
        "Did you mean 'people.trend'?",
    ]
