"""Counts kept beside the question."""

from made_tables import made

from analysis.displacement.other_counts import orientation
from analysis.displacement.scope import scope_of

DATA = made(
    displacement=[
        {"value": 100, "source": "first"},
        {"indicator": "forcibly_displaced", "origin": "", "value": 79},
        {"indicator": "undocumented", "value": 2},
        {"indicator": "undocumented", "origin": "COL", "area": "ECU", "value": 3},
        {"indicator": "refugees", "value": 5, "period": "2019-06"},
        {"indicator": "refugees", "value": 6, "source": "dataset"},  # it makes a series
    ],
    sources={"first": {"published": "2020-05"}, "dataset": {"kind": "dataset"}},
)


def rows(**scope):
    return [(r[0], r[1], str(r[3]), r[4].value) for r in orientation(scope_of(DATA, **scope)).rows]


def test_totals_of_all_origins_and_documents_outside_the_series_are_in():
    assert rows() == [
        ("Refugees", "Venezuela", "2019-06", 5),
        ("Forcibly displaced people", "all countries", "2020", 79),
        ("People without documents", "Venezuela", "2020", 2),
    ]


def test_another_origin_has_its_own_and_the_totals():
    assert [row[1] for row in rows(origin="COL")] == ["all countries", "Colombia"]


def test_figures_outside_the_time_asked_for_are_out():
    assert [row[2] for row in rows(last_period="2019")] == ["2019-06"]


def test_nothing_known_yet_is_said():
    table = orientation(scope_of(DATA.known("2020-05-31")))
    assert table.rows == []
    assert table.empty == "no source in this report’s data states such a count"
