"""The World Bank's two indicators in each form they are published in."""

import csv
import io
import zipfile

import pytest
import xlsxwriter
from made_files import dropped, read_made, rows

from analysis.errors import DataError
from analysis.producers.world_bank import read

EXPECTED = [("COL", 2000, 39, None), ("COL", 2001, 40, 98), ("VEN", 2001, 25, 122)]
INHABITANTS = """\
"Data Source","World Development Indicators",

"Last Updated Date","2026-03-18",

"Country Name","Country Code","Indicator Name","Indicator Code","2000","2001",
"Colombia","COL","Population, total","SP.POP.TOTL","39","40",
"Venezuela, RB","VEN","Population, total","SP.POP.TOTL","","25",
"World","WLD","Population, total","SP.POP.TOTL","6","6.2",
"""
GDP = INHABITANTS.replace("SP.POP.TOTL", "NY.GDP.MKTP.CD").replace(
    '"39","40"', '"","98.4"'
).replace('"","25"', '"","121.7"')  # fmt: skip
DATABANK = """\
Country Name,Country Code,Series Name,Series Code,2000 [YR2000],2001 [YR2001]
Colombia,COL,"Population, total",SP.POP.TOTL,39,40
Colombia,COL,GDP (current US$),NY.GDP.MKTP.CD,..,98.4
Colombia,COL,Area,AG.LND.TOTL.K2,1,1
"Venezuela, RB",VEN,"Population, total",SP.POP.TOTL,..,25
"Venezuela, RB",VEN,GDP (current US$),NY.GDP.MKTP.CD,..,121.7
World,WLD,"Population, total",SP.POP.TOTL,6,6



Data from database: World Development Indicators
Last Updated: 2026-03-18
"""
LONG = """\
Time,Time Code,Country Name,Country Code,"Population, total [SP.POP.TOTL]",\
GDP (current US$) [NY.GDP.MKTP.CD]
2000,YR2000,Colombia,COL,39,..
2001,YR2001,Colombia,COL,40,98.4
2001,YR2001,"Venezuela, RB",VEN,25,121.7
2001,YR2001,World,WLD,6,7
"""


def answer(indicator, *values, pages=1):
    items = [{"indicator": {"id": indicator, "value": "x"}, "country": {"id": "XX", "value": "x"},
              "countryiso3code": code, "date": year, "value": value}
             for code, year, value in values]  # fmt: skip
    head = {"page": 1, "pages": pages, "per_page": 50, "total": len(items)}
    return [head | {"lastupdated": "2026-03-18"}, items]


PEOPLE = answer("SP.POP.TOTL", ("COL", "2000", 39), ("COL", "2001", 40), ("VEN", "2001", 25),
                ("VEN", "2000", None), ("WLD", "2000", 6), ("", "2000", 3))  # fmt: skip
MONEY = answer("NY.GDP.MKTP.CD", ("COL", "2001", 98.4), ("VEN", "2001", 121.7))


def workbook(text):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(csv.reader(io.StringIO(text))):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def packed(text):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as members:
        members.writestr("Metadata_Country_API_SP.POP.TOTL.csv", "Country Code,Region\nCOL,x\n")
        members.writestr("API_SP.POP.TOTL_DS2_en_csv_v2_1.csv", text)
    return content.getvalue()


@pytest.mark.parametrize(
    "files",
    [
        {"people_csv": INHABITANTS, "money_csv": GDP},
        {"people_zip": packed(INHABITANTS), "money_zip": packed(GDP)},
        {"databank_csv": DATABANK},
        {"long_csv": LONG},
        {"people_xlsx": workbook(INHABITANTS), "money_xlsx": workbook(GDP)},
        {"long_xlsx": workbook(LONG)},
        {"people_json": PEOPLE, "money_json": MONEY},
        {"people_json": PEOPLE, "again_json": PEOPLE, "money_json": MONEY},
    ],
    ids=[
        "csv",
        "zip",
        "years as columns",
        "years as rows",
        "workbook",
        "workbook by rows",
        "api",
        "overlap",
    ],
)
def test_every_form_gives_the_same_rows(tmp_path, files):
    found = read_made(read, tmp_path, **files)
    assert rows(found) == EXPECTED
    (why,) = dropped(found)
    assert why.startswith("regions, income groups")


def test_the_day_of_the_update_is_the_day_it_was_published(tmp_path):
    assert read_made(read, tmp_path, people_csv=INHABITANTS).published == "2026-03-18"
    assert read_made(read, tmp_path, people_json=PEOPLE).published == "2026-03-18"
    assert read_made(read, tmp_path, databank_csv=DATABANK).published == "2026-03-18"


def test_an_indicator_that_is_not_in_the_files_is_missing_and_said(tmp_path):
    found = read_made(read, tmp_path, people_csv=INHABITANTS)
    assert set(found.rows["gdp_usd"].isna()) == {True}
    assert found.remarks == ("The files have no gdp_usd: missing, not zero.",)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"x_json": [{"message": [{"id": "120", "value": "Invalid value"}]}]},
         "x.json has no rows, but says: Invalid value."),
        ({"x_csv": INHABITANTS.replace("SP.POP.TOTL", "SP.POP.0014")},
         "has neither SP.POP.TOTL nor NY.GDP.MKTP.CD, but SP.POP.0014"),
        ({"x_csv": INHABITANTS.replace('"39"', '"many"')}, "row 6, column '2000': 'many' is not"),
        ({"a_json": PEOPLE, "b_json": answer("SP.POP.TOTL", ("COL", "2000", 38))},
         "inhabitants of COL in 2000 is both 39 and 38"),
        ({"x_json": answer("SP.POP.TOTL", ("WLD", "2000", 6))}, "No country has a value"),
        ({"x_csv": "Country Code,Region\nCOL,x\n"}, "names no indicator"),
    ],
)  # fmt: skip
def test_what_is_none_of_these_is_refused(tmp_path, files, said):
    with pytest.raises(DataError) as refused:
        read_made(read, tmp_path, **files)
    assert said in str(refused.value)
