"""What plans required and received, and their coverage."""

import datetime

import pytest
from funding_world import DATA, world

from analysis.covid_funding.appeals import coverage, history
from analysis.covid_funding.plans import amount
from analysis.data.load import load
from analysis.errors import Incompatible, NotAccepted
from analysis.numbers.estimate import Absent

ALL = load(DATA)


def million(estimate):
    return round(estimate.value / 1e6, 1)


def test_the_requirement_of_iom_rises_in_steps_and_starts_anew_in_2021():
    steps = history(ALL, "IOM-COVID-19").steps
    assert [(s.year, million(s.amount)) for s in steps] == [
        (2020, 17.0), (2020, 116.1), (2020, 499.0), (2020, 499.0), (2020, 618.0), (2020, 618.9),
        (2021, 822.9),
    ]  # fmt: skip
    # The last step of 2020 ends with the year; that of 2021 does not continue it.
    assert steps[-2].until == datetime.date(2020, 12, 31)
    assert steps[-1].since == datetime.date(2021, 4, 20)


@pytest.mark.parametrize(
    ("appeal", "steps"),
    [("GHRP", [2010, 6710]), ("UNHCR-COVID-19", [255, 745]), ("WHO-COVID-19", [675])],
)
def test_the_requirements_of_other_plans(appeal, steps):
    assert [million(s.amount) for s in history(ALL, appeal).steps] == steps


def test_coverage_of_iom_in_may_2020():
    # nearly 100 of 499 million: 99/499.5 = 19.8 % to 100/498.5 = 20.1 %; the source says 20
    (receipt,) = history(ALL, "IOM-COVID-19").receipts
    assert receipt.coverage.value == pytest.approx(0.2004, abs=1e-4)
    assert receipt.coverage.low == pytest.approx(99 / 499.5)
    assert receipt.coverage.high == pytest.approx(100 / 498.5)
    assert str(receipt.coverage) == "20.0% (19.8–20.1%)"
    assert receipt.stated.value == pytest.approx(0.2)
    assert str(receipt.period) == str(receipt.requirement.period) == "2020-05-26"


def test_the_gap_of_iom_in_may_2020():
    # 499 - 100 = 399; from 498.5 - 100 to 499.5 - 99
    (receipt,) = history(ALL, "IOM-COVID-19").receipts
    assert str(receipt.gap) == "USD 399 million (398.5–400.5 million)"


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
def test_the_numbers_of_iom_are_in_all_editions(as_of):
    (receipt,) = history(ALL.known(as_of), "IOM-COVID-19").receipts
    assert str(receipt.coverage) == "20.0% (19.8–20.1%)"


def test_money_meets_the_latest_requirement_on_or_before_its_date():
    # 1.18 billion on 4 June over the 6.71 billion of 7 May, not the 2.01 billion of March
    (receipt,) = history(ALL, "GHRP").receipts
    assert str(receipt.period) == "2020-06-04"
    assert str(receipt.requirement.period) == "2020-05-07"
    assert str(receipt.coverage) == "17.6% (17.5–17.7%)"


def test_a_later_requirement_and_another_year_do_not_count(tmp_path):
    data = world(
        tmp_path,
        {"value": 100, "measure": "required", "period": "2020-03"},
        {"value": 400, "measure": "required", "period": "2020-06-30"},
        {"value": 900, "measure": "required", "period": "2021-01-10", "appeal_year": 2021},
        {"value": 50, "period": "2020-06-29"},
    )
    (receipt,) = history(data, "IOM-COVID-19").receipts
    assert receipt.coverage.value == 0.5  # 50 of the 100 of March; the 400 came a day later


def test_a_month_counts_from_its_last_day(tmp_path):
    data = world(
        tmp_path,
        {"value": 100, "measure": "required", "period": "2020-02"},
        {"value": 400, "measure": "required", "period": "2020-03"},
        {"value": 50, "period": "2020-03-15"},
    )
    (receipt,) = history(data, "IOM-COVID-19").receipts
    assert str(receipt.requirement.period) == "2020-02"


