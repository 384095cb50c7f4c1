import pytest
from chart_reading import cut_off, overlapping
from matplotlib.container import ErrorbarContainer

from analysis import charts
from analysis.data.load import load
from analysis.displacement.projections import projections
from analysis.displacement.scope import scope_of

DATA = load()


def _chart(as_of=None, **asked):
    scope = scope_of(DATA.known(as_of), **asked)
    return charts.projected_and_reported(projections(scope), as_of=scope.data.as_of)


def test_each_row_has_what_was_projected_and_what_was_reported():
    ax = _chart().figure.axes[0]
    dots = [c[0].get_xdata()[0] for c in ax.containers if isinstance(c, ErrorbarContainer)]
    assert dots == [6_500_000, 6_038_937, 5_400_000, 4_992_664, 6_300_000, 5_986_946]


def test_the_range_of_a_projection_is_drawn():
    # an estimated 6.5 million: 6.4 to 6.6
    first = _chart().figure.axes[0].containers[0]
    (segment,) = first[2][0].get_segments()
    assert sorted(x for x, _y in segment) == [6_400_000, 6_600_000]


def test_a_projection_with_nothing_reported_stands_alone():
    chart = _chart(first_period="2021-12-31", last_period="2021-12-31")
    assert len(chart.figure.axes[0].containers) == 2  # world and region, no reports
    assert "no figure reported yet" in chart.alt


@pytest.mark.parametrize("as_of", ["2023-12-31", None])
def test_nothing_overlaps_or_leaves_the_figure(as_of):
    figure = _chart(as_of).figure
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_before_any_projection_there_is_a_reason_and_no_axis():
    assert isinstance(_chart("2020-05-31"), charts.Blank)
