"""How hosts changed between two dates."""

import pytest
from made_tables import made

from analysis.displacement.host_changes import between, comparison, contributions
from analysis.displacement.hosts import hosts
from analysis.displacement.scope import scope_of
from analysis.numbers.estimate import Absent


def listed(period, stated=None, **people):
    """The hosts of one date, from a document of their own."""
    areas = people | ({"LAC": stated} if stated else {})
    return [
        {"area": area, "period": period, "value": value, "source": f"of-{period}"}
        for area, value in areas.items()
    ]


def of(*rows, breaks=()):
    broken = [{"area": area, "period": period} for area, period in breaks]
    return hosts(scope_of(made(displacement=rows, breaks=broken)))


TWO = [
    *listed("2019", COL=100, PER=60, ECU=40),
    *listed("2020", COL=160, PER=90, ECU=50, CHL=70),
]


def test_parts_of_a_change_by_hand():
    # 60 + 30 + 10 = 100; Chile is only in the second list and has no part
    parts = contributions(of(*TWO))
    found = {h.after.area: p.value for h, p in zip(parts.hosts, parts.contributions, strict=True)}
    assert found == pytest.approx({"COL": 0.6, "PER": 0.3, "ECU": 0.1})
    assert parts.largest().label.endswith("Colombia")


def test_a_break_of_one_host_refuses_every_part_but_keeps_the_other_changes():
    known = of(*TWO, breaks=[("COL", "2020")])
    change = between(known.scope, *known.lists)
    colombia, peru, _ecuador = change.hosts
    assert isinstance(colombia.change, Absent)
    assert peru.change.value == 30
    assert all(isinstance(part, Absent) for part in change.contributions)
    assert "a new method" in change.largest().reason
    assert "No parts are computed" in change.table().note


THREE = [
    *listed("2018", COL=90, PER=50, ECU=30),
    *listed("2019", COL=100, PER=60, ECU=40, stated=200),
    *listed("2020", COL=105, PER=50, ECU=50),
    *listed("2021", COL=160, PER=90, ECU=50, stated=300),
]


def test_the_leading_list_is_compared_with_the_newest_complete_one_before_it():
    change = comparison(of(*THREE))
    assert (str(change.before), str(change.after)) == ("2019", "2021")
    assert {h.after.area: h.change.value for h in change.hosts} == {"COL": 60, "PER": 30, "ECU": 10}


def test_without_a_complete_one_before_it_the_first_is_taken():
    change = comparison(of(*THREE[:3], *listed("2021", COL=160, PER=90, ECU=50, stated=300)))
    assert (str(change.before), str(change.after)) == ("2018", "2021")


def test_parts_start_at_the_first_list_that_no_break_cuts_off():
    parts = contributions(of(*THREE, breaks=[("PER", "2020")]))
    assert (str(parts.before), str(parts.after)) == ("2020", "2021")
    assert parts.largest().value == pytest.approx(55 / 95)  # 55 + 40 + 0


def test_without_two_lists_there_is_nothing_to_compare():
    none = of(*listed("2019", COL=100, PER=60, ECU=40))
    assert comparison(none).hosts == ()
    assert comparison(none).table().empty == "no two host lists are known to compare"
    assert isinstance(contributions(none).largest(), Absent)
    assert comparison(none).ends == {"before": "", "after": ""}


def test_two_lists_without_a_host_in_common_have_no_change():
    known = of(*listed("2019", COL=1, PER=2, ECU=3), *listed("2020", CHL=1, BRA=2, ARG=3))
    assert "no host in common" in between(known.scope, *known.lists).refused
