"""Jupyter Books that were made without this toolkit are built as they are."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from miniature import LEDGER
from other_books import write_book, write_with_files_everywhere

from reportbook.commands.build import build
from reportbook.commands.check import check
from reportbook.report.project import load_project


def page(root, name):
    html = (root / "_build/site/latest" / f"{name}.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").find("article")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    root = write_with_files_everywhere(tmp_path_factory.mktemp("other") / "book")
    summary = build(load_project(root), jobs=2)
    assert not any(each.problems for each in summary.outcomes)
    return root


def test_the_starter_of_jupyter_book_builds_as_it_comes(tmp_path):
    command = Path(sys.executable).with_name("jupyter-book")
    subprocess.run([command, "create", "starter"], cwd=tmp_path, check=True, capture_output=True)
    root = tmp_path / "starter"
    summary = build(load_project(root), jobs=2)
    (outcome,) = summary.outcomes
    assert not outcome.problems
    assert outcome.edition.title == "My sample book"
    assert "4" in page(root, "markdown-notebooks").select_one(".cell_output").text
    assert page(root, "notebooks").select_one(".cell_output img, .cell_output svg")


def test_files_that_pages_name_are_taken_along(other):
    intro = page(other, "intro")
    pictures = [each["src"] for each in intro.select("img")]
    assert len(pictures) == 4  # beside the page, with a blank, of an include, and of a figure
    for name in pictures:
        assert (other / "_build/site/latest" / unquote(name)).is_file()
    assert "RATE = 0.5" in intro.text
    assert intro.select_one("a.download")["href"].endswith("counts.csv")
    assert intro.select_one("table").text.split() == ["town", "people", "A", "1"]
    assert "Knuth" in intro.text


def test_a_picture_of_another_host_is_a_link_to_it(other):
    links = {each["href"]: each.text for each in page(other, "intro").select("a")}
    assert links["https://example.org/remote.png"] == "Of another host"
    assert links["https://example.org"] == "badge"


def test_notebooks_of_one_name_in_two_folders_are_two_notebooks(other):
    assert "42" in page(other, "north/counts").select_one(".cell_output").text
    assert "48" in page(other, "south/counts").select_one(".cell_output").text


def test_a_notebook_written_as_markdown_is_run_and_links_to_its_text_lead_to_it(other):
    assert "121" in page(other, "sums").select_one(".cell_output").text
    links = [each["href"].partition("#")[0] for each in page(other, "intro").select("a[href]")]
    assert {"sums.html", "south/counts.html"} <= set(links)


def test_a_page_of_restructured_text_is_read_as_such(other):
    assert page(other, "old").select_one("img")["alt"] == "An old picture"


def test_a_pattern_adds_the_pages_that_it_matches_from_the_root(other):
    addresses = [each.address for each in load_project(other).pages]
    assert addresses[-2:] == ["more/one", "more/two"]
    assert not (other / "_build/site/latest/more/deeper/three.html").exists()
    side = BeautifulSoup((other / "_build/site/latest/intro.html").read_text(), "html.parser")
    shown = [each["href"] for each in side.select("nav.bd-links a")]
    assert [each for each in shown if each.startswith("more/")] == [
        "more/one.html",
        "more/two.html",
    ]


def test_what_a_notebook_shows_in_ways_of_its_own_is_shown(other):
    shown = page(other, "shown")
    pasted, named = shown.select("img")
    for picture in (pasted, named):
        assert (other / "_build/site/latest" / picture["src"]).is_file()
    assert "ZeroDivisionError" in shown.select_one(".tag_raises-exception .cell_output").text
    assert shown.select_one("math") is not None
    assert not shown.select(".tag_skip-execution .cell_output")
    assert "1 / 0" in shown.select_one(".cell_input").text  # code is shown: nothing is published
    assert not shown.select("details")


def test_no_setting_has_jupyter_book_run_a_notebook_again(other):
    # it would run it where the staged book lies, in the folder of the edition
    outputs = [each.text.strip() for each in page(other, "shown").select(".cell_output")]
    assert "False" in outputs
    assert "True" not in outputs


def test_check_says_of_such_a_book_what_a_build_says(other):
    assert check(load_project(other)).problems == []


def test_a_picture_that_changes_makes_the_book_anew(other):
    assert build(load_project(other)).outcomes[0].fresh
    picture = other / "images" / "inner.png"
    content = picture.read_bytes()
    picture.write_bytes(content + b"\0")
    (outcome,) = build(load_project(other)).outcomes
    assert not outcome.fresh
    assert not outcome.problems
    picture.write_bytes(content)


TEXT = """\
---
file_format: mystnb
kernelspec: {name: python3}
---
# Rain

It rained {number}`rain.days|value`.

```{code-cell}
:tags: [parameters]

wet: int = 3  # days
```

```{code-cell}
from reportbook import publish
publish("rain.days", wet * 2, unit="days")
```
"""


def test_a_notebook_written_as_markdown_has_parameters_and_publishes(tmp_path):
    toc = "format: jb-book\nroot: rain\nchapters:\n- file: history\n- file: ledger\n"
    pages = {"rain.md": TEXT, "history.md": "# History\n\nIt was 12.\n", "ledger.md": LEDGER}
    config = "title: Rain\nreportbook: {typed_numbers_on: [history]}\n"
    root = write_book(tmp_path / "rain", toc, pages, config)
    (root / "editions").mkdir()
    (root / "editions" / "wet.yml").write_text("title: Wet\nparameters: {wet: 5}\n")
    project = load_project(root)
    found = check(project)
    assert found.problems == []
    (remark,) = found.remarks
    assert remark.startswith("_config.yml: numbers may be typed on 'history', and nothing says")
    (outcome,) = build(project).outcomes
    assert not outcome.problems
    html = (root / "_build/site/wet/rain.html").read_text(encoding="utf-8")
    article = BeautifulSoup(html, "html.parser").find("article")
    assert "It rained 10 days." in " ".join(article.text.split())
    assert "wet: int = 5" in article.text
    ledger = (root / "_build/site/wet/ledger.html").read_text(encoding="utf-8")
    (note,) = BeautifulSoup(ledger, "html.parser").select("p.rb-note")
    assert (
        note.text == "Numbers in the prose of these pages are typed, and not listed here: History"
    )
    assert note.a["href"] == "history.html"
    (root / "rain.md").write_text(TEXT.replace("It rained", "There were"), encoding="utf-8")
    (outcome,) = build(load_project(root)).outcomes  # prose runs nothing
    assert not outcome.problems
    assert "There were" in (root / "_build/site/wet/rain.html").read_text(encoding="utf-8")
