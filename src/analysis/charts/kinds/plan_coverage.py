"""Coverage of response plans by year: a panel for each type, or bars for one plan."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import SMALL, label_values, title_panel
from analysis.charts.drawing.frame import COLOURS, INK, Blank, Chart, axes, finish, panels, styled
from analysis.charts.kinds.ranking import ranked
from analysis.covid_funding.every_plan import (
    CovidParts,
    PlanMoney,
    PlanOverYears,
    TypeOfYear,
    years_table,
)
from analysis.language import _, ngettext
from analysis.numbers.estimate import Estimate
from analysis.numbers.tables import Table

_PANEL = 1.15  # inches: the height of a type's


@styled
def coverage_by_type(
    types: Sequence[TypeOfYear], table: Table, *, as_of: datetime.date | None
) -> Chart | Blank:
    """Draw the median coverage of each type of plan by year, a panel a type.

    Parameters
    ----------
    types : sequence of TypeOfYear
    table : Table
        Of the same.
    as_of : datetime.date or None
    """
    title = _("How much of their requirement plans received, by type")
    groups: dict[str, list[tuple[TypeOfYear, Estimate]]] = {}
    for each in types:
        if isinstance(each.coverage, Estimate):
            groups.setdefault(each.type, []).append((each, each.coverage))
    if not groups:
        return Blank(title, table.empty)
    figure, column = panels(_PANEL * len(groups), len(groups), sharex=True, sharey=True)
    years = [each.year for group in groups.values() for each, _coverage in group]
    for ax, (type_, group) in zip(column, groups.items(), strict=True):
        ax.plot([e.year for e, _c in group], [c.value for _e, c in group], color=COLOURS[0],
                linewidth=1.4, zorder=1)  # fmt: skip
        for each, coverage in group:
            ax.plot(
                [each.year], [coverage.value], "o", color=COLOURS[0], markersize=5, zorder=2,
                markerfacecolor="white" if each.partial else COLOURS[0],
            )  # fmt: skip
            ax.annotate(
                coverage.formats["brief"], (each.year, coverage.value), xytext=(0, 5),
                textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, color=INK,
            )  # fmt: skip
        title_panel(ax, _(type_))
        label_values(ax, "y", "share", most=3)
    top = max(c.value for group in groups.values() for _e, c in group)
    column[0].set_ylim(0, 1.35 * top)
    column[0].set_xlim(min(years) - 0.5, max(years) + 0.5)
    column[-1].set_xticks(sorted(set(years)))
    partial = any(each.partial for each in types)
    return finish(
        figure,
        title=title,
        subtitle=_("Median of the plans of a year, per cent of the requirement"),
        alt=_("{title}. {types}.").format(
            title=title, types=". ".join(_told(t, group) for t, group in groups.items())
        ),
        table=table,
        as_of=as_of,
        note=_("Hollow: the year had not ended. No mark where fewer than three plans are known.")
        if partial
        else _("No mark where fewer than three plans are known."),
    )


def _told(type_: str, group: Sequence[tuple[TypeOfYear, Estimate]]) -> str:
    (first, start), (last, end) = group[0], group[-1]
    return _("{type}: {start} in {first}, {end} in {last}").format(
        type=_(type_), start=start.formats["value"], first=first.year,
        end=end.formats["value"], last=last.year,
    )  # fmt: skip


@styled
def plan_over_years(found: PlanOverYears | None, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw what one plan required and received in each year, with the coverage over the bars.

    Parameters
    ----------
    found : PlanOverYears or None
        None where OCHA's table is not known.
    as_of : datetime.date or None
    """
    if found is None:
        return Blank(_("One plan: required and received"), years_table(None).empty)
    title = _("{plan}: required and received").format(plan=found.name)
    drawn = [p for p in found.years if isinstance(p.received, Estimate)]
    if len(drawn) < 2:
        return Blank(title, _("the table has it for fewer than two years"))
    figure, ax = axes(2.8)
    for place, one in enumerate(drawn):
        _bars(ax, place, one)
    ax.set_xticks(
        range(len(drawn)),
        [f"{p.plan.year}{' *' if found.is_partial(p.plan) else ''}" for p in drawn],
    )
    label_values(ax, "y", "USD", most=5)
    ax.margins(y=0.16)
    ax.set_ylim(bottom=0)
    unsplit = sum(not isinstance(p.required, Estimate) for p in drawn)
    partial = any(found.is_partial(p.plan) for p in drawn)
    return finish(
        figure,
        title=title,
        subtitle=_("US dollars; filled: received; outline: required; over them the coverage"),
        alt=_("{title}. {years}.").format(title=title, years="; ".join(map(_in_words, drawn))),
        table=years_table(found),
        as_of=as_of,
        note=" ".join(
            filter(
                None,
                [
                    ngettext(
                        "Without an outline: the table has not every country’s own requirement.",
                        "Without an outline: the table has not every country’s own requirement.",
                        unsplit,
                    )
                    if unsplit
                    else "",
                    _("* Not ended: as of {date}.").format(date=found.exported.label())
                    if partial
                    else "",
                ],
            )
        ),
    )


def _bars(ax: Axes, place: int, one: PlanMoney) -> None:
    received, required, coverage = one.received, one.required, one.coverage
    assert isinstance(received, Estimate)
    top = received.value
    ax.bar(place, received.value, width=0.62, color=COLOURS[0], alpha=0.85)
    if isinstance(required, Estimate):
        ax.bar(place, required.value, width=0.62, fill=False, edgecolor=COLOURS[0], linewidth=1.1)
        top = max(top, dots.highest(required))
    if isinstance(coverage, Estimate):
        ax.annotate(
            coverage.formats["value"], (place, top), xytext=(0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=SMALL, color=INK,
        )  # fmt: skip


def _in_words(one: PlanMoney) -> str:
    received, coverage = one.received, one.coverage
    assert isinstance(received, Estimate)
    words = _("{year}: {received} received").format(
        year=one.plan.year, received=received.formats["value"]
    )
    if isinstance(coverage, Estimate):
        words = _("{words}, {coverage} covered").format(
            words=words, coverage=coverage.formats["value"]
        )
    return words


def covid_money(parts: CovidParts, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the ten plans in a country that received most money for COVID-19.

    Parameters
    ----------
    parts : CovidParts
    as_of : datetime.date or None
    """
    return _ranked(
        parts, parts.rows(), _("Most money for COVID-19 in one country’s plan"), _("US dollars"),
        as_of,
    )  # fmt: skip


def covid_shares(parts: CovidParts, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the ten plans in a country of whose money the largest part was for COVID-19.

    Parameters
    ----------
    parts : CovidParts
    as_of : datetime.date or None
    """
    return _ranked(
        parts, parts.share_rows(), _("Highest COVID-19 part of what a plan received in a country"),
        _("Per cent of what the plan received"), as_of,
    )  # fmt: skip


def _ranked(
    parts: CovidParts,
    rows: Sequence[tuple[str, Estimate]],
    title: str,
    subtitle: str,
    as_of: datetime.date | None,
    note: str = "",
) -> Chart | Blank:
    told = "; ".join(f"{name}: {amount.formats['value']}" for name, amount in rows)
    return ranked(
        rows,
        title=title,
        subtitle=subtitle,
        alt=_("{title}. {rows}.").format(title=title, rows=told),
        table=parts.table(),
        as_of=as_of,
        note=note,
    )
