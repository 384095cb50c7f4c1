"""The report itself: what is committed passes every check that needs no building."""

from pathlib import Path

import pytest

from reportbook.checks import check_data, check_notebooks, check_sources
from reportbook.editions import load_editions
from reportbook.project import load_project
from reportbook.prose import roles
from reportbook.prose_checks import check_quoted, check_typed
from reportbook.records import read_results


@pytest.fixture(scope="module")
def project():
    return load_project(Path(__file__).parent.parent)


@pytest.fixture(scope="module")
def results(project):
    return read_results({page.address: page.path for page in project.notebooks}, edition="")


def test_no_number_is_typed_into_the_prose(project):
    assert check_typed(project) == []


def test_quoted_numbers_exist_claims_hold_and_published_numbers_are_met(project, results):
    assert len(results["numbers"]) > 50
    assert len(list(roles(project, "number"))) > 50
    assert len(list(roles(project, "holds"))) >= 3
    assert check_quoted(project, results) == []


def test_every_source_is_used(project, results):
    assert check_sources(project, results) == []


def test_notebooks_hold_outputs_and_no_pictures(project):
    assert check_notebooks(project) == []


def test_editions_fit_the_notebooks(project):
    assert [edition.name for edition in load_editions(project)] == ["latest", "2023-12", "2020-05"]


def test_the_data_fit_their_description(project):
    pytest.importorskip("frictionless")
    assert check_data(project) == []
