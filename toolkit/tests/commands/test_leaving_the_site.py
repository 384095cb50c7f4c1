"""Editions whose file is gone leave the site; those that are archived stay as they were."""

import json
import shutil
import zipfile

import pytest
from asking import run
from miniature import digest, replace

from reportbook.commands.archive import archive, restore
from reportbook.commands.build import build
from reportbook.errors import ReportError
from reportbook.report.project import load_project


@pytest.fixture
def command(capsys, monkeypatch):
    return lambda folder, *arguments: run(capsys, monkeypatch, folder, *arguments)


def on_site(root):
    return {path.parent.name for path in (root / "_build" / "site").glob("*/results.json")}


def test_a_deleted_edition_leaves_the_site_and_comes_back_as_it_was(published, command):
    book = digest(published / "_build" / "site" / "2020")
    (published / "editions" / "2020.yml").unlink()
    code, out, _ = command(published, "build")
    assert (code, on_site(published)) == (0, {"latest"})
    assert "2020         left the site: it has no file any more. Kept in _build/withdrawn" in out
    assert "2020/" not in (published / "_build" / "site" / "index.html").read_text()
    assert digest(published / "_build" / "withdrawn" / "2020") == book
    assert "Nothing to do" in command(published, "build")[1]

    code, out, err = command(published, "build", "--restore", "2020")
    assert (code, on_site(published)) == (0, {"latest", "2020"})
    assert "editions/2020.yml is written" in err
    assert digest(published / "_build" / "site" / "2020") == book
    assert "Nothing to do" in command(published, "build")[1]
    listed = json.loads((published / "_build" / "site" / "editions.json").read_text())
    assert [each["version"] for each in listed] == ["latest", "2020"]


def test_an_edition_of_a_grid_stays_while_a_grid_stands_for_it(published):
    grid = published / "editions" / "grid.yml"
    grid.write_text('title: "In {country}"\nname: "x-{country}"\ngrid: {country: [NO, PE]}\n')
    build(load_project(published), ["x-NO"], jobs=2)
    build(load_project(published), jobs=2)
    assert on_site(published) == {"latest", "2020", "x-NO"}
    replace(grid, "NO", "CO")
    assert build(load_project(published), jobs=2).gone == ["x-NO"]
    assert on_site(published) == {"latest", "2020"}
    grid.write_text("grid: [what]\n")  # nobody can say what it stands for
    assert build(load_project(published), ["latest"], jobs=2).gone == []


def test_an_archived_edition_stays_whatever_becomes_of_the_notebooks(published, command):
    root = published
    book = digest(root / "_build" / "site" / "2020")
    code, out, _ = command(root, "archive", "2020")
    assert code == 0
    assert out == "editions/2020/book.zip is written.\neditions/2020.yml is written.\n"
    replace(root / "notebooks" / "people.ipynb", "reading: Literal", "renamed: Literal")
    replace(root / "editions" / "latest.yml", "Everything", "All of it")
    assert not build(load_project(root), jobs=2).failed
    assert digest(root / "_build" / "site" / "2020") == book
    assert "2020  archived" in command(root, "list")[1]
    with pytest.raises(ReportError, match=r"editions/2020\.yml is archived"):
        build(load_project(root), ["2020"])


def test_a_site_made_from_nothing_has_its_archived_editions(published):
    book = digest(published / "_build" / "site" / "2020")
    archive(load_project(published), "2020")
    shutil.rmtree(published / "_build" / "site")
    assert build(load_project(published), jobs=2).lost == []
    assert digest(published / "_build" / "site" / "2020") == book
    page = (published / "_build" / "site" / "2020" / "notebooks" / "people.html").read_text()
    theme = page.partition("_theme/")[2].partition("/")[0]
    assert (published / "_build" / "site" / "_theme" / theme).is_dir()


def test_an_archived_edition_that_is_nowhere_is_named_until_it_is_found(published, command):
    replace(published / "editions" / "2020.yml", "title:", "archived: true\ntitle:")
    shutil.rmtree(published / "_build" / "site" / "2020")
    for _ in range(2):
        code, _, err = command(published, "build")
        assert (code, on_site(published)) == (1, {"latest"})
        assert "editions/2020.yml is archived, but its pages are neither on the site nor in" in err


def test_one_edition_gives_one_archive(published):
    first, _ = archive(load_project(published), "2020")
    packed = first.read_bytes()
    (again,) = archive(load_project(published), "2020")
    assert again.read_bytes() == packed
    with zipfile.ZipFile(again) as opened:
        assert "2020/results.json" in opened.namelist()


def test_what_cannot_be_archived_or_restored_is_said(published):
    project = load_project(published)
    with pytest.raises(ReportError, match=r"no edition 'lates' with a file.*Did you mean 'latest'"):
        archive(project, "lates")
    with pytest.raises(ReportError, match=r"no edition '2019' in _build/withdrawn.*There is none"):
        restore(project, "2019")
    with pytest.raises(ReportError, match="'2020' has a file in editions"):
        restore(project, "2020")
    shutil.rmtree(published / "_build" / "site" / "2020")
    with pytest.raises(ReportError, match="'2020' is not on the site of this folder"):
        archive(project, "2020")


def test_archived_is_true_or_left_out(published):
    replace(published / "editions" / "2020.yml", "title:", "archived: no\ntitle:")
    with pytest.raises(ReportError, match=r"2020\.yml, line 1: 'archived' is either true"):
        build(load_project(published))
