"""What Sphinx complains of is said in the words of those who write pages."""

import pytest

from reportbook.book.sphinx_words import in_plain_words


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        (
            'Unknown interpreted text role "plurl". [myst.role_unknown]',
            "there is no role {plurl}. Did you mean '{plural}'?",
        ),
        ("Unknown directive type: 'xyz' [myst.directive_unknown]", "there is no directive {xyz}."),
        ("local id not found in doc 'a/b': 'c'", "the page 'a/b' has no heading or label 'c'."),
        (
            "Non-consecutive header level increase; H1 to H4 [myst.header]",
            "a heading of level 4 stands below one of level 1: levels are not left out.",
        ),
        ("undefined label: 'x' [ref.ref]", "no place of the book has the label 'x'."),
        ("something else [docutils]", "something else [docutils]"),
    ],
)
def test_a_complaint(complaint, said):
    assert in_plain_words(complaint) == said
