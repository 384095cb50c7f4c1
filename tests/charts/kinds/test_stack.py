from chart_reading import cut_off, overlapping

from analysis import charts
from analysis.data.load import load
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count

DATA = load()
COUNT = unhcr_count(scope_of(DATA))


def test_the_stack_of_a_year_is_as_high_as_its_sum():
    ax = charts.stacked_categories(COUNT, as_of=None).figure.axes[0]
    others, seekers, refugees = ax.containers
    assert [bars[-1].get_height() for bars in ax.containers] == [6_042_706, 1_181_156, 417_010]
    assert refugees[-1].get_y() + refugees[-1].get_height() == 7_640_872
    assert seekers[0].get_y() == others[0].get_height()


def test_years_without_the_third_category_are_left_out():
    ax = charts.stacked_categories(COUNT, as_of=None).figure.axes[0]
    assert [t.get_text() for t in ax.get_xticklabels()] == [str(y) for y in range(2018, 2026)]


def test_categories_differ_without_colour():
    ax = charts.stacked_categories(COUNT, as_of=None).figure.axes[0]
    assert len({bars[0].get_hatch() or "" for bars in ax.containers}) == 3


def test_nothing_overlaps_or_leaves_the_figure():
    figure = charts.stacked_categories(COUNT, as_of=None).figure
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_before_the_dataset_there_is_a_reason_and_no_axis():
    early = unhcr_count(scope_of(DATA.known("2023-12-31")))
    blank = charts.stacked_categories(early, as_of=None)
    assert isinstance(blank, charts.Blank)
    assert "published by 31 December 2023" in blank.reason
