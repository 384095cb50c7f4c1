"""The leverage charts, asked through their axes."""

import dataclasses
from itertools import pairwise

import pytest
from chart_reading import cut_off, overlapping
from made import estimate
from made_tables import made

from analysis.charts import (
    Blank,
    leverage_ratios,
    leverage_readings,
    leverage_stages,
    leverage_totals,
)
from analysis.data.load import load
from analysis.funding_leverage.ratios import Group, ratios
from analysis.funding_leverage.readings import FACILITY, READINGS, readings
from analysis.funding_leverage.stages import stages

DATA = load()
EDITIONS = ["2020-05-31", "2023-12-31", None]


def dots(ax, markers="osD^vP"):
    """Position and marker of each dot, in the order of the rows."""
    found = [line for line in ax.lines if line.get_marker() in markers]
    return [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in found]


def ends(ax):
    """Where range ends are capped."""
    return [x for line in ax.lines if line.get_marker() == "|" for x in line.get_xdata()]


def both(facility, investment, grants, status, period="2020"):
    """Both sides of a ratio, as rows."""
    row = {"facility": facility, "status": status, "period": period}
    return [
        row | {"role": "investment_leveraged", "value": investment},
        row | {"role": "non_reimbursable", "value": grants},
    ]


SENTENCE = {"facility": FACILITY, "status": "achieved", "period": "2019/2023-10"}
READ = made(leverage=[
    SENTENCE | {"role": "non_reimbursable", "value": 100e6, "resolution": 1e6},
    SENTENCE | {"role": "investment_leveraged", "value": 1.3e9, "resolution": 1e7},
    SENTENCE | {"role": "from_donors", "value": 60e6},
    SENTENCE | {"role": "operations", "value": 20, "unit": "operations"},
])  # fmt: skip
SEVERAL = ratios(made(leverage=[
    *both("gcff-ecuador-2022", 500, 30, "approved"),
    *both("gcff-ecuador-2020", 500, 6, "approved"),  # 83: the grant buys down interest
    *both("idb-migration-initiative", 1320, 100, "achieved"),
    *both("gcf-adb-project-2020", 1310, 100, ""),  # climate finance
]))  # fmt: skip


def test_every_reading_is_a_dot_with_both_ends_on_a_log_axis():
    sentence = readings(READ, "donors_in_grants")
    (ax,) = leverage_readings(sentence).figure.axes
    assert ax.get_xscale() == "log"
    assert [x for x, _y, _m in dots(ax)][:4] == pytest.approx([13, 1300 / 40, 12.4, 12])
    assert ends(ax)[:2] == pytest.approx([1295 / 100.5, 1305 / 99.5])
    assert ends(ax) == [end for r in sentence.all for end in (r.ratio.low, r.ratio.high)]


@pytest.mark.parametrize("chosen", READINGS)
def test_the_choice_is_marked_by_more_than_colour(chosen):
    (ax,) = leverage_readings(readings(READ, chosen)).figure.axes
    place = READINGS.index(chosen)
    labels = ax.get_yticklabels()
    assert [label.get_text().endswith("◄") for label in labels].index(True) == place
    assert [label.get_fontweight() for label in labels].count("bold") == 1
    filled = [
        line.get_markerfacecolor() != "white" for line in ax.lines if line.get_marker() == "o"
    ]
    assert filled == [n == place for n in range(6)]


def test_one_panel_for_each_status_and_basis():
    panels = leverage_ratios(SEVERAL).figure.axes
    assert [len(dots(ax)) for ax in panels] == [1, 2, 1]
    heads = [next(t.get_text() for t in ax.texts if "grant" in t.get_text()) for ax in panels]
    assert heads == [group.title for group in SEVERAL.groups]
    assert len({ax.get_xlim() for ax in panels}) == 1


def test_buy_downs_and_climate_have_markers_of_their_own():
    panels = leverage_ratios(SEVERAL).figure.axes
    assert [m for _x, _y, m in dots(panels[1])] == ["s", "s"]
    assert [m for _x, _y, m in dots(panels[0])] == ["o"]
    assert [m for _x, _y, m in dots(panels[-1])] == ["D"]


def test_an_unknown_end_is_an_arrow_and_never_a_range_of_no_width():
    one = SEVERAL.all[0]
    open_below = dataclasses.replace(
        one, value=estimate("x", 8, unit="ratio", resolution=1, hedge="up to")
    )
    group = Group("Approved, investment beside the grant", (open_below, SEVERAL.all[1]))
    (ax,) = leverage_ratios(dataclasses.replace(SEVERAL, groups=(group,))).figure.axes
    assert ends(ax)[0] == 8  # the ceiling itself; no end below
    assert len(ends(ax)) == 3
    (arrow,) = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert arrow.xy[0] < 8
    assert any("no lower bound known" in text.get_text() for text in ax.texts)


def test_stages_keep_their_order_and_are_not_joined():
    data = made(leverage=[
        *both("idb-grant-facility-2019", 800, 100, "planned", "2019-05"),
        *both("idb-pledge-2020", 1300, 100, "expected", "2020-05-26"),
        *both("idb-migration-initiative", 1200, 100, "achieved", "2019/2023-10"),
    ])  # fmt: skip
    (ax,) = leverage_stages(stages(data, "IDB")).figure.axes
    assert [x for x, _y, _m in dots(ax)] == [8, 13, 12]
    assert [y for _x, y, _m in dots(ax)] == [0, 1, 2]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "May 2019\nplanned",
        "26 May 2020\nexpected",
        "2019 – October 2023\nachieved",
    ]
    assert all(len(set(line.get_ydata())) == 1 for line in ax.lines)


