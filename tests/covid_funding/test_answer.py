"""The page's numbers for one appeal and one donor."""

import dataclasses

import pytest
from funding_world import DATA

from analysis.covid_funding.answer import answer_about
from analysis.covid_funding.plans import PLANS
from analysis.data.load import load
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent, Estimate

ALL = load(DATA)
NUMBERS = [
    "received", "required", "coverage", "gap", "stated_coverage", "latest_requirement",
    "donor_amount", "donor_share", "donor_share_of_received", "donor_share_of_required",
]  # fmt: skip


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
def test_iom_and_the_us_in_every_edition(as_of):
    found = answer_about(ALL.known(as_of))
    assert str(found.received) == "nearly USD 100 million (99–100 million)"
    assert str(found.required) == "USD 499 million (498.5–499.5 million)"
    assert str(found.coverage) == "20.0% (19.8–20.1%)"
    assert str(found.gap) == "USD 399 million (398.5–400.5 million)"
    assert str(found.stated_coverage) == "20% (19.5–20.5%)"
    assert str(found.donor_share) == "28.5% (28.4–28.8%)"
    assert str(found.donor_share_of_required) == "5.71% (5.69–5.72%)"


def test_the_denominator_chooses_the_leading_share():
    by_required = answer_about(ALL, denominator="required")
    assert by_required.donor_share == by_required.donor_share_of_required
    by_received = answer_about(ALL, denominator="received")
    assert by_received.donor_share == by_received.donor_share_of_received


def test_labels_name_plan_and_both_dates():
    ghrp = answer_about(ALL, "GHRP")
    assert "4 June 2020" in ghrp.coverage.label
    assert "7 May 2020" in ghrp.coverage.label
    assert "COVID-19" in ghrp.coverage.label


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
@pytest.mark.parametrize("appeal", PLANS)
def test_every_appeal_has_every_number_or_its_reason(appeal, as_of):
    found = answer_about(ALL.known(as_of), appeal, "JPN")
    for name in NUMBERS:
        number = getattr(found, name)
        assert isinstance(number, Estimate | Absent)
        assert number.label, name
        assert number.as_record()["formats"]["range"]
        if isinstance(number, Absent):
            assert number.reason, name
            assert number.unit, name


def test_an_appeal_without_money_leads_with_its_newest_requirement():
    found = answer_about(ALL, "UNHCR-COVID-19")
    assert isinstance(found.coverage, Absent)
    assert found.required == found.latest_requirement
    assert found.required.value == 745e6


def test_a_coverage_stated_without_money_is_kept_as_stated():
    found = answer_about(ALL, "IOM-COVID-19 SP1")
    assert isinstance(found.coverage, Absent)
    assert str(found.stated_coverage) == "35% (34.5–35.5%)"


def test_a_donor_the_sources_do_not_name_is_absent_not_zero():
    found = answer_about(ALL, donor="FRA")
    assert isinstance(found.donor_amount, Absent)
    assert "France" in found.donor_amount.label
    assert "gave" in found.donor_amount.reason


@pytest.mark.parametrize(
    ("asked", "accepted"),
    [
        ({"appeal": "VENEZUELA"}, "IOM-COVID-19"),
        ({"donor": "US"}, "USA"),
        ({"donor": ""}, "USA"),
        ({"denominator": "pledged"}, "received, required"),
    ],
)
def test_nonsense_is_refused_with_what_is_accepted(asked, accepted):
    with pytest.raises(NotAccepted, match=accepted):
        answer_about(ALL, **asked)


def test_the_answer_holds_what_charts_and_tables_need():
    names = {field.name for field in dataclasses.fields(answer_about(ALL))}
    assert {"history", "donors", *NUMBERS} == names
