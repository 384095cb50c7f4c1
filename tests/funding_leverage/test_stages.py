"""Stages of one programme in order, and what was added between nested totals."""

import dataclasses
from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.errors import Incompatible, NotAccepted
from analysis.funding_leverage.stages import stages
from analysis.numbers.estimate import Absent

DATA = load(Path(__file__).parents[2] / "data")


def test_the_idbs_stages_have_their_dates_and_statuses():
    # 800 / 100; 1,100 / 85; 1,320 / 101.5
    found = [(str(r.period), r.status, round(r.value.value, 1)) for r in stages(DATA, "IDB").known]
    assert found == [
        ("2019-05", "planned", 8.0),
        ("2020-05-26", "expected", 12.9),
        ("2019/2023-10", "achieved", 13.0),
    ]


def test_expected_and_achieved_are_not_compared():
    idb = stages(DATA, "IDB")
    with pytest.raises(Incompatible, match=r"expected.*achieved"):
        idb["idb-pledge-2020"].value.meets(idb["idb-migration-initiative"].value)
    with pytest.raises(Incompatible, match=r"achieved.*expected"):
        idb.marginal("idb-pledge-2020", "idb-migration-initiative")


def test_marginal_ratios_of_the_gcffs_totals():
    gcff = stages(DATA, "GCFF")
    # (2,500 - 1,000) / (500 - 200) = 5; 1,450 / 301.5 to 1,650 / 299.5
    first = gcff.marginal("gcff-2017", "gcff-2019")
    assert (first.value, first.low, first.high) == pytest.approx((5.0, 4.809, 5.509), abs=1e-3)
    # (7,300 - 2,500) / (953 - 500) = 4,800 / 453; 4,700 / 454 to 4,900 / 452
    since = gcff.marginal("gcff-2019", "gcff-cumulative")
    assert (since.value, since.low, since.high) == pytest.approx((10.596, 10.352, 10.841), abs=1e-3)
    assert [step[2] for step in gcff.steps()] == [first, since]


def test_the_undated_total_is_known_only_to_the_latest_edition():
    known = stages(DATA.known("2023-12-31"), "GCFF")
    assert len(known.known) == 2
    missing = known.marginal("gcff-2019", "gcff-cumulative")
    assert isinstance(missing, Absent)
    assert "31 December 2023" in missing.reason


def test_stated_and_computed_in_2017_are_not_distinguishable():
    stage = stages(DATA, "GCFF")["gcff-2017"]
    # "five times": 4.5 to 5.5; 950 / 200 to 1,050 / 199
    assert (stage.stated.low, stage.stated.high) == (4.5, 5.5)
    assert (stage.value.low, stage.value.high) == pytest.approx((4.75, 5.276), abs=1e-3)
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
    empty = stages(DATA.known("2018-01-01"), "IDB").table().as_record()
    assert empty["rows"] == []
    assert "1 January 2018" in empty["reason"]
