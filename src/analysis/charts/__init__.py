"""The one door to looks: every chart of the report, in one style.

A chart takes a result and gives back a `Chart`: the picture with its table, alternative text and
credit. It does not compute, save or show.
"""

from analysis.charts.appeal import appeal, appeals
from analysis.charts.coverage import coverage, coverage_change
from analysis.charts.donors import donors
from analysis.charts.frame import Blank, Chart
from analysis.charts.leverage import (
    leverage_ratios,
    leverage_readings,
    leverage_stages,
    leverage_totals,
)
from analysis.charts.ranking import ranked

__all__ = [
    "Blank",
    "Chart",
    "appeal",
    "appeals",
    "coverage",
    "coverage_change",
    "donors",
    "leverage_ratios",
    "leverage_readings",
    "leverage_stages",
    "leverage_totals",
    "ranked",
]
