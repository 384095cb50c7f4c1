"""The charts of appeals over time, asked through their axes."""

import datetime
import re

import pytest
from chart_reading import cut_off, overlapping, texts
from made_tables import made
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.dates import date2num

from analysis.charts import Blank, appeal, appeals
from analysis.covid_funding.appeals import history
from analysis.covid_funding.plans import MAIN, PLANS
from analysis.data.load import load

ALL = load()


def step(million, period, **changes):
    row = {"measure": "required", "value": million * 1e6, "resolution": 1e6, "period": period}
    return row | changes


IOM = history(made(funding=[
    step(17, "2020-02-13"), step(116, "2020-04-15"), step(499, "2020-05-26"),
    step(619, "2020-08-01", resolution=0), step(823, "2021-04-20", appeal_year=2021),
    {"value": 100e6, "hedge": "nearly", "resolution": 1e6, "period": "2020-05-26"},
]), "IOM-COVID-19")  # fmt: skip


def lines(ax, what):
    return [line for line in ax.lines if line.get_gid() == what]


def squares(ax):
    """Date and amount of each receipt."""
    found = [line for line in ax.lines if line.get_marker() == "s"]
    return [(line.get_xdata()[0], line.get_ydata()[0]) for line in found]


def test_steps_of_one_year_are_one_line_and_a_new_year_another():
    (ax,) = appeal(IOM).figure.axes
    first, second = lines(ax, "required")
    assert list(first.get_ydata()[::2] / 1e6) == [17, 116, 499, 619]
    assert first.get_xdata()[-1] == first.get_xdata()[-2]  # nobody states that it held for longer
    assert list(second.get_ydata() / 1e6) == [823, 823]
    assert second.get_xdata()[0] == date2num(datetime.date(2021, 4, 20))


def test_money_is_a_square_at_its_date_with_its_range():
    (ax,) = appeal(IOM).figure.axes
    assert squares(ax) == [(date2num(datetime.date(2020, 5, 26)), 100e6)]
    caps = [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "_"]
    assert caps == [99e6, 100e6]  # nearly 100 million


def test_the_gap_is_drawn_to_the_requirement_of_the_date():
    (ax,) = appeal(IOM).figure.axes
    (gap,) = lines(ax, "gap")
    assert list(gap.get_ydata()) == [100e6, 499e6]


def test_without_a_requirement_there_is_no_gap_to_draw():
    rows = [{"value": 50}, {"measure": "required", "value": 0}]
    (ax,) = appeal(history(made(funding=rows), "IOM-COVID-19")).figure.axes
    assert lines(ax, "gap") == []
    assert len(squares(ax)) == 1


def test_bands_are_the_ranges_and_an_exact_requirement_has_none():
    (ax,) = appeal(IOM).figure.axes
    bands = [c for c in ax.collections if isinstance(c, FillBetweenPolyCollection)]
    assert len(bands) == 4  # five steps, of which 619 million is exact
    heights = sorted(
        (path.vertices[:, 1].min() / 1e6, path.vertices[:, 1].max() / 1e6)
        for band in bands
        for path in band.get_paths()
    )
    assert heights[0] == (16.5, 17.5)


def test_an_unknown_bound_is_not_drawn():
    row = {"value": 1000, "resolution": 100, "hedge": "up to"}
    data = made(funding=[row | {"measure": "required"}, row])
    (ax,) = appeal(history(data, "IOM-COVID-19")).figure.axes
    assert not ax.collections
    assert not [line for line in ax.lines if line.get_marker() == "_"]


def test_the_numbers_that_matter_stand_beside_their_marks():
    shown = [text for text, _box in texts(appeal(IOM).figure)]
    assert {"17 million", "116 million", "499 million", "619 million"} <= set(shown)
    assert "823 million, plan for 2021" in shown
    assert "nearly 100 million\n20.0% covered\n26 May 2020" in shown


@pytest.mark.parametrize("as_of", [None, "2023-12-31", "2020-05-31"])
def test_of_a_plan_of_years_every_amount_and_stated_coverage_has_its_words(as_of):
    known = history(ALL.known(as_of), "RMRP")
    chart = appeal(known)
    shown = [text for text, _box in texts(chart.figure)]
    assert {step.amount.formats["brief"] for step in known.steps} <= set(shown)
    covered = [text for text in shown if "covered" in text]
    assert len(covered) == len(known.receipts) + len(known.statements)
    assert all(re.search(r"20\d\d", text) for text in covered)  # each with its date
    assert "23% (22.5–23.5%) was covered" in chart.alt


