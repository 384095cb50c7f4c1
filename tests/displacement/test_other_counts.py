"""Counts kept beside the question."""

from analysis.data.load import load
from analysis.displacement.other_counts import orientation
from analysis.displacement.scope import scope_of


def rows(as_of, origin="VEN"):
    scope = scope_of(load().known(as_of), origin=origin)
    return {(r[0], r[1], str(r[3])): r[4].value for r in orientation(scope).rows}


def test_totals_of_all_origins_and_documents_outside_the_series_are_in():
    found = rows(None)
    assert found["Forcibly displaced people", "all countries", "2019-12-31"] == 79_500_000
    assert found["Forcibly displaced people", "all countries", "2022"] == 21_500_000
    assert found["Refugees", "Venezuela", "2022-06"] == 199_206
    assert found["People without documents", "Venezuela", "2024-12"] == 2_200_000


def test_the_dataset_of_the_series_and_other_origins_stay_out():
    assert ("Refugees", "Venezuela", "2015-12-31") not in rows(None)  # UNHCR's dataset: a series
    assert all(origin in ("all countries", "Colombia") for _m, origin, _p in rows(None, "COL"))


def test_nothing_known_yet_is_said():
    scope = scope_of(load().known("2020-05-31"))
    table = orientation(scope)
    assert table.rows == []
    assert table.empty == "no source published by 31 May 2020 states such a count"
