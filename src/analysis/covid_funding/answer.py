"""COVID-19 funding shares: what an appeal required, what it had received, who gave which share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.covid_funding import appeals, donors
from analysis.covid_funding.appeals import History, Receipt
from analysis.covid_funding.donors import DENOMINATORS, Denominator, Donors
from analysis.covid_funding.plans import PLAN_YEAR, PLANS, of_plan_year
from analysis.data.load import Data
from analysis.errors import NotAccepted
from analysis.language import _
from analysis.numbers.absence import unstated
from analysis.numbers.estimate import Absent, Estimate

Number = Estimate | Absent
_NOUNS_OF_DONOR = {
    "amount": _("the money that {plan} had received from {donor}"),
    "of_received": _("the share of what {plan} had received that came from {donor}"),
    "of_required": _("the share of what {plan} required that came from {donor}"),
}


@dataclass(frozen=True)
class Answer:
    """The numbers of one appeal, each labelled with what it is and its dates.

    Attributes
    ----------
    received : Estimate or Absent
        The newest amount received, in USD: paid and committed.
    required : Estimate or Absent
        What the appeal required on that date; its newest requirement where no receipt is known.
    coverage, stated_coverage : Estimate or Absent
        The first over the second, and what the source of the money says itself.
    gap : Estimate or Absent
        The second less the first.
    latest_requirement : Estimate or Absent
        The newest of the plan year that the money is of.
    donor_amount, donor_share, donor_share_of_received, donor_share_of_required
        The chosen donor's money and shares; ``donor_share`` is by the chosen denominator.
    """

    history: History
    donors: Donors
    received: Number
    required: Number
    coverage: Number
    gap: Number
    stated_coverage: Number
    latest_requirement: Number
    donor_amount: Number
    donor_share: Number
    donor_share_of_received: Number
    donor_share_of_required: Number


def answer_about(
    data: Data,
    appeal: str = "IOM-COVID-19",
    donor: str = "USA",
    denominator: Denominator = "received",
) -> Answer:
    """Return what is known of an appeal and of one donor's part in it.

    Parameters
    ----------
    data : Data
        What is known.
    appeal : str
        A key of `plans.PLANS`.
    donor : str
        ISO 3166-1 alpha-3 code, or that of a group of countries.
    denominator : str
        ``received`` or ``required``: of which whole the leading share is.

    Raises
    ------
    NotAccepted
        For an appeal, donor or denominator that is not there; the message lists what is.
    """
    history = appeals.history(data, appeal)
    given = donors.donors(data, appeal)
    return Answer(
        history,
        given,
        **(_covered(history, history.receipts[-1]) if history.receipts else _not_received(history)),
        latest_requirement=history.latest_requirement,
        **_of_donor(data, given, donor, denominator),
    )


def zero_requirement(data: Data) -> Mapping[str, Number]:
    """Return what an appeal whose requirement is zero had received and required, and its coverage.

    Which appeal that is, the data say: an edition that knows of none names none. Of several it is
    the first of `plans.PLANS`.

    Returns
    -------
    Mapping of str to Estimate or Absent
        By ``received``, ``required`` and ``coverage``.
    """
    known = set(data.funding.values_of("appeal"))
    for appeal in filter(known.__contains__, PLANS):
        history = appeals.history(data, appeal)
        receipts = history.receipts
        if receipts and receipts[-1].requirement and receipts[-1].requirement.amount.value == 0:
            return _covered(history, receipts[-1])
    what = _("a requirement of zero beside what was received")
    return {
        "received": unstated(what, "USD", _("Received by an appeal that requires nothing")),
        "required": unstated(what, "USD", _("Required by an appeal that requires nothing")),
        "coverage": unstated(what, "share", _("Coverage of an appeal that requires nothing")),
    }


def _of_donor(data: Data, found: Donors, donor: str, denominator: Denominator) -> dict[str, Number]:
    if denominator not in DENOMINATORS:
        raise NotAccepted(_("denominator"), denominator, DENOMINATORS)
    gift, giver = found.gift(donor), _donor_name(data, donor, found)
    labels = {
        "amount": _("Received by {plan} from {donor}"),
        "of_received": _("Share of what {plan} had received that came from {donor}"),
        "of_required": _("Share of what {plan} required that came from {donor}"),
    }
    stated: dict[str, Number] = {}
    if gift:
        stated = {
            "amount": gift.amount,
            "of_received": gift.of_received,
            "of_required": gift.of_required,
        }
    numbers: dict[str, Number] = {}
    for key, text in labels.items():
        names = {"donor": giver, "plan": found.plan.name}
        label = text.format(**names)
        if gift:
            noun = _NOUNS_OF_DONOR[key].format(**names)
            label = _("{label}, {date}").format(label=label, date=gift.period.label())
            numbers[key] = stated[key].labelled(label).called(noun).about(giver)
        else:
            given = _("what {donor} gave to {plan}").format(**names)
            unit = "USD" if key == "amount" else "share"
            numbers[key] = unstated(given, unit, label)
    return {
        "donor_amount": numbers["amount"],
        "donor_share": numbers[f"of_{denominator}"],
        "donor_share_of_received": numbers["of_received"],
        "donor_share_of_required": numbers["of_required"],
    }


def _donor_name(data: Data, donor: str, found: Donors) -> str:
    """A donor's name as a sentence has it."""
    try:
        name = data.areas.in_sentence(donor)
    except NotAccepted:
        name = ""
    if not name:
        codes = sorted({g.donor for g in (*found.gifts, *found.elsewhere)})
        others = [_("another ISO 3166-1 alpha-3 code such as CAN"), _("a group such as EUU")]
        raise NotAccepted(_("donor"), donor, [*codes, *others])
    return name


