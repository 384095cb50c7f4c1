import pytest
import tiny_displacement as tiny

from analysis.data.load import load
from analysis.displacement.host_changes import between, comparison, contributions
from analysis.displacement.hosts import hosts
from analysis.displacement.scope import scope_of
from analysis.numbers.estimate import Absent, Estimate

DATA = load()
NOW = hosts(scope_of(DATA))


def _two_lists(breaks=()):
    by = tiny.source("one")
    figures = [
        tiny.figure(f"d{n}", area, period, value, by)
        for n, (area, period, value) in enumerate([
            ("COL", "2019", 100), ("PER", "2019", 60), ("ECU", "2019", 40),
            ("COL", "2020", 160), ("PER", "2020", 90), ("ECU", "2020", 50), ("CHL", "2020", 70),
        ])
    ]  # fmt: skip
    # One document for each date, as one with two dates would be a list of its own kind.
    other = tiny.source("other")
    figures = [
        o if str(o.period) == "2019"
        else tiny.figure(o.key, o.area, "2020", o.value, other)
        for o in figures
    ]  # fmt: skip
    return hosts(scope_of(tiny.data(figures, breaks)))


def test_parts_of_a_change_by_hand():
    # 60 + 30 + 10 = 100; Chile is only in the second list and has no part
    parts = contributions(_two_lists())
    found = {h.after.area: p.value for h, p in zip(parts.hosts, parts.contributions, strict=True)}
    assert found == pytest.approx({"COL": 0.6, "PER": 0.3, "ECU": 0.1})
    assert parts.largest().label.endswith("Colombia")


def test_a_break_of_one_host_refuses_every_part_but_keeps_the_other_changes():
    known = _two_lists([tiny.series_break("COL", "2020")])
    change = between(known.scope, *known.lists)
    colombia, peru, _ecuador = change.hosts
    assert isinstance(colombia.change, Absent)
    assert peru.change.value == 30
    assert all(isinstance(part, Absent) for part in change.contributions)
    assert "a new method" in change.largest().reason


def test_november_2021_against_july_2024_refuses_parts_for_colombias_break():
    change = comparison(NOW)
    assert (str(change.before), str(change.after)) == ("2021-11", "2024-07-04")
    by_area = {h.after.area: h.change for h in change.hosts}
    assert isinstance(by_area["COL"], Absent)
    assert by_area["BRA"].value == 568_100 - 261_441
    assert by_area["PAN"].value == 58_200 - 121_600
    assert "August 2022" in change.refused
    assert "CUW" not in by_area  # not in the list of 2024


def test_the_newest_change_without_a_break_starts_in_august_2022():
    parts = contributions(NOW)
    assert (str(parts.before), str(parts.after)) == ("2022-08", "2024-07-04")
    # 380,000 of 380,000 + 320,000 + 210,100 + 84,700 - 57,200
    assert parts.largest().value == pytest.approx(380_000 / 937_600)
    assert all(isinstance(part, Estimate) for part in parts.contributions)


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31"])
def test_earlier_editions_have_the_change_of_2018_to_2019(as_of):
    parts = contributions(hosts(scope_of(DATA.known(as_of))))
    assert (str(parts.before), str(parts.after)) == ("2018-11-08", "2019-06")
    # Colombia 300, Peru 268, Chile 188, Ecuador 43, Brazil 78, Argentina 0: 877 thousand
    assert parts.largest().value == pytest.approx(300 / 877)


def test_without_two_lists_there_is_nothing_to_compare():
    none = hosts(scope_of(DATA, origin="COL"))
    assert comparison(none).hosts == ()
    assert comparison(none).table().empty == "no two host lists are known to compare"
    assert isinstance(contributions(none).largest(), Absent)
