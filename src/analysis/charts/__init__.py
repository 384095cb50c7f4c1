"""The one door to looks: every chart of the report, in one style.

A chart takes a result and gives back a `Chart`: the picture with its table, alternative text and
credit. It does not compute, save or show.
"""

from .counts import counted
from .frame import Blank, Chart
from .hosts import hosts_change, ranked_hosts, ranked_unhcr_hosts
from .projection import projected_and_reported
from .ranking import ranked
from .share_pairs import share_pairs
from .stack import stacked_categories
from .trend import trend, two_counts

__all__ = [
    "Blank",
    "Chart",
    "counted",
    "hosts_change",
    "projected_and_reported",
    "ranked",
    "ranked_hosts",
    "ranked_unhcr_hosts",
    "share_pairs",
    "stacked_categories",
    "trend",
    "two_counts",
]
