import pytest

from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.report.sources import add_source, source_keys


def test_a_source_is_added_to_the_columns_that_the_list_has(report):
    project = load_project(report)
    (project.data).mkdir(exist_ok=True)
    (project.data / "sources.csv").write_text("source,title,url")
    add_source(project, {"source": "bureau", "title": "Cats, counted", "publisher": "Bureau"})
    assert (project.data / "sources.csv").read_text() == (
        'source,title,url\nbureau,"Cats, counted",\n'
    )
    assert source_keys(project) == {"bureau"}
    with pytest.raises(ReportError, match="has the source 'bureau' already"):
        add_source(project, {"source": "bureau"})


def test_a_list_without_keys_is_refused(report):
    project = load_project(report)
    (project.data).mkdir(exist_ok=True)
    (project.data / "sources.csv").write_text("title\n")
    with pytest.raises(ReportError, match="the first column of a list of sources must be"):
        source_keys(project)
