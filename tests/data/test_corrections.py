"""A correction holds while the producer publishes what it says, and fails once it does not."""

import pandas as pd
import pytest

from analysis.data.corrections import Correction, corrected, row_of
from analysis.data.periods import Period
from analysis.errors import DataError

MARCH, JUNE, AUGUST = map(Period.parse, ("2026-03", "2026-06", "2026-08-15"))


def plans(*rows, of=0):
    table = pd.DataFrame(rows, columns=["plan_id", "start", "required"])
    return table.astype({"start": "category", "required": "Int64"}).assign(snapshot=of)


def correction(**other):
    given = {"key": "c1", "table": "plans", "row": {"plan_id": "629"}, "column": "start",
             "published": "2018-11-30", "corrected": "2018-01-01", "seen": MARCH, "fixed": None,
             "why": "A plan of a year begins with it.", "told": "OCHA, 2026-04"}  # fmt: skip
    return Correction(**(given | other))


def starts(table):
    return list(table["start"].astype(str))


PUBLISHED = plans(("629", "2018-11-30", 3), ("630", "2018-01-01", None))


def test_a_cell_is_corrected_and_the_table_as_published_stays():
    assert starts(corrected(PUBLISHED, [MARCH], [correction()])) == ["2018-01-01", "2018-01-01"]
    assert starts(PUBLISHED) == ["2018-11-30", "2018-01-01"]


def test_numbers_are_corrected_as_numbers_and_to_nothing():
    more = correction(column="required", published="3", corrected="5")
    assert list(corrected(PUBLISHED, [MARCH], [more])["required"].dropna()) == [5]
    none = correction(column="required", published="3", corrected="")
    assert corrected(PUBLISHED, [MARCH], [none])["required"].isna().all()
    filled = correction(row={"plan_id": "630"}, column="required", published="", corrected="7")
    assert list(corrected(PUBLISHED, [MARCH], [filled])["required"]) == [3, 7]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2018-01-01", "in the snapshot of 2026-06 it is 2018-01-01, as corrected. The producer"),
        ("2018-02-01", "in the snapshot of 2026-06 it is 2018-02-01. The producer has changed it"),
    ],
)
def test_it_fails_once_the_producer_has_changed_the_cell(start, said):
    with pytest.raises(DataError) as ended:
        corrected(plans(("629", start, 3)), [JUNE], [correction()])
    assert "c1: the start of plan_id 629 in plans was published as 2018-11-30" in str(ended.value)
    assert said in str(ended.value)
    assert "write 2026-06 into the column 'fixed'" in str(ended.value)


def test_it_fails_once_the_row_is_gone():
    with pytest.raises(DataError, match="there is no such row"):
        corrected(plans(("630", "2018-01-01", 3)), [JUNE], [correction()])


def test_closed_it_holds_for_the_snapshots_before_and_lets_those_after_be():
    closed = correction(fixed=JUNE)
    assert starts(corrected(PUBLISHED, [MARCH], [closed]))[0] == "2018-01-01"
    assert starts(corrected(plans(("629", "2018-02-01", 3)), [AUGUST], [closed])) == ["2018-02-01"]
    assert starts(corrected(plans(("630", "2018-01-01", 3)), [JUNE], [closed])) == ["2018-01-01"]


def test_a_row_counts_by_its_own_snapshot_where_a_newer_one_extends_the_table():
    table = plans(("629", "2018-11-30", 3), ("700", "2026-01-01", 3), of=[0, 1])
    closed = correction(fixed=AUGUST)
    assert starts(corrected(table, [MARCH, AUGUST], [closed]))[0] == "2018-01-01"


def test_before_it_was_seen_there_is_nothing_to_correct():
    late = correction(seen=AUGUST)
    assert starts(corrected(PUBLISHED, [MARCH], [late])) == ["2018-11-30", "2018-01-01"]


def test_a_correction_of_no_cell_or_of_several_is_refused():
    with pytest.raises(DataError, match="c1: plans has no column begin"):
        corrected(PUBLISHED, [MARCH], [correction(column="begin")])
    two = plans(("1", "2018-01-01", 3), ("2", "2018-01-01", 3))
    both = correction(row={"start": "2018-01-01"}, column="required")
    with pytest.raises(DataError, match=r"2 rows of plans are start 2018-01-01\. Name more"):
        corrected(two, [MARCH], [both])


def test_a_row_is_written_as_columns_and_values():
    assert row_of("plan_id=629 country=SYR") == {"plan_id": "629", "country": "SYR"}
    for wrong in ("", "629", "plan_id="):
        with pytest.raises(DataError, match="names no row"):
            row_of(wrong)
