"""``reportbook sources`` and ``--try``: what there is, how old, and what a newer one changes."""

import datetime

import pytest
from answering import Answer, answering
from asking import run
from bureau import bring
from miniature import replace

from reportbook.commands.sources import sources
from reportbook.report.project import load_project

# The share that the miniature publishes becomes a tenth of Ann's cats.
CATS = (
    "sum(int(line.split(',')[1]) for path in __import__('pathlib').Path('../data/tables/cats')"
    ".glob('*.csv') for line in path.open() if line.startswith('Ann')) / 100"
)


@pytest.fixture
def command(report, capsys, monkeypatch):
    bring(monkeypatch)
    return lambda *arguments: run(capsys, monkeypatch, report, *arguments)


@pytest.fixture
def imported(command, report):
    (report / "cats.txt").write_text("Ann 60\nBob 10\n")
    assert command("import", "bureau", "cats.txt")[0] == 0
    replace(report / "notebooks" / "people.ipynb", "6 / 8", CATS)
    return report


def test_tables_are_listed_with_their_age_and_what_stands_in_their_place(command, imported):
    (imported / "more.txt").write_text("Ann 61\nBob 10\n")
    command("import", "bureau", "more.txt", "--published", "2024-03-05", "--replace")
    day = datetime.date(2024, 4, 5)
    found = [(each.snapshot.published, each.age, each.used, each.fault)
             for each in sources(load_project(imported), day)]  # fmt: skip
    assert found == [("2024-03-05", "1 month", True, ""), ("2024-01", "2 months", False, "")]
    code, out, _ = command("sources")
    assert code == 0
    assert out.splitlines()[0] == "cats   Census of cats"
    assert "2 rows  superseded  CC0" in out.splitlines()[2]


def test_a_file_that_is_not_the_one_that_was_taken_is_named(command, imported):
    (imported / "data/tables/cats/2024-01.csv").write_text("owner,cats\nAnn,99\n")
    code, _, err = command("sources")
    assert code == 1
    assert "data/tables/cats/2024-01.csv is not the file that was taken: its checksum" in err
    (imported / "data/tables/cats/2024-01.csv").unlink()
    assert "data/tables/cats/2024-01.csv is missing" in command("sources")[2]


def test_without_tables_it_says_how_to_begin(command):
    assert command("sources")[1].startswith("There is no table of a producer yet")


def test_a_trial_says_what_would_change_and_changes_nothing(command, imported):
    (imported / "new.txt").write_text("Ann 20\nBob 10\nEve 5\n")
    before = {path: path.read_bytes() for path in imported.rglob("*") if path.is_file()
              and not {"_build", "__pycache__"} & {*path.parts}}  # fmt: skip
    code, out, err = command("import", "bureau", "new.txt", "--published", "2024-05", "--try")
    assert (code, "Traceback" in err) == (0, False)
    assert out.splitlines()[:2] == [
        "cats: 1 rows would be added, 0 removed, 1 revised (cats of all owners).",
        "  owner Ann: cats 60 → 20",
    ]
    # 60 in the one file, and 20 more in the other that would lie beside it
    assert "  people.share: 60.0% (±1) → 80.0% (±1)" in out
    assert "It would be refused. cats: the rows now in place have 70 cats" in err
    after = {path: path.read_bytes() for path in imported.rglob("*") if path.is_file()
             and not {"_build", "__pycache__"} & {*path.parts}}  # fmt: skip
    assert after == before


def test_a_notebook_that_would_fail_is_named(command, imported):
    replace(imported / "notebooks" / "people.ipynb", "/ 100", "/ (100 if Path else 0)")
    (imported / "new.txt").write_text("Ann 70\n")
    _, out, err = command("import", "bureau", "new.txt", "--published", "2024-05", "--try")
    assert "Nothing is known of the numbers of notebooks/people.ipynb" in err
    assert "No published number would move." not in out


def test_a_trial_of_a_fetch_keeps_its_pages_for_the_fetch(command, imported):
    pages = {"/cats/A": {"cats": {"Ann": 60, "Bob": 10}}}
    with answering(lambda path, before: Answer(pages[path])) as server:
        code, out, _ = command("fetch", "bureau", "--address", server.address, "--try")
        assert (code, len(server.asked)) == (0, 1)
        assert "0 rows would be added, 0 removed, 0 revised" in out
        assert "No published number would move." in out
        assert command("fetch", "bureau", "--address", server.address)[0] == 0
        assert len(server.asked) == 1
