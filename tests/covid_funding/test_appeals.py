"""What plans required and received, and their coverage."""

import datetime

import pytest
from made_tables import made

from analysis.covid_funding.appeals import coverage, history
from analysis.covid_funding.plans import amount
from analysis.errors import Incompatible, NotAccepted
from analysis.numbers.estimate import Absent

IOM = "IOM-COVID-19"
MAY = {"period": "2020-05-26"}


def required(value, period, **changes):
    return {"measure": "required", "value": value, "period": period, **changes}


def received(value, period="2020-05-26", **changes):
    return {"value": value, "period": period, **changes}


def told(*rows, as_of=None, sources=None):
    return history(made(funding=rows, sources=sources).known(as_of), IOM)


def only_receipt(*rows):
    (receipt,) = told(*rows).receipts
    return receipt


def test_a_new_plan_year_starts_anew():
    steps = told(
        required(17, "2020-02"),
        required(116, "2020-04-15"),
        required(822, "2021-04-20", appeal_year=2021),
    ).steps
    assert [(s.year, s.amount.value, str(s.since), str(s.until)) for s in steps] == [
        (2020, 17, "2020-02-29", "2020-04-15"),
        # nobody states that the last of 2020 held for longer; that of 2021 does not continue it
        (2020, 116, "2020-04-15", "2020-04-15"),
        (2021, 822, "2021-04-20", "2021-04-20"),
    ]


def test_coverage_and_gap_with_their_ranges():
    # nearly 100 is 90 to 100, 500 is 495 to 505
    receipt = only_receipt(
        required(500, "2020-05-26", resolution=10),
        received(100, hedge="nearly", resolution=10),
        MAY | {"measure": "coverage", "value": 20, "unit": "percent", "resolution": 1},
    )
    assert receipt.coverage.value == 0.2
    assert (receipt.coverage.low, receipt.coverage.high) == pytest.approx((90 / 505, 100 / 495))
    assert (receipt.gap.value, receipt.gap.low, receipt.gap.high) == (400, 395, 415)
    assert receipt.stated.value == pytest.approx(0.2)
    assert str(receipt.period) == str(receipt.requirement.period) == "2020-05-26"


def test_a_later_requirement_and_another_year_do_not_count():
    receipt = only_receipt(
        required(100, "2020-03"),
        required(400, "2020-06-30"),
        required(900, "2021-01-10", appeal_year=2021),
        received(50, "2020-06-29"),
    )
    assert receipt.coverage.value == 0.5  # 50 of the 100 of March; the 400 came a day later


def test_a_month_counts_from_its_last_day():
    receipt = only_receipt(
        required(100, "2020-02"), required(400, "2020-03"), received(50, "2020-03-15")
    )
    assert str(receipt.requirement.period) == "2020-02"


def test_coverage_may_pass_one():
    receipt = only_receipt(required(100, "2020-05-26"), received(150))
    assert receipt.coverage.value == 1.5
    assert receipt.gap.value == -50


def test_money_before_any_requirement_has_no_coverage():
    receipt = only_receipt(required(100, "2020-06-30"), received(50))
    assert receipt.coverage == Absent("no requirement of that date is known", "share")


def test_coverage_is_undefined_where_nothing_was_required():
    receipt = only_receipt(required(0, "2020-05-26"), received(50))
    assert receipt.amount.value == 50
    assert isinstance(receipt.coverage, Absent)
    assert "zero" in receipt.coverage.reason
    assert isinstance(receipt.gap, Absent)


@pytest.mark.parametrize(
    ("top", "bottom", "named"),
    [
        ("f003", "f001", "pledged, WHO-COVID-19"),  # pledges over the requirement
        ("f002", "f003", "pledged, WHO-COVID-19"),  # received over pledged
        ("f004", "f001", "pledged, Donors conference"),  # a conference over a plan
    ],
)
def test_pledges_are_in_no_coverage(top, bottom, named):
    who = {"appeal": "WHO-COVID-19"}
    data = made(
        funding=[
            who | {"measure": "required", "value": 675},
            who | {"value": 195},
            who | {"measure": "pledged", "value": 69},
            {"appeal": "Donors conference", "measure": "pledged", "value": 2790},
        ]
    )
    with pytest.raises(Incompatible, match=named):
        coverage(amount(data[top]), amount(data[bottom]))


def test_earmarked_and_flexible_money_together_are_received():
    # 70 + 50 of 240
    receipt = only_receipt(
        required(240, "2020-05-26"),
        MAY | {"measure": "received_earmarked", "value": 70},
        MAY | {"measure": "received_flexible", "value": 50},
    )
    assert receipt.amount.value == 120
    assert receipt.coverage.value == 0.5


def test_earmarked_money_alone_is_not_what_was_received():
    assert told(MAY | {"measure": "received_earmarked", "value": 70}).receipts == ()


def test_of_two_sources_for_one_date_one_is_followed_and_both_are_kept():
    found = told(
        required(180, "2020", source="report", resolution=10),
        required(179, "2020", source="own", resolution=1),
        sources={"report": {"kind": "reported"}},
    )
    assert [(r.amount.value, r.leads) for r in found.requirements] == [(179, True), (180, False)]
    assert [s.amount.value for s in found.steps] == [179]


def test_a_line_ends_where_knowledge_ends():
    known = {"report": {"published": "2020-05"}}
    (step,) = told(required(100, "2020-04-15"), as_of="2020-05-31", sources=known).steps
    assert step.until == datetime.date(2020, 4, 15)
    # Money of a later date was asked for by it.
    (step,) = told(
        required(100, "2020-04-15"), MAY | {"measure": "received", "value": 9}, sources=known
    ).steps
    assert step.until == datetime.date(2020, 5, 26)
    # A plan for a whole year, announced before it, keeps its year: as far as it has passed.
    (step,) = told(required(100, "2020"), as_of="2020-05-31", sources=known).steps
    assert (str(step.since), str(step.until)) == ("2020-01-01", "2020-05-31")


def test_a_coverage_stated_without_money_is_a_statement():
    found = told(MAY | {"measure": "coverage", "value": 35, "unit": "percent", "resolution": 1})
    assert found.receipts == ()
    assert [(str(period), share.value) for period, share, _source in found.statements] == [
        ("2020-05-26", pytest.approx(0.35))
    ]


def test_the_newest_requirement_says_its_date():
    sources = {"report": {"published": "2020-05"}, "later": {"published": "2021-05"}}
    rows = [
        required(499, "2020-05-26"),
        required(822, "2021-04-20", appeal_year=2021, source="later"),
    ]
    newest = told(*rows, sources=sources).latest_requirement
    assert newest.value == 822
    assert newest.label.endswith("20 April 2021")
    assert told(*rows, sources=sources, as_of="2020-05-31").latest_requirement.value == 499


def test_a_plan_nothing_is_known_of_yet_is_absent_not_zero():
    sources = {"first": {"published": "2020-05"}, "report": {"published": "2021"}}
    nothing = told(required(499, "2020-05-26"), as_of="2020-05-31", sources=sources)
    assert not nothing.steps
    assert not nothing.receipts
    assert "in this report’s data" in nothing.latest_requirement.reason


def test_an_unknown_appeal_is_refused():
    with pytest.raises(NotAccepted, match="Accepted: IOM-COVID-19"):
        history(made(), "nonsense")
