"""A plain ``jupyter-book build .`` of committed notebooks, without the command of ours."""

import os
import subprocess
import sys

from miniature import replace


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
    assert "reportbook.record" not in page(report, "people")
    assert '<th scope="col">Count</th>' in page(report, "ledger")
    assert "Changes are shown once" in page(report, "changes")

    replace(report / "notebooks" / "people.ipynb", "75.0%", "76.0%")
    assert jupyter_book(report) == (0, "")
    assert ">76.0% (±1)</a>" in page(report, "index")  # which itself did not change


def test_formats_without_links_get_the_ledger_and_the_sources_in_short(accepted):
    assert jupyter_book(accepted.root, "--builder", "custom", "--custom-builder", "text") == (0, "")
    pages = accepted.root / "_build" / "text" / "notebooks"
    assert "* Share of people: 75.0% (±1)" in (pages / "ledger.txt").read_text()
    assert "* Bureau. A count" in (pages / "sources.txt").read_text()
