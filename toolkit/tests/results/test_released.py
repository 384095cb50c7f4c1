import pytest

from reportbook.results.released import moved_since, not_of_release


def results(**numbers):
    return {"numbers": {name: record(*about) for name, about in numbers.items()}}


def record(value, text=None, low=None):
    return {"value": value, "low": low, "high": None, "unit": "share", "text": text or str(value)}


def correction(**what):
    moved = {name: {"was": was, "is": now} for name, (was, now) in what.items()}
    return {"date": "2027-03-01", "why": "Counted twice.", "what": moved}


def said(*arguments):
    return [str(each) for each in moved_since(*arguments)]


@pytest.mark.parametrize(
    ("now", "moved"),
    [
        (results(a=(1, "one")), []),
        (results(a=(1 + 1e-12, "one")), []),  # what is added in another order
        (results(a=(1, "one"), b=(2,)), []),  # a number that the release had not
        (results(a=(2, "two")), ["a: one → two"]),
        (results(a=(None, "not reported")), ["a: one → not reported"]),
        (results(), ["a: one → not published"]),
        (results(a=(1.2, "one")), ["a: one [1] → one [1.2]"]),
        (results(a=(1, "one", 0.5)), ["a: one [1] → one [1]"]),
    ],
)
def test_released_numbers_that_are_otherwise_are_named(now, moved):
    assert said(results(a=(1, "one")), now) == moved


def test_a_number_is_held_to_its_last_correction():
    released = results(a=(1, "one"))
    first, second = correction(a=("one", "two")), correction(a=("two", "three"))
    assert said(released, results(a=(2, "two")), [first]) == []
    assert said(released, results(a=(1, "one")), [first]) == ["a: two → one"]
    assert said(released, results(a=(3, "three")), [first, second]) == []
    assert said(released, results(a=(2, "two")), [first, second]) == ["a: three → two"]


def test_a_correction_says_what_was_published_before():
    released = results(a=(1, "one"))
    first, second = correction(a=("one", "two")), correction(a=("two", "three"))
    assert list(not_of_release(released, [first, second])) == []
    assert list(not_of_release(released, [second])) == [("a", "one")]
    assert list(not_of_release(released, [correction(b=("one", "two"))])) == [
        ("b", "not published")
    ]
