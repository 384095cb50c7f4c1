"""Plans, and that one plan's money never meets another's."""

import pytest
from made_tables import made

from analysis.covid_funding.plans import MAIN, PLANS, amount, nesting, plan
from analysis.errors import Incompatible, NotAccepted


def row(appeal, measure="received", **changes):
    return {"appeal": appeal, "measure": measure, "value": 100, **changes}


DATA = made(
    funding=[
        row("GHRP"),  # f001
        row("GHO"),  # f002
        row("IOM-COVID-19"),  # f003
        row("IOM-COVID-19", appeal_year=2021),  # f004
        row("RMRP", "required", area="LAC"),  # f005
        row("RMRP", "required", area="ECU"),  # f006
        row("WHO-COVID-19"),  # f007
        row("WHO-COVID-19", "pledged"),  # f008
        row("UNHCR-COVID-19", "received_earmarked"),  # f009
        row("UNHCR-COVID-19", "received_flexible"),  # f010
    ]
)


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
        ("f001", "f002"),  # the GHRP's money lies in the GHO's
        ("f003", "f001"),  # IOM's lies in part in the GHRP's
        ("f003", "f004"),  # one plan year and the next
        ("f006", "f005"),  # the regional plan and its part for Ecuador
        ("f007", "f008"),  # received and pledged
    ],
)
def test_one_plans_money_is_never_added_to_anothers(inner, outer):
    with pytest.raises(Incompatible) as refused:
        amount(DATA[inner]) + amount(DATA[outer])
    # The message names both sides, by plan and by observation.
    for key in (inner, outer):
        assert key in str(refused.value)
        assert DATA[key].appeal in str(refused.value)


def test_a_part_counts_what_its_whole_counts():
    earmarked = amount(DATA["f009"], part_of=DATA["f009"])
    flexible = amount(DATA["f010"], part_of=DATA["f009"])
    assert (earmarked + flexible).value == 200


def test_the_table_of_nesting_says_which_plan_known_contains_which():
    rows = {row[0]: row for row in nesting(DATA).rows}
    assert set(rows) == {"GHRP", "GHO", "IOM", "RMRP", "WHO", "UNHCR"}
    assert rows["GHRP"][3].startswith("GHO")
    assert rows["IOM"][4] == "GHRP"
    assert [rows[name][2] for name in ("IOM", "GHO", "RMRP")] == ["yes", "in part", "no"]


def test_only_plans_with_a_line_of_their_own_are_drawn_beside_each_other():
    drawn = [PLANS[appeal] for appeal in MAIN]
    assert all(p.covid for p in drawn)
    assert "GHRP plan 952" not in MAIN  # a part of the GHRP
