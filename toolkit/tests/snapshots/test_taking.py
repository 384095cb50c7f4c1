"""A reading becomes a file and a line of the record, or is refused and leaves nothing."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.snapshots import record
from reportbook.snapshots.record import read_snapshots
from reportbook.snapshots.taking import Provenance, table_in_place, take

# What cats there are of whom in which house, at the end of a year.
OLD = [(2023, "A", "x", 60), (2023, "A", "y", 40), (2023, "B", "x", 10)]


@dataclass
class Cats:
    rows: pd.DataFrame
    table: str = "cats"
    key: tuple = ("year", "owner", "house")
    whole: tuple = ("year", "owner")
    amounts: tuple = ("cats",)
    summary: str = "cats of all owners"
    published: str = ""
    retrieved: str = "2024-02-03"
    title: str = "Census of cats"
    publisher: str = "Bureau"
    licence: str = "CC0"
    address: str = "https://example.org/cats"
    dropped: tuple = ()
    remarks: tuple = field(default=())


def cats(*rows):
    return Cats(pd.DataFrame(rows, columns=["year", "owner", "house", "cats"]))


WHENCE = Provenance(producer="bureau", address="", parameters="cats.csv", published="2024-01")


@pytest.fixture
def project(report):
    return load_project(report)


def rows(project):
    table = table_in_place(project, cats(*OLD))
    return sorted(tuple(str(cell) for cell in row) for row in table.itertuples(index=False))


def test_the_table_is_written_and_put_on_record_with_its_source(project):
    snapshot, new = take(project, cats(*OLD), WHENCE)
    content = (project.data / "tables/cats/2024-01.csv").read_bytes()
    assert content == b"year,owner,house,cats\n2023,A,x,60\n2023,A,y,40\n2023,B,x,10\n"
    assert new
    assert read_snapshots(project) == [snapshot]
    assert snapshot.sha256 == sha256(content).hexdigest()
    assert (snapshot.rows, snapshot.extends, snapshot.published) == (3, True, "2024-01")
    assert (snapshot.address, snapshot.source) == ("https://example.org/cats", "bureau-2024-01")
    assert (
        (project.data / "sources.csv")
        .read_text()
        .splitlines()[-1]
        .startswith("bureau-2024-01,Bureau,")
    )


def test_without_a_date_it_is_known_from_the_day_it_was_retrieved(project):
    snapshot, _ = take(project, cats(*OLD), replace(WHENCE, published=""))
    assert (snapshot.published, snapshot.retrieved) == ("2024-02-03", "2024-02-03")


def test_the_same_rows_of_the_same_day_are_kept_once_and_others_beside_them(project):
    first, _ = take(project, cats(*OLD), WHENCE)
    assert take(project, cats(*OLD), WHENCE) == (first, False)
    other, new = take(project, cats(*OLD, (2023, "C", "x", 1)), WHENCE)
    assert (new, other.file) == (True, "tables/cats/2024-01-2.csv")
    assert len((project.data / "snapshots.csv").read_text().splitlines()) == 3


def test_what_extends_replaces_all_rows_of_the_owners_it_speaks_of(project):
    # A's house y is gone and not left beside the new one: A has 100 cats before and after
    take(project, cats(*OLD), WHENCE)
    take(project, cats((2023, "A", "z", 100)), replace(WHENCE, published="2024-06"))
    assert rows(project) == [("2023", "A", "z", "100"), ("2023", "B", "x", "10")]


def test_what_stands_alone_replaces_the_table(project):
    take(project, cats(*OLD), WHENCE)
    new = cats((2023, "A", "z", 120))
    take(project, new, replace(WHENCE, published="2024-06", extends=False))
    assert rows(project) == [("2023", "A", "z", "120")]


def test_a_table_that_falls_by_more_than_a_fifth_is_refused_and_leaves_nothing(project):
    take(project, cats(*OLD), WHENCE)
    before = sorted(path for path in project.data.rglob("*"))
    record_before = (project.data / "snapshots.csv").read_bytes()
    later = replace(WHENCE, published="2024-06")
    with pytest.raises(ReportError) as refused:
        take(project, cats((2023, "A", "x", 79)), later)  # 100 before: less by 21 per cent
    said = str(refused.value)
    assert "have 100 cats, the new ones 79, less by 21%; most of it for year 2023, owner A" in said
    assert "--accept-fall" in said
    assert sorted(path for path in project.data.rglob("*")) == before
    assert (project.data / "snapshots.csv").read_bytes() == record_before
    take(project, cats((2023, "A", "x", 80)), later)  # by 20 per cent: as much as is let through


def test_a_fall_is_taken_if_it_is_meant(project):
    take(project, cats(*OLD), WHENCE)
    _, new = take(
        project, cats((2023, "A", "x", 1)), replace(WHENCE, published="2024-06"), may_fall=True
    )
    assert new


def test_only_a_table_that_stands_alone_is_held_to_owners_it_does_not_speak_of(project):
    take(project, cats(*OLD), WHENCE)
    only_b = cats((2023, "B", "x", 10))
    with pytest.raises(ReportError, match="less by 91%"):
        take(project, only_b, replace(WHENCE, published="2024-06", extends=False))
    take(project, only_b, replace(WHENCE, published="2024-06"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"published": "June"}, "'June' is not a date"),
        ({"retrieved": "2024-02"}, "'2024-02' is not a day"),
        ({"address": "by post"}, "'by post' is no address of the web"),
    ],
)
def test_where_and_when_must_be_what_a_record_can_hold(project, wrong, said):
    with pytest.raises(ReportError, match=said):
        take(project, cats(*OLD), replace(WHENCE, **wrong))
    assert read_snapshots(project) == []


def test_a_row_that_stands_twice_is_refused(project):
    with pytest.raises(ReportError, match="year 2023, owner A, house x stands twice"):
        take(project, cats(OLD[0], OLD[0]), WHENCE)
    assert read_snapshots(project) == []


def test_a_file_that_the_record_lists_must_be_there(project):
    snapshot, _ = take(project, cats(*OLD), WHENCE)
    (project.data / snapshot.file).unlink()
    with pytest.raises(ReportError, match=r"tables/cats/2024-01.csv is missing"):
        take(project, cats((2023, "A", "x", 79)), replace(WHENCE, published="2024-06"))


def test_a_write_that_fails_leaves_the_record_as_it_was(project, monkeypatch):
    take(project, cats(*OLD), WHENCE)
    before = (project.data / "snapshots.csv").read_bytes()

    def full(path: Path, target):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        record.add_snapshot(project, read_snapshots(project)[0])
    assert (project.data / "snapshots.csv").read_bytes() == before
    assert not list(project.data.glob(".snapshots*"))
