"""What a reader wants first, in sentences, of changes anyone can order."""

from reportbook.comparing.wording import headlines, summary


def side(value, date="", half=0.5):
    return {"value": value, "low": value - half, "high": value + half, "said": str(value),
            "date": date}  # fmt: skip


def moved(name, old, new, change, *, distinguishable=True, **more):
    return {
        "name": name, "label": more.get("label", name.capitalize()), "old": old, "new": new,
        "change": new["value"] - old["value"], "change_text": change, "causes": [],
        "distinguishable": distinguishable,
    }  # fmt: skip


FOUND = {
    "moved": [
        moved("small", side(10), side(12), "+2"),
        moved("large", side(10), side(90), "+80"),
        moved("same", side(10), side(10.2), "+0.2", distinguishable=False),
        moved("lead", side(7), side(5, "May 2020"), "−2", label="The lead, May 2020"),
    ],
    "apart": [{"name": "host", "label": "Host", "old": side(1, "2019"), "new": side(2, "2020"),
               "reason": "way of counting: a → b", "causes": []}],
    "appeared": [{"name": "late", "label": "Late news", "old": None, "new": side(3),
                  "reason": "too early", "causes": []}],
    "vanished": [],
}  # fmt: skip


def test_leading_numbers_come_first_then_what_moved_furthest():
    assert headlines(FOUND, ["lead", "host"]) == [
        "The lead fell by 2, from 7 to 5 for May 2020.",
        "Host stood at 1 for 2019 in the last edition and at 2 for 2020 in this one, which cannot "
        "be subtracted (way of counting: a → b).",
        "Large rose by 80, from 10 to 90.",
        "Small rose by 2, from 10 to 12.",
        "New in this edition: Late news, 3.",
    ]


def test_an_old_value_is_called_what_it_was_called_then():
    apart = {"name": "ratio", "label": "Ratio achieved, 2020", "reason": "stage: plan → result",
             "old": side(1, "2019") | {"label": "Ratio planned, 2019"}, "new": side(2, "2020"),
             "causes": []}  # fmt: skip
    assert headlines({"moved": [], "apart": [apart], "appeared": [], "vanished": []}, []) == [
        "Ratio planned stood at 1 for 2019 in the last edition; Ratio achieved stands at 2 for "
        "2020 in this one. The two cannot be subtracted (stage: plan → result)."
    ]


def test_where_nothing_can_be_told_apart_that_is_said():
    found = {"moved": [FOUND["moved"][2]], "apart": [], "appeared": [], "vanished": []}
    assert headlines(found, []) == [
        "Same stood at 10 in the last edition and at 10.2 in this one: the ranges meet, so the two "
        "cannot be told apart.",
    ]


def test_five_sentences_are_enough():
    many = [moved(f"n{n}", side(1), side(9), "+8") for n in range(9)]
    assert len(headlines({**FOUND, "moved": many}, [])) == 5


def test_the_summary_counts_what_cannot_be_subtracted():
    counts = {"moved": 1, "not_distinguishable": 0, "apart": 2, "appeared": 0, "vanished": 0,
              "unchanged": 3, "without_value": 0}  # fmt: skip
    assert summary({"counts": counts}).startswith(
        "1 number moved, 2 changed and cannot be subtracted, 0 appeared"
    )
