"""Why a number is missing, in the edition's terms."""

import datetime

from analysis.numbers.absence import unstated


def test_an_edition_with_a_date_says_by_when_nothing_was_published():
    absent = unstated(datetime.date(2020, 5, 31), "what the plan received", "USD", "Received")
    assert absent.reason == "no source published by 31 May 2020 states what the plan received"
    assert (absent.unit, absent.label) == ("USD", "Received")


def test_the_newest_edition_has_no_date_to_name():
    reason = unstated(None, "what it received", "", "").reason
    assert reason == "no source published so far states what it received"
