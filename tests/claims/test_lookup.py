"""Rows are found by their cells, in the order of the table, each read once for each question."""

import pytest
from made_tables import made

from analysis.claims.lookup import Lookup
from analysis.claims.recomputed import recomputed
from analysis.data.observations import Observation
from analysis.data.periods import Period

ROWS = [
    {"area": "COL", "period": "2020-05", "value": 1, "resolution": 10},
    {"area": "PER", "period": "2020-06", "value": 2, "resolution": 1},
    {"area": "COL", "period": "2021", "value": 3, "resolution": 1},
    {"area": "COL", "period": "2020-01", "value": 4, "resolution": 1},
]


@pytest.fixture
def lookup():
    return Lookup(made(displacement=ROWS).displacement)


def values(rows):
    return [row.value for row in rows]


def test_rows_have_all_the_cells_asked_for(lookup):
    assert values(lookup.rows(area="COL")) == [1, 3, 4]
    assert values(lookup.rows(area="COL", period=Period.parse("2021"))) == [3]
    assert values(lookup.rows(area="ECU")) == []
    assert values(lookup.rows()) == [1, 2, 3, 4]


def test_the_finest_of_equals_is_the_first(lookup):
    assert lookup.finest(area="COL").value == 3
    assert lookup.finest(area="ECU") is None


def test_rows_within_a_period_are_sorted_by_theirs(lookup):
    assert values(lookup.within(Period.parse("2020"), area="COL")) == [4, 1]
    assert values(lookup.within(Period.parse("2020-05/2021"), area="COL")) == [1, 3]
    assert [str(each) for each in lookup.periods(area="PER")] == ["2020-06"]


def reads(monkeypatch, copies):
    """How often recomputing reads the area of a row, with as many copies of two sources' rows."""
    shares = {"indicator": "share_of_outflow_hosted", "unit": "percent", "resolution": 1}
    tables = [
        row | {"source": f"s{n}", "period": f"{1950 + n}"}
        for n in range(copies)
        for row in (
            {"area": "WLD", "value": 10},
            {"area": "COL", "value": 4},
            shares | {"area": "COL", "value": 40},
        )
    ]
    sources = {f"s{n}": {} for n in range(copies)}
    data = made(displacement=tables, sources=sources)
    count = 0
    read = Observation.area.fget

    def counted(row):
        nonlocal count
        count += 1
        return read(row)

    monkeypatch.setattr(Observation, "area", property(counted))
    for own_source in (True, False):
        assert len(list(recomputed(data, own_source=own_source))) == copies
    monkeypatch.undo()
    return count


def test_twice_the_rows_are_twice_the_work(monkeypatch):
    assert reads(monkeypatch, 40) <= 2.2 * reads(monkeypatch, 20)
