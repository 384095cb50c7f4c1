"""The report itself: it passes every check that needs no building, and leads with its numbers."""

from pathlib import Path

import pytest

from analysis.covid_funding.answer import answer_about
from analysis.data.load import load
from analysis.displacement import regional_share
from analysis.displacement.scope import scope_of
from analysis.funding_leverage import readings
from reportbook.checking.data import check_data
from reportbook.checking.notebooks import check_notebooks
from reportbook.checking.prose import check_quoted, check_typed
from reportbook.checking.sources import check_sources
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project
from reportbook.report.prose import roles
from reportbook.results.records import read_results

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project():
    return load_project(ROOT)


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


def test_every_number_has_a_label_and_a_name_for_sentences(results):
    numbers = results["numbers"]
    assert [name for name, each in numbers.items() if not each["label"]] == []
    valued = {name: each["formats"] for name, each in numbers.items() if each["value"] is not None}
    nameless = [name for name, said in valued.items() if not said.get("called", "")[:1].islower()]
    assert nameless == []


def test_every_source_is_used(project, results):
    assert check_sources(project, set(results["sources"]), [], {}.get) == []


def test_notebooks_hold_outputs_and_no_pictures(project):
    assert check_notebooks(project) == []


def test_editions_fit_the_notebooks(project):
    assert [edition.name for edition in load_editions(project)] == ["latest", "2023-12", "2020-05"]


def test_the_data_fit_their_description(project):
    pytest.importorskip("frictionless")
    assert check_data(project) == []


def given(name, stem):
    """The parameters an edition sets for a notebook."""
    (edition,) = load_editions(load_project(ROOT), [name])
    return edition.given[stem]


@pytest.mark.parametrize(
    ("edition", "printed"),
    [("2020-05", "84.3% (82.6–88.0%)"), ("2023-12", "84.4% (82.5–86.3%)")],
)
def test_each_edition_leads_with_the_share_of_its_own_release(edition, printed):
    set_by_edition = given(edition, "displacement")
    data = load(ROOT / "data").known(set_by_edition["as_of"])
    scope = scope_of(data, region=set_by_edition.get("region"))
    share = regional_share.regional_share(scope, set_by_edition["lead_source"]).share
    assert str(share) == printed


def test_the_2023_edition_leads_with_the_bank_s_sentence_as_it_reads_it():
    set_by_edition = given("2023-12", "funding_leverage")
    data = load(ROOT / "data").known(set_by_edition["as_of"])
    assert (
        str(readings.readings(data, set_by_edition["reading"]).chosen.ratio) == "13.0 (12.9–13.1)"
    )


@pytest.mark.parametrize("edition", ["2020-05", "2023-12", "latest"])
def test_every_edition_has_the_three_numbers_of_the_iom_plan(edition):
    data = load(ROOT / "data").known(given(edition, "covid_funding").get("as_of"))
    answer = answer_about(data, "IOM-COVID-19", "USA", "received")
    assert str(answer.donor_share_of_required) == "5.71% (5.68–5.72%)"
    assert str(answer.donor_share_of_received) == "28.5% (28.4–28.8%)"
    assert str(answer.coverage) == "20.0% (19.8–20.1%)"
