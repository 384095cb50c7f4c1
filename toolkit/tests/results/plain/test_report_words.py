"""Sources by key: from the report's tables and from reference lists."""

import pytest

from reportbook.errors import ReportError
from reportbook.results.plain.report_words import language, sources_by_key

BIB = """
@report{wb2024, author = {{World Bank}}, title = {Remittances {Brief} \\& 40},
  institution = {World Bank}, year = 2024, month = jun, doi = {10.1/2}}
@book{two, author = {Doe, Jane and Roe, Richard}, title = {Rain}, year = 1999}
"""


@pytest.fixture
def report(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_config.yml").write_text("bibtex_bibfiles: [refs.bib]\nsphinx: {}\n")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tmp_path / "index.md").write_text("# Rain\n")
    (tmp_path / "refs.bib").write_text(BIB)
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def test_a_reference_list_says_who_what_and_when(report):
    assert sources_by_key(["wb2024", "two"], "rain.x") == [
        {
            "source": "wb2024", "publisher": "World Bank", "title": "Remittances Brief & 40",
            "published": "2024-06", "dating": "stated", "kind": "own",
            "url": "https://doi.org/10.1/2",
        },
        {
            "source": "two", "publisher": "Doe, Roe", "title": "Rain", "published": "1999",
            "dating": "stated", "kind": "own", "url": "",
        },
    ]  # fmt: skip


def test_a_table_that_excel_wrote_is_read_and_comes_first(report):
    (report / "data" / "sources.csv").write_text(
        "source,publisher,note\ntwo,Bureau,x\n", encoding="utf-8-sig"
    )
    assert sources_by_key("two", "rain.x") == [{"source": "two", "publisher": "Bureau"}]


def test_a_list_that_cannot_be_read_is_named(report):
    (report / "refs.bib").write_text("@book{two, title = {Rain")
    with pytest.raises(ReportError, match=r"refs.bib cannot be read as BibTeX"):
        sources_by_key("two", "rain.x")


def test_without_any_list_the_file_to_write_is_named(report):
    (report / "refs.bib").unlink()
    with pytest.raises(ReportError, match=r"no file: add data/sources.csv"):
        sources_by_key("two", "rain.x")


def test_outside_of_a_report_a_key_is_all_there_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert sources_by_key("two", "rain.x") == [{"source": "two"}]
    assert language() == "en"
