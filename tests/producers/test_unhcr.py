"""UNHCR's population statistics in each form they are published in, with its quirks."""

import pytest
from made_files import read_made, rows

from analysis.errors import DataError
from analysis.producers.unhcr import read

# Two hosts of people from Venezuela, one of people from Syria, and rows of nobody abroad.
EXPECTED = [
    (2023, "SYR", "TUR", 3000000, 0, None),
    (2023, "VEN", "COL", 100, 5, 2500000),
    (2023, "VEN", "CUW", 0, 10, 17000),
]
API = {
    "page": 1,
    "maxPages": 1,
    "items": [
        {"year": 2023, "coo_name": "Venezuela", "coo": "VEN", "coo_iso": "VEN", "coa": "COL",
         "coa_iso": "COL", "refugees": "100", "asylum_seekers": 5, "oip": 2500000, "idps": "0"},
        {"year": 2023, "coo_name": "Venezuela", "coo": "VEN", "coo_iso": "VEN",
         "coa_name": "Curacao ", "coa": "CUW", "coa_iso": "CUW ", "refugees": "0",
         "asylum_seekers": 10, "oip": 17000, "idps": "-"},
        {"year": 2023, "coo": "SYR", "coo_iso": "SYR", "coa": "TUR", "coa_iso": "TUR",
         "refugees": 3000000, "asylum_seekers": "0", "oip": "-", "idps": "-"},
        {"year": 2023, "coo": "SYR", "coo_iso": "SYR", "coa": "SYR", "coa_iso": "SYR",
         "refugees": 0, "asylum_seekers": "0", "oip": "-", "idps": 7000000},
    ],
}  # fmt: skip
FINDER = """\
"UNHCR's population data"
"Date extracted: 2023-10-24 09:12:44 +02:00"

Year,Country of origin,Country of origin (ISO) ,Country of asylum,Country of asylum (ISO) ,\
Refugees under UNHCR's mandate ,Asylum-seekers,Returned IDPss,\
Other people in need of international protection
2023,Venezuela,VEN,Colombia,COL,100,5,0,2500000
2023,Venezuela,VEN,"Curacao ",CUW,0,10,-,17000
2023,Syrian Arab Rep.,SYR,Türkiye,TUR,3000000,0,0,
2023,Syrian Arab Rep.,SYR,Syrian Arab Rep.,SYR,0,0,12,
"""
HDX = """\
Year,ISO3CoO,ISO3CoA,REF,IDP,ASY,OOC,STA,OIP
#date+year,#country+code+origin,#country+code+asylum,#affected+refugees,,#affected,,,
2023,VEN,COL,100,0,5,0,0,2500000
2023,VEN,CUW,0,0,10,0,0,17000
2023,SYR,TUR,3000000,0,0,0,0,
"""
PACKAGE = """\
year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,refugees,asylum_seekers,returned_refugees,idps,oip
2023,Venezuela,VEN,VEN,Colombia,COL,COL,100,5,0,0,2500000
2023,Venezuela,VEN,VEN,Curacao,CUW,CUW,0,10,0,0,17000
2023,Syrian Arab Rep.,SYR,SYR,Türkiye,TUR,TUR,3000000,0,0,0,NA
"""


def reading(tmp_path, *contents):
    return read_made(read, tmp_path, **{f"file{n}_x": each for n, each in enumerate(contents)})


def items(*given, **common):
    usual = {"year": 2023, "coo_iso": "VEN", "coa_iso": "COL", "refugees": 1, "asylum_seekers": 0}
    return {"items": [usual | common | each for each in given]}


@pytest.mark.parametrize("content", [API, FINDER, HDX, PACKAGE], ids=["API", "FINDER", "HDX", "R"])
def test_every_form_gives_the_same_rows(tmp_path, content):
    found = reading(tmp_path, content)
    assert rows(found) == EXPECTED
    assert list(found.rows) == ["year", "origin", "host", "refugees", "asylum_seekers", "oip"]
    assert found.summary == "people from 2 countries abroad, 2023"


def test_the_day_of_the_download_is_taken_from_its_first_lines(tmp_path):
    assert reading(tmp_path, FINDER).retrieved == "2023-10-24"
    assert reading(tmp_path, API).retrieved == ""