def test_a_key_names_only_what_is_drawn():
    def key(name):
        shown = [text for text, _box in texts(appeal(history(ALL, name)).figure)]
        return " ".join(" ".join(shown).split())

    assert "Squares" not in key("UNHCR-COVID-19")  # it had received nothing that is known
    assert "Dotted" not in key("UNHCR-COVID-19")
    assert "Diamonds" not in key("IOM-COVID-19")
    assert "Dotted: what had not come." in key("IOM-COVID-19")
    assert "Diamonds: only a coverage is stated." in key("RMRP")


def test_a_plan_that_is_no_covid_plan_says_so():
    chart = appeal(history(ALL, "RMRP"))
    assert any("Not a COVID-19 plan" in text for text, _box in texts(chart.figure))
    assert "Not a COVID-19 plan" in chart.alt


def test_each_plan_has_a_panel_and_a_scale_of_its_own():
    chart = appeals([history(ALL, each) for each in MAIN])
    panels = chart.figure.axes
    assert [ax.get_title(loc="left")[:3] for ax in panels] == ["IOM", "WHO", "UNH", "The", "The"]
    assert len({ax.get_ylim()[1] for ax in panels}) == len(panels)
    assert all(ax.get_ylim()[0] == 0 for ax in panels)
    assert len({ax.get_xlim() for ax in panels}) == 1
    # Nothing is stacked: no area reaches down to another plan's line.
    assert [len(lines(ax, "required")) for ax in panels] == [2, 1, 1, 1, 1]


def test_alternative_text_tells_what_is_drawn():
    alt = appeal(IOM).alt
    assert "For 2020 it required from USD 17 million (16.5–17.5 million) (13 February 2020)" in alt
    assert "to USD 619,000,000 (1 August 2020), in 4 statements" in alt
    assert "For 2021 it required USD 823 million (822.5–823.5 million) (20 April 2021)." in alt
    assert "By 26 May 2020 it had received nearly USD 100 million" in alt
    assert "20.0% (19.8–20.1%) of the requirement." in alt


def test_an_alternative_text_of_all_plans_can_be_listened_to():
    chart = appeals([history(ALL, each) for each in MAIN])
    assert len(chart.alt) < 1000
    assert "17.59% of the requirement of 7 May 2020" in chart.alt
    assert "For 2021 IOM required USD 822.868 million (20 April 2021)." in chart.alt


def test_nothing_known_is_a_reason_not_an_empty_axis():
    early = ALL.known("2019-06-30")
    one = appeal(history(early, "IOM-COVID-19"))
    assert isinstance(one, Blank)
    assert "o source in this report’s data" in one.reason
    assert isinstance(appeals([history(early, each) for each in MAIN]), Blank)


@pytest.mark.parametrize(
    ("name", "as_of"),
    [*((name, None) for name in PLANS), *((name, "2020-05-31") for name in MAIN)],
)
def test_no_text_covers_another_or_leaves_the_figure(name, as_of):
    chart = appeal(history(ALL.known(as_of), name))
    assert overlapping(chart.figure) == []
    assert cut_off(chart.figure) == []


@pytest.mark.parametrize("as_of", ["2020-05-31", None])
def test_the_panels_texts_are_apart_too(as_of):
    plans = [history(ALL.known(as_of), each) for each in MAIN]
    chart = appeals(plans)
    shown = [text.split("\n")[0] for text, _box in texts(chart.figure)]
    newest = {plan.receipts[-1].amount.formats["brief"] for plan in plans if plan.receipts}
    assert newest <= set(shown)
    assert overlapping(chart.figure) == []
    assert cut_off(chart.figure) == []


def test_on_an_axis_of_years_every_bar_is_labelled_and_money_has_its_date():
    years = {2019: 700, 2020: 1350, 2021: 1440, 2022: 1786, 2023: 1720, 2024: 1590}
    rows = [
        {"appeal": "RMRP", "area": "LAC", "appeal_year": year, "measure": "required",
         "value": value * 1e6, "resolution": 1e6, "period": str(year)}
        for year, value in years.items()
    ]  # fmt: skip
    rows += [
        {"appeal": "RMRP", "area": "LAC", "appeal_year": year, "measure": "received",
         "value": value * 1e6, "resolution": 1e5, "period": day}
        for year, value, day in ((2021, 395.8, "2021-08-09"), (2022, 11.5, "2022-05-31"))
    ]  # fmt: skip
    (ax,) = appeal(history(made(funding=rows), "RMRP")).figure.axes
    written = " ".join(text.get_text() for text in ax.texts)
    for part in ("1.720 billion", "700 million", "1.590 billion", "9 August 2021", "31 May 2022"):
        assert part in written
