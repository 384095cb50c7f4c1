"""What is not let in: every broken cell, row and file stops the load and is named.

The figures of displacement.csv stand in row 2 (d001), 3 (d002) and 4 (d003).
"""

import frictionless
import made_tables
import pytest

from analysis.data.load import load
from analysis.data.table_schema import Package
from analysis.errors import DataError


@pytest.fixture
def copy(tmp_path):
    return made_tables.write(
        tmp_path / "data",
        displacement=[
            {"area": "WLD", "period": "2023-10", "value": 7_700_000, "resolution": 100_000,
             "as_stated": "7.7 million"},
            {"area": "LAC", "period": "2023-10", "value": 6_500_000, "resolution": 100_000,
             "hedge": "approximately", "as_stated": "Some 6.5 of the 7.7 million"},
            {"indicator": "share_of_outflow_hosted", "area": "COL", "value": 37.4,
             "unit": "percent", "resolution": 0.1},
        ],
        leverage=[
            {"role": "non_reimbursable", "status": "achieved", "value": 100},
            *({"value": n, "as_stated": f"${n} million"} for n in range(30, 41)),
        ],
        funding=[
            {"appeal": "IOM-COVID-19", "appeal_year": 2020, "value": 100},
            {"measure": "countries", "unit": "countries", "value": 30},
        ],
        sources={"report": {"published": "2023-10", "dating": "inferred"}},
    )  # fmt: skip


def test_what_is_made_for_these_tests_is_valid(copy):
    assert frictionless.validate(str(copy / "datapackage.json")).valid
    assert load(copy)["d001"].value == 7_700_000


def edit(path, old, new, encoding="utf-8"):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode(encoding))


def refusal(folder):
    with pytest.raises(DataError) as caught:
        Package(folder, "displacement", "sources").read()
    return str(caught.value)


CELLS = [
    ("displacement", "report\nd002", "reprt\nd002", 2, "source", "Did you mean"),
    (
        "displacement",
        ",37.4,percent",
        ",-37.4,percent",
        4,
        "value",
        "'-37.4' is too low. Accepted: 0 or more.",
    ),
    ("displacement", ",37.4,percent", ',"37,4",percent', 4, "value", "'37,4' is not a number"),
    ("displacement", "WLD,2023-10,", "WLD,2023-13,", 2, "period", "'2023-13' is not accepted"),
    ("displacement", "WLD,2023-10,", "WLD,2023-10-32,", 2, "period", "is not accepted"),
    ("displacement", "WLD,2023-10,", "WLD,,", 2, "period", "empty, and a value is required"),
    ("displacement", "\nd002,", "\nd001,", 3, "observation", "'d001' stands in row 2 already"),
    ("displacement", "\nd002,", "\nx002,", 3, "observation", "'x002' is not accepted"),
    ("displacement", "VEN,WLD,2023-10", "VEN,WLX,2023-10", 2, "area", "'WLX' is not in data/areas"),
    ("displacement", ",percent,", ",per cent,", 4, "unit", "Did you mean 'percent'? Accepted: p"),
    ("displacement", ",approximately,S", ",about,S", 3, "hedge", "Accepted: approximately, more"),
    ("leverage", ",achieved,", ",acheived,", 2, "status", "Did you mean 'achieved'?"),
    ("leverage", ",non_reimbursable,", ",grant,", 2, "role", "'grant' is not accepted"),
    ("funding", "IOM-COVID-19,2020,", "IOM-COVID-19,20,", 2, "appeal_year", "'20' is too low"),
    ("funding", "IOM-COVID-19,2020,", "IOM-COVID-19,MMXX,", 2, "appeal_year", "not a whole number"),
    ("funding", "\nf001,IOM-", "\nf001, IOM-", 2, "appeal", "begins or ends with a space"),
    ("sources", "2023-10,inferred", "2023-10,guessed", 2, "dating", "'guessed' is not accepted"),
    ("sources", "2023-10,inferred", "2019/2023-10,inferred", 2, "published", "is not accepted"),
    ("sources", "2023-10,inf", "2023-10\u202e,inf", 2, "published", "has the sign U+202E"),
    ("sources", "https://example.org/", "javascript:alert(1)//", 2, "url", "of the form ^https?"),
    ("areas", "WLD,World,world", "WLD,World,planet", 2, "kind", "'planet' is not accepted"),
]


@pytest.mark.parametrize(("table", "old", "new", "row", "column", "what"), CELLS)
def test_a_broken_cell_is_named_and_frictionless_agrees(copy, table, old, new, row, column, what):
    edit(copy / f"{table}.csv", old, new)
    message = refusal(copy)
    assert f"data/{table}.csv, row {row}, column {column}: " in message
    assert what in message
    assert not frictionless.validate(str(copy / "datapackage.json")).valid


