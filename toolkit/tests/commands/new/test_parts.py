"""A page put into contents of every shape, its comments and order kept."""

import pytest
import yaml

from reportbook.commands.new.parts import new_notebook
from reportbook.report.project import load_project

PARTS = """\
format: jb-book
root: index
parts:
  - caption: One  # kept
    chapters:
    - file: a
      sections:
      - file: b
  - caption: Two
    chapters:
    - file: c
"""


@pytest.mark.parametrize(
    ("contents", "place"),
    [
        ("format: jb-book\nroot: index\n", lambda toc: toc["chapters"]),
        ("format: jb-book\nroot: index\nchapters:\n- file: a\n", lambda toc: toc["chapters"]),
        ("format: jb-book\nroot: index\nchapters:\n  - file: a", lambda toc: toc["chapters"]),
        (PARTS, lambda toc: toc["parts"][1]["chapters"]),
    ],
)
def test_a_new_page_is_the_last_chapter(tmp_path, contents, place):
    (tmp_path / "_config.yml").write_text("title: T\n")
    (tmp_path / "_toc.yml").write_text(contents)
    for page in ("index", "a", "b", "c"):
        (tmp_path / f"{page}.md").write_text("# A page\n")
    new_notebook(load_project(tmp_path), "rain")
    text = (tmp_path / "_toc.yml").read_text()
    assert text.startswith(contents)
    assert place(yaml.safe_load(text))[-1] == {"file": "notebooks/rain"}
    assert load_project(tmp_path).pages[-1].address == "notebooks/rain"
