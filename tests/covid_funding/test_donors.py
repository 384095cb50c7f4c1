"""Donors' shares of what was received and of what was required."""

import pytest
from funding_world import DATA, world

from analysis.covid_funding.donors import donors
from analysis.covid_funding.plans import amount
from analysis.data.load import load
from analysis.errors import Incompatible
from analysis.numbers.estimate import Absent, Estimate, share

ALL = load(DATA)


def test_the_us_share_of_the_iom_plan_has_two_wholes():
    gift = donors(ALL, "IOM-COVID-19").gift("USA")
    # nearly 28.5 (28.4 to 28.5) of nearly 100 (99 to 100): 28.4 to 28.8 %
    assert str(gift.of_received) == "28.5% (28.4–28.8%)"
    # nearly 28.5 of 499 (498.5 to 499.5): 5.69 to 5.72 %
    assert str(gift.of_required) == "5.71% (5.69–5.72%)"
    assert gift.share("received") == gift.of_received
    assert gift.share("required") == gift.of_required


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31", None])
def test_the_us_share_is_known_in_all_editions(as_of):
    gift = donors(ALL.known(as_of), "IOM-COVID-19").gift("USA")
    assert str(gift.of_required) == "5.71% (5.69–5.72%)"


def test_the_donors_of_who_largest_first_and_the_rest_unnamed():
    who = donors(ALL, "WHO-COVID-19")
    assert [g.donor for g in who.gifts] == ["JPN", "DEU", "CHN", "GBR", "USA"]
    # 47.5 of 195 million
    assert str(who.largest_share) == "24.4% (24.3–24.4%)"
    assert "Japan" in who.largest_share.label
    # 195 - (47.5 + 27 + 20 + 17.4 + 14.7) = 68.4; 194.5 - 127.75 to 195.5 - 125.45
    assert str(who.rest) == "USD 68.4 million (66.75–70.05 million)"
    assert who.rest_of_received.value == pytest.approx(68.4 / 195)


def test_named_and_unnamed_shares_make_the_whole():
    who = donors(ALL, "WHO-COVID-19")
    assert who.named.value + who.rest_of_received.value == pytest.approx(1)
    shares = [g.of_required.value for g in who.gifts]
    assert sum(shares) + who.rest_of_required.value == pytest.approx(who.coverage.value)


def test_concentration_is_refused_where_too_few_are_named():
    # the five donors that WHO names gave 126.6 of 195 million: 64.9 %
    refused = donors(ALL, "WHO-COVID-19").concentration
    assert isinstance(refused, Absent)
    assert "64.9%" in refused.reason
    assert "95%" in refused.reason


def test_concentration_where_all_are_named(tmp_path):
    data = world(
        tmp_path,
        {"value": 100},
        {"value": 75, "donor": "USA"},
        {"value": 25, "donor": "JPN"},
    )
    index = donors(data, "IOM-COVID-19").concentration
    assert index.value == pytest.approx(0.75**2 + 0.25**2)


def test_money_stated_by_another_source_has_no_share():
    # Japan's 6 million are in a report without a date: known in latest only, and without a total
    iom = donors(ALL, "IOM-COVID-19")
    japan = iom.gift("JPN")
    assert [g.donor for g in iom.elsewhere] == ["JPN"]
    assert japan.amount.value == 6e6
    assert "no total received" in japan.of_received.reason
    assert "no requirement" in japan.of_required.reason
    assert donors(ALL.known("2023-12-31"), "IOM-COVID-19").gift("JPN") is None


def test_the_same_source_at_another_date_is_no_whole(tmp_path):
    data = world(
        tmp_path,
        {"value": 100, "period": "2020-06-30"},
        {"value": 50, "donor": "USA", "period": "2020-05-26"},
    )
    gift = donors(data, "IOM-COVID-19").gift("USA")
    assert isinstance(gift.of_received, Absent)


def test_a_plan_without_a_total_has_amounts_only():
    unhcr = donors(ALL, "UNHCR-COVID-19")
    assert unhcr.gift("USA").amount.value == 64e6
    assert isinstance(unhcr.received, Absent)
    assert isinstance(unhcr.rest, Absent)
    assert isinstance(unhcr.concentration, Absent)


def test_a_share_that_the_source_states_stands_without_an_amount():
    # R4V, August 2021: 82.5 per cent of what the plan had received came from the US
    gift = donors(ALL, "RMRP").gift("USA")
    assert str(gift.of_received) == "82.5% (82.45–82.55%)"
    assert isinstance(gift.amount, Absent)
    assert isinstance(donors(ALL, "RMRP").rest, Absent)


def test_a_plan_whose_donors_nobody_names():
    nobody = donors(ALL, "GHO")
    assert nobody.gifts == ()
    assert isinstance(nobody.largest_share, Absent)
    assert nobody.largest_share.unit == "share"


def test_a_donors_money_to_one_plan_is_no_part_of_another():
    with pytest.raises(Incompatible, match="IOM-COVID-19"):
        share(amount(ALL["f001"]), amount(ALL["f111"]))  # US money to IOM over the GHRP's


def test_a_plan_without_a_requirement_has_shares_of_what_was_received(tmp_path):
    data = world(tmp_path, {"value": 100}, {"value": 40, "donor": "USA"})
    found = donors(data, "IOM-COVID-19")
    assert found.gift("USA").of_received.value == pytest.approx(0.4)
    assert isinstance(found.rest_of_received, Estimate)
    assert isinstance(found.rest_of_required, Absent)
    assert isinstance(found.gap, Absent)
