"""Who stands behind a source: one rule, in the analysis and in the toolkit."""

import dataclasses

import pytest
from made import SOURCE, estimate

from analysis.numbers.estimate import Estimate
from reportbook.results import attribution as toolkit

CASES = [
    ("R4V", "", "own", "R4V"),
    ("R4V", "ANSA", "reported", "R4V, as reported by ANSA"),
    ("DevelopmentAid", "", "reported", "DevelopmentAid, reporting others’ figures"),
    ("OCHA FTS", "recorded in HDX", "dataset", "OCHA FTS, recorded in HDX"),
]


@pytest.mark.parametrize(("publisher", "via", "kind", "named"), CASES)
def test_a_report_of_someone_elses_figures_says_so_everywhere_alike(publisher, via, kind, named):
    source = dataclasses.replace(SOURCE, publisher=publisher, via=via, kind=kind)
    assert source.attribution == named
    assert toolkit.attribution(source.as_record()) == named


@pytest.mark.parametrize(
    ("publisher", "via", "kind", "named"),
    [
        ("IDB", "", "own", "the IDB"),
        ("World Bank / GCFF", "ANSA", "reported", "the World Bank / GCFF, as reported by ANSA"),
        ("UNHCR", "", "own", "UNHCR"),
    ],
)
def test_a_sentence_gives_a_name_the_article_it_takes(publisher, via, kind, named):
    source = dataclasses.replace(SOURCE, publisher=publisher, via=via, kind=kind)
    assert source.in_sentence == named
    figure = dataclasses.replace(estimate("d1", 1).observations[0], source=source)
    assert Estimate.of(figure).parts["source"] == named


def test_several_are_named_once_and_from_the_fourth_on_counted():
    records = [
        dataclasses.replace(SOURCE, publisher=name).as_record() for name in ("a", "b", "a", "c")
    ]
    assert toolkit.attributions(records) == "a; b; c"
    more = dataclasses.replace(SOURCE, publisher="d").as_record()
    assert toolkit.attributions([*records, more]) == "a; b; c; and 1 more"
