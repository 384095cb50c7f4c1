"""Periods: what a year, month, day or interval can mean, and how many days lie between two."""

from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.periods import Period, days_between
from analysis.errors import NotAccepted
from reportbook.files import dates

DAYS = st.dates(min_value=date(1000, 1, 1))
POINTS = DAYS.flatmap(
    lambda day: st.sampled_from([f"{day:%Y}".zfill(4), day.isoformat()[:7], day.isoformat()])
)


def ordered(points):
    """Two points as an interval that does not end before it begins, or the first alone."""
    first, last = (Period.parse(point) for point in points)
    if last.first_day < first.first_day or last.last_day < first.last_day:
        return points[0]
    return f"{first}/{last}"


TEXTS = st.one_of(POINTS, st.tuples(POINTS, POINTS).map(ordered))
PERIODS = TEXTS.map(Period.parse)


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),  # a leap year
        ("2020-05-26", date(2020, 5, 26), date(2020, 5, 26)),
        ("2019/2023-10", date(2019, 1, 1), date(2023, 10, 31)),
        ("2022-07/2022-08-05", date(2022, 7, 1), date(2022, 8, 5)),
    ],
)
def test_days_a_text_can_mean(text, first_day, last_day):
    period = Period.parse(text)
    assert (period.first_day, period.last_day) == (first_day, last_day)
    assert period.is_interval == ("/" in text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "20-05", "2020-5", "2020-13", "2021-02-29", "0000", "May 2020", "2020 ", "2020-05\n"),
        *("2020/", "/2020", "2020-04/10", "2019/2020/2021", "2020-05-26T00", "２０２０"),
    ],
)
def test_what_is_no_period_is_refused_with_the_forms(text):
    with pytest.raises(NotAccepted, match=r"a month \(2020-05\)") as caught:
        Period.parse(text)
    assert repr(text) in str(caught.value)


def test_an_interval_ends_after_it_begins():
    with pytest.raises(NotAccepted, match="ends before it begins"):
        Period.parse("2023-10/2019")


def test_order_is_by_last_day_then_first_day():
    texts = ["2020-12-31", "2019/2020", "2020", "2020-05", "2020-12"]
    ordered = ["2020-05", "2019/2020", "2020", "2020-12", "2020-12-31"]
    assert [str(p) for p in sorted(map(Period.parse, texts))] == ordered


def test_the_same_last_day_written_otherwise_is_another_period():
    assert Period.parse("2023-12") != Period.parse("2023-12-31")


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("2020-05-26", "2020-06-25", 30),
        ("2022-07", "2022-08-05", 5),  # 31 July to 5 August
        ("2022-08-05", "2024-12", 879),
        ("2023", "2019", -1461),
    ],
)
def test_days_between_last_days(earlier, later, days):
    assert days_between(Period.parse(earlier), Period.parse(later)) == days


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("2019", "en", "2019"),
        ("2020-05", "en", "May 2020"),
        ("2020-05-26", "en", "26 May 2020"),
        ("2020-05-26", "en_US", "May 26, 2020"),
        ("2019/2023-10", "en", "2019 – October 2023"),
        ("2020-05-26", "es", "26 de mayo de 2020"),
        ("2020-05", "pt", "maio de 2020"),
    ],
)
def test_label_is_written_as_the_reader_writes_it(text, language, label):
    assert Period.parse(text).label(Locale.parse(language)) == label


@given(TEXTS)
def test_text_survives(text):
    assert str(Period.parse(text)) == text


@given(PERIODS)
def test_first_day_is_not_after_the_last(period):
    assert period.first_day <= period.last_day


@given(PERIODS, PERIODS)
def test_order_agrees_with_equality_and_last_days(a, b):
    assert (a < b) + (b < a) + (a == b) == 1
    if a.last_day < b.last_day:
        assert a < b


@given(TEXTS, st.sampled_from(["en", "en_US", "es", "pt", "pt_BR", "fr"]))
def test_the_published_site_writes_dates_the_same_way(text, language):
    assert dates.reader_date(text, language) == Period.parse(text).label(Locale.parse(language))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2020", "in 2020"),
        ("2020-05", "in May 2020"),
        ("2020-05-26", "on 26 May 2020"),
        ("2019/2023-10", "from 2019 to October 2023"),
    ],
)
def test_a_sentence_leads_to_a_period_by_the_right_word(text, said):
    assert Period.parse(text).in_sentence() == said
