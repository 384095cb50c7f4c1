"""A source is used if any edition uses it."""

import pytest

from reportbook.checking.sources import check_sources, published_sources
from reportbook.report.project import load_project


@pytest.fixture
def project(report):
    (report / "data").mkdir()
    (report / "data" / "sources.csv").write_text("source,title\na,A\nbee,B\ncee,C\n")
    (report / "data" / "counts.csv").write_text("observation,source\np1,bee\n")
    return load_project(report)


def unused(project, used, others):
    found = check_sources(project, used, others, others.get)
    return [problem.partition("'")[2].partition("'")[0] for problem in found]


def test_a_source_of_another_edition_is_used(project):
    assert unused(project, {"a"}, {}) == ["bee", "cee"]
    assert unused(project, {"a"}, {"2020": {"cee"}}) == ["bee"]
    assert unused(project, {"a"}, {"2020": {"cee"}, "2021": {"bee"}}) == []


def test_what_an_edition_that_nobody_built_may_use_is_not_judged(project):
    # bee stands in a table of counts; cee stands nowhere
    assert unused(project, {"a"}, {"2020": None}) == ["cee"]
    (project.root / "notebooks" / "things.py").write_text("key = 'cee'")
    assert unused(project, {"a"}, {"2020": None, "2021": {"a"}}) == []


def test_the_source_of_a_snapshot_stays_whatever_is_published(project):
    (project.data / "snapshots.csv").write_text(
        "table,file,producer,title,published,retrieved,address,parameters,rows,sha256,licence,"
        "source,extends\ncats,tables/cats/2020.csv,x,Cats,2020,,https://example.org,,3,aa,CC0,"
        "cee,true\n"
    )
    assert unused(project, {"a"}, {}) == ["bee"]


def test_what_is_published_tells_its_sources(project, built):
    assert published_sources(load_project(built.root), "2020") == {"bureau"}
    assert published_sources(project, "2020") is None