def test_coverage_may_pass_one(tmp_path):
    data = world(
        tmp_path, {"value": 100, "measure": "required"}, {"value": 150, "measure": "received"}
    )
    (receipt,) = history(data, "IOM-COVID-19").receipts
    assert receipt.coverage.value == 1.5
    assert receipt.gap.value == -50


def test_money_before_any_requirement_has_no_coverage(tmp_path):
    data = world(
        tmp_path,
        {"value": 100, "measure": "required", "period": "2020-06-30"},
        {"value": 50, "period": "2020-05-26"},
    )
    (receipt,) = history(data, "IOM-COVID-19").receipts
    assert receipt.coverage == Absent("no requirement of that date is known", "share")


def test_coverage_is_undefined_where_nothing_was_required():
    # FTS: plan 952 received 418.5 million; its revised requirement is a reported zero
    (receipt,) = history(ALL, "GHRP plan 952").receipts
    assert receipt.amount.value == 418_503_286
    assert isinstance(receipt.coverage, Absent)
    assert "zero" in receipt.coverage.reason
    assert isinstance(receipt.gap, Absent)


@pytest.mark.parametrize(
    ("top", "bottom", "named"),
    [
        ("f154", "f152", "pledged, WHO-COVID-19"),  # WHO's pledges over its requirement
        ("f086", "f074", "pledged, Donors conference"),  # a conference over the regional plan
        ("f153", "f154", "pledged, WHO-COVID-19"),  # received over pledged
    ],
)
def test_pledges_are_in_no_coverage(top, bottom, named):
    with pytest.raises(Incompatible, match=named):
        coverage(amount(ALL[top]), amount(ALL[bottom]))


def test_earmarked_and_flexible_money_together_are_received():
    # 68.7 + 48.8 = 117.5 of 260.7 million: 45.1 %, the source says 45; it states a gap of 143.3
    receipt = history(ALL, "UNHCR Venezuela situation").receipts[-1]
    assert million(receipt.amount) == 117.5
    assert str(receipt.coverage) == "45.1% (45.0–45.1%)"
    stated = ALL["f178"].value
    assert receipt.gap.low <= stated <= receipt.gap.high


def test_own_figures_and_newer_ones_are_followed_at_the_same_date():
    # 2022: FTS to the dollar (May 2022), OCHA's 1.79 (December 2021), a report of "nearly 1.8"
    year = [r for r in history(ALL, "RMRP").requirements if r.year == 2022]
    assert [(r.amount.observations[0].key, r.leads) for r in year] == [
        ("f037", True), ("f190", False), ("f165", False),
    ]  # fmt: skip


def test_a_line_ends_where_knowledge_ends():
    steps = history(ALL.known("2020-05-31"), "IOM-COVID-19").steps
    assert steps[-1].until == datetime.date(2020, 5, 31)
    # A plan for a whole year, announced before it, keeps its year.
    steps = history(ALL.known("2023-12-31"), "RMRP").steps
    assert (steps[-1].since, steps[-1].until) == (
        datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
    )  # fmt: skip


def test_the_newest_requirement_says_its_date():
    newest = history(ALL, "IOM-COVID-19").latest_requirement
    assert million(newest) == 822.9
    assert newest.label.endswith("20 April 2021")
    early = history(ALL.known("2020-05-31"), "IOM-COVID-19").latest_requirement
    assert million(early) == 499.0


def test_a_plan_nothing_is_known_of_yet_is_absent_not_zero():
    nothing = history(ALL.known("2020-05-31"), "IOM-COVID-19 SP1")
    assert not nothing.steps
    assert not nothing.receipts
    assert "published by 31 May 2020" in nothing.latest_requirement.reason


def test_an_unknown_appeal_is_refused():
    with pytest.raises(NotAccepted, match="Accepted: IOM-COVID-19"):
        history(ALL, "nonsense")
