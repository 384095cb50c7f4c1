"""Median and pooled ratio of operations of one status and basis, and what refuses to be pooled."""

from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.errors import Incompatible
from analysis.funding_leverage.pooling import approved_operations, pool
from analysis.funding_leverage.ratios import ratios
from analysis.numbers.estimate import Absent

DATA = load(Path(__file__).parents[2] / "data")
BY_KEY = {r.facility.key: r for r in ratios(DATA).all}


def test_approved_operations_without_small_buy_downs():
    found = approved_operations(ratios(DATA), buy_downs=False)
    assert found.n == 2
    # 300 / 17.589 = 17.056 and 500 / 30 = 16.667: halfway 16.861; (300 + 500) / 47.589 = 16.811
    assert found.median.value == pytest.approx(16.861, abs=1e-3)
    assert found.pooled.value == pytest.approx(16.811, abs=1e-3)
    assert found.median.label.endswith("(2 operations)")


def test_one_small_buy_down_moves_the_pooled_ratio_more_than_the_median():
    found = approved_operations(ratios(DATA), buy_downs=True)
    assert found.n == 3
    # of 16.667, 17.056 and 83.333 the middle; (300 + 500 + 500) / (17.589 + 30 + 6 = 53.589)
    assert found.median.value == pytest.approx(17.056, abs=1e-3)
    assert found.pooled.value == pytest.approx(24.259, abs=1e-3)


def test_the_medians_range_runs_from_median_low_to_median_high():
    found = approved_operations(ratios(DATA), buy_downs=True).median
    # Lows: 299.5 / 17.5895 = 17.027, 499.5 / 30.5 = 16.377, 79.3; highs: 17.085, 16.966, 87.8
    assert (found.low, found.high) == pytest.approx((17.0272, 17.0850), abs=1e-3)


def test_another_status_is_refused():
    with pytest.raises(Incompatible, match=r"approved.*expected"):
        pool([BY_KEY["gcff-ecuador-2022"], BY_KEY["idb-pledge-2020"]], "both", "")


def test_another_basis_is_refused():
    with pytest.raises(Incompatible, match=r"beside the grant.*includes the grant"):
        pool([BY_KEY["gcff-ecuador-2022"], BY_KEY["gcff-jordan-2016"]], "both", "")


def test_nested_totals_are_refused():
    with pytest.raises(Incompatible, match="stages of the same money"):
        pool([BY_KEY["gcff-2017"], BY_KEY["gcff-2019"]], "both", "")


def test_with_no_operation_there_is_a_reason_and_no_number():
    found = approved_operations(ratios(DATA.known("2020-05-31")), buy_downs=True)
    assert found.n == 0
    assert isinstance(found.median, Absent)
    assert isinstance(found.pooled, Absent)
    assert "31 May 2020" in found.median.reason
