"""The Sphinx extension, seen through the pages it makes."""

import os
import re
import subprocess
import sys

import pytest
from miniature import replace

from reportbook.sphinx.quoted_number import explained
from reportbook.sphinx.sources_list import published as publication
from reportbook.sphinx.sources_list import used


def jupyter_book(root):
    """What a plain ``jupyter-book build .`` answers: its exit code and its warnings."""
    done = subprocess.run(
        [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "-W",
         "--keep-going"],
        cwd=root, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.returncode, done.stderr


def page(root, name):
    return (root / "_build" / "html" / "notebooks" / f"{name}.html").read_text()


def test_plain_jupyter_book_reads_the_committed_outputs_and_follows_changes(accepted):
    report = accepted.root
    assert jupyter_book(report) == (0, "")
    assert ">75.0% (±1)</span>" in page(report, "index")
    assert "reportbook.record" not in page(report, "people")

    replace(report / "notebooks" / "people.ipynb", "75.0%", "76.0%")
    assert jupyter_book(report) == (0, "")
    assert ">76.0% (±1)</span>" in page(report, "index")  # which itself did not change


def test_a_quoted_number_says_what_it_is(built):
    html = (built.site / "latest" / "notebooks" / "index.html").read_text()
    assert (
        '<span class="rb-number" data-format="range" data-number="people.share" '
        'title="Share of people: d001 / d002">75.0% (±1)</span>'
    ) in html


def test_formulas_are_mathml_and_no_page_loads_a_script_for_them(built):
    html = (built.site / "latest" / "notebooks" / "index.html").read_text()
    assert re.search(r"<math [^>]*><mrow><mfrac>", html)
    assert "cdn.jsdelivr.net" not in html


def test_sources_list_what_rests_on_each(built):
    html = (built.site / "latest" / "notebooks" / "sources.html").read_text()
    text = re.sub(r"<[^>]*>", "", html.replace("\n", " "))
    assert "Bureau. A count, published October 2023 (inferred from the document)" in text
    assert "Numbers: Ratio of money (50.0%); Share of people (75.0%)" in text
    assert '<a class="reference external" href="https://example.org/count">A count</a>' in html
    assert (
        '<a class="reference internal" href="people.html"><span class="doc">Up</span></a>' in html
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"published": "2023-10", "dating": "stated"}, "published October 2023"),
        ({"published": "2023-10", "dating": "inferred"},
         "published October 2023 (inferred from the document)"),
        ({"published": "", "dating": "unknown"}, "date of publication unknown"),
    ],
)  # fmt: skip
def test_dates_say_how_they_are_known(source, said):
    assert publication(source, "en") == said


def test_a_source_collects_all_that_rests_on_it():
    results = {
        "numbers": {"a.b": {"sources": ["x", "y"]}, "a.c": {"sources": ["x"]}},
        "charts": {"a.d": {"sources": ["y"]}},
        "tables": {},
    }
    assert used(results) == {
        "x": {"numbers": ["a.b", "a.c"], "charts": [], "tables": []},
        "y": {"numbers": ["a.b"], "charts": ["a.d"], "tables": []},
    }


def test_a_number_explains_itself_by_formula_or_derivation_and_bounds():
    formats = {"bounds": "1–2", "formula": "3 ÷ 2 = 1.5 (1–2)"}
    assert explained({"label": "Ratio", "formats": formats}) == "Ratio: 3 ÷ 2 = 1.5 (1–2)"
    assert explained({"label": "Ratio", "derivation": "a / b", "formats": {"bounds": "1–2"}}) == (
        "Ratio: a / b: range 1–2"
    )
    assert explained({"label": "Ratio", "reason": "No source says."}) == "No source says."
