import pytest
from chart_reading import cut_off, overlapping
from made_tables import made
from matplotlib.container import ErrorbarContainer

from analysis import charts
from analysis.data.load import load
from analysis.displacement.projections import projections
from analysis.displacement.scope import scope_of

DATA = load()


def _chart(as_of=None):
    scope = scope_of(DATA.known(as_of))
    return charts.projected_and_reported(projections(scope), as_of=scope.data.as_of)


EXPECTED = {
    "indicator": "refugees_and_migrants_projected", "period": "2021-12-31", "resolution": 10,
}  # fmt: skip
MADE = charts.projected_and_reported(projections(scope_of(made(displacement=[
    EXPECTED | {"value": 650},
    EXPECTED | {"value": 540, "area": "LAC"},
    {"value": 600, "period": "2021-11"},
]))), as_of=None)  # fmt: skip


def test_each_row_has_what_was_projected_and_what_was_reported():
    ax = MADE.figure.axes[0]
    dots = [c[0].get_xdata()[0] for c in ax.containers if isinstance(c, ErrorbarContainer)]
    assert dots == [650, 600, 540]  # for the region nothing is reported


def test_the_range_of_a_projection_is_drawn():
    first = MADE.figure.axes[0].containers[0]
    (segment,) = first[2][0].get_segments()
    assert sorted(x for x, _y in segment) == [645, 655]


def test_a_projection_with_nothing_reported_stands_alone():
    assert len(MADE.figure.axes[0].containers) == 3
    assert "no figure reported yet" in MADE.alt


@pytest.mark.parametrize("as_of", ["2023-12-31", None])
def test_nothing_overlaps_or_leaves_the_figure(as_of):
    figure = _chart(as_of).figure
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_before_any_projection_there_is_a_reason_and_no_axis():
    assert isinstance(_chart("2020-05-31"), charts.Blank)
