"""What an edition knows, and which conditions of prose apply to it."""

import pytest

from reportbook.results.conditions import ConditionError
from reportbook.results.known import applies, is_known, mistake_in

RESULTS = {
    "numbers": {
        "people.share": {"value": 0.75, "low": 0.7, "high": 0.8},
        "people.late": {"value": None, "reason": "too early"},
    },
    "charts": {"people.trend": {}, "people.empty": {"reason": "nothing known"}},
    "tables": {},
    "sources": {"bureau": {}},
    "observations": {"d001": {}},
    "rows": {"source": ["bureau", "unused"], "observation": ["d001", "d002"]},
}


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("people.share", True),
        ("people.late", False),
        ("not people.late", True),
        ("people.trend", True),
        ("people.empty", False),
        ("bureau", True),
        ("unused", True),  # known, though nothing rests on it
        ("d002", True),
        ("later", False),
        ("people.share and people.late", False),
        ("people.share or people.late", True),
        ("people.share > 0.5", True),
        ("people.share > 0.75", False),  # not over its whole range
        ("people.late > 0.5", False),
        ("people.share > 0.5 and not people.late", True),
        ("people.share > 0.5 and people.late", False),
        ("people.late > 0.5 or bureau", True),
        ("(people.share > 0.5 and people.share < 0.9) or people.share > 2", True),
    ],
)
def test_a_condition_applies_to_what_is_known(asked, answer):
    assert applies(asked, RESULTS) is answer


@pytest.mark.parametrize(
    ("published", "as_of", "known"),
    [
        ("2020-05-31", "2020-05-31", True),
        ("2020-06-01", "2020-05-31", False),
        ("2020-05", "2020-05-31", True),  # from the last day of the month
        ("2020-05", "2020-05-30", False),
        ("2019", "2020-05-31", True),
        ("2020", "2020-05-31", False),
        ("", "2020-05-31", False),
        ("", None, True),
    ],
)
def test_a_source_is_known_from_its_last_possible_day(published, as_of, known):
    assert is_known(published, as_of) is known


def test_a_name_that_no_edition_has_is_a_mistake():
    assert mistake_in("people.shares", RESULTS, []).endswith("Did you mean 'people.share'?")
    assert mistake_in("later", RESULTS, ["later"]) == ""
    assert mistake_in("not people.late and d001", RESULTS, []) == ""
    assert mistake_in("people.share >", RESULTS, [])
    with pytest.raises(ConditionError):
        applies("people.share >", RESULTS)
