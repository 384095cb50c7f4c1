"""A plain ``jupyter-book build .`` of committed notebooks, without the command of ours."""

import os
import re
import subprocess
import sys

from miniature import replace

from reportbook.commands.build import build
from reportbook.report.project import load_project


def jupyter_book(root, *more):
    """What a plain ``jupyter-book build .`` answers: its exit code and its warnings."""
    done = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "-W",
         "--keep-going", *more],
        cwd=root, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.returncode, done.stderr


def page(root, name):
    return (root / "_build" / "html" / "notebooks" / f"{name}.html").read_text()


def test_plain_jupyter_book_reads_the_committed_outputs_and_follows_changes(accepted):
    report = accepted.root
    (report / "notebooks" / "changes.md").write_text("# Changes\n\n```{changes}\n```\n")
    replace(report / "_toc.yml", "ledger\n", "ledger\n  - file: notebooks/changes\n")
    assert jupyter_book(report) == (0, "")
    assert ">75.0% (±1)</a>" in page(report, "index")
    people = page(report, "people")
    assert "reportbook.record" not in people
    assert "A line: Up<br>" in people
    assert "The picture is not drawn here" in people
    assert '<th scope="col">Count</th>' in page(report, "ledger")
    assert "Changes are shown once" in page(report, "changes")

    replace(report / "notebooks" / "people.ipynb", "75.0%", "76.0%")
    assert jupyter_book(report) == (0, "")
    assert ">76.0% (±1)</a>" in page(report, "index")  # which itself did not change


def test_a_plain_build_shows_pictures_that_a_build_has_drawn(accepted):
    build(load_project(accepted.root), ["latest"], jobs=2)
    assert jupyter_book(accepted.root) == (0, "")
    html = page(accepted.root, "people")
    assert re.search(r'<img alt="A line: Up" [^>]*src="[^"]+\.svg"', html)
    assert "not drawn here" not in html


def test_a_plain_build_leaves_out_what_does_not_apply(accepted):
    when = "# Miniature\n\n```{when} people.share > 0.9\nNearly all.\n```\n\n"
    when += "```{when} people.share\nIt is {number}`people.share`.\n```\n"
    when += "```{when} not people.share\nNobody said why: {number}`people.share|why`.\n```\n"
    (accepted.root / "notebooks" / "index.md").write_text(when)
    assert jupyter_book(accepted.root) == (0, "")
    html = page(accepted.root, "index")
    assert ">75.0% (±1)</a>" in html
    assert "Nearly all" not in html
    assert "Nobody said why" not in html


def test_formats_without_links_get_the_ledger_and_the_sources_in_short(accepted):
    assert jupyter_book(accepted.root, "--builder", "custom", "--custom-builder", "text") == (0, "")
    pages = accepted.root / "_build" / "text" / "notebooks"
    assert "* Share of people: 75.0% (±1)" in (pages / "ledger.txt").read_text()
    assert "* Bureau. A count" in (pages / "sources.txt").read_text()