ROWS = [
    (",,report\nd002", ",report\nd002", 2, "12 cells where the header names 13"),
    (",,report\nd002", ",,report,\nd002", 2, "14 cells where the header"),
    ("\nd002,", "\n\nd002,", 3, "an empty line"),
    (",7.7 million,", ',"7.7 million,', 2, "quotation marks do not pair up"),
    ("indicator,", "", 1, "column indicator is missing"),
    ("indicator,", "indicator,note,", 1, "column note is not in datapackage.json"),
    ("indicator,", "indicator,indicator,", 1, "stand twice or in another order"),
    ("indicator,origin,", "origin,indicator,", 1, "stand twice or in another order"),
]


@pytest.mark.parametrize(("old", "new", "row", "what"), ROWS)
def test_a_broken_row_is_named_and_frictionless_agrees(copy, old, new, row, what):
    edit(copy / "displacement.csv", old, new)
    message = refusal(copy)
    assert f"data/displacement.csv, row {row}: " in message
    assert what in message
    assert not frictionless.validate(str(copy / "datapackage.json")).valid


def test_a_day_the_calendar_does_not_have_is_refused(copy):
    edit(copy / "displacement.csv", "WLD,2023-10,", "WLD,2023-02-30,")
    assert "row 2, column period: period '2023-02-30' is not accepted" in refusal(copy)


@pytest.mark.parametrize("text", ["NaN", "INF", "1e6", "7_700_000", " 7", "0x10", "٧"])
def test_a_number_is_plain_digits(copy, text):
    edit(copy / "displacement.csv", ",37.4,percent", f",{text},percent")
    assert "row 4, column value: " in refusal(copy)


def test_rows_are_counted_as_an_editor_counts_lines(copy):
    edit(copy / "displacement.csv", ",7.7 million,", ',"7.7\nmillion",')
    edit(copy / "displacement.csv", ",37.4,percent", ",-1,percent")
    assert "row 5, column value: '-1' is too low" in refusal(copy)


def test_a_file_that_is_not_utf8_is_named_with_the_byte(copy):
    edit(copy / "leverage.csv", "$39 million", "¢39 million", encoding="latin-1")
    message = refusal(copy)
    assert "data/leverage.csv, row 12, column as_stated: byte 0xa2 is not UTF-8" in message
    assert "Save it as UTF-8" in message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        ("observation,facility".encode("utf-8-sig"), "byte order mark"),
        ("observation,facility".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_as_text_is_named(copy, content, what):
    (copy / "leverage.csv").write_bytes(content)
    message = refusal(copy)
    assert message.startswith("data/leverage.csv")
    assert what in message


def test_a_missing_file_is_named(copy):
    (copy / "funding.csv").unlink()
    assert refusal(copy).startswith("data/funding.csv is missing. It is expected at ")


def test_a_missing_or_broken_descriptor_is_named(copy):
    path = copy / "datapackage.json"
    edit(path, '"resources": [', '"resources": [,')
    assert "data/datapackage.json, line " in refusal(copy)
    path.write_text("{}")
    assert "lists no resources" in refusal(copy)
    path.write_text('{"resources": []}')
    assert "names no resource displacement, sources" in refusal(copy)
    path.unlink()
    assert "data/datapackage.json is missing" in refusal(copy)


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "a/../../secret.csv"])
def test_a_table_outside_the_folder_is_refused(copy, path):
    edit(copy / "datapackage.json", '"displacement.csv"', f'"{path}"')
    assert f"displacement: its path {path} leads out of data. Accepted:" in refusal(copy)


def test_ten_problems_of_a_file_are_told_and_the_rest_counted(copy):
    path = copy / "leverage.csv"
    path.write_text(path.read_text("utf-8").replace(",USD,", ",EUR,"), "utf-8")  # 12 rows
    edit(copy / "funding.csv", ",countries,", ",lands,")
    message = refusal(copy)
    assert message.count("column unit: 'EUR' is not accepted") == 10
    assert "data/leverage.csv: and 2 more." in message
    assert "data/funding.csv, row 3, column measure: 'lands' is not accepted" in message


def test_a_lost_source_row_is_told_once_and_not_of_every_figure(copy):
    edit(copy / "sources.csv", "report,report,,", "report,report,")
    message = refusal(copy)
    assert "data/sources.csv, row 2: 7 cells" in message
    assert "displacement" not in message


def test_a_table_is_read_when_it_is_asked_for_and_stops_only_those_who_do(copy):
    (copy / "leverage.csv").write_text("")
    data = load(copy).known("2023-12-31")
    assert data.displacement
    with pytest.raises(DataError, match=r"data/leverage\.csv"):
        data.leverage  # noqa: B018


def test_windows_line_ends_are_read(copy):
    path = copy / "funding.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(load(copy).funding) == 2
