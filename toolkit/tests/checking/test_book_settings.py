"""What a book of other people asks for that a page cannot have is named once, with what to do."""

import pytest
from other_books import BOOK, write_book

from reportbook.checking.configuration import check_configuration
from reportbook.checking.links import check_links
from reportbook.report.project import load_project

TOC = "format: jb-book\nroot: intro\nchapters:\n- file: deep/page\n"
PAGES = {"intro.md": "# Intro\n\n{cite:t}`k1`\n", "deep/page.md": "# Page\n"}


def said(folder, config="", files=()):
    """What is said of a book with these settings and files beside its two pages."""
    root = write_book(folder, TOC, {**PAGES, **dict(files)}, f"title: Other\n{config}")
    return list(check_configuration(load_project(root)))


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (
            "html: {analytics: {google_analytics_id: G-1}}",
            "line 2: 'analytics' has every page load",
        ),
        ("html: {comments: {hypothesis: true}}", "line 2: 'comments' has every page load a script"),
        ("launch_buttons: {thebe: true}", "line 2: 'thebe' has every page load a script"),
        (
            "sphinx:\n  config:\n    html_math_renderer: mathjax",
            "line 4: 'mathjax' writes formulas",
        ),
        (
            "html: {use_issues_button: true}",
            "Add a line like 'repository: {url: https://github.com",
        ),
    ],
)
def test_a_setting_that_no_page_can_follow(tmp_path, config, words):
    (problem,) = said(tmp_path, config)
    assert problem.startswith("_config.yml")
    assert words in problem


@pytest.mark.parametrize(
    "config",
    [
        "",
        "html: {comments: {hypothesis: false}, analytics: {google_analytics_id: ''}}",
        "launch_buttons: {thebe: false, binderhub_url: 'https://mybinder.org'}",
        "sphinx: {config: {html_math_renderer: mathml}}",
        "html: {use_issues_button: true}\nrepository: {url: 'https://github.com/a/b'}",
    ],
)
def test_settings_that_pages_can_follow(tmp_path, config):
    assert said(tmp_path, config) == []


def test_literature_that_pages_cite_and_nothing_names(tmp_path):
    (problem,) = said(tmp_path / "a", files={"refs.bib": BOOK})
    assert problem == (
        "_config.yml names no literature, but pages cite what stands in refs.bib, such as 'k1'. "
        "Add a line: 'bibtex_bibfiles: [refs.bib]'."
    )
    assert said(tmp_path / "b", "bibtex_bibfiles: [refs.bib]", {"refs.bib": BOOK}) == []
    assert said(tmp_path / "c", files={"refs.bib": BOOK.replace("k1", "other")}) == []


def test_a_value_that_a_kernel_would_have_to_give(tmp_path):
    cells = [("text", "# Intro\n\n{eval}`x`"), ("code", "x = 1")]
    toc = "root: intro\n"
    root = write_book(tmp_path, toc, {"intro.ipynb": cells})
    (problem,) = check_configuration(load_project(root))
    assert problem.startswith("intro.ipynb, cell 1, line 3: {eval}`x` asks a kernel")
    assert 'publish("stem.x", x)' in problem


def test_files_outside_of_the_report_are_not_taken_in(tmp_path):
    page = "# Page\n\n```{include} ../../README.md\n```\n\n![](../../map.png) [a](../intro.md)\n"
    root = write_book(tmp_path / "book", TOC, {**PAGES, "deep/page.md": page})
    (tmp_path / "README.md").write_text("# Read me")
    (tmp_path / "map.png").write_bytes(b"")
    problems = check_links(load_project(root))
    assert [each.partition(" leads out")[0] for each in problems] == [
        "deep/page.md, line 3: '../../README.md'", "deep/page.md, line 6: '../../map.png'",
    ]  # fmt: skip
