"""What `reportbook check` says of data/, and what it fills in."""

import made_tables
import pytest

from analysis.data.checking import mend, problems
from analysis.data.load import find


@pytest.fixture
def folder(tmp_path):
    return made_tables.write(
        tmp_path / "data",
        displacement=[
            {"value": 7_700_000, "resolution": 100_000, "as_stated": "7.7 million"},
            {"value": 12, "period": "2021", "as_stated": "12", "source": "table"},
        ],
        sources={"report": {}, "table": {"kind": "dataset"}},
    )


def edit(folder, old, new, name="displacement"):
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_wrong_with_the_data():
    assert problems(find()) == []


def test_a_resolution_follows_from_the_words(folder):
    assert problems(folder) == []
    edit(folder, "persons,100000,", "persons,1000,")
    assert problems(folder) == [
        "data/displacement.csv, row 2, column resolution: '1000' is not the place of the last "
        "digit of '7.7 million'. Accepted: 100000."
    ]
    edit(folder, "7.7 million", "7.8 million")
    assert problems(folder) == [
        "data/displacement.csv, row 2, column as_stated: no numeral in '7.8 million' gives "
        "7700000. Mend the words, or the value."
    ]


def test_a_dataset_follows_its_producer_instead(folder):
    edit(folder, "12,persons,0,,12,", "12,persons,1000,,12,")
    assert problems(folder) == []


def test_resolutions_of_new_rows_are_filled_in(folder):
    whole = (folder / "displacement.csv").read_bytes()
    edit(folder, "persons,100000,", "persons,,")
    (problem,) = problems(folder)
    assert problem.startswith("data/displacement.csv, row 2, column resolution: the cell is empty")
    assert "'reportbook check --fix' computes it from the words." in problem
    assert mend(folder) == ["data/displacement.csv: the resolution of one row is filled in."]
    assert (folder / "displacement.csv").read_bytes() == whole
    assert mend(folder) == []
    edit(folder, "12,persons,0,,12,", "12,persons,,,12,")
    assert mend(folder) == []  # that of a dataset is its producer's to say


@pytest.mark.parametrize(
    "value", ["7.7E+06", "INF", "NaN", "٧٧٠٠٠٠٠", "7_700_000", '"7,700,000"', "+7700000"]
)
def test_a_number_that_is_not_plain_digits_is_refused(folder, value):
    edit(folder, "7700000", value)
    (problem,) = problems(folder)
    assert problem.startswith("data/displacement.csv, row 2, column value: ")
    assert "is not a number. Accepted: digits with a point" in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",", ";", "row 1: ';' stands between the cells. Accepted: a comma."),
        (",", "\t", r"row 1: '\t' stands between the cells. Accepted: a comma."),
        ("observation,", "sep=,\nobservation,", "row 1: a line 'sep=', which is for Excel alone."),
    ],
)
def test_a_file_of_a_spreadsheet_is_refused_in_its_words(folder, old, new, said):
    edit(folder, old, new)
    (problem,) = problems(folder)
    assert problem.startswith(f"data/displacement.csv, {said}")
