"""A page's key numbers, first of all and a card each."""

import pytest
from bs4 import BeautifulSoup
from miniature import replace

from reportbook.commands.build import build
from reportbook.report.project import load_project
from reportbook.sphinx.key_numbers import told


@pytest.fixture
def cards(built):
    text = (built.site / "2020" / "notebooks" / "index.html").read_bytes()
    return BeautifulSoup(text, "html.parser").select("ul.rb-cards > li")


def test_a_card_says_what_how_much_from_where_to_where_and_who_says_so(cards):
    said = [[p.find(string=True) for p in card.select("p")] for card in cards]
    assert said == [
        ["Share of people", "about 62.5%", "61.5–63.5% · Bureau"],
        ["Ratio of money", "about 50.0%", "49.0–51.0% · Bureau"],
    ]


def test_a_card_gives_no_range_of_what_is_exact():
    record = {"value": 5, "low": 5, "high": 5, "formats": {"bounds": "exactly 5"}}
    assert list(told(record, "May 2020", "Bureau")) == ["May 2020", "Bureau"]
    wide = record | {"low": 4, "formats": {"bounds": "4–5"}}
    assert list(told(wide, "", "Bureau")) == ["4–5", "Bureau"]


def test_a_card_s_number_leads_to_its_entry_and_has_a_tip(cards):
    number = cards[0].select_one("a.rb-number")
    assert number["href"] == "ledger.html#number-people-share"
    assert cards[0].find(id=number["aria-describedby"]).span.text == "Share of people"


def test_a_name_that_nobody_publishes_stops_the_build(report):
    replace(report / "notebooks" / "index.md", "people.share\nmoney", "people.shore\nmoney")
    (outcome,) = build(load_project(report), ["latest"], jobs=2).outcomes
    (problem,) = outcome.problems
    assert "notebooks/index.md, line 11" in problem
    assert "'people.shore'. Did you mean 'people.share'" in problem
