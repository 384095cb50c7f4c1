import pytest
from docutils import nodes

from reportbook.sphinx.corrections import corrections_of, folded


@pytest.mark.parametrize(("count", "is_folded"), [(1, False), (3, False), (4, True)])
def test_many_corrected_numbers_stand_behind_a_click(count, is_folded):
    made = folded([nodes.list_item("", nodes.paragraph("", str(n))) for n in range(count)])
    (shown,) = [each for each in made if isinstance(each, nodes.bullet_list)]
    assert len(shown) == count
    assert (f"<summary>{count} numbers</summary>" in made[0].astext()) is is_folded


def test_the_ledger_says_every_correction_of_a_number_the_oldest_first():
    what = {"a": {"was": "1", "is": "2"}}
    corrections = [
        {"date": "2026-12-24", "why": "Counted twice.", "what": what},
        {"date": "2027-01-02", "why": "Pesos.", "what": {"b": what["a"]}},
        {"date": "2027-03-01", "why": "Added.", "what": {"a": {"was": "2", "is": "3"}}},
    ]
    assert list(corrections_of("a", {"corrections": corrections}, "en")) == [
        "24 December 2026: was 1. Counted twice.",
        "1 March 2027: was 2. Added.",
    ]
    assert list(corrections_of("a", {}, "en")) == []
