"""What comes into a book's source of a folder, and what does not."""

import pytest

from reportbook.book.copying import copy_into
from reportbook.errors import ReportError


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "report" / "notebooks"
    (folder / "_static").mkdir(parents=True)
    (folder / "a.md").write_text("a")
    (folder / "_static" / "b.css").write_text("b")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("key")
    return tmp_path / "report"


def copied(root, *, name="notebooks", without=()):
    copy_into(root / name, root, root / "book", without)
    made = (root / "book").rglob("*")
    return sorted(path.relative_to(root / "book").as_posix() for path in made if path.is_file())


def test_files_keep_their_places_and_some_stay_behind(root):
    assert copied(root) == ["notebooks/_static/b.css", "notebooks/a.md"]
    assert copied(root, name="notebooks/a.md") == ["notebooks/_static/b.css", "notebooks/a.md"]


def test_patterns_and_environments_stay_behind(root):
    for name in ("env/pyvenv.cfg", "env/etc/matplotlibrc", "conda/conda-meta/x", ".git/config"):
        path = root / "notebooks" / name
        path.parent.mkdir(parents=True)
        path.write_text("x")
    assert copied(root, without=(".*", "*.md")) == ["notebooks/_static/b.css"]


@pytest.mark.parametrize(
    ("link", "target"),
    [("_static/key", "../../../secret/key"), ("all", "../../secret"), ("etc", "/etc/hostname")],
)
def test_a_link_out_of_the_report_stops(root, link, target):
    (root / "notebooks" / link).symlink_to(target)
    with pytest.raises(ReportError, match=rf"^notebooks/{link}.* is a link that leads out of the"):
        copied(root)


def test_links_within_the_report_are_followed_but_not_in_a_circle(root):
    (root / "notebooks" / "c.md").symlink_to("a.md")
    (root / "notebooks" / "self").symlink_to(".")
    (root / "notebooks" / "_static" / "up").symlink_to("..")
    (root / "notebooks" / "gone.csv").symlink_to("/nowhere")
    assert copied(root) == ["notebooks/_static/b.css", "notebooks/a.md", "notebooks/c.md"]


def test_the_folder_of_the_pages_may_itself_lie_elsewhere(root, tmp_path):
    (root / "notebooks").rename(tmp_path / "elsewhere")
    (root / "notebooks").symlink_to(tmp_path / "elsewhere")
    assert copied(root) == ["notebooks/_static/b.css", "notebooks/a.md"]
