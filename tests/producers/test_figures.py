"""Numbers as producers and spreadsheets write them, read in the one way that fits a whole file."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.producers.figures import numbers, years
from analysis.producers.sheets import Sheet


def sheet(*cells, column="people"):
    frame = pd.DataFrame({column: list(cells)}, index=range(2, 2 + len(cells)), dtype=str)
    return Sheet("file.csv", frame, {column: "Persons"})


def read(*cells, whole=True, missing=()):
    found = numbers(sheet(*cells), ["people"], whole=whole, missing=missing)["people"]
    return [None if pd.isna(value) else int(value) for value in found]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("0", "-", "", "7300000"), [0, None, None, 7300000]),
        (("1,234", "1,234,567", "5"), [1234, 1234567, 5]),
        (("1.234", "1.234.567", "5"), [1234, 1234567, 5]),
        (("1 234", "1\xa0234\u202f567", "12'000"), [1234, 1234567, 12000]),
        (("1,234",), [1234]),  # nobody counts people by thousandths
        (("12.0", "1e3"), [12, 1000]),
        (("-5",), [-5]),
    ],
)
def test_counts_are_read_as_they_are_meant(cells, values):
    assert read(*cells) == values


def test_amounts_are_rounded_to_whole_ones():
    assert read("1873452513.96648", whole=False) == [1873452514]
    assert read("1.873.452.513,97", "2,5", whole=False) == [1873452514, 2]
    assert read("1.873.452.513,97", "1.234", whole=False) == [1873452514, 1234]


def test_a_mark_of_the_producers_own_is_missing_and_not_zero():
    assert read("*", "4", missing=("*",)) == [None, 4]


@pytest.mark.parametrize(
    ("cells", "whole", "said"),
    [
        (("5", "some"), True, "row 3, column 'Persons': 'some' is not a number"),
        (("12.5", "5"), True, "row 2, column 'Persons': '12.5' is not a whole number"),
        (("1.000", "250"), True, "row 2, column 'Persons': '1.000' can be 1 or 1000"),
        (("1,234",), False, "'1,234' can be 1234 or 1.234, and no other number tells"),
        (("1,234.5", "1.234,5"), False, "'1,234.5' cannot be written as the file's other numbers"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused(cells, whole, said):
    with pytest.raises(DataError) as refused:
        read(*cells, whole=whole)
    assert said in str(refused.value)


WAYS = {
    "plain": str,
    "commas": "{:,}".format,
    "points": lambda value: f"{value:,}".replace(",", "."),
    "spaces": lambda value: f"{value:,}".replace(",", "\u202f"),
}


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=6),
    st.sampled_from(list(WAYS.values())),
)
def test_counts_are_read_back_from_any_way_of_writing_or_refused(values, write):
    try:
        found = read(*map(write, values))
    except DataError:  # where a point can part thousands or decimals, and no other count tells
        assert write(1000) == "1.000"
    else:
        assert found == values


@given(
    st.lists(st.integers(0, 10**14), min_size=1, max_size=6),
    st.sampled_from([",.", ".,", "\u202f,", ",", "."]),
)
def test_amounts_with_cents_are_read_back_from_any_way_of_writing(cents, marks):
    def write(value):
        text = f"{value / 100:,.2f}".replace(",", "T").replace(".", marks[-1])
        return text.replace("T", marks[0] if len(marks) > 1 else "")

    # two digits behind the mark part decimals from thousands, so that nothing is in doubt
    assert read(*map(write, cents), whole=False) == [round(value / 100) for value in cents]


def test_a_column_that_is_not_there_is_missing_throughout():
    found = numbers(sheet("5"), ["people", "oip"], whole=True)
    assert found["oip"].isna().all()


def test_years_are_years():
    assert list(years(sheet("2023", "1951"), "people")) == [2023, 1951]
    with pytest.raises(DataError, match=r"row 3, column 'Persons': '23' is not a year"):
        years(sheet("2023", "23"), "people")
