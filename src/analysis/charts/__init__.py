"""The one door to looks: every chart of the report, in one style.

A chart takes a result and gives back a `Chart`: the picture with its table, alternative text and
credit. It does not compute, save or show.
"""

from analysis.charts.appeal import appeal, appeals
from analysis.charts.counts import counted
from analysis.charts.coverage import coverage, coverage_change
from analysis.charts.donors import donors
from analysis.charts.frame import Blank, Chart
from analysis.charts.host_map import host_map
from analysis.charts.hosts import hosts_change, ranked_hosts, ranked_unhcr_hosts
from analysis.charts.leverage import (
    leverage_ratios,
    leverage_readings,
    leverage_stages,
    leverage_totals,
)
from analysis.charts.projection import projected_and_reported
from analysis.charts.ranking import ranked
from analysis.charts.share_pairs import share_pairs
from analysis.charts.stack import stacked_categories
from analysis.charts.trend import trend, two_counts
from analysis.charts.vintages import revisions

__all__ = [
    "Blank",
    "Chart",
    "appeal",
    "appeals",
    "counted",
    "coverage",
    "coverage_change",
    "donors",
    "host_map",
    "hosts_change",
    "leverage_ratios",
    "leverage_readings",
    "leverage_stages",
    "leverage_totals",
    "projected_and_reported",
    "ranked",
    "ranked_hosts",
    "ranked_unhcr_hosts",
    "revisions",
    "share_pairs",
    "stacked_categories",
    "trend",
    "two_counts",
]
