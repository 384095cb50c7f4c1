"""What a reader wants first, in sentences, of changes anyone can order."""

from reportbook.comparing.wording import evidence, headlines, summary


def side(value, date="", half=0.5, called=""):
    return {"value": value, "low": value - half, "high": value + half, "said": str(value),
            "date": date, "called": called}  # fmt: skip


def moved(name, old, new, change, *, distinguishable=True, **more):
    return {
        "name": name, "label": more.get("label", name.capitalize()), "old": old, "new": new,
        "change": new["value"] - old["value"], "change_text": change, "causes": [],
        "distinguishable": distinguishable,
    }  # fmt: skip


BEFORE = {"title": "The year 2020", "as_of": "2020-12-31"}
FOUND = {
    "moved": [
        moved("small", side(10), side(12), "+2"),
        moved("large", side(10), side(90), "+80"),
        moved("exact", side(10, half=0), side(99, half=0), "+89"),
        moved("same", side(10), side(10.2), "+0.2", distinguishable=False),
        moved("lead", side(7, "May 2019"), side(5, "May 2020"), "−2", label="The lead, May 2020"),
    ],
    "apart": [
        {"name": "host", "label": "Host", "old": side(1, called="the share of the host"),
         "new": side(2, called="the share of the host"), "causes": [],
         "reason": "the earlier figure covers 53 months, this one covers 17 months"},
        {"name": "other", "label": "Other", "old": side(1, called="the number of cats"),
         "new": side(2, called="the number of dogs"), "causes": [], "reason": "not shown"},
    ],
    "appeared": [{"name": "late", "label": "Late news", "old": None,
                  "new": side(3, called="the latest news"), "reason": "too early", "causes": []}],
    "vanished": [{"name": "gone", "label": "Gone", "old": side(4), "new": None,
                  "reason": "nobody counted", "causes": []}],
}  # fmt: skip
NOTHING = {"moved": [], "apart": [], "appeared": [], "vanished": []}


def test_leading_numbers_come_first_then_what_moved_furthest():
    # 80 is 80 widths of a range, 2 is two; without a range there is no measure
    assert headlines(FOUND, ["lead", "host", "gone"], BEFORE) == [
        "“The lead” was 7 in the edition of December 2020 and is 5 now, a fall of 2. The figures "
        "are of May 2019 and May 2020.",
        "The share of the host was 1 in the edition of December 2020 and is 2 now; no difference "
        "is given, for the earlier figure covers 53 months, this one covers 17 months.",
        "“Gone” was 4 in the edition of December 2020 and is not given now: nobody counted.",
        "“Large” was 10 in the edition of December 2020 and is 90 now, a rise of 80.",
        "“Small” was 10 in the edition of December 2020 and is 12 now, a rise of 2.",
    ]


def test_what_is_new_and_what_is_another_thing_now():
    found = {**NOTHING, "apart": FOUND["apart"][1:], "appeared": FOUND["appeared"]}
    assert headlines(found, [], {**BEFORE, "as_of": "2020-12-15"}) == [
        "The latest news is 3; the edition of 15 December 2020 gave none.",
        "The number of dogs is 2; the edition of 15 December 2020 gave the number of cats, 1.",
    ]


def test_an_old_value_is_called_what_it_was_called_then():
    apart = {"name": "ratio", "label": "Ratio achieved, 2020", "causes": [],
             "reason": "the earlier figure is planned, this one is achieved",
             "old": side(1, "2019") | {"label": "Ratio planned, 2019"},
             "new": side(2, "2020")}  # fmt: skip
    assert headlines({**NOTHING, "apart": [apart]}, [], BEFORE) == [
        "“Ratio achieved” is 2; the edition of December 2020 gave “Ratio planned”, 1. They differ: "
        "the earlier figure is planned, this one is achieved."
    ]


def test_where_nothing_can_be_told_apart_that_is_said():
    found = {**NOTHING, "moved": [FOUND["moved"][3]]}
    assert headlines(found, [], {"title": "All of it", "as_of": None}) == [
        "“Same” was 10 in “All of it” and is 10.2 now; the ranges meet.",
    ]


def test_five_sentences_are_enough_and_others_only_fill_up_to_three():
    sure = [moved(f"n{n}", side(1), side(9), "+8") for n in range(9)]
    unsure = [moved(f"m{n}", side(1), side(1.1), "+0.1", distinguishable=False) for n in range(9)]
    for given, said in (([*unsure, *sure], 5), ([*unsure, *sure[:4]], 4), ([*unsure, sure[0]], 3)):
        assert len(headlines({**NOTHING, "moved": given}, [], BEFORE)) == said


def test_two_numbers_of_one_name_are_told_once():
    twice = [
        moved(name, side(1, called="the total"), side(9, called="the total"), "+8")
        for name in ("newest", "older")
    ]
    assert len(headlines({**NOTHING, "moved": twice}, ["newest"], BEFORE)) == 1


def test_a_page_is_told_words_and_no_keys():
    row = {"observation": "p002", "as_stated": "six", "source": "b", "attribution": "Bureau",
           "published": "2023-10-01"}  # fmt: skip
    cause = {"revised": [], "observations": [row, {**row, "as_stated": ""}]}
    assert list(evidence(cause, keys=False)) == [
        "it now rests on “six” (Bureau, 1 October 2023); p002 (Bureau, 1 October 2023)"
    ]
    assert next(evidence(cause)).startswith("it now rests on p002 “six” (Bureau")


def test_a_revised_row_is_told_by_its_words_and_its_columns_in_plain_words():
    row = {
        "kind": "observation",
        "key": "p002",
        "withdrawn": False,
        "added": False,
        "as_stated": "six",
        "attribution": "Bureau",
        "published": "2023-10",
        "columns": {"value": ["5", "6"], "as_stated": ["five", ""], "source": ["a", "b"]},
    }
    paper = row | {"kind": "source", "key": "b", "as_stated": "A count", "withdrawn": True}
    told = list(evidence({"revised": [row, paper], "observations": []}, "en", "count", keys=False))
    assert told == [
        "the count “six” (Bureau, October 2023) was revised: value 5 → 6, as stated five → empty, "
        "another source",
        "the source “A count” (Bureau, October 2023) is no longer in the data",
    ]
    named = next(evidence({"revised": [row], "observations": []}, "en", "count"))
    assert named.startswith("count p002 revised: value 5 → 6, as_stated five → empty, source a → b")


def test_the_summary_counts_what_cannot_be_subtracted():
    counts = {"moved": 1, "not_distinguishable": 0, "apart": 2, "appeared": 0, "vanished": 0,
              "unchanged": 3, "without_value": 0}  # fmt: skip
    assert summary({"counts": counts}).startswith(
        "1 number moved, 2 changed and cannot be subtracted, 0 appeared"
    )
