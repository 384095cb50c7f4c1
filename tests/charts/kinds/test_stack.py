from chart_reading import cut_off, overlapping
from made_tables import made

from analysis import charts
from analysis.data.load import load
from analysis.displacement.measures import CATEGORIES
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count

DATA = load()
COUNT = unhcr_count(scope_of(made(displacement=[
    {"indicator": category, "period": f"{year}-12-31", "value": value}
    for year, people in ((2017, (1, 2)), (2018, (5, 6, 70)), (2019, (7, 8, 80)))
    for category, value in zip(CATEGORIES, people, strict=False)
])))  # fmt: skip


def test_the_stack_of_a_year_is_as_high_as_its_sum():
    ax = charts.stacked_categories(COUNT, as_of=None).figure.axes[0]
    others, seekers, refugees = ax.containers
    assert [bars[-1].get_height() for bars in ax.containers] == [80, 8, 7]
    assert refugees[-1].get_y() + refugees[-1].get_height() == 95
    assert seekers[0].get_y() == others[0].get_height()


def test_years_without_the_third_category_are_left_out():
    ax = charts.stacked_categories(COUNT, as_of=None).figure.axes[0]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["2018", "2019"]


def test_categories_differ_without_colour():
    ax = charts.stacked_categories(COUNT, as_of=None).figure.axes[0]
    assert len({bars[0].get_hatch() or "" for bars in ax.containers}) == 3


def test_sums_of_many_years_have_room_beside_each_other():
    rows = [
        {"indicator": category, "period": f"{year}-12-31", "value": 2_500_000}
        for year in range(2018, 2029)
        for category in CATEGORIES
    ]
    count = unhcr_count(scope_of(made(displacement=rows)))
    figure = charts.stacked_categories(count, as_of=None).figure
    assert [text.get_text() for text in figure.axes[0].texts] == ["7.5\nmillion"] * 10  # the newest
    assert overlapping(figure) == []


def test_nothing_overlaps_or_leaves_the_figure():
    figure = charts.stacked_categories(unhcr_count(scope_of(DATA)), as_of=None).figure
    assert overlapping(figure) == []
    assert cut_off(figure) == []


def test_before_the_dataset_there_is_a_reason_and_no_axis():
    early = unhcr_count(scope_of(DATA.known("2023-12-31")))
    blank = charts.stacked_categories(early, as_of=None)
    assert isinstance(blank, charts.Blank)
    assert "in this report’s data" in blank.reason
