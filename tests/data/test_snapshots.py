"""A table is made of its snapshots: which stand, which rows they replace, what is corrected."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.data.corrections import Correction
from analysis.data.periods import Period
from analysis.data.snapshots import Snapshots
from analysis.errors import DataError

# People of two origins at the end of a year: hosts of few people are summed as OTHER.
OLD = [("VEN", 2023, "COL", 90), ("VEN", 2023, "OTHER", 10), ("SYR", 2023, "TUR", 50)]
NEW = [("VEN", 2023, "COL", 91), ("VEN", 2023, "CUW", 4), ("VEN", 2023, "ABW", 6)]


def snapshots(*given, corrections=()):
    """Of each the rows, when they were published, and whether they extend what was before."""
    frames = {}
    records = []
    for number, (rows, published, extends) in enumerate(given):
        frame = pd.DataFrame(rows, columns=["origin", "year", "host", "people"])
        frames[str(number)] = frame.astype({"origin": "category", "host": "category"})
        records.append(SimpleNamespace(
            table="people", file=str(number), published=Period.parse(published), extends=extends,
        ))  # fmt: skip
    return Snapshots(
        records, lambda each: frames[each.file], {"people": ("origin", "year")}, corrections
    )


def rows(found):
    table = found.frame("people")
    return sorted(table[["origin", "host", "people"]].itertuples(index=False, name=None))


def test_what_extends_replaces_every_row_of_what_it_speaks_of():
    # the ten in OTHER are the four and six that are named now: they are not counted twice
    found = snapshots((OLD, "2024-06", False), (NEW, "2025-06", True))
    assert rows(found) == [("SYR", "TUR", 50), ("VEN", "ABW", 6), ("VEN", "COL", 91),
                           ("VEN", "CUW", 4)]  # fmt: skip


def test_what_stands_alone_replaces_the_table():
    found = snapshots((OLD, "2024-06", False), (NEW, "2025-06", False))
    assert {row[0] for row in rows(found)} == {"VEN"}


def test_an_edition_has_the_snapshot_published_by_its_date():
    found = snapshots((OLD, "2024-06", False), (NEW, "2025-06", True))
    known = found.known(Period.parse("2025-06-29").last_day)
    assert ("VEN", "OTHER", 10) in rows(known)
    assert found.known(Period.parse("2024-01-01").last_day).frame("people") is None


def test_a_table_is_read_once_for_all_days_on_which_it_is_the_same():
    read = []
    found = snapshots((OLD, "2024-06", False), (NEW, "2025-06", True))
    found._read = lambda each, of=found._read: read.append(each.file) or of(each)
    for day in ("2024-07-01", "2025-01-01", "2025-05-31"):
        assert len(rows(found.known(Period.parse(day).last_day))) == 3
    assert read == ["0"]
    assert len(rows(found)) == 4
    assert read == ["0", "0", "1"]


def test_a_correction_holds_in_the_edition_before_the_producer_mended_it():
    correction = Correction(
        key="c001", table="people", row={"origin": "VEN", "host": "COL", "year": "2023"},
        column="people", published="90", corrected="95", seen=Period.parse("2024-06"), fixed=None,
        why="a digit was lost", told="",
    )  # fmt: skip
    found = snapshots((OLD, "2024-06", False), (NEW, "2025-06", True), corrections=[correction])
    assert ("VEN", "COL", 95) in rows(found.known(Period.parse("2024-12-31").last_day))
    with pytest.raises(DataError, match=r"c001: the people of origin VEN, host COL, year 2023"):
        found.frame("people")
