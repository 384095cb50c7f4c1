import pytest
from miniature import replace

from reportbook.errors import ReportError
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project

TWO = """
corrections:
  - date: "2027-03-01"
    why: A row of the data had
      pesos for dollars.
    what:
      people.share: 75.0% (74–76%) → 62.5% (61–64%)
      money.ratio: "1.5 → not published"
  - {date: 2026-12-24, why: Counted twice., what: {money.ratio: 2.0 → 1.5}}
"""


def corrections(report, text):
    path = report / "editions" / "2020.yml"
    path.write_text(path.read_text() + text)
    (edition,) = load_editions(load_project(report), ["2020"])
    return edition.corrections


def test_corrections_are_read_the_oldest_first(report):
    older, newer = corrections(report, TWO)
    assert older == {
        "date": "2026-12-24", "why": "Counted twice.",
        "what": {"money.ratio": {"was": "2.0", "is": "1.5"}},
    }  # fmt: skip
    assert newer["why"] == "A row of the data had pesos for dollars."
    assert newer["what"]["people.share"] == {"was": "75.0% (74–76%)", "is": "62.5% (61–64%)"}


def test_a_try_of_a_corrected_edition_has_no_corrections(report):
    corrections(report, TWO)
    (tried,) = load_editions(load_project(report), ["2020"], overrides={"country": "PE"})
    assert tried.corrections == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2027-03-01"', "March 2027", "line 7: a correction needs its date"),
        (
            "A row of the data had",
            "TO FILL IN",
            "line 7: a correction says in 'why' what was wrong",
        ),
        (
            "pesos",
            "x\n    wy: pesos",
            "has 'wy', which a correction does not know.*Did you mean 'why'",
        ),
        ("75.0% (74–76%) →", "75.0%", "line 11: write what 'people.share' was and what it is now"),
        ("{money.ratio: 2.0 → 1.5}", "{}", "line 13: a correction names in 'what' the numbers"),
        ("- {date: 2026-12-24, why:", "- {", "line 13"),
    ],
)
def test_what_is_missing_in_a_correction_is_said_with_its_line(report, old, new, said):
    corrections(report, TWO)
    replace(report / "editions" / "2020.yml", old, new)
    with pytest.raises(ReportError, match=rf"2020\.yml.*{said}"):
        load_editions(load_project(report), ["2020"])
