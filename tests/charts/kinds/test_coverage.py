"""The charts of coverage and what moved it, asked through their axes."""

import pytest
from chart_reading import cut_off, overlapping, texts
from made_tables import made

from analysis.charts import Blank, coverage, coverage_change
from analysis.covid_funding.appeals import history
from analysis.covid_funding.coverage_change import changes
from analysis.covid_funding.plans import MAIN
from analysis.data.load import load

ALL = load()


def month(period, received, required, *, stated=None):
    """What a plan had received and required at the end of a month, and the coverage stated."""
    rows = [
        {"measure": "required", "value": required, "period": period},
        {"value": received, "period": period, "resolution": 2},
    ]
    share = {"measure": "coverage", "value": stated, "unit": "percent", "resolution": 1}
    return rows + ([share | {"period": period}] if stated else [])


MADE = history(made(funding=[
    *month("2020-04", 10, 100, stated=10),
    *month("2020-05", 30, 200),  # 15 per cent: the requirement took away
    *month("2020-06", 100, 190, stated=20),  # 53 per cent: both added
]), "IOM-COVID-19")  # fmt: skip


def histories(as_of=None):
    return [history(ALL.known(as_of), appeal) for appeal in MAIN]


def dots(ax, marker):
    return [x for line in ax.lines if line.get_marker() == marker for x in line.get_xdata()]


def test_every_coverage_is_a_dot_and_every_stated_one_a_diamond():
    (ax,) = coverage([MADE]).figure.axes
    assert dots(ax, "o") == [0.1, 0.15, 100 / 190]
    assert dots(ax, "D") == pytest.approx([0.1, 0.2])  # the source states none for May
    assert {0.09, 0.11} <= set(dots(ax, "|"))


def test_a_coverage_without_an_upper_end_is_a_dot_without_a_bar():
    # 10 of up to 100: at least a tenth, and nobody says how much more
    ceiling = {"measure": "required", "hedge": "up to", "resolution": 1}
    april, may = month("2020-04", 10, 100, stated=10), month("2020-05", 20, 100)
    made_up = history(made(funding=[april[0] | ceiling, *april[1:], *may]), "IOM-COVID-19")
    assert made_up.receipts[0].coverage.high is None
    (ax,) = coverage([made_up]).figure.axes
    assert sorted(dots(ax, "o")) == [0.1, 0.2]
    assert len(dots(ax, "|")) == 4  # of the stated coverage, and of that of May
    # its words stand beside the end of what is drawn: the stated 10 per cent reach 10.5
    assert [text.xy[0] for text in ax.texts] == pytest.approx([0.105, 0.21])
    assert ax.get_xlim()[1] == pytest.approx(1.15 * 0.21)


def test_a_change_without_an_upper_end_is_a_diamond_without_a_bar():
    ceiling = {"measure": "required", "hedge": "up to", "resolution": 1}
    april, may = month("2020-04", 10, 100), month("2020-05", 20, 100)
    made_up = history(made(funding=[april[0] | ceiling, april[1], *may]), "IOM-COVID-19")
    found = changes(made_up)
    assert found.changes[0].coverage.low is None
    (ax,) = coverage_change(found).figure.axes
    assert dots(ax, "D") == pytest.approx([0.1])
    assert dots(ax, "|") == []


def test_rows_name_plan_and_date():
    (ax,) = coverage(histories("2020-05-31")).figure.axes
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["IOM, 26 May 2020", "WHO, March 2020", "GHO, 30 April 2020"]


def test_a_coverage_over_an_older_requirement_says_so():
    rows = [
        {"measure": "required", "value": 100, "period": "2020-05-07"},
        {"value": 10, "period": "2020-06-04", "resolution": 2},
    ]
    chart = coverage([history(made(funding=rows), "IOM-COVID-19"), MADE])
    said = " ".join(" ".join(text for text, _box in texts(chart.figure)).split())
    assert "IOM, 4 June 2020: over the requirement of 7 May 2020." in said
    assert said.count("over the requirement of") == 1  # all others are of one date


def test_alternative_text_counts_where_stated_and_computed_meet():
    assert "for 2 of them the source states a coverage, and in 1 the two ranges meet" in (
        coverage([MADE]).alt
    )


def test_bars_of_a_change_start_at_zero_or_at_each_other():
    found = changes(MADE)
    (ax,) = coverage_change(found).figure.axes
    bars = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    april, may = found.changes
    # April to May: the requirement's part is negative and goes the other way from zero.
    assert bars[0] == (0, april.money.value)
    assert bars[1] == (0, april.requirement.value)
    # May to June: both are positive and stand behind each other.
    assert bars[-1] == (may.money.value, may.requirement.value)
    assert dots(ax, "D") == [c.coverage.value for c in found.changes]


def test_the_parts_can_be_told_apart_without_colour():
    (ax,) = coverage_change(changes(MADE)).figure.axes
    hatches = [bar.get_hatch() for bar in ax.patches]
    assert hatches == [None, "////"] * 2
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
