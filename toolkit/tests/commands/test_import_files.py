"""``reportbook import``: a producer from an entry point, its reading, and what is said of it."""

import pytest
from asking import run
from bureau import bring

from reportbook.files.lock import alone


@pytest.fixture
def command(report, capsys, monkeypatch):
    bring(monkeypatch)
    return lambda *arguments: run(capsys, monkeypatch, report, *arguments)


def test_files_become_a_table_and_what_was_left_out_is_said(command, report):
    (report / "one.txt").write_text("A 60\n")
    (report / "two.txt").write_text("B 10\n")
    code, out, _ = command("import", "bureau", "one.txt", "two.txt", "--retrieved", "2024-02-01")
    assert code == 0
    assert out == (
        "data/tables/cats/2024-01.csv is written: 2 rows, cats of all owners.\n"
        "  left out: 1 row: a dog\n  Some cats hid.\n"
    )
    (_, line) = (report / "data" / "snapshots.csv").read_text().splitlines()
    assert line.startswith("cats,tables/cats/2024-01.csv,bureau,Census of cats,2024-01,2024-02-01,")
    assert ",one.txt two.txt,2," in line
    assert command("import", "bureau", "one.txt", "two.txt")[1] == (
        "data/tables/cats/2024-01.csv holds these 2 rows already.\n"
    )


def test_a_file_that_cannot_be_read_is_a_sentence_and_changes_nothing(command, report):
    (report / "one.txt").write_text("A\n")
    code, out, err = command("import", "bureau", "one.txt")
    assert (code, out, err) == (1, "", "one.txt, line 1: two words are needed.\n")
    assert not (report / "data" / "snapshots.csv").exists()


def test_a_producer_that_is_not_there_is_refused_with_those_that_are(command):
    code, _, err = command("import", "bureua", "one.txt")
    assert code == 1
    assert "no producer 'bureua'. There are 'bureau'. Did you mean 'bureau'?" in err


def test_two_imports_do_not_write_at_once(command, report):
    (report / "one.txt").write_text("A 60\n")
    with alone(report / "_build" / "snapshots", "import or fetch"):
        code, _, err = command("import", "bureau", "one.txt")
    assert (code, err.startswith("Another import or fetch of this report is running.")) == (1, True)
    assert command("import", "bureau", "one.txt")[0] == 0
