import pytest
from miniature import replace

from reportbook.errors import ReportError
from reportbook.report.project import find_project, load_project


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
