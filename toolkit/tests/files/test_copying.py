import pytest

from reportbook.files.copying import copy_tree


def test_a_folder_is_copied_into_what_is_there(tmp_path):
    (tmp_path / "a" / "in").mkdir(parents=True)
    (tmp_path / "a" / "in" / "x").write_text("new")
    (tmp_path / "b" / "in").mkdir(parents=True)
    (tmp_path / "b" / "in" / "y").write_text("old")
    copy_tree(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b" / "in" / "x").read_text() == "new"
    assert (tmp_path / "b" / "in" / "y").read_text() == "old"


def test_the_first_file_that_cannot_be_copied_ends_it(tmp_path):
    (tmp_path / "a").mkdir()
    for name in "xyz":
        (tmp_path / "a" / name).touch()
    tried = []

    def full(source, target):
        tried.append(source)
        raise OSError(28, "No space left on device", source)

    with pytest.raises(OSError, match="No space left") as caught:
        copy_tree(tmp_path / "a", tmp_path / "b", full)
    assert [caught.value.filename] == tried
