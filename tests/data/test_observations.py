"""Observations: figures with the columns of their row, asked for by column."""

import made_tables
import pytest

from analysis.data.load import load
from analysis.data.periods import Period
from analysis.errors import DataError, NotAccepted


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = made_tables.write(
        tmp_path_factory.mktemp("package"),
        displacement=[
            {"period": "2023-10", "value": 7_700_000, "resolution": 100_000},
            {"area": "LAC", "period": "2023-10", "value": 6_500_000, "resolution": 100_000,
             "hedge": "approximately", "as_stated": "Some 6.5 of the 7.7 million"},
            {"area": "COL", "period": "2021-11", "value": 1_842_390, "source": "platform"},
            {"area": "PER", "period": "2021-11", "value": 1_286_464, "source": "platform"},
            {"indicator": "refugees", "origin": "HTI", "area": "USA", "value": 20,
             "unit": "percent", "resolution": 1},
        ],
        leverage=[
            {"period": "", "value": 953},
            {"value": 25, "resolution": 1, "hedge": "up to"},
        ],
        funding=[
            {"appeal_year": 2020, "value": 0},
            {"appeal_year": 2026, "appeal": "Other", "period": "2020-06-04", "value": 5},
        ],
        sources={"report": {"published": "2022-01"}, "platform": {"published": "2022-06"}},
    )  # fmt: skip
    return load(folder)


def test_an_observation_has_its_columns_as_attributes(data):
    stated = data["d002"]
    assert (stated.table, stated.value, stated.unit, stated.resolution) == (
        "displacement",
        6_500_000.0,
        "persons",
        100_000.0,
    )
    assert (stated.hedge, stated.as_stated) == ("approximately", "Some 6.5 of the 7.7 million")
    assert (stated.indicator, stated.origin, stated.area) == ("refugees_and_migrants", "VEN", "LAC")
    assert stated.text("period_basis") == "stated"
    assert stated.period == Period.parse("2023-10")
    assert stated.source is data.sources["report"]
    assert data["l001"].period is None
    assert data["f001"].appeal_year == 2020
    assert data["f001"].value == 0  # reported as zero, so it is zero


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
    assert [o.key for o in hosts] == ["d003", "d004"]
    assert hosts == data.displacement.where(period=Period.parse("2021-11")).where(
        indicator=["refugees_and_migrants"], area=("PER", "COL")
    )


def test_where_takes_numbers_sources_and_empty_cells(data):
    assert [o.key for o in data.funding.where(appeal_year=2026)] == ["f002"]
    assert len(data.displacement.where(source=data.sources["platform"])) == 2
    assert [o.key for o in data.leverage.where(period="")] == ["l001"]


def test_a_value_without_figures_is_an_empty_answer(data):
    assert len(data.displacement.where(area="FRA")) == 0
    assert len(data.displacement.where(period="1999")) == 0
    assert len(data.known("2022-01-31").displacement.where(source="platform")) == 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"origin": "VENEZUELA"}, "origin 'VENEZUELA' is not accepted. Accepted: HTI, VEN"),
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
    assert data.displacement.one(area="USA", source="report").key == "d005"
    with pytest.raises(LookupError, match=r"2 observations \(d003, d004\) with source='platform'"):
        data.displacement.one(source="platform")
    with pytest.raises(LookupError, match="no observation with area='FRA'"):
        data.displacement.one(area="FRA")


def test_values_of_a_column_in_order(data):
    assert data.displacement.values_of("unit") == ["percent", "persons"]
    assert data.displacement.values_of("origin") == ["HTI", "VEN"]
    assert data.leverage.values_of("hedge") == ["up to"]  # an empty cell is no value
    assert data.displacement[:2].values_of("source") == ["report"]
    with pytest.raises(DataError, match="column appeal_year: 2020 where a str is needed"):
        data.funding[:1].values_of("appeal_year")


def test_a_period_that_must_be_there_is_one_or_an_error_that_names_the_row(data):
    assert str(data["d001"].stated_period) == "2023-10"
    with pytest.raises(DataError, match="l001 in leverage states no period"):
        _ = data["l001"].stated_period


def test_a_data_frame_holds_every_row_with_its_range(data):
    frame = data.displacement.to_frame()
    assert list(frame.index) == ["d001", "d002", "d003", "d004", "d005"]
    # without a hedge: half of a hundred thousand each way
    assert frame.loc["d001", ["value", "low", "high"]].tolist() == [7_700_000, 7_650_000, 7_750_000]
    assert frame["low"].isna().sum() == 0
    ceiling = data.leverage.to_frame().loc["l002"]  # "up to"
    assert ceiling.isna()["low"]
    assert ceiling["high"] == 25
