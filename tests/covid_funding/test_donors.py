"""Donors' shares of what was received and of what was required."""

import pytest
from made_tables import made

from analysis.covid_funding.donors import donors
from analysis.covid_funding.plans import amount
from analysis.errors import Incompatible
from analysis.numbers.estimate import Absent, Estimate, share

IOM = "IOM-COVID-19"
TOTAL, REQUIRED = {"value": 100, "resolution": 10}, {"measure": "required", "value": 400}


def gift(donor, value, **changes):
    return {"donor": donor, "value": value, **changes}


def found(*rows, **asked):
    return donors(made(funding=rows, **asked), IOM)


def test_a_donors_share_has_two_wholes():
    us = found(TOTAL, REQUIRED, gift("USA", 30)).gift("USA")
    # 30 of 100 (95 to 105), and of 400
    assert us.of_received.value == 0.3
    assert (us.of_received.low, us.of_received.high) == pytest.approx((30 / 105, 30 / 95))
    assert us.of_required.value == 0.075
    assert us.share("received") == us.of_received
    assert us.share("required") == us.of_required


def test_the_largest_comes_first_and_the_rest_is_unnamed():
    some = found(TOTAL, REQUIRED, gift("USA", 20), gift("JPN", 40))
    assert [g.donor for g in some.gifts] == ["JPN", "USA"]
    assert some.largest_share.value == 0.4
    assert "Japan" in some.largest_share.label
    assert (some.rest.value, some.rest.low, some.rest.high) == (40, 35, 45)
    assert some.rest_of_received.value == 0.4


def test_named_and_unnamed_shares_make_the_whole():
    some = found(TOTAL, REQUIRED, gift("USA", 20), gift("JPN", 40))
    assert some.named.value + some.rest_of_received.value == pytest.approx(1)
    shares = [g.of_required.value for g in some.gifts]
    assert sum(shares) + some.rest_of_required.value == pytest.approx(some.coverage.value)


def test_concentration_is_refused_where_too_few_are_named():
    refused = found(TOTAL, gift("USA", 20), gift("JPN", 40)).concentration
    assert isinstance(refused, Absent)
    assert "60.0%" in refused.reason
    assert "95%" in refused.reason


def test_concentration_where_all_are_named():
    index = found({"value": 100}, gift("USA", 75), gift("JPN", 25)).concentration
    assert index.value == pytest.approx(0.75**2 + 0.25**2)


def test_money_stated_by_another_source_has_no_share():
    some = found(TOTAL, REQUIRED, gift("USA", 30), gift("JPN", 6, source="another"))
    japan = some.gift("JPN")
    assert [g.donor for g in some.elsewhere] == ["JPN"]
    assert japan.amount.value == 6
    assert "no total received" in japan.of_received.reason
    assert "no requirement" in japan.of_required.reason


def test_the_same_source_at_another_date_is_no_whole():
    total = TOTAL | {"period": "2020-06-30"}
    us = found(total, gift("USA", 50, period="2020-05-26")).gift("USA")
    assert isinstance(us.of_received, Absent)


def test_a_plan_without_a_total_has_amounts_only():
    some = found(gift("USA", 64))
    assert some.gift("USA").amount.value == 64
    for number in (some.received, some.rest, some.concentration, some.largest_share):
        assert isinstance(number, Absent)


def test_a_share_that_the_source_states_stands_without_an_amount():
    stated = {"measure": "donor_share", "unit": "percent", "resolution": 1}
    some = found(TOTAL, gift("USA", 60, **stated), gift("CAN", 5, **stated))
    us = some.gift("USA")
    assert us.of_received.value == pytest.approx(0.6)
    assert [g.donor for g in some.gifts] == ["USA", "CAN"]  # by their shares
    assert isinstance(us.amount, Absent)
    # Without amounts nothing can be said of the rest, nor of how concentrated giving is.
    for number in (some.rest, some.named, some.concentration):
        assert isinstance(number, Absent)
        assert "states the share, not the amount" in number.reason


def test_a_plan_whose_donors_nobody_names():
    nobody = found(TOTAL)
    assert nobody.gifts == ()
    assert isinstance(nobody.largest_share, Absent)
    assert nobody.largest_share.unit == "share"


def test_a_donors_money_to_one_plan_is_no_part_of_another():
    data = made(funding=[gift("USA", 10), {"appeal": "GHRP", "value": 100}])
    with pytest.raises(Incompatible, match="IOM-COVID-19"):
        share(amount(data["f001"]), amount(data["f002"]))


def test_a_plan_without_a_requirement_has_shares_of_what_was_received():
    some = found(TOTAL, gift("USA", 40))
    assert some.gift("USA").of_received.value == pytest.approx(0.4)
    assert isinstance(some.rest_of_received, Estimate)
    assert isinstance(some.rest_of_required, Absent)
    assert isinstance(some.gap, Absent)
