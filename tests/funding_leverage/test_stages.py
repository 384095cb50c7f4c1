"""Stages of one programme in order, and what was added between nested totals."""

import dataclasses

import pytest
from made_tables import made

from analysis.errors import Incompatible, NotAccepted
from analysis.funding_leverage.stages import stages
from analysis.numbers.estimate import Absent


def both(facility, investment, grants, *, resolution=0, **changes):
    return [
        {"facility": facility, "role": role, "value": value, "resolution": resolution, **changes}
        for role, value in (("investment_leveraged", investment), ("non_reimbursable", grants))
    ]


DATA = made(
    leverage=[
        *both("idb-grant-facility-2019", 800, 100, status="planned", period="2019-05",
              source="plan"),
        *both("idb-pledge-2020", 1100, 100, status="expected", period="2020-05-26"),
        *both("idb-migration-initiative", 1200, 100, status="achieved", period="2019/2023-10",
              source="outcome"),
        *both("gcff-2017", 1000, 200, status="cumulative", period="2017", resolution=100),
        {"facility": "gcff-2017", "role": "stated_ratio", "value": 5, "unit": "ratio",
         "resolution": 1, "period": "2017"},
        *both("gcff-2019", 2500, 500, status="cumulative", period="2019"),
        *both("gcff-cumulative", 7000, 1000, status="cumulative", period="", source="undated"),
    ],
    sources={
        "plan": {"published": "2019-05"},
        "report": {"published": "2020-05-26"},
        "outcome": {"published": "2023-10"},
        "undated": {"published": "", "dating": "unknown"},
    },
)  # fmt: skip


def test_stages_have_their_dates_and_statuses():
    found = [(str(r.period), r.status, r.value.value) for r in stages(DATA, "IDB").known]
    assert found == [
        ("2019-05", "planned", 8),
        ("2020-05-26", "expected", 11),
        ("2019/2023-10", "achieved", 12),
    ]


def test_expected_and_achieved_are_not_compared():
    idb = stages(DATA, "IDB")
    with pytest.raises(Incompatible, match=r"expected.*achieved"):
        idb["idb-pledge-2020"].value.meets(idb["idb-migration-initiative"].value)
    with pytest.raises(Incompatible, match=r"achieved.*expected"):
        idb.marginal("idb-pledge-2020", "idb-migration-initiative")


def test_the_ratio_of_what_was_added_between_two_totals():
    gcff = stages(DATA, "GCFF")
    first = gcff.marginal("gcff-2017", "gcff-2019")
    # (2,500 - 1,000) / (500 - 200); the earlier two are given to the hundred
    assert first.value == 5
    assert (first.low, first.high) == pytest.approx((1450 / 350, 1550 / 250))
    assert gcff.marginal("gcff-2019", "gcff-cumulative").value == 9  # 4,500 / 500
    assert [step[2].value for step in gcff.steps()] == [5, 9]


def test_an_undated_total_is_known_only_without_a_date_of_knowledge():
    known = stages(DATA.known("2023-12-31"), "GCFF")
    assert len(known.known) == 2
    missing = known.marginal("gcff-2019", "gcff-cumulative")
    assert isinstance(missing, Absent)
    assert "in this report’s data" in missing.reason


def test_the_stated_ratio_of_a_stage_stands_beside_the_computed_one():
    stage = stages(DATA, "GCFF")["gcff-2017"]
    # 5 is 4.5 to 5.5; 950 / 250 to 1,050 / 150
    assert (stage.stated.low, stage.stated.high) == (4.5, 5.5)
    assert (stage.value.low, stage.value.high) == pytest.approx((3.8, 7))
    assert stage.value.meets(stage.stated)


def test_a_stage_whose_source_states_no_ratio_says_so():
    stated = stages(DATA, "GCFF")["gcff-2019"].stated
    assert isinstance(stated, Absent)
    assert "states no ratio" in stated.reason


def test_the_newest_goes_by_date_not_by_size():
    idb = stages(DATA, "IDB")
    turned = dataclasses.replace(idb, stages=tuple(reversed(idb.stages)))
    assert turned.newest == idb.newest == idb["idb-migration-initiative"].value


def test_an_unknown_series_lists_those_there_are():
    with pytest.raises(NotAccepted, match="IDB, GCFF"):
        stages(DATA, "ADB")


def test_the_table_has_one_row_for_each_stage_known():
    assert len(stages(DATA.known("2020-05-31"), "IDB").table().rows) == 2
    empty = stages(DATA.known("2019-05-31"), "GCFF").table().as_record()
    assert empty["rows"] == []
    assert "in this report’s data" in empty["reason"]