def _covered(history: History, receipt: Receipt) -> dict[str, Number]:
    plan, date = history.plan.name, receipt.period.label()
    requirement = receipt.requirement
    against = requirement.period.label() if requirement else _("an unknown date")
    over = less = date
    if against != date:  # a label names a date that both sides have once
        sides = {"date": date, "against": against}
        over = _("received {date} over required {against}").format(**sides)
        less = _("required {against} less received {date}").format(**sides)
    names = {"plan": plan, "date": date, "against": against, "over": over, "less": less}
    required = (
        requirement.amount
        if requirement
        else unstated(_("what {plan} required then").format(plan=plan), "USD", "")
    )
    numbers: dict[str, tuple[Number, str, str]] = {
        "received": (
            receipt.amount, _("Received by {plan}, {date}"), _("the money received by {plan}")
        ),
        "required": (
            required, _("Required by {plan}, {against}"), _("the requirement of {plan}")
        ),
        "coverage": (
            receipt.coverage, _("Coverage of {plan}, {over}"), _("the coverage of {plan}")
        ),
        "gap": (
            receipt.gap, _("Gap of {plan}, {less}"),
            _("the gap between what {plan} required and what it had received"),
        ),
        "stated_coverage": (
            receipt.stated, _("Coverage of {plan} as its source states it, {date}"),
            _("the coverage of {plan} as its source states it"),
        ),
    }  # fmt: skip
    return {
        key: number.labelled(label.format(**names))
        .called(noun.format(**names))
        .about(plan)
        .on(PLAN_YEAR, of_plan_year(receipt.year))
        for key, (number, label, noun) in numbers.items()
    }


def _not_received(history: History) -> dict[str, Number]:
    plan = history.plan.name
    what = _("what {plan} had received in all").format(plan=plan)
    labels = {
        "received": _("Received by {plan}"),
        "coverage": _("Coverage of {plan}"),
        "gap": _("Gap of {plan}"),
    }
    numbers: dict[str, Number] = {
        name: unstated(what, "share" if name == "coverage" else "USD", label.format(plan=plan))
        for name, label in labels.items()
    }
    label = _("Coverage of {plan} as stated").format(plan=plan)
    if history.statements:
        period, stated, _source = history.statements[-1]
        numbers["stated_coverage"] = stated.labelled(
            _("{what}, {date}").format(what=label, date=period.label())
        ).called(_("the coverage of {plan} as its source states it").format(plan=plan))
    else:
        numbers["stated_coverage"] = unstated(
            _("a coverage of {plan}").format(plan=plan), "share", label
        )
    return {**numbers, "required": history.latest_requirement}
