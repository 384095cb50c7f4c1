"""The one door to looks: every chart of the report, in one style.

A chart takes a result and gives back a `Chart`: the picture with its table, alternative text and
credit. It does not compute, save or show.
"""

from analysis.charts.drawing.frame import Blank, Chart
from analysis.charts.kinds.appeal import appeal, appeals
from analysis.charts.kinds.coverage import coverage, coverage_change
from analysis.charts.kinds.crises import crises_in_region, crises_over_time
from analysis.charts.kinds.donors import donors
from analysis.charts.kinds.dot_panels import counted
from analysis.charts.kinds.hosts import hosts_change, ranked_hosts, ranked_unhcr_hosts
from analysis.charts.kinds.leverage import (
    leverage_ratios,
    leverage_readings,
    leverage_stages,
    leverage_totals,
)
from analysis.charts.kinds.plan_coverage import (
    coverage_by_type,
    covid_money,
    covid_shares,
    plan_over_years,
)
from analysis.charts.kinds.projection import projected_and_reported
from analysis.charts.kinds.proportion import in_proportion
from analysis.charts.kinds.ranking import ranked
from analysis.charts.kinds.share_pairs import share_pairs
from analysis.charts.kinds.stack import stacked_categories
from analysis.charts.kinds.trend import trend, two_counts
from analysis.charts.kinds.vintages import revisions
from analysis.charts.maps.host_map import host_map

__all__ = [
    "Blank",
    "Chart",
    "appeal",
    "appeals",
    "counted",
    "coverage",
    "coverage_by_type",
    "coverage_change",
    "covid_money",
    "covid_shares",
    "crises_in_region",
    "crises_over_time",
    "donors",
    "host_map",
    "hosts_change",
    "in_proportion",
    "leverage_ratios",
    "leverage_readings",
    "leverage_stages",
    "leverage_totals",
    "plan_over_years",
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
