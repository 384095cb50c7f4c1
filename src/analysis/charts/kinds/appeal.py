"""An appeal over time: its requirement as steps, what it had received as dots."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence

from babel.dates import format_skeleton
from matplotlib.axes import Axes
from matplotlib.dates import num2date
from matplotlib.ticker import FixedLocator, FuncFormatter

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import day, label_values, title_panel
from analysis.charts.drawing.frame import COLOURS, Blank, Chart, axes, finish, panels, styled
from analysis.charts.drawing.labels import AFTER, BEFORE, LEVEL, MIDDLE, Label, place, settle
from analysis.covid_funding.appeal_tables import over_time, timeline
from analysis.covid_funding.appeals import History, Receipt, Requirement
from analysis.language import _, locale, ngettext
from analysis.numbers.estimate import Estimate

REQUIRED, RECEIVED = COLOURS[0], COLOURS[1]
_DECEMBER = 12


@styled
def appeal(history: History) -> Chart | Blank:
    """Draw one plan: steps for what it required, dots for what it had received, the gap between."""
    plan = history.plan
    title = _("What {plan} required and received").format(plan=plan.name)
    if not (history.steps or history.receipts):
        return Blank(title, over_time(history).empty)
    figure, ax = axes(3.4)
    labels = _draw(ax, history)
    _dates(ax, [history], room=0.28)
    apart = "" if plan.covid else _("Not a COVID-19 plan: shown for comparison. ")
    chart = finish(
        figure,
        title=title,
        subtitle=apart + _KEY,
        alt=f"{title}. {apart}{_told(history)}",
        table=over_time(history),
        as_of=history.as_of,
        note=_NOTE,
    )
    place(settle(figure), labels)
    return chart


@styled
def appeals(histories: Sequence[History]) -> Chart | Blank:
    """Draw plans above each other, each on its own scale: nested plans are never stacked."""
    title = _("What the COVID-19 plans required and received")
    shown = [h for h in histories if h.steps or h.receipts]
    table = timeline(histories)
    if not shown:
        return Blank(title, table.empty)
    figure, column = panels(1.32 * len(shown) + 0.3, len(shown), sharex=True)
    labels = []
    for ax, history in zip(column, shown, strict=True):
        labels += _draw(ax, history)
        title_panel(ax, _heading(history), apart=7)
        ax.locator_params(axis="y", nbins=3)
    _dates(column[-1], shown, room=0.2)
    chart = finish(
        figure,
        title=title,
        subtitle=_KEY,
        alt=f"{title}. " + " ".join(_told(h) for h in shown),
        table=table,
        as_of=shown[0].as_of,
        note=_("Each plan has its own scale. Plans lie within each other and must not be added. ")
        + _NOTE,
    )
    place(settle(figure), labels)
    return chart


_KEY = _("US dollars. Steps: required. Squares: received, which is paid and committed.")
_NOTE = _(
    "A line ends with the last figure known for its plan’s year; a new plan year is a new plan, "
    "not a revision. "
    "Bands and bars are the ranges of the sources’ wording."
)


def _draw(ax: Axes, history: History) -> list[Label]:
    """Draw steps, dots and gaps; return the labels they want, the most important first."""
    for year, steps in itertools.groupby(history.steps, key=lambda s: s.year):
        _draw_steps(ax, list(steps), label=str(year))
    for receipt in history.receipts:
        _draw_receipt(ax, receipt)
    ax.set_ylim(0, 1.18 * max(_tops(history)) or 1)
    # Where nothing above zero is drawn there is one step, whatever is asked for.
    label_values(ax, "y", "USD", most=5 if ax.get_ylim()[1] > 1 else None)
    return [*_receipt_labels(ax, history.receipts), *_step_labels(ax, history.steps)]


def _draw_steps(ax: Axes, steps: Sequence[Requirement], label: str) -> None:
    days, amounts = [], []
    for step in steps:
        days += [day(step.since), day(step.until)]
        amounts += [step.amount.value] * 2
        if max(dots.reach(step.amount) or (0,)) > 0:
            ax.fill_between(
                days[-2:], dots.lowest(step.amount), dots.highest(step.amount),
                color=REQUIRED, alpha=0.25, linewidth=0,
            )  # fmt: skip
    ax.plot(days, amounts, color=REQUIRED, label=label, gid="required")
    # A line may be too short to see where little time has passed since: the date has its own mark.
    ax.plot(days[::2], amounts[::2], "|", color=REQUIRED, markersize=7, gid="stated")


def _draw_receipt(ax: Axes, receipt: Receipt) -> None:
    at, amount = day(receipt.period.last_day), receipt.amount
    if receipt.requirement and isinstance(receipt.gap, Estimate):
        ax.plot(
            [at, at], [amount.value, receipt.requirement.amount.value],
            color=RECEIVED, linewidth=0.9, linestyle=":", gid="gap",
        )  # fmt: skip
    dots.draw(
        ax, [at], [amount], along="y", marker="s", color=RECEIVED, markersize=5.5,
        capsize=dots.CAP, linewidth=1.2,
    )  # fmt: skip


def _receipt_labels(ax: Axes, receipts: Sequence[Receipt]) -> list[Label]:
    wanted = []
    by_year = len({r.year for r in receipts}) > 1
    for r in [*receipts[-1:], *receipts[:1], *receipts[1:-1]]:
        text = r.amount.formats["brief"]
        if isinstance(r.coverage, Estimate):
            coverage = r.coverage.formats["value"]
            text = _("{amount}\n{coverage} covered").format(amount=text, coverage=coverage)
        if by_year:  # an axis of years does not tell when in the year it was
            text = _("{text}\n{date}").format(text=text, date=r.period.label())
        wanted.append(Label(ax, text, day(r.period.last_day), r.amount.value, "#a34700"))
    return list(dict.fromkeys(wanted))


def _step_labels(ax: Axes, steps: Sequence[Requirement]) -> list[Label]:
    def importance(n: int) -> float:
        ends = n in (0, len(steps) - 1)
        return float("inf") if ends else abs(steps[n].amount.value - steps[n - 1].amount.value)

    wanted: dict[str, Label] = {}  # the same amount stated again needs no second label
    for n in sorted(range(len(steps)), key=importance, reverse=True):
        step = steps[n]
        text = step.amount.formats["brief"]
        if n and step.year != steps[n - 1].year and step.since != _new_year(step):
            text = _("{amount}, plan for {year}").format(amount=text, year=step.year)
        # To the left of a line's first step is nothing else; of a later one, the step before it.
        opens = not n or step.year != steps[n - 1].year
        places = AFTER + (BEFORE if opens else LEVEL)
        at = day(step.since)
        if step.since == _new_year(step) and step.until.month == _DECEMBER:
            at, places = (at + day(step.until)) / 2, MIDDLE  # of the line that is its whole year
        label = Label(ax, text, at, step.amount.value, "#005a90", places)
        if text not in wanted or wanted[text].x > label.x:
            wanted[text] = label
    return list(wanted.values())


def _new_year(step: Requirement) -> datetime.date:
    return datetime.date(step.year, 1, 1)


def _dates(ax: Axes, histories: Sequence[History], room: float) -> None:
    """Mark the months or years, with room for labels at both ends as a part of the time shown."""
    days = [d for h in histories for s in h.steps for d in (s.since, s.until)]
    days += [r.period.last_day for h in histories for r in h.receipts]
    first, last = min(days), max(days)
    reach = max((last - first).days, 30)
    months = reach / 30.4
    room = 0.06 if months > 30 else room
    ax.set_xlim(
        day(first - datetime.timedelta(days=room * reach)),
        day(last + datetime.timedelta(days=room * reach)),
    )
    interval = 12 if months > 30 else 6 if months > 14 else 3 if months > 7 else 1
    starts = [
        datetime.date(year, month, 1)
        for year in range(first.year, last.year + 2)
        for month in range(1, 13, interval)
    ]
    shown = [d for d in starts if first.replace(day=1) <= d <= last + datetime.timedelta(days=2)]
    ax.xaxis.set_major_locator(FixedLocator([day(date) for date in shown]))
    skeleton = "y" if months > 30 else "yMMM"
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda x, _n: format_skeleton(skeleton, num2date(x), locale=locale()))
    )


def _tops(history: History) -> list[float]:
    amounts = [
        *(step.amount for step in history.steps),
        *(receipt.amount for receipt in history.receipts),
    ]
    return [dots.highest(amount) for amount in amounts]


def _heading(history: History) -> str:
    name = history.plan.name
    return name[:1].upper() + name[1:]


def _told(history: History) -> str:
    """What the drawing shows, in words."""
    steps, receipts = history.steps, history.receipts
    said = [f"{_heading(history)}:"]
    if steps:
        said.append(
            ngettext(
                "it required {first} ({first_date}).",
                "{n} requirements, from {first} ({first_date}) to {last} ({last_date}).",
                len(steps),
            ).format(
                n=len(steps),
                first=steps[0].amount,
                first_date=steps[0].period.label(),
                last=steps[-1].amount,
                last_date=steps[-1].period.label(),
            )
        )
    if not receipts:
        said.append(_("No total received is known."))
    for r in dict.fromkeys([*receipts[:1], *receipts[-1:]]):
        said.append(
            _("By {date} it had received {amount}.").format(date=r.period.label(), amount=r.amount)
        )
        if r.requirement and isinstance(r.coverage, Estimate):
            said.append(
                _("That is {coverage} of the requirement of {date}.").format(
                    coverage=r.coverage, date=r.requirement.period.label()
                )
            )
    return " ".join(said)
