"""IDMC's database: stocks and displacements apart, rounded as published."""

import pytest
from made_files import dropped, read_made, rows

from analysis.errors import DataError
from analysis.producers.idmc import read

TEXT = """\
ISO3,Name,Year,Conflict Stock Displacement,Conflict Stock Displacement (Raw),\
Conflict Internal Displacements,Conflict Internal Displacements (Raw),\
Disaster Internal Displacements,Disaster Internal Displacements (Raw),\
Disaster Stock Displacement,Disaster Stock Displacement (Raw)
#country+code,#country+name,#date+year,#affected,#affected,#affected,#affected,,,,
COL,Colombia,2024,7300000,7265333,388000,388222,,,0,0
AB9,Abyei Area,2024,5,5,1,1,,,,
HTI,Haiti,2010,,,,,1500000,1500000,,
PER,Peru,2024,,,,,,,,
"""


def test_stocks_and_displacements_are_columns_of_their_own_and_rounded(tmp_path):
    found = read_made(read, tmp_path, idmc_csv=TEXT)
    assert list(found.rows) == ["country", "year", "conflict_stock", "conflict_displacements",
                                "disaster_displacements", "disaster_stock"]  # fmt: skip
    assert rows(found) == [
        ("COL", 2024, 7300000, 388000, None, 0),
        ("HTI", 2010, None, None, 1500000, None),
    ]
    assert dropped(found) == {
        "territories without a code of ISO 3166-1 (AB9)": 1, "nothing is reported": 1,
    }  # fmt: skip


def test_raw_figures_are_read_where_there_are_no_others_and_said(tmp_path):
    only_raw = TEXT.replace("Conflict Stock Displacement,", "Something else,")
    found = read_made(read, tmp_path, idmc_csv=only_raw)
    assert rows(found)[0][2] == 7265333
    assert found.remarks == (
        "Not rounded as IDMC publishes them: Conflict Stock Displacement (Raw).",
    )


def test_json_is_read_as_the_service_gives_it(tmp_path):
    item = {"iso3": "COL", "year": 2024, "conflict_new_displacement_rounded": 388000}
    found = read_made(read, tmp_path, idmc_json={"results": [item]})
    assert rows(found) == [("COL", 2024, None, 388000, None, None)]


def test_two_releases_are_not_mixed(tmp_path):
    with pytest.raises(DataError, match=r"COL in 2024 stands in the files with different numbers"):
        read_made(read, tmp_path, a_csv=TEXT, b_csv=TEXT.replace("388000", "389000"))
    assert len(read_made(read, tmp_path, a_csv=TEXT, b_csv=TEXT).rows) == 2


def test_another_table_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"there is no column 'ISO3' or 'iso3'"):
        read_made(read, tmp_path, x_csv="Country,Year\nCOL,2024\n")
