"""The pages of a built book, with faults planted in them."""

import json
import shutil

import pytest

from reportbook.checking.pages import check_book
from reportbook.report.project import load_project


@pytest.fixture
def page(built, tmp_path):
    """Check a copy of the book of 2020 with one page changed."""
    html = tmp_path / "html"
    shutil.copytree(built.site / "2020", html)
    project = load_project(built.root)
    results = json.loads((html / "results.json").read_text())

    def changed(old, new):
        path = html / "notebooks" / "people.html"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        return check_book(html, project.pages, results)

    changed.html, changed.project, changed.results = html, project, results
    return changed


def test_nothing_is_wrong_with_what_was_built(page):
    assert check_book(page.html, page.project.pages, page.results) == []


def test_a_number_that_differs_from_the_notebooks(page):
    assert page("62.5% (±1)", "99.9%") == [
        "notebooks/people.html shows '99.9%' for people.share|range; "
        "the notebook published '62.5% (±1)'."
    ]


def test_a_page_that_was_not_made(page):
    (page.html / "notebooks" / "money.html").unlink()
    problems = check_book(page.html, page.project.pages, page.results)
    assert problems[0].startswith("notebooks/money: the contents name this page")


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ('<a href="gone.html">', "leads to gone.html, which does not exist"),
        ('<img src="../_images/gone.svg">', "leads to ../_images/gone.svg, which does not exist"),
        ('<a href="money.html#nowhere">', "that page has no such anchor"),
        ('<script src="https://cdn.example/x.js"></script>', "from another host"),
        ('<img srcset="https://cdn.example/x.png 2x">', "from another host"),
        ('<a href="javascript:alert(1)">', "a link to javascript:alert(1), which is no page"),
        ('<div class="output traceback">', "shows a traceback"),
        ('<div class="cell tag_raises-exception"><div class="output traceback"></div>', None),
        ('<a href="https://example.org/">', None),
        ('<a href="../../latest/notebooks/people.html">', None),
        ('<a href="money.html#money">', None),
    ],
)
def test_dead_ends_other_hosts_and_tracebacks(page, new, problem):
    problems = page("</article>", f"{new}</article>")
    assert bool(problems) == bool(problem)
    assert problem is None or problem in problems[0]


def test_a_place_that_is_not_there_is_said_once(page):
    for name in ("money", "people"):
        path = page.html / "notebooks" / f"{name}.html"
        text = path.read_text().replace("</article>", '<a href="../_static/gone.css"></article>')
        path.write_text(text)
    assert check_book(page.html, page.project.pages, page.results) == [
        "notebooks/money.html and 1 other page lead to ../_static/gone.css, which does not exist."
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_static/own.css", "@import url(https://cdn.example/x.css);"),
        ("_images/own.svg", '<svg><image href="https://cdn.example/x.png"/></svg>'),
    ],
)
def test_style_sheets_and_pictures_ask_no_other_host(page, name, text):
    path = page.html / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    (problem,) = check_book(page.html, page.project.pages, page.results)
    assert problem.startswith(f"{name} loads https://cdn.example/x")


@pytest.mark.parametrize(
    "svg",
    ["<svg><script>a()</script></svg>", '<svg onload="a()"/>',
     '<svg><a href="javascript:a()"/></svg>'],
)  # fmt: skip
def test_a_picture_holds_no_code(page, svg):
    (page.html / "downloads" / "own.svg").write_text(svg)
    (problem,) = check_book(page.html, page.project.pages, page.results)
    assert problem == "downloads/own.svg is a picture that holds code. Save it without."
