"""Why a number is missing, said of this report's data and not of the world."""

from analysis.numbers.absence import unstated


def test_what_is_missing_is_missing_in_the_data():
    absent = unstated("what the plan received", "USD", "Received")
    assert absent.reason == "no source in this report’s data states what the plan received"
    assert (absent.unit, absent.label) == ("USD", "Received")
