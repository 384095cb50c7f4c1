import pytest

from reportbook.files import exchange as module
from reportbook.files.exchange import exchange


@pytest.fixture(params=["at once", "in steps"])
def folders(request, tmp_path, monkeypatch):
    if request.param == "in steps":
        monkeypatch.setattr(module, "_in_one_step", lambda one, other: False)
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(name)
    return tmp_path


def test_two_folders_trade_places(folders):
    exchange(folders / "new", folders / "old", folders / "between")
    assert (folders / "old" / "page.html").read_text() == "new"
    assert (folders / "new" / "page.html").read_text() == "old"
    assert not (folders / "between").exists()


def test_what_cannot_be_moved_leaves_the_other_where_it_was(folders):
    with pytest.raises(OSError, match="gone"):
        exchange(folders / "gone", folders / "old", folders / "between")
    assert (folders / "old" / "page.html").read_text() == "old"
