import pytest
from chart_reading import cut_off, overlapping
from made_tables import made

from analysis import charts
from analysis.data.load import load
from analysis.displacement.counts import disaster_displacements, displaced_inside, returns
from analysis.displacement.scope import scope_of

SCOPE = scope_of(load())


def test_each_thing_counted_has_an_axis_of_its_own():
    figure = charts.counted(displaced_inside(SCOPE), as_of=None).figure
    assert [ax.get_title(loc="left") for ax in figure.axes] == [
        "People displaced inside their country by conflict",
        "People displaced inside their country, counted on the ground",
    ]
    assert figure.axes[0].get_xlim() != figure.axes[1].get_xlim()


RETURNED = {"indicator": "returned", "area": "VEN", "hedge": "more than", "resolution": 10}
FLOWS = returns(scope_of(made(displacement=[
    RETURNED | {"value": 80, "period": "2020-06"},
    RETURNED | {"value": 100, "period": "2020-04/2020-10"},
])))  # fmt: skip


def test_the_range_of_more_than_reaches_upwards():
    (drawn,) = charts.counted(FLOWS, as_of=None).figure.axes[0].containers
    ranges = [[x for x, _y in segment] for segment in drawn[2][0].get_segments()]
    assert ranges == [[80, 90], [100, 110]]


def test_two_flows_are_not_joined_and_not_added():
    chart = charts.counted(FLOWS, as_of=None)
    ax = chart.figure.axes[0]
    assert [t.get_text() for t in ax.texts] == ["more than 80", "more than 100"]
    (dots,) = [line for line in ax.lines if line.get_marker() == "o"]
    assert list(dots.get_xdata()) == [80, 100]
    assert dots.get_linestyle() == "None"


def test_an_unknown_end_is_not_drawn_and_the_words_stand_beside_the_dot():
    rows = [
        RETURNED | {"value": 80, "period": "2020", "hedge": "up to"},
        RETURNED | {"value": 90, "period": "2021", "hedge": "up to"},
    ]
    found = returns(scope_of(made(displacement=rows)))
    ax = charts.counted(found, as_of=None).figure.axes[0]
    assert not ax.collections
    assert [(words.get_text(), words.xy) for words in ax.texts] == [
        ("up to 80", (80, 0)),
        ("up to 90", (90, 1)),
    ]


def _rows(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def test_a_flow_of_which_only_the_end_is_stated_is_not_one_month():
    assert _rows(charts.counted(FLOWS, as_of=None).figure) == [
        "until June 2020, start not stated",
        "April 2020 – October 2020",
    ]


def test_displacements_name_their_country_and_are_not_called_people():
    flood = {"indicator": "internal_displacements_by_disaster", "origin": "HTI", "area": "HTI"}
    years = [flood | {"value": 1573, "period": "2010"}, flood | {"value": 220, "period": "2021"}]
    abroad = {"value": 5, "period": "2021"}
    data = made(displacement=[*years, abroad])
    chart = charts.counted(disaster_displacements(scope_of(data)), as_of=None)
    assert _rows(chart.figure) == ["Haiti, 2010", "Haiti, 2021"]
    assert chart.figure.texts[1].get_text().startswith("Displacements in the year named")
    assert [column.title for column in chart.table.columns][3] == "Displacements"
    assert chart.alt.startswith("Displacements by disaster inside countries. Displacements in")


def test_a_single_figure_is_a_sentence():
    row = RETURNED | {"value": 100, "period": "2020-04/2020-10"}
    blank = charts.counted(returns(scope_of(made(displacement=[row]))), as_of=None)
    assert isinstance(blank, charts.Blank)
    assert blank.reason == "the only figure known is more than 100, April 2020 – October 2020"


@pytest.mark.parametrize("found", [returns, displaced_inside, disaster_displacements])
def test_nothing_overlaps_or_leaves_the_figure(found):
    figure = charts.counted(found(SCOPE), as_of=None).figure
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_nothing_counted_is_said_in_words():
    early = scope_of(load().known("2020-05-31"))
    blank = charts.counted(returns(early), as_of=None)
    assert isinstance(blank, charts.Blank)
    assert "in this report’s data" in blank.reason
