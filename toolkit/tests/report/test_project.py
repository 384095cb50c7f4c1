import pytest
from miniature import replace

from reportbook.errors import ReportError
from reportbook.report.project import find_project, load_project, named_notebooks


def test_the_project_is_found_from_a_folder_within(report):
    project = find_project(report / "notebooks")
    assert project.root == report
    assert [page.address for page in project.pages] == [
        "notebooks/index", "notebooks/people", "notebooks/money", "notebooks/places",
        "notebooks/ledger", "notebooks/sources",
    ]  # fmt: skip
    assert [page.stem for page in project.notebooks] == ["people", "money"]


def test_nowhere_near_a_report(tmp_path):
    with pytest.raises(ReportError, match="No report here"):
        find_project(tmp_path)


def test_parts_sections_globs_and_suffixes(report):
    (report / "_toc.yml").write_text(
        "format: jb-book\nroot: notebooks/index.md\nparts:\n- caption: One\n  chapters:\n"
        "  - file: notebooks/people\n    sections:\n    - glob: notebooks/m*\n"
        "  - url: https://example.org\n"
    )
    addresses = [page.address for page in load_project(report).pages]
    assert addresses == ["notebooks/index", "notebooks/people", "notebooks/money"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("notebooks/money", "notebooks/monney",
         "_toc.yml, line 5 names the page 'notebooks/monney'.*Did you mean 'notebooks/money'"),
        ("notebooks/money", "notebooks/people", "names the page 'notebooks/people' twice"),
        ("notebooks/money", "../money", "line 5: '../money' leads out of the report's folder"),
        ("notebooks/money", "/etc/passwd", "line 5: '/etc/passwd' leads out"),
        ("notebooks/money", "notebooks/con", "line 5: .* part 'con', .* a device on Windows"),
        ("root: notebooks/index", "root: [a]", "line 2: .* is no path"),
        ("root: notebooks/index", "first: notebooks/index", "names no 'root'"),
        ("format: jb-book\n", "", "_toc.yml, line 2: 'chapters' needs a format.*'format: jb-book'"),
        ("  - file: notebooks/money", "  - notebooks/money",
         "_toc.yml, line 5: write '- file: notebooks/money'"),
    ],
)  # fmt: skip
def test_wrong_contents_name_the_line(report, old, new, message):
    replace(report / "_toc.yml", old, new)
    with pytest.raises(ReportError, match=message):
        load_project(report)


def test_pages_that_differ_by_case_and_those_that_sphinx_makes(report):
    (report / "notebooks" / "Money.md").write_text("# Money")
    (report / "Search.md").write_text("# Search")
    replace(report / "_toc.yml", "notebooks/ledger", "notebooks/Money")
    with pytest.raises(ReportError, match=r"twice .*notebooks/money and notebooks/Money"):
        load_project(report)
    replace(report / "_toc.yml", "notebooks/Money", "Search")
    with pytest.raises(ReportError, match="line 7: the book has a page 'Search' of its own"):
        load_project(report)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("logo: ../logo.png", "logo"),
        ("logo: /etc/passwd", "logo"),
        ("bibtex_bibfiles: [../../elsewhere.bib]", "bibtex_bibfiles"),
        ("html: {favicon: ../icon.svg}", "favicon"),
        ("sphinx: {config: {html_static_path: [_static, ../secrets]}}", "html_static_path"),
        ("sphinx: {config: {html_extra_path: [/root]}}", "html_extra_path"),
    ],
)
def test_files_of_the_configuration_lie_in_the_report(report, line, key):
    (report / "_config.yml").write_text(f"title: Miniature\n{line}\n")
    with pytest.raises(ReportError, match=rf"'{key}' names, leads out of the report's folder"):
        load_project(report)


def test_two_files_for_one_page(report):
    (report / "notebooks" / "money.md").write_text("# Money")
    with pytest.raises(ReportError, match=r"both money.md and money.ipynb"):
        load_project(report)


def test_what_stands_beside_a_page_does_not_matter_where_the_contents_say_which(report):
    (report / "notebooks" / "money.md").write_text("# Money")
    replace(report / "_toc.yml", "notebooks/money", "notebooks/money.md")
    page = load_project(report).pages[2]
    assert (page.file, page.is_notebook) == ("notebooks/money.md", False)


def test_contents_as_they_were_before_version_0_11(report):
    (report / "_toc.yml").write_text("- file: notebooks/index\n- file: notebooks/people\n")
    with pytest.raises(ReportError, match=r"is a list.*jupyter-book toc migrate _toc.yml"):
        load_project(report)


@pytest.mark.parametrize(
    ("pattern", "added"),
    [
        ("notebooks/*", ["ledger", "money", "people", "places", "sources"]),  # the root is named
        ("notebooks/p*", ["people", "places"]),
        ("**", ["ledger", "money", "people", "places", "sources"]),
    ],
)
def test_a_pattern_adds_what_it_matches_and_is_not_named(report, pattern, added):
    toc = f"format: jb-book\nroot: notebooks/index\nchapters:\n- glob: '{pattern}'\n"
    (report / "_toc.yml").write_text(toc)
    pages = load_project(report).pages
    assert [page.address for page in pages[1:]] == [f"notebooks/{each}" for each in added]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("people", "no page matches 'people'"),  # it is matched from the root
        ("*", "no page matches"),  # and a star matches no slash
        ("notebooks/*.ipynb", "Patterns are written without suffix: notebooks/\\*"),
    ],
)
def test_a_pattern_that_matches_nothing(report, pattern, message):
    toc = f"format: jb-book\nroot: notebooks/index\nchapters:\n- glob: '{pattern}'\n"
    (report / "_toc.yml").write_text(toc)
    with pytest.raises(ReportError, match=message):
        load_project(report)


def test_notebooks_of_one_name_are_told_apart_by_their_folders(report):
    (report / "south").mkdir()
    (report / "notebooks" / "money.ipynb").rename(report / "south" / "people.ipynb")
    replace(report / "_toc.yml", "notebooks/money", "south/people")
    project = load_project(report)
    assert [page.stem for page in project.notebooks] == ["notebooks/people", "south/people"]
    assert named_notebooks(project, ["south/people.ipynb"])[0].address == "south/people"
    with pytest.raises(ReportError, match=r"several notebooks 'people'.*, 'south"):
        named_notebooks(project, ["people"])
