"""The chart of donors, asked through its axes."""

import pytest
from chart_reading import cut_off, overlapping, texts
from funding_world import DATA

from analysis.charts import Blank
from analysis.charts import donors as draw
from analysis.covid_funding.donors import donors
from analysis.data.load import load

ALL = load(DATA)


def names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_donors_largest_first_and_the_remainder_hatched_last():
    (ax,) = draw(donors(ALL, "WHO-COVID-19")).figure.axes
    assert names(ax) == [
        "Japan", "Germany", "China", "United Kingdom", "United States",
        "Other donors, or not named",
    ]  # fmt: skip
    widths = [bar.get_width() / 1e6 for bar in ax.patches]
    assert widths == pytest.approx([47.5, 27, 20, 17.4, 14.7, 68.4])
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False] * 5 + [True]


def test_ranges_lie_across_the_ends_of_the_bars():
    found = donors(ALL, "WHO-COVID-19")
    (ax,) = draw(found).figure.axes
    reaches = [segment[:, 0] for c in ax.collections for segment in c.get_segments()]
    assert [tuple(r) for r in reaches][-1] == pytest.approx((found.rest.low, found.rest.high))
    assert len(reaches) == 6


def test_the_denominator_changes_shares_and_adds_what_had_not_come():
    iom = donors(ALL, "IOM-COVID-19")
    received = [text for text, _box in texts(draw(iom, "received").figure)]
    required = [text for text, _box in texts(draw(iom, "required").figure)]
    assert "28.5 million · 28.5%" in received
    assert "28.5 million · 5.71%" in required
    assert "Not received" not in received
    assert "Not received" in required
    assert "399 million" in required


def test_the_whole_is_named():
    iom = donors(ALL, "IOM-COVID-19")
    assert any("share of all that was received" in t for t, _box in texts(draw(iom).figure))
    drawn = draw(iom, "required").figure
    assert any("share of what was required" in t for t, _box in texts(drawn))


def test_donors_of_other_sources_are_named_not_drawn():
    (ax,) = draw(donors(ALL, "IOM-COVID-19")).figure.axes
    assert "Japan" not in names(ax)
    said = " ".join(text for text, _box in texts(ax.figure))
    assert "Japan, named by another source" in said


def test_amounts_without_a_total_have_no_shares():
    chart = draw(donors(ALL, "UNHCR-COVID-19"))
    shown = [text for text, _box in texts(chart.figure)]
    assert "64 million" in shown
    assert any("the total is not known" in text for text in shown)


@pytest.mark.parametrize("appeal", ["GHO", "RMRP"])
def test_nothing_to_draw_is_a_reason(appeal):
    blank = draw(donors(ALL, appeal))
    assert isinstance(blank, Blank)
    assert blank.reason


@pytest.mark.parametrize("denominator", ["received", "required"])
@pytest.mark.parametrize("appeal", ["IOM-COVID-19", "WHO-COVID-19", "UNHCR-COVID-19"])
def test_no_text_covers_another_or_leaves_the_figure(appeal, denominator):
    chart = draw(donors(ALL, appeal), denominator)
    assert overlapping(chart.figure) == []
    assert cut_off(chart.figure) == []
