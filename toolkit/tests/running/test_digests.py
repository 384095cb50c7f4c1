import os

from reportbook.running.digests import Digests
from reportbook.running.watch import digest_of


def test_a_file_is_read_anew_as_soon_as_anything_touches_it(tmp_path):
    place = tmp_path / "a.csv"
    place.write_text("1")
    digests = Digests(tmp_path)
    first = digests.file("a.csv")
    assert first == digest_of(place) == Digests(tmp_path).file(str(place))
    state = place.stat()
    place.write_text("2")  # of the same size, and as old as it was
    os.utime(place, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert digests.file("a.csv") == digest_of(place) != first
    place.unlink()
    assert digests.file("a.csv") is None


def test_a_folder_is_known_by_its_names(tmp_path):
    digests = Digests(tmp_path)
    before = digests.names("."), digests.importable(".")
    (tmp_path / "m.py").touch()
    assert digests.names(".") != before[0]
    assert (before[1], digests.importable(".")) == (set(), {"m"})
    assert (digests.names("none"), digests.importable("none")) == (None, set())
    assert [digests.kind(place) for place in (".", "m.py", "none")] == ["folder", "file", "absent"]


def test_a_tree_counts_every_byte_but_those_left_out(tmp_path):
    (tmp_path / "pages" / "within").mkdir(parents=True)
    (tmp_path / "pages" / "within" / "a.md").write_text("a")
    (tmp_path / "pages" / "b.ipynb").write_text("{}")
    digests = Digests(tmp_path)

    def tree():
        return digests.tree("pages", without=(".*",), named=("*.ipynb",))

    first = tree()
    (tmp_path / "pages" / ".hidden").write_text("x")
    (tmp_path / "pages" / "b.ipynb").write_text("{ }")
    assert tree() == first
    (tmp_path / "pages" / "within" / "a.md").write_text("b")
    second = tree()
    (tmp_path / "pages" / "c.ipynb").touch()
    assert len({first, second, tree()}) == 3
    assert digests.tree("pages/within/a.md") == digests.file("pages/within/a.md")
    assert digests.tree("none") is None
