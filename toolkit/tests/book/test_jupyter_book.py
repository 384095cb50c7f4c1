import os
import re
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import warm_work
from miniature import replace
from nbformat.v4 import new_markdown_cell

from reportbook.book.jupyter_book import JupyterBook
from reportbook.book.of_jupyter_book import complaints
from reportbook.files.notebooks import notebook_text, read_notebook
from reportbook.report.project import load_project
from reportbook.running.engine.warm import can_fork

LOG = """\
\x1b[91m/b/book/notebooks/index.md:3: WARNING: no notebook publishes 'a.b'\x1b[39;49;00m
/b/book/notebooks/people.ipynb:30002: WARNING: image file not readable: x.png
/b/book/notebooks/index.md:3: WARNING: no notebook publishes 'a.b'
WARNING: the pickle of /b/book/x is old
the rest of it
"""
forks = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")


@pytest.fixture
def staged(built, tmp_path):
    """The staged book of an edition, to change and build."""
    shutil.copytree(built.root / "_build" / "editions" / "latest" / "book", tmp_path / "book")
    return tmp_path / "book"


@pytest.fixture
def books(built):
    project = load_project(built.root)
    with JupyterBook(project.root, project.config) as made:
        yield made


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_complaints_name_page_cell_and_line_once_each():
    assert complaints(LOG, Path("/b/book")) == [
        "notebooks/index.md, line 3: no notebook publishes 'a.b'",
        "notebooks/people.ipynb, cell 3, line 1: "
        "the picture x.png is not there, or cannot be read.",
        "the pickle of x is old",
    ]


@pytest.mark.parametrize("forking", [pytest.param(True, marks=forks), False])
def test_a_book_that_cannot_be_begun_says_so(books, tmp_path, monkeypatch, forking):
    monkeypatch.setattr("reportbook.book.jupyter_book.can_fork", lambda: forking)
    source = tmp_path / "empty"
    source.mkdir()
    (source / "_config.yml").write_text("title: x\n")
    _, problems = books.build(source, tmp_path / "out")
    assert len(problems) == 1
    assert "jupyter-book stopped with exit code 1: " in problems[0]
    assert problems[0].endswith(
        "Couldn't find a Table of Contents file. To auto-generate one, run:"
    )


@forks
def test_both_ways_of_building_make_the_same_book(built, books, staged, tmp_path, monkeypatch):
    warm, said = books.build(staged, tmp_path / "warm")
    assert said == []
    monkeypatch.setattr("reportbook.book.jupyter_book.can_fork", lambda: False)
    with JupyterBook(built.root, {}) as cold:
        html, said = cold.build(staged, tmp_path / "cold")
    assert said == []
    assert files(warm) == files(html)
    assert "index.html" in files(html)


@forks
def test_both_ways_of_building_complain_alike(built, books, staged, tmp_path, monkeypatch):
    replace(staged / "notebooks" / "index.md", "people.ipynb", "gone.ipynb")
    _, warm = books.build(staged, tmp_path / "warm")
    monkeypatch.setattr("reportbook.book.jupyter_book.can_fork", lambda: False)
    with JupyterBook(built.root, {}) as cold:
        assert cold.build(staged, tmp_path / "cold")[1] == warm
    assert re.match(r"notebooks/index\.md, line \d+: .*'gone\.ipynb'", warm[0])


@forks
def test_a_complaint_about_a_notebook_names_cell_and_line_as_its_author_counts(
    books, staged, tmp_path
):
    page = staged / "notebooks" / "people.ipynb"
    cells = read_notebook(page)
    cells.cells.insert(1, new_markdown_cell("{nosuch}`a`\n\n```{note}\n{ref}`gone`\n```"))
    page.write_text(notebook_text(cells))
    assert [each.partition(":")[0] for each in books.build(staged, tmp_path / "out")[1]] == [
        "notebooks/people.ipynb, cell 2, line 1",
        "notebooks/people.ipynb, cell 2, line 4",
    ]


@forks
def test_a_crash_is_one_books_and_an_edit_is_seen_by_the_next(books, staged, tmp_path, monkeypatch):
    extension = tmp_path / "own_extension.py"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    replace(staged / "_config.yml", "- reportbook.sphinx", "- own_extension")
    extension.write_text("import os\ndef setup(app):\n    os.abort()\n")
    _, problems = books.build(staged, tmp_path / "out")
    assert problems == [
        "jupyter-book was stopped: the process that did it ended before it was done."
    ]
    extension.write_text("def setup(app):\n    raise ValueError('as edited')\n")
    _, problems = books.build(staged, tmp_path / "out")
    assert "as edited" in " ".join(problems)


@forks
def test_another_warm_process_takes_the_place_of_one_that_ended(books, staged, tmp_path):
    books.start()
    os.kill(books._warm.pid, signal.SIGKILL)
    books._warm._process.wait(10)
    assert books.build(staged, tmp_path / "out")[1] == []


@forks
def test_closing_ends_a_book_that_is_being_built(books, staged, tmp_path, monkeypatch):
    marker = tmp_path / "begun"
    (tmp_path / "slow_extension.py").write_text(
        f"import pathlib, time\ndef setup(app):\n    pathlib.Path({str(marker)!r}).touch()\n"
        "    time.sleep(600)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    replace(staged / "_config.yml", "- reportbook.sphinx", "- slow_extension")
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(books.build, staged, tmp_path / "out")
        until = time.monotonic() + 60
        while not marker.exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        books.close()
        assert building.result(10)[1][0].startswith("jupyter-book was stopped: ")


@forks
def test_only_what_is_installed_is_imported_beforehand(tmp_path, monkeypatch):
    (tmp_path / "of_the_report.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    tests = str(Path(warm_work.__file__).parent)
    for folder in (tests, str(tmp_path)):
        monkeypatch.setenv("PYTHONPATH", folder, prepend=os.pathsep)
    named = ["of_the_report", "reportbook.sphinx", "sphinx_copybutton", "no_such_extension"]
    config = {"sphinx": {"config": {"extensions": named}}}
    with JupyterBook(tmp_path, config) as made:
        made.start()
        found = made._warm.run(warm_work.modules)
    assert {"sphinx.application", "sphinx_copybutton", "sphinx_book_theme"} <= set(found)
    assert "of_the_report" not in found
    assert not [name for name in found if name.startswith("reportbook.sphinx")]