def test_totals_are_joined_and_slopes_named():
    data = made(leverage=[
        *both("gcff-2017", 1e9, 200e6, "cumulative", "2017"),
        *both("gcff-2019", 2.5e9, 500e6, "cumulative", "2019"),
        *both("gcff-cumulative", 7e9, 1e9, "cumulative", ""),
    ])  # fmt: skip
    (ax,) = leverage_totals(stages(data, "GCFF")).figure.axes
    assert [(x, y) for x, y, _m in dots(ax)] == [(200e6, 1e9), (500e6, 2.5e9), (1e9, 7e9)]
    named = [text.get_text() for text in ax.texts]
    assert [text.split()[0] for text in named if "further" in text] == ["5.00", "9.00"]
    assert ax.get_xlim()[0] == ax.get_ylim()[0] == 0


@pytest.mark.parametrize("as_of", EDITIONS)
def test_no_text_collides_or_is_cut_off(as_of):
    data = DATA.known(as_of)
    made = [
        *(leverage_readings(readings(data, key)) for key in READINGS),
        leverage_ratios(ratios(data)),
        leverage_stages(stages(data, "IDB")),
        leverage_totals(stages(data, "GCFF")),
    ]
    for chart in made:
        if isinstance(chart, Blank):
            continue
        assert overlapping(chart.figure) == []
        assert cut_off(chart.figure) == []


def test_any_two_facilities_make_a_chart_without_collisions():
    every = ratios(DATA).all
    for one, other in pairwise(every):
        keys = [one.facility.key, other.facility.key]
        chart = leverage_ratios(ratios(DATA, keys))
        assert overlapping(chart.figure) == [], keys
        assert cut_off(chart.figure) == [], keys


ONE_STAGE = made(leverage=[
    *both("idb-grant-facility-2019", 1300, 100, "planned", "2019-05"),
    *both("gcff-2017", 1300, 100, "planned", "2019-05"),
    *(
        {"facility": key, "role": "non_reimbursable", "value": 100}  # one side only
        for key in ("idb-pledge-2020", "idb-migration-initiative", "gcff-2019", "gcff-cumulative")
    ),
])  # fmt: skip


@pytest.mark.parametrize(
    "chart",
    [
        leverage_ratios(ratios(ONE_STAGE, ["gcff-2017"])),
        leverage_stages(stages(ONE_STAGE, "IDB")),
        leverage_totals(stages(ONE_STAGE, "GCFF")),
    ],
)
def test_what_would_be_one_dot_is_a_sentence(chart):
    assert isinstance(chart, Blank)
    assert "(planned, May 2019): 13.0" in chart.reason


@pytest.mark.parametrize("as_of", EDITIONS)
def test_every_mark_that_is_drawn_is_explained_and_no_other(as_of):
    found = ratios(DATA.known(as_of))
    drawn = leverage_ratios(found)
    marks = {m for ax in drawn.figure.axes for _x, _y, m in dots(ax)}
    note = " ".join(text.get_text() for text in drawn.figure.texts)
    assert ("Open square" in note) == ("s" in marks)
    assert ("Grey diamond" in note) == ("D" in marks)
    plain = leverage_ratios(ratios(DATA, ["idb-pledge-2020", "idb-migration-initiative"]))
    assert "square" not in " ".join(text.get_text() for text in plain.figure.texts)


@pytest.mark.parametrize("as_of", EDITIONS)
def test_a_range_too_narrow_to_see_is_not_promised_as_a_bar(as_of):
    data = DATA.known(as_of)
    charts = [
        leverage_readings(readings(data, "headline")),
        leverage_ratios(ratios(data)),
        leverage_stages(stages(data, "IDB")),
        leverage_totals(stages(data, "GCFF")),
    ]
    for chart in charts:
        if not isinstance(chart, Blank):
            note = " ".join(text.get_text() for text in chart.figure.texts)
            assert "narrower than its mark" in note, chart.title


@pytest.mark.parametrize("as_of", EDITIONS)
def test_no_alternative_text_outgrows_what_can_be_listened_to(as_of):
    assert len(leverage_ratios(ratios(DATA.known(as_of))).alt) < 800


def test_where_nothing_is_known_the_reason_stands_in_the_charts_place():
    early = DATA.known("2017-04-21")
    blanks = [
        leverage_readings(readings(early, "headline")),
        leverage_stages(stages(early, "IDB")),
        leverage_ratios(ratios(early, ["idb-costa-rica"])),
    ]
    assert all(isinstance(blank, Blank) for blank in blanks)
    assert all("o source in this report’s data" in blank.reason for blank in blanks)


def test_the_alternative_text_has_every_value():
    chart = leverage_ratios(SEVERAL)
    assert chart.alt.startswith("Dots from 13.1 to 83.3 on a log axis in 3 panels.")
    assert [r.value.formats["value"] in chart.alt for r in SEVERAL.all] == [True] * 4
    assert chart.as_record()["as_of"] is None
    assert {s.key for s in chart.sources} == {"report"}
