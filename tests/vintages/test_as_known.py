"""One number as it was known at each date."""

import datetime

import pytest
from made_tables import made

from analysis.numbers.estimate import Absent, Estimate
from analysis.vintages.as_known import vintages

# 10 is known from May 2020, 10.4 from 2021, 20 from a source of unknown date; the first two are
# given to the whole number, so their ranges meet.
DATA = made(
    funding=[
        {"value": 10, "resolution": 1, "period": "2020-04", "source": "first"},
        {"value": 10.4, "resolution": 1, "period": "2020-10", "source": "second"},
        {"value": 20, "period": "2020-12", "source": "undated"},
    ],
    sources={
        "first": {"published": "2020-05"},
        "second": {"published": "2021"},
        "undated": {"published": "", "dating": "unknown"},
        "nothing-new": {"published": "2020-06-01"},
        "before-it": {"published": "2019"},
    },
)


def newest(known):
    rows = list(known.funding)
    return Estimate.of(rows[-1]) if rows else Absent("nothing known")


def test_each_vintage_is_what_that_day_knew():
    found = vintages(DATA, newest, "A number").items
    assert [(v.known_from, v.estimate.value) for v in found] == [
        (datetime.date(2020, 5, 31), 10),
        (datetime.date(2021, 12, 31), 10.4),
        (None, 20),
    ]


def test_nothing_later_than_the_as_of_date_is_looked_at():
    found = vintages(DATA.known("2020-12-31"), newest, "A number")
    assert [v.estimate.value for v in found.items] == [10]
    assert found.as_of == datetime.date(2020, 12, 31)


def test_the_number_is_asked_for_once_a_date_of_publication():
    asked = []

    def nothing(known):
        asked.append(known.as_of and str(known.as_of))
        return Absent("nothing known")

    assert vintages(DATA, nothing, "Nothing").items == ()
    assert asked == ["2019-12-31", "2020-05-31", "2020-06-01", "2021-12-31", None]


def test_the_table_says_how_each_differs_from_the_one_before():
    rows = vintages(DATA, newest, "A number").table().rows
    # 9.5 to 10.5 and 9.9 to 10.9 meet; 20 is exact
    assert [row[-1] for row in rows] == [
        "first known", "not distinguishable from the one before", "higher",
    ]  # fmt: skip
    assert [str(row[0]) for row in rows] == ["2020-05-31", "2021-12-31", "date unknown"]
    assert [str(row[2]) for row in rows] == ["2020-04", "2020-10", "2020-12"]


@pytest.mark.parametrize(("later", "said"), [(5, "lower"), (15, "higher")])
def test_a_vintage_whose_range_does_not_meet_the_last_is_higher_or_lower(later, said):
    data = made(
        funding=[{"value": 10, "source": "first"}, {"value": later, "source": "second"}],
        sources={"first": {"published": "2020"}, "second": {"published": "2021"}},
    )
    assert vintages(data, newest, "A number").table().rows[-1][-1] == said


def test_a_number_nobody_knew_has_no_row_but_a_reason():
    table = vintages(DATA, lambda known: Absent("nothing known"), "Nothing").table()
    assert table.rows == []
    assert table.empty == "Nothing that this number needs was published by then."


def test_figures_of_another_kind_are_no_revisions_of_one_another():
    found = vintages(DATA, newest, "A number", lambda e: e.value > 15, "another plan")
    assert [row[-1] for row in found.table().rows] == [
        "first known", "not distinguishable from the one before", "not compared: another plan",
    ]  # fmt: skip
    assert [[v.estimate.value for v in run] for run in found.runs] == [[10, 10.4], [20]]
