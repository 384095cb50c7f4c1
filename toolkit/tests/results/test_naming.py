"""What a card calls a number."""

import pytest

from reportbook.results.naming import name_and_dates

RAIN = {"label": "Rain, May 2020"}
CALLED = {"called": "the rain of one place"}


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"date": "May 2020"}, "May 2020"),
        ({"from": "May 2019", "to": "May 2020"}, "May 2019 – May 2020"),
        ({"from": "May 2020", "to": "May 2020"}, "May 2020"),
    ],
)
def test_a_name_says_no_date_so_that_stands_apart(dates, said):
    named = name_and_dates("a.rain", {**RAIN, "formats": CALLED | dates})
    assert named == ("The rain of one place", said)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"formats": {"date": "May 2020"}},  # it has no name
        {"formats": CALLED},  # only the label may have the date
        {"reason": "nobody counted", "formats": CALLED | {"date": "an unknown date"}},
    ],
)
def test_without_a_name_or_a_date_the_label_says_it_all(more):
    assert name_and_dates("a.rain", {**RAIN, **more}) == ("Rain, May 2020", "")
    assert name_and_dates("a.rain", more) == ("a.rain", "")
