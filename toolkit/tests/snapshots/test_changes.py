"""What a new table would change, row by row."""

import pandas as pd
import pytest
from bureau import Bureau

from reportbook.report.project import load_project
from reportbook.snapshots.changes import Changes, Revised, changes_of
from reportbook.snapshots.taking import Provenance, take


@pytest.fixture
def project(report):
    project = load_project(report)
    take(project, cats(project, A=60, B=10, C=None), Provenance("bureau", "", ""))
    return project


def cats(project, **by_owner):
    path = project.root / "given.txt"
    path.write_text("A 0\n")
    reading = Bureau.read([path])
    reading.rows = pd.DataFrame({"owner": list(by_owner), "cats": list(by_owner.values())})
    reading.rows["cats"] = reading.rows["cats"].astype("Int64")
    return reading


def test_rows_that_come_go_and_are_revised_are_told_apart(project):
    new = cats(project, A=65, C=1, D=3)
    assert changes_of(project, new, extends=False) == Changes(
        added=1, removed=1, revised=2,
        cells=[Revised("owner A", "cats", "60", "65"), Revised("owner C", "cats", "", "1")],
    )  # fmt: skip


def test_what_extends_removes_nothing_of_what_it_does_not_speak_of(project):
    found = changes_of(project, cats(project, A=60, D=3), extends=True)
    assert (found.added, found.removed, found.revised) == (1, 0, 0)


def test_the_same_table_changes_nothing_and_the_first_one_is_all_new(project, tmp_path):
    same = cats(project, A=60, B=10, C=None)
    assert changes_of(project, same, extends=False) == Changes(0, 0, 0, [])
    (project.data / "snapshots.csv").unlink()
    assert changes_of(project, same, extends=False).added == 3
