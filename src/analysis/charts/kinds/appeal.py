"""An appeal over time: its requirement as steps, what it had received as dots."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import day, label_values, label_years, title_panel
from analysis.charts.drawing.frame import COLOURS, Blank, Chart, axes, finish, panels, styled
from analysis.charts.drawing.labels import AFTER, BEFORE, BELOW, LEVEL, MIDDLE, Label, place, settle
from analysis.covid_funding.appeal_tables import over_time, timeline
from analysis.covid_funding.appeals import History, Receipt, Requirement
from analysis.data.periods import Period
from analysis.language import _, ngettext
from analysis.numbers.estimate import Estimate

REQUIRED, RECEIVED = COLOURS[0], COLOURS[1]


@styled
def appeal(history: History) -> Chart | Blank:
    """Draw one plan: steps for what it required, dots for what it had received, the gap between."""
    plan = history.plan
    title = _("What {plan} required and received").format(plan=plan.name)
    if not (history.steps or history.receipts):
        return Blank(title, over_time(history).empty)
    # the labels of many plan years, one beside the other, need more room above each other
    figure, ax = axes(3.4 if len(_years(history)) <= _FEW_YEARS else 4.6)
    labels = _draw(ax, history, dated=True)
    _dates(ax, [history])
    apart = "" if plan.covid else _("Not a COVID-19 plan: shown for comparison. ")
    chart = finish(
        figure,
        title=title,
        subtitle=apart + _key([history]),
        alt=f"{title}. {apart}{_told_in_full(history)}",
        table=over_time(history),
        as_of=history.as_of,
        note=_note({ax: history}),
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
        labels += _draw(ax, history, dated=False)
        title_panel(ax, _heading(history), apart=7)
        ax.locator_params(axis="y", nbins=3)
    _dates(column[-1], shown)
    chart = finish(
        figure,
        title=title,
        subtitle=_key(shown),
        alt=f"{title}. " + " ".join(_told(h) for h in shown),
        table=table,
        as_of=shown[0].as_of,
        note=_("Each plan has its own scale. Plans lie within each other and must not be added. ")
        + _note(dict(zip(column, shown, strict=True))),
    )
    place(settle(figure), labels)
    return chart


_SQUARE = 5.5  # points
_FEW_YEARS = 3
_LONG = 900  # days: an axis of years, with room beside the figures
_ROOM, _ROOM_BY_YEARS = 0.28, 0.08  # for labels, as a part of the time shown


def _key(shown: Sequence[History]) -> str:
    """What the marks stand for, those that are drawn."""
    parts = [_("US dollars. Steps: required.")]
    if any(h.receipts for h in shown):
        parts.append(_("Squares: received, which is paid and committed."))
    if any(_stated(h) for h in shown):
        parts.append(_("Diamonds: only a coverage is stated."))
    return " ".join(parts)


def _note(drawn: Mapping[Axes, History]) -> str:
    histories = drawn.values()
    parts = []
    if any(isinstance(r.gap, Estimate) for h in histories for r in h.receipts):
        parts.append(_("Dotted: what had not come."))
    of_years = [step.period.is_year for h in histories for step in h.steps]
    if any(of_years):
        parts.append(_("A requirement stated for a year is drawn over that year."))
    elif of_years:
        parts.append(_("A line ends with the last figure known for its plan’s year."))
    parts.append(_("A new plan year is a new plan, not a revision."))
    amounts = {
        ax: [*(s.amount for s in h.steps), *(r.amount for r in h.receipts)]
        for ax, h in drawn.items()
    }
    parts.append(dots.what_bars_are(amounts, along="y", mark=_SQUARE))
    return " ".join(filter(None, parts))


def _draw(ax: Axes, history: History, *, dated: bool) -> list[Label]:
    """Draw steps, dots and gaps; return the labels they want, the most important first."""
    for year, steps in itertools.groupby(history.steps, key=lambda s: s.year):
        _draw_steps(ax, list(steps), label=str(year))
    for receipt in history.receipts:
        _draw_receipt(ax, receipt)
    for period, _share, requirement in _stated(history):
        ax.plot(
            day(period.last_day), requirement.amount.value, "D", color=RECEIVED,
            markerfacecolor="white", markersize=5, gid="stated coverage",
        )  # fmt: skip
    ax.set_ylim(0, 1.18 * max(_tops(history)) or 1)
    # Where nothing above zero is drawn there is one step, whatever is asked for.
    label_values(ax, "y", "USD", most=5 if ax.get_ylim()[1] > 1 else None)
    receipts = _receipt_labels(ax, history.receipts, dated=dated)
    return [*receipts, *_stated_labels(ax, history), *_step_labels(ax, history.steps)]


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
        ax, [at], [amount], along="y", marker="s", color=RECEIVED, markersize=_SQUARE,
        capsize=dots.CAP, linewidth=1.2,
    )  # fmt: skip


def _stated(history: History) -> list[tuple[Period, Estimate, Requirement]]:
    """Coverages stated without an amount, each with the requirement that held then."""
    found = []
    for period, share, _source in history.statements:
        year, date = share.observations[0].appeal_year, period.last_day
        held = [s for s in history.steps if s.year == year and s.since <= date]
        if held:
            found.append((period, share, held[-1]))
    return found


def _stated_labels(ax: Axes, history: History) -> list[Label]:
    return [
        Label(
            ax,
            _("{coverage} covered\n{date}").format(
                coverage=share.formats["brief"], date=period.label()
            ),
            day(period.last_day),
            requirement.amount.value,
            "#a34700",
            AFTER + BELOW + BEFORE,
        )
        for period, share, requirement in _stated(history)
    ]


def _receipt_labels(ax: Axes, receipts: Sequence[Receipt], *, dated: bool) -> list[Label]:
    wanted = []
    for r in [*receipts[-1:], *receipts[:1], *receipts[1:-1]]:
        text = r.amount.formats["brief"]
        if isinstance(r.coverage, Estimate):
            coverage = r.coverage.formats["value"]
            text = _("{amount}\n{coverage} covered").format(amount=text, coverage=coverage)
        if dated:
            text += f"\n{r.period.label()}"
        wanted.append(Label(ax, text, day(r.period.last_day), r.amount.value, "#a34700"))
    return list(dict.fromkeys(wanted))


def _step_labels(ax: Axes, steps: Sequence[Requirement]) -> list[Label]:
    def importance(n: int) -> float:
        ends = n in (0, len(steps) - 1) or steps[n].period.is_year
        return float("inf") if ends else abs(steps[n].amount.value - steps[n - 1].amount.value)

    wanted: dict[str, Label] = {}  # the same amount stated again needs no second label
    for n in sorted(range(len(steps)), key=importance, reverse=True):
        step = steps[n]
        text = step.amount.formats["brief"]
        of_year = step.period.is_year
        if n and step.year != steps[n - 1].year and not of_year:
            text = _("{amount}, plan for {year}").format(amount=text, year=step.year)
        # To the left of a line's first step is nothing else; of a later one, the step before it.
        opens = not n or step.year != steps[n - 1].year
        x, places = day(step.since), AFTER + (BEFORE if opens else LEVEL)
        if of_year:  # over the middle of its year, where no line of another year is met
            x, places = (x + day(step.until)) / 2, MIDDLE + places
        label = Label(ax, text, x, step.amount.value, "#005a90", places)
        if text not in wanted or wanted[text].x > label.x:
            wanted[text] = label
    return list(wanted.values())


def _dates(ax: Axes, histories: Sequence[History]) -> None:
    """Name quarters or years, with room for labels at both ends."""
    days = [day(d) for h in histories for s in h.steps for d in (s.since, s.until)]
    days += [day(r.period.last_day) for h in histories for r in h.receipts]
    label_years(ax)
    left, right = ax.get_xlim()
    first, last = min(days), max(days)
    if last - first > _LONG:  # most labels stand over the lines of whole years
        ax.set_xlim(left=left - _ROOM_BY_YEARS * (right - left))
    else:
        left = min(left, first - _ROOM * max(last - first, 30))
        ax.set_xlim(left, max(right, last + _ROOM * (last - left)))


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
    """What is drawn of a plan among others, in a sentence or two; the table has the ranges."""
    said = [
        _("For {year} {plan} required {steps}.").format(
            year=year, plan=history.plan.short, steps=_span(steps, "words")
        )
        for year, steps in _years(history)
    ]
    said += [_had_received(r, "words") for r in history.receipts[-1:]] or [_NO_TOTAL]
    return " ".join(said)


_NO_TOTAL = _("No total received is known.")


def _told_in_full(history: History) -> str:
    """What is drawn of one plan, in words, with the ranges."""
    said = [
        _("For {year} it required {steps}.").format(year=year, steps=_span(steps, "range"))
        for year, steps in _years(history)
    ]
    said += [_had_received(r, "range") for r in history.receipts] or [_NO_TOTAL]
    said += [
        _("Of {date}, a source states that {share} was covered.").format(
            date=period.label(), share=share.formats["range"]
        )
        for period, share, _requirement in _stated(history)
    ]
    return " ".join(said)


def _years(history: History) -> list[tuple[int, list[Requirement]]]:
    """The requirements of each plan year: those of two years are no revisions of one another."""
    return [(year, [*of]) for year, of in itertools.groupby(history.steps, key=lambda s: s.year)]


def _span(steps: Sequence[Requirement], how: str) -> str:
    first, last = steps[0], steps[-1]
    if len(steps) == 1 and first.period.is_year:
        return first.amount.formats[how]
    return ngettext(
        "{first} ({first_date})",
        "from {first} ({first_date}) to {last} ({last_date}), in {n} statements",
        len(steps),
    ).format(
        n=len(steps),
        first=first.amount.formats[how],
        first_date=first.period.label(),
        last=last.amount.formats[how],
        last_date=last.period.label(),
    )


def _had_received(r: Receipt, how: str) -> str:
    names = {"date": r.period.label(), "amount": r.amount.formats[how]}
    if not (r.requirement and isinstance(r.coverage, Estimate)):
        return _("By {date} it had received {amount}.").format(**names)
    names |= {"coverage": r.coverage.formats[how], "against": r.requirement.period.label()}
    if r.period == r.requirement.period:
        return _("By {date} it had received {amount}: {coverage} of the requirement.").format(
            **names
        )
    return _(
        "By {date} it had received {amount}: {coverage} of the requirement of {against}."
    ).format(**names)
