import pytest
from chart_reading import cut_off, overlapping
from made_tables import made

from analysis import charts
from analysis.data.load import load
from analysis.displacement.host_changes import comparison, contributions
from analysis.displacement.hosts import hosts
from analysis.displacement.measures import CATEGORIES
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count
from analysis.errors import NotAccepted

DATA = load()


def _listed(period, stated=None, **people):
    """The hosts of one date, from a document of their own."""
    areas = people | ({"LAC": stated} if stated else {})
    return [
        {"area": area, "period": period, "value": value, "source": f"of-{period}"}
        for area, value in areas.items()
    ]


TWO = [
    *_listed("2019", COL=100, PER=60, ECU=50),
    *_listed("2020", COL=160, PER=90, ECU=40, CHL=10, stated=300),
]
NOW = hosts(scope_of(made(displacement=TWO)))


def _rows(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_as_many_hosts_as_asked_for_the_largest_first():
    chart = charts.ranked_hosts(NOW, 3, as_of=None)
    ax = chart.figure.axes[0]
    assert _rows(ax) == ["Colombia", "Peru", "Ecuador"]
    assert [bar.get_width() for bar in ax.patches] == [160, 90, 40]
    assert len(chart.table.rows) == 4  # the table holds them all


def test_unhcrs_hosts_are_ranked_by_the_sum():
    rows = [
        {"indicator": category, "area": area, "value": value}
        for area, people in {"WLD": (20, 30, 90), "COL": (1, 2, 40), "PER": (9, 8, 38)}.items()
        for category, value in zip(CATEGORIES, people, strict=True)
    ]
    count = unhcr_count(scope_of(made(displacement=rows)))
    ax = charts.ranked_unhcr_hosts(count, 3, as_of=None).figure.axes[0]
    assert [bar.get_width() for bar in ax.patches] == [55, 43]


def test_a_break_leaves_two_marks_without_a_line():
    broken = made(displacement=TWO, breaks=[{"area": "COL", "period": "2020"}])
    ax = charts.hosts_change(comparison(hosts(scope_of(broken))), 2, as_of=None).figure.axes[0]
    joined = [
        line.get_ydata()[0] for line in ax.lines
        if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"
    ]  # fmt: skip
    assert joined == [1]  # Peru, in the second row; Colombia, in the first, is not joined
    beside = [t.get_text() for t in ax.texts]
    assert beside == ["break in the series", "+30"]


def test_a_falling_host_has_a_minus_sign():
    chart = charts.hosts_change(contributions(NOW), 10, as_of=None)
    assert "−10" in [t.get_text() for t in chart.figure.axes[0].texts]
    assert "Ecuador: 50, then 40" in chart.alt


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
@pytest.mark.parametrize("shown", [1, 30])
def test_nothing_overlaps_or_leaves_the_figure(as_of, shown):
    scope = scope_of(DATA.known(as_of))
    known = hosts(scope)
    for chart in (
        charts.ranked_hosts(known, shown, as_of=scope.data.as_of),
        charts.hosts_change(comparison(known), shown, as_of=scope.data.as_of),
    ):
        assert overlapping(chart.figure) == []
        assert cut_off(chart.figure) == []


def test_nothing_to_draw_is_said_in_words():
    none = hosts(scope_of(DATA, region="MENA"))
    assert "Middle East" in charts.ranked_hosts(none, 10, as_of=None).reason
    assert "no two host lists" in charts.hosts_change(comparison(none), 10, as_of=None).reason
    early = unhcr_count(scope_of(DATA.known("2020-05-31")))
    assert isinstance(charts.ranked_unhcr_hosts(early, 10, as_of=None), charts.Blank)


def test_no_hosts_to_show_is_refused_even_where_there_are_none():
    none = hosts(scope_of(DATA, region="MENA"))
    with pytest.raises(NotAccepted):
        charts.ranked_hosts(none, 0, as_of=None)


def test_an_alternative_text_names_the_largest_hosts_and_counts_the_others():
    many = {
        code: 100 - n for n, code in enumerate(("COL", "PER", "ECU", "CHL", "BRA", "ARG", "PAN"))
    }
    both = [*_listed("2019", **many), *_listed("2020", **many)]
    found = hosts(scope_of(made(displacement=both)))
    changed = charts.hosts_change(comparison(found), 7, as_of=None).alt
    assert "Brazil" in changed
    assert "Argentina" not in changed
    assert changed.endswith("2 more hosts are in the table.")
    assert charts.ranked_hosts(found, 3, as_of=None).alt.endswith("4 more hosts are in the table.")


def test_exact_figures_have_no_bars_and_none_are_promised():
    exact = charts.ranked_hosts(NOW, 3, as_of=None).figure
    assert not any("ranges" in text.get_text() for text in exact.texts)
    rounded = [row | {"resolution": 10} for row in TWO]
    wide = charts.ranked_hosts(hosts(scope_of(made(displacement=rounded))), 3, as_of=None).figure
    assert any("Thin bars are the ranges" in text.get_text() for text in wide.texts)
