"""``reportbook fetch``: from the pages of a service to a table on record, or nothing changed."""

import pytest
from answering import Answer, answering
from asking import run
from bureau import bring

from reportbook.report.project import load_project
from reportbook.snapshots.record import read_snapshots

PAGES = {
    "/cats/A": {"cats": {"Ann": 60, "Abe": 40}, "more": ["B"]},
    "/cats/B": {"cats": {"Bob": 10}},
}


@pytest.fixture
def fetch(report, capsys, monkeypatch):
    """Fetch what pages are given, and return the exit code, output and errors."""
    bring(monkeypatch)

    def fetched(pages, *arguments):
        with answering(lambda path, before: Answer(pages[path])) as server:
            given = ["fetch", "bureau", "--address", server.address, *arguments]
            return run(capsys, monkeypatch, report, *given)

    return fetched


def aside(report):
    return list((report / "_build/snapshots/bureau").glob("refused-*"))


def test_the_pages_of_a_service_become_a_table_on_record(fetch, report):
    code, out, err = fetch(PAGES)
    assert code == 0
    assert out.startswith("data/tables/cats/2024-01.csv is written: 3 rows, cats of all owners.")
    assert "2 of 2  http://127.0.0.1" in err
    (snapshot,) = read_snapshots(load_project(report))
    assert (snapshot.parameters, snapshot.extends, snapshot.rows) == ("everything", False, 3)
    assert snapshot.address.startswith("http://127.0.0.1:")
    assert list((report / "_build/snapshots/bureau").iterdir()) == []


def test_a_part_replaces_only_what_it_speaks_of(fetch, report):
    fetch(PAGES)
    code, _, _ = fetch({"/cats/B": {"cats": {"Bob": 12}}}, "-p", "letter=B")
    assert code == 0
    snapshot = read_snapshots(load_project(report))[-1]
    assert (snapshot.parameters, snapshot.extends) == ("letter=B", True)


def test_a_table_that_falls_is_kept_aside_and_changes_nothing(fetch, report):
    fetch(PAGES)
    before = (report / "data/snapshots.csv").read_bytes()
    code, out, err = fetch({"/cats/A": {"cats": {"Ann": 60}}})
    assert (code, out) == (1, "")
    assert "have 110 cats, the new ones 60, less by 45%" in err
    assert (report / "data/snapshots.csv").read_bytes() == before
    (folder,) = aside(report)
    assert str(folder) in err
    assert fetch({"/cats/A": {"cats": {"Ann": 60}}}, "--accept-fall")[0] == 0


def test_what_cannot_be_read_is_kept_aside(fetch, report):
    code, _, err = fetch({"/cats/A": {"cats": {"Ann": "many"}}})
    assert code == 1
    assert "invalid literal" in err
    assert len(aside(report)) == 1
    assert not (report / "data/snapshots.csv").exists()


def test_a_service_that_is_not_there_is_refused_with_those_that_are(report, capsys, monkeypatch):
    bring(monkeypatch)
    code, _, err = run(capsys, monkeypatch, report, "fetch", "office")
    assert code == 1
    assert "There are 'bureau'." in err
    assert "reportbook import office FILE" in err
