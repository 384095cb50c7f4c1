"""Causes and their parts, on results small enough to add up by hand."""

from decimal import Decimal

import pytest

from reportbook.comparing.causes import CODE, KNOWLEDGE, PARAMETER, REVISED, Cause, State, compare
from reportbook.comparing.data_rows import Revision

CHANGED_CODE = Cause(CODE)
NEWS = Cause(KNOWLEDGE, "as_of", {"people": ("2020-12-31", None)})
READING = Cause(PARAMETER, "reading", {"people": ("wide", "plain")})
OF_MONEY = Cause(PARAMETER, "bank", {"money": ("A", "B")})


def number(value, low=None, high=None, **more):
    return {
        "value": value, "low": low, "high": high, "unit": "share", "text": str(value),
        "notebook": "notebooks/people", "observations": [], "sources": [], **more,
    }  # fmt: skip


def state(cause=None, **numbers):
    records = {
        name: record if isinstance(record, dict) else number(record)
        for name, record in numbers.items()
    }
    return State({"numbers": records, "observations": {}, "sources": {}}, cause)


def only(found, field="moved"):
    (entry,) = found[field]
    return entry


def parts(entry):
    return [(cause["said"], cause["contribution"]) for cause in entry["causes"]]


def test_each_cause_gets_the_difference_it_made_and_they_add_up():
    # 0.5, then 0.4 by code, 0.6 by what became known, 0.75 by the reading: -0.1 +0.2 +0.15 = +0.25
    entry = only(
        compare([
            state(share=0.5),
            state(CHANGED_CODE, share=0.4),
            state(NEWS, share=0.6),
            state(READING, share=0.75),
        ])
    )  # fmt: skip
    assert parts(entry) == [
        ("changed code", -0.1),
        ("figures that became known after 31 December 2020", 0.2),
        ("the reading changed from wide to plain", 0.15),
    ]
    assert entry["change"] == 0.25
    assert sum(Decimal(str(cause["contribution"])) for cause in entry["causes"]) == Decimal("0.25")
    assert entry["change_text"] == "+25 percentage points"


def test_a_cause_that_changed_nothing_is_not_named():
    entry = only(compare([state(a=1), state(CHANGED_CODE, a=1), state(NEWS, a=2)]))
    assert [cause["kinds"] for cause in entry["causes"]] == [[KNOWLEDGE]]


def test_a_step_without_a_value_is_joined_with_the_next():
    entry = only(
        compare([state(a=1), state(CHANGED_CODE), state(OF_MONEY), state(NEWS, a=3)])
    )  # the notebook failed with the new code alone; the bank is no matter of this notebook
    assert parts(entry) == [
        ("changed code, and figures that became known after 31 December 2020", 2)
    ]


def test_a_range_that_alone_changed_is_a_move_without_a_contribution():
    entry = only(compare([state(a=number(1, 0.9, 1.1)), state(CHANGED_CODE, a=number(1, 0.5, 2))]))
    assert (entry["change_text"], entry["distinguishable"]) == ("no change", False)
    assert parts(entry) == [("changed code", 0)]


@pytest.mark.parametrize(
    ("old", "new", "apart"),
    [
        ((1, 0.9, 1.1), (2, 1.9, 2.1), True),
        ((1, 0.9, 1.5), (2, 1.5, 2.1), False),  # they share 1.5
        ((2, 1.5, 2.1), (1, 0.9, 1.6), False),
        ((1, None, 1.1), (2, 1.9, None), True),  # the bounds that face each other are known
        ((1, 0.9, None), (2, 1.9, 2.1), False),  # an unknown bound excludes nothing
    ],
)
def test_a_difference_inside_both_ranges_is_not_distinguishable(old, new, apart):
    found = compare([state(a=number(*old)), state(CHANGED_CODE, a=number(*new))])
    assert only(found)["distinguishable"] is apart
    assert found["counts"]["not_distinguishable"] == (apart is False)


def test_numbers_that_appeared_and_vanished_are_apart_with_the_reason():
    none = number(None, reason="no source had said")
    found = compare([
        state(late=none, gone=1, stays=1, never=none),
        state(NEWS, late=2, gone=1, stays=1, never=none),
        state(READING, late=2, fresh=3, stays=1, never=none),
    ])  # fmt: skip
    late, fresh = found["appeared"]
    assert late["reason"] == "no source had said"
    assert late["causes"][0]["said"].startswith("figures that became known")
    assert fresh["reason"] == "no notebook published it"
    assert fresh["causes"][0]["said"] == "the reading changed from wide to plain"
    gone = only(found, "vanished")
    assert (gone["name"], gone["new"]) == ("gone", None)
    assert gone["causes"][0]["said"] == "the reading changed from wide to plain"
    assert found["counts"] == {
        "moved": 0, "not_distinguishable": 0, "apart": 0, "appeared": 2, "vanished": 1,
        "unchanged": 1,
        "without_value": 1,
    }  # fmt: skip


