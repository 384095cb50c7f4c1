from pathlib import Path

from reportbook.book import build_book, complaints

LOG = """\
\x1b[91m/b/book/notebooks/index.md:3: WARNING: no notebook publishes 'a.b'\x1b[39;49;00m
/b/book/notebooks/people.ipynb:30002: WARNING: image file not readable: x.png
/b/book/notebooks/index.md:3: WARNING: no notebook publishes 'a.b'
WARNING: the pickle of /b/book/x is old
the rest of it
"""


def test_complaints_name_page_cell_and_line_once_each():
    assert complaints(LOG, Path("/b/book")) == [
        "notebooks/index.md, line 3: no notebook publishes 'a.b'",
        "notebooks/people.ipynb, cell 3, line 2: image file not readable: x.png",
        "the pickle of x is old",
    ]


def test_a_book_that_cannot_be_begun_says_so(tmp_path):
    source = tmp_path / "book"
    source.mkdir()
    (source / "_config.yml").write_text("title: x\n")
    _, problems = build_book(source, tmp_path / "out")
    assert len(problems) == 1
    assert "jupyter-book stopped with exit code" in problems[0]
