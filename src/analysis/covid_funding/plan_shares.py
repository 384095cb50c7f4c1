"""Shares inside country plans: the COVID-19 part of what came in, and two bases of coverage."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.covid_funding.plans import amount
from analysis.data.load import Data
from analysis.data.observations import Observation
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate, ranges_meet
from analysis.numbers.tables import Column, Table

COVID_SHARES = ("AFG", "JOR", "PSE")


@dataclass(frozen=True)
class CovidShare:
    """The COVID-19 part of what a country's humanitarian response plan received in a year.

    Attributes
    ----------
    area, country : str
        The country's code and the reader's name of it.
    covid, received : Estimate or Absent
        Received for COVID-19, and for the whole plan, in USD.
    share, stated : Estimate or Absent
        The first over the second, and what the source itself states.
    """

    area: str
    country: str
    covid: Estimate | Absent
    received: Estimate | Absent
    share: Estimate | Absent
    stated: Estimate | Absent


def covid_share(data: Data, area: str) -> CovidShare:
    """Return the COVID-19 part of what one country's plan received in 2020."""
    country, named = data.areas.name(area), data.areas.in_sentence(area)
    label = _("COVID-19 share of what the plan for {country} received, 2020").format(country=named)
    noun = _("the share of the money for the plan for {country} that was for COVID-19")
    covid = _one(data, "HRP COVID-19", 2020, area, "received")
    plan = _one(data, "HRP", 2020, area, "received")
    stated = _one(data, "HRP COVID-19", 2020, area, "share_of_plan_funding")
    if not (covid and plan):
        what = _("what the plan for {country} received in 2020").format(country=named)
        money = unstated(what, "USD", "")
        share = unstated(what, "share", label)
        return CovidShare(area, country, money, money, share, share)
    part, whole = amount(covid, part_of=plan), amount(plan)
    return CovidShare(
        area,
        country,
        part,
        whole,
        estimate.share(part, whole).labelled(label).called(noun.format(country=named)),
        Estimate.of(stated, definition="share_of_plan_funding")
        if stated
        else unstated(_("this share"), "share", label),
    )


def covid_shares_table(data: Data) -> Table:
    """Return the COVID-19 shares of country plans beside the stated ones."""
    shares = [covid_share(data, area) for area in COVID_SHARES]
    return Table(
        _("How much of the money for three country plans was for COVID-19, 2020"),
        [
            Column("country", _("Country plan")),
            Column("covid", _("Received for COVID-19"), "USD"),
            Column("received", _("Received by the plan"), "USD"),
            Column("share", _("COVID-19 share"), "share"),
            Column("stated", _("As stated"), "share"),
            Column("agree", _("Do they meet?")),
        ],
        [
            [s.country, s.covid, s.received, s.share, s.stated, _agreement(s)]
            for s in shares
            if isinstance(s.share, Estimate)
        ],
        empty=unstated(_("what these plans received in 2020"), "", "").reason,
    )


def _agreement(s: CovidShare) -> str | None:
    """Whether the computed and the stated share can be one number; None where one is absent."""
    if isinstance(s.share, Absent) or isinstance(s.stated, Absent):
        return None
    return _("yes") if ranges_meet(s.share, s.stated) else _("no")


@dataclass(frozen=True)
class TwoBases:
    """Money received over money required, with two ways to count what was received.

    Attributes
    ----------
    received, received_both : Estimate or Absent
        Money inside the plan, and inside and outside it together, in USD.
    required : Estimate or Absent
        What the plan required, in USD.
    inside, both : Estimate or Absent
        The first and the second over the third, in unit ``share``.
    stated_inside, stated_both : Estimate or Absent
        The same two as the source states them.
    """

    received: Estimate | Absent
    received_both: Estimate | Absent
    required: Estimate | Absent
    inside: Estimate | Absent
    both: Estimate | Absent
    stated_inside: Estimate | Absent
    stated_both: Estimate | Absent

    def table(self) -> Table:
        """Return the two bases, one row each."""
        rows = [
            [_("Inside the plan"), self.received, self.required, self.inside, self.stated_inside],
            [
                _("Inside and outside the plan"),
                self.received_both,
                self.required,
                self.both,
                self.stated_both,
            ],
        ]
        missing = self.required.reason if isinstance(self.required, Absent) else ""
        return Table(
            _("The plan inside Venezuela: two bases, not to be mixed"),
            [
                Column("basis", _("Money counted")),
                Column("received", _("Received"), "USD"),
                Column("required", _("Required by the plan"), "USD"),
                Column("ratio", _("Received over required"), "share"),
                Column("stated", _("As stated"), "share"),
            ],
            [] if missing else rows,
            note=_(
                "Only the first is the coverage of the plan: money outside it does not answer "
                "its requirement."
            ),
            empty=missing,
        )


def venezuela_bases(data: Data) -> TwoBases:
    """Return the money for Venezuela in 2022, inside the plan and in all, over its requirement.

    Every number is absent unless all three amounts are known: inside the plan, inside and outside
    it together, and the requirement.
    """

    def stated(measure: str) -> Observation | None:
        return _one(data, "HRP", 2022, "VEN", measure)

    inside, both = stated("received"), stated("received_inside_and_outside_plan")
    required = stated("required")
    label_inside = _("Plan inside Venezuela, money inside it over its requirement")
    label_both = _("Plan inside Venezuela, money inside and outside it over its requirement")
    if not (inside and both and required):
        what = _("what came for the plan inside Venezuela and outside it")
        money = unstated(what, "USD", "")
        share_inside = unstated(what, "share", label_inside)
        share_both = unstated(what, "share", label_both)
        return TwoBases(
            received=money, received_both=money, required=money,
            inside=share_inside, both=share_both,
            stated_inside=share_inside, stated_both=share_both,
        )  # fmt: skip

    def as_stated(share: Observation | None) -> Estimate | Absent:
        return Estimate.of(share) if share else unstated(_("it"), "share", "")

    whole = amount(required)
    noun_inside = _("the money inside the plan inside Venezuela, as a share of its requirement")
    noun_both = _(
        "the money inside and outside the plan inside Venezuela, as a share of its requirement"
    )
    return TwoBases(
        received=amount(inside),
        received_both=amount(both),
        required=whole,
        inside=estimate.ratio(amount(inside), whole, unit="share")
        .labelled(label_inside)
        .called(noun_inside),
        both=estimate.ratio(amount(both), whole, unit="share")
        .labelled(label_both)
        .called(noun_both),
        stated_inside=as_stated(stated("coverage")),
        stated_both=as_stated(stated("received_inside_and_outside_plan_to_required")),
    )


def _one(data: Data, appeal: str, year: int, area: str, measure: str) -> Observation | None:
    rows = data.funding.where(appeal=appeal, appeal_year=year, area=area, measure=measure, donor="")
    return rows[0] if rows else None
