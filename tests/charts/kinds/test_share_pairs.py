import pytest
from chart_reading import cut_off, overlapping
from made_tables import made
from matplotlib.container import ErrorbarContainer

from analysis import charts
from analysis.data.load import load
from analysis.displacement.regional_share import regional_share
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count

DATA = load()


def _chart(as_of=None, lead=None, **asked):
    scope = scope_of(DATA.known(as_of), **asked)
    found = regional_share(scope, lead)
    return charts.share_pairs(found, unhcr_count(scope), as_of=scope.data.as_of), found


def _dots(ax):
    """What is drawn alike, the pairs before the one that leads and the printed shares."""
    return [c for c in ax.containers if isinstance(c, ErrorbarContainer)]


def _number(drawn):
    return sum(len(c[0].get_xdata()) for c in drawn)


def test_every_pair_and_every_printed_share_is_a_dot():
    chart, found = _chart()
    top, below = chart.figure.axes
    assert _number(_dots(top)) == len(found.pairs) + len(found.stated)
    assert _number(_dots(below)) == len(unhcr_count(scope_of(DATA)).shares)


def test_bars_end_where_the_ranges_do():
    # 43 (42.5 to 43.5) of 50, after 30 of 40
    sides = [
        {"value": 40, "period": "2019"},
        {"area": "LAC", "value": 30, "period": "2019"},
        {"value": 50},
        {"area": "LAC", "value": 43, "resolution": 1},
    ]
    scope = scope_of(made(displacement=sides))
    chart = charts.share_pairs(regional_share(scope), unhcr_count(scope), as_of=None)
    lead = _dots(chart.figure.axes[0])[-1]
    (segment,) = lead[2][0].get_segments()
    assert sorted(y for _x, y in segment) == pytest.approx([42.5 / 50, 43.5 / 50])


def test_one_pair_is_a_sentence():
    scope = scope_of(made(displacement=[{"value": 50}, {"area": "LAC", "value": 43}]))
    blank = charts.share_pairs(regional_share(scope), unhcr_count(scope), as_of=None)
    assert isinstance(blank, charts.Blank)
    assert blank.reason.startswith("the only share known is 86.0%")


def test_the_key_says_which_share_leads_and_no_text_lies_among_the_bars():
    chart, found = _chart("2020-05-31", "idb-iom-2020")
    (ax,) = chart.figure.axes
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named == ["computed", f"leads this page: {found.share.formats['value']}"]
    assert not ax.texts
    assert ax.get_legend().get_window_extent().y0 >= ax.get_window_extent().y1 - 4


def test_the_alternative_text_has_the_printed_shares():
    chart, found = _chart("2023-12-31")
    assert f"{len(found.stated)} diamonds beside them are shares that sources print" in chart.alt


def test_printed_shares_are_hollow():
    chart, found = _chart()
    drawn = _dots(chart.figure.axes[0])
    hollow = [c for c in drawn if c[0].get_markerfacecolor() == "none"]
    assert _number(hollow) == len(found.stated)


def test_no_line_joins_the_dots():
    chart, _found = _chart()
    assert all(
        line.get_linestyle() == "None" or len(line.get_xdata()) < 2
        for ax in chart.figure.axes
        for line in ax.lines
    )


def test_unhcr_is_credited_only_where_it_is_drawn():
    assert "unhcr-population-2026" in {s.key for s in _chart()[0].sources}
    early, _found = _chart("2023-12-31")
    assert len(early.figure.axes) == 1
    assert "unhcr-population-2026" not in {s.key for s in early.sources}


@pytest.mark.parametrize(
    ("as_of", "lead"),
    [("2020-05-31", "idb-iom-2020"), ("2023-12-31", "idb-iom-renewal"), (None, None)],
)
def test_nothing_overlaps_or_leaves_the_figure(as_of, lead):
    chart, _found = _chart(as_of, lead)
    assert overlapping(chart.figure) == []
    assert cut_off(chart.figure) == []


def test_without_a_pair_the_reason_stands_in_its_place():
    blank, _found = _chart(region="MENA")
    assert isinstance(blank, charts.Blank)
    assert "Middle East and North Africa" in blank.reason
