"""The report's key numbers as they were known at each date: one function for each number."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from analysis.covid_funding import appeals
from analysis.covid_funding.plans import PLANS
from analysis.data.load import Data
from analysis.displacement import stocks
from analysis.displacement.measures import ABROAD, WORLD
from analysis.displacement.regional_share import regional_share
from analysis.displacement.scope import Scope
from analysis.funding_leverage import readings, stages
from analysis.language import _
from analysis.numbers.estimate import Absent, Estimate
from analysis.vintages.as_known import Vintages, vintages


def people_abroad(scope: Scope) -> Vintages:
    """Return the newest stock of people abroad, as known at each date."""

    def newest(known: Data) -> Estimate | Absent:
        return stocks.abroad(dataclasses.replace(scope, data=known), WORLD).newest()

    label = _("People from {origin} abroad, newest figure").format(origin=scope.origin_name)
    return vintages(
        scope.data, newest, label, _side_of_breaks(scope, WORLD), _("a break of method")
    )


def share_in_region(scope: Scope) -> Vintages:
    """Return the region's share by the newest pair, as known at each date."""

    def newest(known: Data) -> Estimate | Absent:
        return regional_share(dataclasses.replace(scope, data=known)).share

    label = _("Share of people from {origin} abroad who live in {region}").format(
        origin=scope.origin_name, region=scope.region_name
    )
    return vintages(
        scope.data, newest, label, _side_of_breaks(scope, WORLD), _("a break of method")
    )


def idb_ratio(data: Data, reading: str) -> Vintages:
    """Return the newest ratio of the IDB's migration grants, as known at each date.

    Parameters
    ----------
    data : Data
    reading : str
        How the bank's sentence is read once it is known (`analysis.funding_leverage.readings`).
    """

    def newest(known: Data) -> Estimate | Absent:
        return readings.lead(readings.readings(known, reading), stages.stages(known, "IDB"))

    label = _("Investment per dollar of the IDB's migration grants")
    return vintages(
        data, newest, label, lambda e: e.observations[0].status, _("another stage of the money")
    )


def requirement(data: Data, appeal: str) -> Vintages:
    """Return what an appeal required by its newest statement, as known at each date."""

    def newest(known: Data) -> Estimate | Absent:
        return appeals.history(known, appeal).latest_requirement

    label = _("Requirement of {plan}").format(plan=PLANS[appeal].name)
    return vintages(data, newest, label, _plan_year, _("a plan for another year"))


def coverage(data: Data, appeal: str) -> Vintages:
    """Return how much of an appeal's requirement was covered, as known at each date."""

    def newest(known: Data) -> Estimate | Absent:
        receipts = appeals.history(known, appeal).receipts
        return receipts[-1].coverage if receipts else Absent(_("nothing received is stated"))

    label = _("Coverage of {plan}").format(plan=PLANS[appeal].name)
    return vintages(data, newest, label, _plan_year, _("a plan for another year"))


def _plan_year(estimate: Estimate) -> int:
    return estimate.observations[0].appeal_year


def _side_of_breaks(scope: Scope, area: str) -> Callable[[Estimate], object]:
    """How many breaks of the series of people abroad lie before a number's date."""
    breaks = scope.breaks(ABROAD, area)

    def side(estimate: Estimate) -> int:
        date = estimate.observations[0].stated_period.last_day
        return sum(b.period.first_day <= date for b in breaks)

    return side
