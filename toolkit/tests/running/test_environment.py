import sys

from reportbook.running.digests import Digests
from reportbook.running.environment import differences, of_books, surroundings


def test_the_lock_the_variables_and_the_packages_count(tmp_path, monkeypatch):
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    monkeypatch.delenv("TZ", raising=False)
    lock = tmp_path / "requirements.lock"
    lock.write_text("numpy==1\n")
    digests = Digests(tmp_path)
    before = surroundings(digests)
    assert differences(before, surroundings(digests)) == []
    lock.write_text("numpy==2\n")
    (packages / "numpy-2.dist-info").mkdir()
    monkeypatch.setenv("TZ", "America/Lima")
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    assert differences(before, surroundings(digests)) == [
        "requirements.lock changed",
        "the environment variable TZ changed",
        "the set of installed packages changed",
    ]


def test_a_book_depends_on_all_of_reportbook(tmp_path):
    digests = Digests(tmp_path)
    runs, books = surroundings(digests), of_books(digests)
    assert {*books} - {*runs} == {"reportbook"}
    assert differences(books, {**books, "reportbook": "other"}) == ["reportbook changed"]
