"""Large tables as columns: accepted and refused as rows are."""

import csv

import pytest
from made_tables import write

from analysis.data.columns import read_columns
from analysis.data.table_schema import Package
from analysis.errors import DataError

HEAD = "country,year,inhabitants,gdp_usd\n"
GOOD = "SYR,2023,100,\nTUR,2023,0,7\n"


@pytest.fixture
def package(tmp_path):
    """A package whose table of the World Bank can be given any text."""
    folder = write(tmp_path / "data", tables={"world_bank": [{"country": "SYR", "year": 2023}]})
    (path,) = (folder / "tables" / "world_bank").glob("*.csv")
    return folder, path


def as_columns(package, text):
    folder, path = package
    path.write_text(text, encoding="utf-8", newline="")
    return read_columns(Package(folder), "world_bank", path)


def as_rows(package, text):
    folder, path = package
    path.write_text(text, encoding="utf-8", newline="")
    return [dict(row) for row in Package(folder).read("world_bank")["world_bank"].cells()]


def test_a_missing_figure_is_missing_and_a_zero_is_zero(package):
    frame = as_columns(package, HEAD + GOOD)
    assert frame["inhabitants"].tolist() == [100, 0]
    assert frame["gdp_usd"].isna().tolist() == [True, False]
    assert frame["country"].tolist() == ["SYR", "TUR"]


@pytest.mark.parametrize(
    "text",
    [HEAD + GOOD, HEAD.replace("\n", "\r\n") + "SYR,2023,100,\r\n", HEAD + '"SYR",2023,"100",\n'],
    ids=["plain", "line ends of Windows", "quoted"],
)
def test_the_cells_are_those_that_rows_have(package, text):
    columns = as_columns(package, text)
    rows = [
        {name: None if str(cell) == "<NA>" else cell for name, cell in row.items()}
        for row in columns.to_dict("records")
    ]
    assert rows == as_rows(package, text)


@pytest.mark.parametrize(
    "rows",
    [
        "SYR,2023,100\n",  # pandas would fill it up
        "SYR,2023,100,1,2\n",  # pandas would take the first cells of all rows for their names
        GOOD + "SYR,2024,100\n",
        GOOD + "SYR,2024,100,1,2\n",
        GOOD + "\nSYR,2024,100,1\n",
        GOOD + '"SYR,2024,100,1\n',
        GOOD + "SYR,2024,1_000,\n",
        GOOD + "SYR,2024,1.5E+07,\n",
        GOOD + "SYR,2024, 5,\n",
        GOOD + "SYR,2024,-5,\n",
        GOOD + "XXX,2024,5,\n",
        GOOD + ",2024,5,\n",
        GOOD + f"SYR,2024,{'1' * 200_000},\n",
    ],
)
def test_what_is_wrong_is_said_as_of_rows(package, rows):
    with pytest.raises(DataError) as of_columns:
        as_columns(package, HEAD + rows)
    with pytest.raises(DataError) as of_rows:
        as_rows(package, HEAD + rows)
    assert str(of_columns.value) == str(of_rows.value)


def test_a_limit_that_another_package_lifted_holds(package):
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(DataError, match="row 4: a cell has more than 131,072 letters"):
            as_rows(package, HEAD + GOOD + f"SYR,2024,{'1' * 200_000},\n")
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize("head", [HEAD.replace(",", ";"), "year,country\n", "sep=,\n"])
def test_another_heading_is_refused_as_of_rows(package, head):
    with pytest.raises(DataError) as of_columns:
        as_columns(package, head + GOOD)
    with pytest.raises(DataError) as of_rows:
        as_rows(package, head + GOOD)
    assert str(of_columns.value) == str(of_rows.value)


def test_a_row_stands_once(package):
    with pytest.raises(
        DataError, match="row 4, column country: the row for SYR, 2023 stands twice"
    ):
        as_columns(package, HEAD + GOOD + "SYR,2023,3,\n")


def test_a_file_that_is_not_there_is_named(package):
    folder, path = package
    with pytest.raises(DataError, match="is missing"):
        read_columns(Package(folder), "world_bank", path.with_name("gone.csv"))
