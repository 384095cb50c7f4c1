"""How an edition asks to be cited, on its page and apart from it."""

import pytest
from bs4 import BeautifulSoup
from miniature import CITATION, replace

from reportbook.commands.build import build
from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.results.citation import bibtex, plain, read_citation

EDITION = {"edition": "2020", "as_of": "2020-12-31", "overrides": {"country": "NO"}}


@pytest.fixture
def citation(tmp_path):
    path = tmp_path / "CITATION.cff"
    path.write_text(CITATION)
    return read_citation(path)


def test_in_one_line(citation):
    assert plain(citation, EDITION, "https://example.org/2020/") == (
        "Body, No; Bureau of Counts (2024). Miniature & more. Edition 2020, as known on "
        "31 December 2020, with country = NO. https://example.org/2020/."
    )
    assert (
        plain(citation, {"edition": ""}) == "Body, No; Bureau of Counts (2024). Miniature & more."
    )


def test_as_bibtex_with_what_tex_would_read_otherwise_escaped(citation):
    assert bibtex(citation, EDITION).splitlines() == [
        "@misc{miniature-2020,",
        "  author = {Body, No and {Bureau of Counts}},",
        "  title = {{Miniature \\& more}},",
        "  year = {2024},",
        "  note = {Edition 2020, as known on 31 December 2020, with country = NO},",
        "}",
    ]


@pytest.mark.parametrize("key", ["title", "authors", "date-released"])
def test_a_citation_file_that_lacks_something(tmp_path, key):
    path = tmp_path / "CITATION.cff"
    path.write_text(CITATION.replace(key, f"x-{key}"))
    with pytest.raises(ReportError, match=f"CITATION.cff has no '{key}'"):
        read_citation(path)


def test_each_edition_shows_its_own(built):
    text = (built.site / "2020" / "notebooks" / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert "Edition 2020, as known on 31 December 2020" in page.select_one(".rb-citation").text
    assert "https://example.org/mini/2020/" in page.select_one(".rb-citation").text
    assert "@misc{miniature-2020," in page.select_one("div.highlight-bibtex").text


def test_without_a_citation_file_the_build_says_so(published):
    (published / "CITATION.cff").unlink()
    summary = build(load_project(published), ["latest"], jobs=2)
    (problem,) = summary.outcomes[0].problems
    assert "CITATION.cff does not exist" in problem
    assert "index.md" in problem


def test_an_address_must_be_one_of_the_web(report):
    replace(report / "_config.yml", "https://example.org/mini", "example.org/mini")
    with pytest.raises(ReportError, match="'baseurl' is 'example"):
        load_project(report).address  # noqa: B018


@pytest.mark.parametrize(
    ("authors", "said"),
    [("me", "'authors' must be a list"), ("[me]", "'authors' must be a list"),
     ("[{name: A}]\ntitle: [a]", "'title' must be one line")],
)  # fmt: skip
def test_a_citation_of_another_shape_is_refused(tmp_path, authors, said):
    path = tmp_path / "CITATION.cff"
    title = "" if "title" in authors else "title: A\n"
    path.write_text(f"{title}date-released: 2020-01-01\nauthors: {authors}\n")
    with pytest.raises(ReportError, match=said):
        read_citation(path)
