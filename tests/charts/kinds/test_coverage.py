"""The charts of coverage and what moved it, asked through their axes."""

import pytest
from chart_reading import cut_off, overlapping, texts
from funding_world import DATA

from analysis.charts import Blank, coverage, coverage_change
from analysis.covid_funding.appeals import history
from analysis.covid_funding.coverage_change import changes
from analysis.covid_funding.plans import MAIN
from analysis.data.load import load

ALL = load(DATA)


def histories(as_of=None):
    return [history(ALL.known(as_of), appeal) for appeal in MAIN]


def dots(ax, marker):
    return [x for line in ax.lines if line.get_marker() == marker for x in line.get_xdata()]


def test_every_coverage_is_a_dot_and_every_stated_one_a_diamond():
    (ax,) = coverage(histories()).figure.axes
    receipts = [r for h in histories() for r in h.receipts]
    assert dots(ax, "o") == [r.coverage.value for r in receipts]
    assert len(dots(ax, "o")) == 10
    assert len(dots(ax, "D")) == 9  # WHO's source states none
    caps = dots(ax, "|")
    assert {receipts[0].coverage.low, receipts[0].coverage.high} <= set(caps)


def test_rows_name_plan_and_date():
    (ax,) = coverage(histories("2020-05-31")).figure.axes
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["IOM, 26 May 2020", "WHO, March 2020", "GHO, 30 April 2020"]


def test_alternative_text_counts_where_stated_and_computed_meet():
    assert "for 9 of them the source states a coverage, and in 9 the two ranges meet" in (
        coverage(histories()).alt
    )


def test_bars_of_a_change_start_at_zero_or_at_each_other():
    found = changes(history(ALL, "GHO"))
    (ax,) = coverage_change(found).figure.axes
    bars = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert len(bars) == 12
    april, october = found.changes[0], found.changes[-1]
    # April to May: the requirement's part is negative and goes the other way from zero.
    assert bars[0] == (0, april.money.value)
    assert bars[1] == (0, april.requirement.value)
    # October to December: both are positive and stand behind each other.
    assert bars[-1] == (october.money.value, october.requirement.value)
    assert dots(ax, "D") == [c.coverage.value for c in found.changes]


def test_the_parts_can_be_told_apart_without_colour():
    (ax,) = coverage_change(changes(history(ALL, "GHO"))).figure.axes
    hatches = [bar.get_hatch() for bar in ax.patches]
    assert hatches == [None, "////"] * 6
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["From money", "From the requirement", "Change in coverage"]


def test_nothing_to_compare_is_a_reason():
    blank = coverage_change(changes(history(ALL.known("2020-05-31"), "GHO")))
    assert isinstance(blank, Blank)
    assert "a second date" in blank.reason
    assert isinstance(coverage(histories("2019-06-30")), Blank)


@pytest.mark.parametrize("as_of", ["2020-05-31", None])
def test_no_text_covers_another_or_leaves_the_figure(as_of):
    charts = [coverage(histories(as_of)), coverage_change(changes(histories(as_of)[-1]))]
    for chart in charts:
        if not isinstance(chart, Blank):
            assert overlapping(chart.figure) == []
            assert cut_off(chart.figure) == []
            assert texts(chart.figure)
