"""Plans, and that one plan's money never meets another's."""

import pytest
from funding_world import DATA

from analysis.covid_funding.plans import MAIN, PLANS, amount, nesting, plan
from analysis.data.load import load
from analysis.errors import Incompatible, NotAccepted

ALL = load(DATA)


def test_every_plan_is_in_the_data_under_its_area():
    for each in PLANS.values():
        assert len(ALL.funding.where(appeal=each.appeal, area=each.area)) > 0


def test_an_unknown_appeal_lists_those_there_are():
    with pytest.raises(NotAccepted, match="Did you mean 'GHRP'") as refused:
        plan("GHPR")
    assert "IOM-COVID-19" in str(refused.value)


def test_pledges_made_at_a_conference_are_no_appeal():
    with pytest.raises(NotAccepted, match="Donors conference"):
        plan("Donors conference")


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("f111", "f134"),  # the GHRP's money lies in the GHO's
        ("f109", "f133"),  # so does its requirement
        ("f003", "f109"),  # IOM's plan lies in part in the GHRP
        ("f102", "f105"),  # IOM's plan for 2020 and the one for 2021
        ("f010", "f008"),  # the regional plan and its part for Ecuador, from another source
    ],
)
def test_nested_plans_are_never_added(inner, outer):
    with pytest.raises(Incompatible) as refused:
        amount(ALL[inner]) + amount(ALL[outer])
    # The message names both sides, by plan and by observation.
    for key in (inner, outer):
        assert key in str(refused.value)
        assert ALL[key].appeal in str(refused.value)


def test_pledges_are_never_added_to_what_was_received():
    with pytest.raises(Incompatible) as refused:
        amount(ALL["f153"]) + amount(ALL["f154"])  # WHO: 195 million received, 69 million pledged
    assert "received, WHO-COVID-19" in str(refused.value)
    assert "pledged, WHO-COVID-19" in str(refused.value)


def test_a_part_counts_what_its_whole_counts():
    # earmarked and flexible money are parts of what UNHCR received: 68.7 + 48.8 = 117.5 million
    earmarked = amount(ALL["f020"], part_of=ALL["f020"])
    flexible = amount(ALL["f021"], part_of=ALL["f020"])
    assert (earmarked + flexible).value == pytest.approx(117.5e6)


def test_the_table_of_nesting_says_which_contains_which():
    rows = {row[0]: row for row in nesting(ALL).rows}
    assert rows["GHRP"][3].startswith("GHO")
    assert rows["IOM"][4] == "GHRP"
    assert rows["RMRP"][2] == "no"  # no COVID-19 plan
    assert len(rows) == len(PLANS)


def test_only_plans_with_a_line_of_their_own_are_drawn_beside_each_other():
    drawn = [PLANS[appeal] for appeal in MAIN]
    assert all(p.covid for p in drawn)
    assert "GHRP plan 952" not in MAIN  # a part of the GHRP
