"""The chart of donors, asked through its axes."""

import itertools

import pytest
from chart_reading import cut_off, overlapping, texts
from made_tables import made

from analysis.charts import Blank, Chart
from analysis.charts import donors as draw
from analysis.covid_funding.donors import DENOMINATORS, donors
from analysis.covid_funding.plans import PLANS
from analysis.data.load import load

ALL = load()
MADE = donors(made(funding=[
    {"value": 100e6, "resolution": 1e6},
    {"measure": "required", "value": 400e6, "resolution": 1e6},
    {"donor": "USA", "value": 30e6, "resolution": 1e6},
    {"donor": "JPN", "value": 20e6, "resolution": 1e6},
    {"donor": "CAN", "value": 6e6, "resolution": 1e6, "source": "another"},
]), "IOM-COVID-19")  # fmt: skip


def names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_donors_largest_first_and_the_remainder_hatched_last():
    (ax,) = draw(MADE).figure.axes
    assert names(ax) == ["United States", "Japan", "Other donors, or not named"]
    assert [bar.get_width() / 1e6 for bar in ax.patches] == pytest.approx([30, 20, 50])
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, False, True]


def test_ranges_lie_across_the_ends_of_the_bars():
    (ax,) = draw(MADE).figure.axes
    reaches = [segment[:, 0] for c in ax.collections for segment in c.get_segments()]
    assert len(reaches) == 3
    assert tuple(reaches[0]) == pytest.approx((29.5e6, 30.5e6))
    assert tuple(reaches[-1]) == pytest.approx((48.5e6, 51.5e6))  # the rest: 50, three halves wide


def test_the_denominator_changes_shares_and_adds_what_had_not_come():
    received = [text for text, _box in texts(draw(MADE, "received").figure)]
    required = [text for text, _box in texts(draw(MADE, "required").figure)]
    assert any(text.startswith("30 million · 30") for text in received)
    assert any(text.startswith("30 million · 7.5") for text in required)
    assert "Not received" not in received
    assert "Not received" in required
    assert any(text.startswith("300 million") for text in required)


def test_the_whole_is_named():
    assert any("share of all that was received" in t for t, _box in texts(draw(MADE).figure))
    drawn = draw(MADE, "required").figure
    assert any("share of what was required" in t for t, _box in texts(drawn))


def test_donors_of_other_sources_are_named_not_drawn():
    (ax,) = draw(MADE).figure.axes
    assert "Canada" not in names(ax)
    said = " ".join(text for text, _box in texts(ax.figure))
    assert "Canada, named by another source" in said


def test_amounts_without_a_total_have_no_shares():
    alone = made(funding=[{"donor": "USA", "value": 64e6, "resolution": 1e6}])
    chart = draw(donors(alone, "IOM-COVID-19"))
    shown = [text for text, _box in texts(chart.figure)]
    assert "64 million" in shown
    assert any("the total is not known" in text for text in shown)


@pytest.mark.parametrize("appeal", ["GHO", "RMRP"])
def test_nothing_to_draw_is_a_reason(appeal):
    blank = draw(donors(ALL, appeal))
    assert isinstance(blank, Blank)
    assert blank.reason


def test_no_text_covers_another_or_leaves_the_figure():
    for appeal, denominator in itertools.product(PLANS, DENOMINATORS):
        chart = draw(donors(ALL, appeal), denominator)
        if isinstance(chart, Chart):
            assert overlapping(chart.figure) == [], (appeal, denominator)
            assert cut_off(chart.figure) == [], (appeal, denominator)