def test_a_number_counted_in_another_unit_is_not_subtracted():
    found = compare([state(a=number(1, unit="USD")), state(READING, a=number(2, unit="persons"))])
    assert only(found, "appeared")["reason"] == "it was counted in another unit (USD)"
    assert only(found, "appeared")["causes"][0]["kinds"] == [PARAMETER]


def test_a_cause_names_what_the_number_newly_rests_on():
    old, new = number(1, observations=["d1"]), number(2, observations=["d1", "d2"])
    last = state(NEWS, a=new)
    last.results["observations"]["d2"] = {"as_stated": "some 2", "source": "s"}
    last.results["sources"]["s"] = {"publisher": "Bureau", "published": "2023-10"}
    (cause,) = only(compare([state(a=old), last]))["causes"]
    assert cause["observations"] == [
        {"observation": "d2", "as_stated": "some 2", "source": "s", "publisher": "Bureau",
         "attribution": "Bureau", "published": "2023-10"}
    ]  # fmt: skip


def test_a_row_the_old_results_do_not_know_may_be_new_in_the_data():
    old, new = number(1, observations=["d1"]), number(2, observations=["d2"])
    entry = only(compare([state(a=old), state(CHANGED_CODE, a=new)]))
    assert parts(entry) == [("changed code or rows added to the data", 1)]
    first = state(a=old)
    first.results["rows"] = {"observation": ["d1", "d2"]}  # it was there, and nobody used it
    assert parts(only(compare([first, state(CHANGED_CODE, a=new)]))) == [("changed code", 1)]


def test_revised_rows_are_named_with_the_numbers_that_rest_on_them():
    rows = [
        Revision("observation", "d1", {"value": ("5", "6")}),
        Revision("observation", "d9", {"value": ("1", "2")}),
        Revision("source", "s", {"published": ("2020", "2021")}),
    ]
    old = number(0.5, observations=["d1"], sources=["s"])
    new = number(0.6, observations=["d1"], sources=["s"])
    found = compare([state(a=old), state(Cause(REVISED, revisions=rows), a=new)])
    (cause,) = only(found)["causes"]
    assert cause["said"] == "revised data"
    assert [each["key"] for each in cause["revised"]] == ["d1", "s"]
    assert cause["revised"][0]["columns"] == {"value": ["5", "6"]}


def based(value, **basis):
    return number(value, value, value, basis=basis, formats={"range": str(value)})


def test_no_difference_is_given_where_two_values_are_not_of_one_kind():
    found = compare([
        state(
            people=based(5, way="was counted in registers", of="is of the town"),
            rise=based(1, span="covers 12 months"),
        ),
        state(
            NEWS,
            people=based(7, way="was asked in a survey", of="is of the county"),
            rise=based(2),
        ),
    ])  # fmt: skip
    assert found["moved"] == []
    assert [(each["name"], each["reason"]) for each in found["apart"]] == [
        (
            "people",
            "the earlier figure was counted in registers and is of the town, this one was "
            "asked in a survey and is of the county",
        ),
        ("rise", "the earlier figure covers 12 months, this one does not say its span"),
    ]
    assert all("change" not in each for each in found["apart"])
    assert found["counts"]["apart"] == 2


def test_another_definition_is_another_number():
    found = compare([
        state(a=number(1, definition="all_hosts")), state(CHANGED_CODE, a=number(2, definition="x"))
    ])  # fmt: skip
    assert only(found, "apart")["reason"] == "the two figures count different things"


def test_what_is_called_otherwise_is_another_number_whatever_its_basis():
    old, new = (
        number(value, formats={"called": f"the number of {who}"}, basis={"of": who})
        for value, who in ((1, "cats"), (2, "dogs"))
    )
    found = compare([state(a=old), state(NEWS, a=new)])
    said = "the earlier figure is the number of cats, this one the number of dogs"
    assert only(found, "apart")["reason"] == said
    assert only(found, "apart")["new"]["called"] == "the number of dogs"


def test_a_step_to_a_value_of_another_kind_is_joined_with_the_next():
    # by what is known alone the number would be of the survey: no part of a change in registers
    entry = only(
        compare([
            state(a=based(5, way="registers")),
            state(NEWS, a=based(70, way="survey")),
            state(READING, a=based(7, way="registers")),
        ])
    )  # fmt: skip
    assert parts(entry) == [
        ("figures that became known after 31 December 2020, and "
         "the reading changed from wide to plain", 2)
    ]  # fmt: skip


def test_values_of_one_kind_are_subtracted():
    same = {"way of counting": "registers"}
    assert (
        only(compare([state(a=based(5, **same)), state(NEWS, a=based(7, **same))]))["change"] == 2
    )
