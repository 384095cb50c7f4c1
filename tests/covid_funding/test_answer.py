"""The page's numbers for one appeal and one donor."""

import pytest
from made_tables import made

from analysis.covid_funding.answer import answer_about, zero_requirement
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent, Estimate

NUMBERS = [
    "received", "required", "coverage", "gap", "stated_coverage", "latest_requirement",
    "donor_amount", "donor_share", "donor_share_of_received", "donor_share_of_required",
]  # fmt: skip
MAY = {"period": "2020-05-26"}
DATA = made(
    funding=[
        MAY | {"measure": "required", "value": 400},
        MAY | {"value": 100},
        MAY | {"measure": "coverage", "value": 25, "unit": "percent", "resolution": 1},
        MAY | {"donor": "USA", "value": 30},
        {"appeal": "UNHCR-COVID-19", "measure": "required", "value": 745},
        {"appeal": "WHO-COVID-19", "measure": "coverage", "value": 35, "unit": "percent",
         "resolution": 1},
        {"appeal": "GHRP", "measure": "required", "value": 80, "period": "2020-05-07"},
        {"appeal": "GHRP", "value": 20, "period": "2020-06-04"},
        {"appeal": "GHO", "value": 20},
    ],
    sources={"report": {"published": "2021"}, "first": {"published": "2020-05"}},
)  # fmt: skip


def test_an_appeal_and_a_donor():
    found = answer_about(DATA)
    assert {name: getattr(found, name).value for name in NUMBERS} == pytest.approx({
        "received": 100, "required": 400, "coverage": 0.25, "gap": 300, "stated_coverage": 0.25,
        "latest_requirement": 400, "donor_amount": 30, "donor_share": 0.3,
        "donor_share_of_received": 0.3, "donor_share_of_required": 0.075,
    })  # fmt: skip


def test_numbers_of_two_plans_or_years_are_no_values_of_one_number():
    one, other = (answer_about(DATA, appeal).received for appeal in ("IOM-COVID-19", "GHRP"))
    assert (one.noun, dict(one.basis)) == (
        "the money received by IOM’s COVID-19 plan",
        {"plan year": "is of the plan for 2020"},
    )
    assert other.noun != one.noun


def test_the_denominator_chooses_the_leading_share():
    assert answer_about(DATA, denominator="required").donor_share.value == 0.075
    assert answer_about(DATA, denominator="received").donor_share.value == 0.3


def test_a_label_names_one_date_once():
    found = answer_about(DATA)
    assert found.coverage.label == "Coverage of IOM’s COVID-19 plan, 26 May 2020"
    assert found.gap.label == "Gap of IOM’s COVID-19 plan, 26 May 2020"
    given = "Share of what IOM’s COVID-19 plan had received that came from the United States"
    assert found.donor_share_of_received.label == f"{given}, 26 May 2020"


def test_labels_name_plan_and_both_dates():
    label = answer_about(DATA, "GHRP").coverage.label
    assert "4 June 2020" in label
    assert "7 May 2020" in label
    assert "COVID-19" in label


@pytest.mark.parametrize("data", [DATA, DATA.known("2020-05-31")])
@pytest.mark.parametrize("appeal", ["IOM-COVID-19", "UNHCR-COVID-19", "WHO-COVID-19", "GHO"])
def test_every_appeal_has_every_number_or_its_reason(appeal, data):
    found = answer_about(data, appeal, "JPN")
    for name in NUMBERS:
        number = getattr(found, name)
        assert isinstance(number, Estimate | Absent)
        assert number.label, name
        if isinstance(number, Absent):
            assert number.reason, name
            assert number.unit, name


def test_an_appeal_without_money_leads_with_its_newest_requirement():
    found = answer_about(DATA, "UNHCR-COVID-19")
    assert isinstance(found.coverage, Absent)
    assert found.required == found.latest_requirement
    assert found.required.value == 745


def test_money_without_a_requirement_has_no_coverage_and_no_gap():
    found = answer_about(DATA, "GHO")
    assert found.received.value == 20
    for number in (found.required, found.coverage, found.gap, found.latest_requirement):
        assert isinstance(number, Absent)
    assert "an unknown date" in found.coverage.label


def test_a_coverage_stated_without_money_is_kept_as_stated():
    found = answer_about(DATA, "WHO-COVID-19")
    assert isinstance(found.coverage, Absent)
    assert found.stated_coverage.value == pytest.approx(0.35)


def test_a_donor_the_sources_do_not_name_is_absent_not_zero():
    found = answer_about(DATA, donor="FRA")
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
        answer_about(DATA, **asked)


def test_an_appeal_that_requires_nothing_is_named_once_it_is_known():
    zero = {"appeal": "GHRP plan 952", "period": "2020-07-31", "source": "later"}
    data = made(
        funding=[zero | {"value": 4}, zero | {"measure": "required", "value": 0}],
        sources={"report": {"published": "2020-05"}, "later": {"published": "2020-08"}},
    )
    known = zero_requirement(data)
    assert (known["received"].value, known["required"].value) == (4, 0)
    assert isinstance(known["coverage"], Absent)  # four over nothing
    assert all("952" in number.label for number in known.values())
    for number in zero_requirement(data.known("2020-05-31")).values():
        assert isinstance(number, Absent)
        assert "952" not in f"{number.label} {number.reason}"