def test_rows_that_count_nobody_abroad_are_left_out_and_counted(tmp_path):
    found = reading(tmp_path, items(
        {}, {"coa_iso": "VEN", "refugees": 40}, {"coo_iso": "UNK", "refugees": 3},
        {"coo_iso": "XXA", "refugees": 2}, {"coo_iso": None, "refugees": 4},
    ))  # fmt: skip
    assert rows(found) == [(2023, "VEN", "COL", 1, 0, None)]
    assert [(each.rows, each.why) for each in found.dropped] == [
        (1, "stateless people, who have no country of origin (2 people over all years)"),
        (2, "the country of origin is unknown (7 people over all years)"),
        (1, "origin and host are the same country (40 people over all years)"),
    ]


@pytest.mark.parametrize("code", ["UNK", "UKN", "XXX", "", None, "STA", "XXA", "TIB"])
def test_people_of_no_country_are_left_out_whatever_the_release_calls_them(tmp_path, code):
    found = reading(tmp_path, items({}, {"coo_iso": code, "refugees": 3}))
    assert rows(found) == [(2023, "VEN", "COL", 1, 0, None)]
    assert [each.rows for each in found.dropped] == [1]
    assert "(3 people over all years)" in found.dropped[0].why


def test_a_download_with_fourteen_lines_of_description_is_read(tmp_path):
    found = reading(tmp_path, "".join(f'"Note {n}, of 14"\n' for n in range(14)) + HDX)
    assert rows(found) == EXPECTED


def test_hosts_without_a_name_stay_in_the_sum_as_other(tmp_path):
    found = reading(tmp_path, items({}, {"coa_iso": "UNK", "refugees": 5}, {"coa_iso": "XXA"}))
    assert rows(found) == [(2023, "VEN", "COL", 1, 0, None), (2023, "VEN", "OTHER", 6, 0, None)]


def test_pages_that_overlap_are_counted_once_and_releases_are_not_mixed(tmp_path):
    page = items({}, {"coa_iso": "UNK", "refugees": 5})
    found = reading(tmp_path, page, page)
    assert rows(found) == [(2023, "VEN", "COL", 1, 0, None), (2023, "VEN", "OTHER", 5, 0, None)]
    with pytest.raises(DataError, match=r"file1.x, item 1: people from VEN in COL in 2023 are"):
        reading(tmp_path, page, items({"refugees": 2}))


def test_codes_of_unhcrs_own_are_refused(tmp_path):
    # AUS is Austria among them, and looks like Australia: GFR tells
    with pytest.raises(DataError) as refused:
        reading(tmp_path, items({"coa_iso": "AUS"}, {"coa_iso": "GFR"}))
    assert "file0.x, item 2, column 'coa_iso': 'GFR' is not a country code" in str(refused.value)
    assert "cf_type=ISO" in str(refused.value)
    only_own = PACKAGE.replace("coo_iso", "x").replace("coa_iso", "y")
    with pytest.raises(DataError, match=r"there is no column 'coo_iso'"):
        reading(tmp_path, only_own)


def test_sums_over_all_hosts_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"'-' throughout: its numbers are sums .* coa_all=true"):
        reading(tmp_path, items({"coa_iso": "-"}))


def test_the_name_that_others_in_need_had_before_2022_is_said(tmp_path):
    old = FINDER.replace(
        "Other people in need of international protection", "Venezuelans Displaced Abroad"
    )
    found = reading(tmp_path, old)
    assert rows(found) == EXPECTED
    assert any("is what UNHCR calls 'oip' since 2022" in remark for remark in found.remarks)


def test_a_column_that_was_not_ticked_is_missing_and_said(tmp_path):
    found = reading(tmp_path, items({}))
    assert "file0.x has no column for oip: missing, not zero." in found.remarks


def test_counts_of_few_people_that_are_hidden_are_missing_and_said(tmp_path):
    found = reading(tmp_path, items({"asylum_seekers": "*"}))
    assert rows(found) == [(2023, "VEN", "COL", 1, None, None)]
    assert any("1 counts of one to four people are hidden" in each for each in found.remarks)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"error": "limit too high"}, "has no list 'items', but says: limit too high"),
        (items(), "has no items"),
        (items({}, refugees=0), "No row counts people from a country in another one"),
        (items({"refugees": "a few"}), "item 1, column 'refugees': 'a few' is not a number"),
        ({"items": [{"year": 2023, "coo_iso": "VEN", "coa_iso": "COL"}]}, "counts neither"),
        ('{"items": [{"year": 20', "begins as JSON and is not whole"),
    ],
)
def test_what_is_not_this_table_is_refused(tmp_path, content, said):
    with pytest.raises(DataError) as refused:
        reading(tmp_path, content)
    assert said in str(refused.value)
