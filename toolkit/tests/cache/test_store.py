import os
import subprocess
import sys
import time

from reportbook.cache.store import Store


def test_what_was_written_comes_back_and_a_later_entry_takes_its_place(tmp_path):
    store = Store(tmp_path / "memory")
    assert store.read("a.run") is None
    first = store.write("a.run", {"x": [1, "é"]}, b"content\n")
    found = store.read("a.run")
    assert (found.head, found.content(), found.identity) == ({"x": [1, "é"]}, b"content\n", first)
    second = store.write("a.run", {"x": [1, "é"]}, b"other\n")
    assert second != first
    assert store.read("a.run").content() == b"other\n"
    assert found.content() is None  # it was replaced meanwhile


def test_two_builds_that_share_a_store_never_see_half_an_entry(tmp_path):
    code = (
        "import sys; from pathlib import Path; from reportbook.cache.store import Store\n"
        "store, letter = Store(Path(sys.argv[1])), sys.argv[2]\n"
        "for n in range(150):\n"
        "    store.write('a.run', {'letter': letter * n}, letter.encode() * 20_000)\n"
        "    found = store.read('a.run')\n"
        "    content = found.content()\n"
        "    assert content is None or set(content.decode()) in ({'x'}, {'y'})\n"
        "    assert set(found.head['letter']) <= {'x', 'y'}\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), letter]) for letter in "xy"
    ]
    assert [each.wait() for each in both] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["a.run"]


def test_what_was_not_used_for_long_goes_first(tmp_path):
    store = Store(tmp_path)
    now = time.time()
    for age, name in enumerate(("new.run", "older.run", "oldest.run")):
        store.write(name, {}, b"x" * 1000)
        os.utime(tmp_path / name, (now - age * 100, now - age * 100))
    store.used("oldest.run")
    store.sweep(largest=3000)
    assert {path.name for path in tmp_path.iterdir()} == {"new.run", "oldest.run"}
    store.sweep(oldest=-1)
    assert list(tmp_path.iterdir()) == []
