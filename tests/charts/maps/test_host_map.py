"""The map of hosts, asked through its axes."""

import functools
import math

import numpy as np
import pytest
from chart_reading import cut_off, overlapping, texts
from made_tables import made
from matplotlib.offsetbox import DrawingArea

from analysis import charts
from analysis.charts.maps import basemap
from analysis.charts.maps.host_map import round_amounts
from analysis.charts.maps.outlines import Outlines
from analysis.data.load import load
from analysis.displacement.hosts import hosts
from analysis.displacement.scope import scope_of

DATA = load()


@functools.cache
def _map(as_of=None):
    scope = scope_of(DATA.known(as_of))
    return charts.host_map(hosts(scope), as_of=scope.data.as_of)


@functools.cache
def _made(*figures):
    rows = [{"area": area, "period": period, "value": value} for area, period, value in figures]
    return charts.host_map(hosts(scope_of(made(displacement=rows))), as_of=None)


def _sizes(ax):
    return [size for circles in ax.collections for size in circles.get_sizes()]


TINY = (
    ("COL", "2021-06", 400_000),
    ("PER", "2021-06", 100_000),
    ("CUW", "2020-06", 25_000),
    ("USA", "2019", 200_000),
    ("ESP", "2018", 50_000),
)


def test_areas_are_proportional_to_people():
    main, *_ = _made(*TINY).figure.axes
    # 400,000 to 100,000 to 25,000: areas as 16 to 4 to 1, so diameters as 4 to 2 to 1.
    assert [round(size / min(_sizes(main)), 6) for size in _sizes(main)] == [16, 4, 1]


def test_hosts_outside_the_window_stand_in_insets_at_the_same_scale():
    main = _made(*TINY).figure.axes[0]
    spain, united_states = sorted(main.child_axes, key=lambda ax: -ax.get_position().x0)
    assert [t.get_text() for t in spain.texts] == ["Spain\n50,000"]
    assert [t.get_text() for t in united_states.texts] == ["United States\n200,000"]
    assert _sizes(united_states)[0] / _sizes(main)[0] == pytest.approx(0.5)
    assert _sizes(spain)[0] / _sizes(main)[0] == pytest.approx(0.125)


def test_more_hosts_outside_than_have_room_are_in_the_table():
    more = [(code, "2020", 9_000) for code in ("CAN", "ITA", "PRT")]
    chart = _made(*TINY, *more)
    assert len(chart.figure.axes[0].child_axes) == 3
    assert "2 more hosts outside the map are in the table" in _words(chart)
    assert len(chart.table.rows) == 8


def test_the_date_can_be_read_from_the_fill_without_colour():
    main, *_ = _made(*TINY).figure.axes
    newest, before = main.collections  # 2021, then 2020; 2019 and 2018 are hollow
    assert (len(newest.get_offsets()), newest.get_hatch() or "") == (2, "")
    assert (len(before.get_offsets()), before.get_hatch()) == (1, "//////")
    for inset in main.child_axes:
        assert inset.collections[0].get_facecolor()[0][:3].tolist() == [1, 1, 1]
    words = _words(_made(*TINY))
    assert "2021" in words
    assert "2020" in words
    assert "2019 or before" in words


def test_circles_stand_in_their_countries():
    scope = scope_of(DATA)
    chart = _map()
    main = chart.figure.axes[0]
    outlines = Outlines(DATA.outlines)
    parts = [part for area in scope.members for part in outlines.parts(area)]
    aspect = np.ptp(main.get_xlim()) / np.ptp(main.get_ylim())
    window = basemap.around(parts, aspect=aspect, margin=0.015)
    drawn = np.vstack([circles.get_offsets() for circles in main.collections])
    for code in ("COL", "PER", "BRA", "CHL", "MEX", "TTO"):
        ring = window.project(np.array(outlines.parts(code)[0].exterior.coords))
        west, south, east, north = *ring.min(axis=0), *ring.max(axis=0)
        inside = [west < x < east and south < y < north for x, y in drawn]
        assert any(inside), code


def test_the_size_legend_has_round_numbers_at_the_maps_scale():
    chart = _made(*TINY)
    main = chart.figure.axes[0]
    assert round_amounts(400_000) == [200_000, 50_000, 10_000]
    words = _words(chart)
    for text in ("200,000", "50,000", "10,000"):
        assert text in words
    keys = main.findobj(DrawingArea)
    (first,) = keys[0].get_children()
    # 200,000 people are half of Colombia's 400,000: the diameter is √½ of its circle's.
    assert 2 * first.radius == pytest.approx(math.sqrt(_sizes(main)[0] / 2))


@pytest.mark.parametrize(
    ("largest", "amounts"),
    [(2_860_000, [2e6, 500e3, 100e3]), (1_300_000, [1e6, 200e3, 50e3]), (5, [5, 1, 0.2])],
)
def test_round_amounts(largest, amounts):
    assert round_amounts(largest) == pytest.approx(amounts)


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
def test_every_host_is_drawn_and_labelled_and_no_label_collides(as_of):
    chart = _map(as_of)
    main = chart.figure.axes[0]
    drawn = len(hosts(scope_of(DATA.known(as_of))).newest)
    assert sum(len(_sizes(ax)) for ax in (main, *main.child_axes)) == drawn
    assert len(chart.table.rows) == drawn
    words = _words(chart)
    assert [row[0] for row in chart.table.rows if row[0] not in words] == []
    assert "Venezuela" in [t.get_text() for t in main.texts]
    assert overlapping(chart.figure) == []
    assert cut_off(chart.figure) == []


def test_the_picture_is_light():
    assert len(_map().svg.encode()) < 150_000


def test_words_for_who_cannot_see_it_and_the_disclaimer():
    chart = _made(*TINY)
    assert "each of 5 countries" in chart.alt
    assert "from 2018 to June 2021" in chart.alt
    assert "Colombia, June 2021: 400,000" in chart.alt
    assert "Curaçao, June 2020: 25,000. Outside Latin America" in chart.alt
    assert "Outside Latin America and the Caribbean: United States, 2019" in chart.alt
    written = [text.get_text() for text in chart.figure.texts]
    below = " ".join(written[2:-1])  # between title and subtitle, and the credit
    assert "neither endorses nor accepts any claim to a territory" in below
    assert "In the boxes: hosts outside the map, their circles of the same scale." in below


def test_nothing_known_in_the_region_is_said_in_words():
    none = hosts(scope_of(DATA, region="MENA"))
    assert "Middle East" in charts.host_map(none, as_of=None).reason
    early = hosts(scope_of(DATA.known("2017-04-21")))
    assert isinstance(charts.host_map(early, as_of=None), charts.Blank)


def _words(chart):
    return " ".join(" ".join(text.split()) for text, _box in texts(chart.figure))
