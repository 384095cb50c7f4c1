"""Observations: figures with the columns of their row, asked for by column."""

from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.data.periods import Period
from analysis.errors import DataError, NotAccepted

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def data():
    return load(DATA)


def test_an_observation_has_its_columns_as_attributes(data):
    seed = data["d002"]
    assert (seed.table, seed.value, seed.unit, seed.resolution) == (
        "displacement",
        6_500_000.0,
        "persons",
        100_000.0,
    )
    assert (seed.hedge, seed.as_stated) == ("approximately", "Some 6.5 of the 7.7 million")
    assert (seed.indicator, seed.origin, seed.area) == ("refugees_and_migrants", "VEN", "LAC")
    assert seed.period == Period.parse("2023-10")
    assert seed.source is data.sources["idb-iom-renewal"]
    assert data["l024"].period is None
    assert data["f001"].appeal_year == 2020
    assert data["f189"].value == 0  # reported as zero, so it is zero


def test_a_column_of_another_table_is_refused_by_name(data):
    with pytest.raises(NotAccepted, match=r"d001: column of displacement 'facility'.*indicator"):
        _ = data["d001"].facility


def test_an_observation_cannot_be_changed(data):
    with pytest.raises(AttributeError):
        data["d001"].value = 1
    with pytest.raises(TypeError):
        data["d001"].cells["value"] = 1


def test_where_takes_a_value_or_a_list(data):
    hosts = data.displacement.where(
        indicator="refugees_and_migrants", area=["COL", "PER"], period="2021-11"
    )
    assert [(o.area, o.value) for o in hosts] == [("COL", 1_842_390), ("PER", 1_286_464)]
    assert hosts == data.displacement.where(period=Period.parse("2021-11")).where(
        indicator=["refugees_and_migrants"], area=("PER", "COL")
    )


def test_where_takes_numbers_sources_and_empty_cells(data):
    assert {o.appeal_year for o in data.funding.where(appeal_year=2026)} == {2026}
    assert len(data.displacement.where(source=data.sources["idb-2020"])) == 3
    assert {o.key for o in data.leverage.where(period="")} == {"l024", "l025", "l026"}


def test_a_value_without_figures_is_an_empty_answer(data):
    assert len(data.displacement.where(area="FRA")) == 0
    assert len(data.displacement.where(period="1999")) == 0
    assert len(data.known("2020-05-31").funding.where(appeal="GHRP", period="2020-06-04")) == 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"origin": "VENEZUELA"}, "origin 'VENEZUELA' is not accepted. Accepted: COL, HND, HTI, V"),
        ({"indicator": "refugee"}, "Did you mean 'refugees'"),
        ({"period": "May 2020"}, "period 'May 2020' is not accepted. Accepted: a year"),
        ({"are": "LAC"}, "column of displacement 'are' is not accepted. Did you mean 'area'"),
        ({"area": ["LAC", "LAK"]}, "area 'LAK' is not accepted"),
    ],
)
def test_where_refuses_what_the_table_cannot_hold(data, asked, message):
    with pytest.raises(NotAccepted) as caught:
        data.displacement.where(**asked)
    assert message in str(caught.value)


def test_one_is_one(data):
    assert data.displacement.one(area="USA", source="r4v-undated-7").key == "d091"
    with pytest.raises(LookupError, match=r"2 observations \(d001, d002\) with source='idb-iom"):
        data.displacement.one(source="idb-iom-renewal")
    with pytest.raises(LookupError, match="no observation with area='FRA'"):
        data.displacement.one(area="FRA")


def test_values_of_a_column_in_order(data):
    assert data.displacement.values_of("unit") == ["percent", "persons"]
    assert data.displacement.values_of("origin") == ["COL", "HND", "HTI", "VEN"]
    assert data.leverage[:4].values_of("source") == ["idb-iom-renewal"]
    with pytest.raises(DataError, match=r"column appeal_year: 20\d\d where a str is needed"):
        data.funding.values_of("appeal_year")


def test_a_period_that_must_be_there_is_one_or_an_error_that_names_the_row(data):
    assert str(data["d001"].stated_period) == "2023-10"
    with pytest.raises(DataError, match="l024 in leverage states no period"):
        _ = data["l024"].stated_period


def test_a_data_frame_holds_every_row_with_its_range():
    figures = load().displacement
    frame = figures.to_frame()
    assert len(frame) == len(figures)
    # "7.7 million" without a hedge: half of a hundred thousand each way
    assert frame.loc["d001", ["value", "low", "high"]].tolist() == [7_700_000, 7_650_000, 7_750_000]
    ceiling = load().leverage.to_frame().loc["l017"]  # "up to"
    assert frame["low"].isna().sum() == 0
    assert ceiling.isna()["low"]
    assert ceiling["high"] == 25_000_000
