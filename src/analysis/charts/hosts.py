"""Host countries: ranked at one date, and as dumbbells between two dates."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from .. import phrasing
from ..estimate import Absent, Estimate
from ..hosts import HostChange, Hosts, HostsChange, first_hosts
from ..language import _, locale
from .frame import COLOURS, GREY, INK, Blank, Chart, axes, errors, finish, styled
from .ranking import ranked


def ranked_hosts(
    hosts: Hosts, shown: int, *, title: str, as_of: datetime.date | None
) -> Chart | Blank:
    """Draw the leading host list, as many hosts as are to be shown.

    Parameters
    ----------
    hosts : Hosts
    shown : int
        Number of hosts, from 1 on.
    title : str
    as_of : datetime.date or None

    Raises
    ------
    NotAccepted
        When `shown` is not a whole number from 1 on.
    """
    chosen = first_hosts(hosts.lead.hosts if hosts.lead else (), shown)
    if not chosen:
        return Blank(title, hosts.lacking)
    lead = hosts.lead
    date = lead.period.label(locale())
    rows = [
        (h.name if lead.one_date else f"{h.name}, {h.period.label(locale())}", h.people)
        for h in chosen
    ]
    left_out = len(lead.hosts) - len(chosen)
    return ranked(
        rows,
        title=title,
        subtitle=_("People, {date}; thin bars are the ranges of the wording").format(date=date),
        alt=_("{title}, {date}. {hosts}.").format(
            title=title,
            date=date,
            hosts="; ".join(f"{name}: {phrasing.formats(p)['range']}" for name, p in rows),
        ),
        table=lead.table(),
        as_of=as_of,
        note=_("{n} more hosts are in the table.").format(n=left_out) if left_out else "",
    )


@styled
def hosts_change(
    change: HostsChange, shown: int, *, title: str, as_of: datetime.date | None
) -> Chart | Blank:
    """Draw each host at two dates; no line joins the two where the host's series breaks.

    Parameters
    ----------
    change : HostsChange
    shown : int
        Number of hosts, from 1 on.
    title : str
    as_of : datetime.date or None

    Raises
    ------
    NotAccepted
        When `shown` is not a whole number from 1 on.
    """
    drawn: Sequence[HostChange] = first_hosts(change.hosts, shown)
    if not drawn:
        return Blank(title, change.refused)
    figure, ax = axes(0.34 * len(drawn) + 0.7)
    for place, host in enumerate(drawn):
        _dumbbell(ax, place, host)
    ax.set_yticks(range(len(drawn)), [h.after.name for h in drawn])
    ax.tick_params(axis="y", labelcolor=INK)
    ax.set_ylim(len(drawn) - 0.4, -0.6)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.spines["bottom"].set_visible(False)
    ax.set_xlim(left=0, right=max(_highest(h) / (1 - _room(h)) for h in drawn))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _n: phrasing.tick(x, "persons")))
    ax.locator_params(axis="x", nbins=5)
    ends = change.ends
    ax.plot([], [], "o", color=COLOURS[0], markerfacecolor="white", label=ends["before"])
    ax.plot([], [], "o", color=COLOURS[0], label=ends["after"])
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=8.5, handletextpad=0.3)
    return finish(
        figure,
        title=title,
        subtitle=_("People, {before} and {after}; the change beside them").format(**ends),
        alt=_alt(title, change, drawn),
        table=change.table(),
        as_of=as_of,
        note=_("Not joined where the way of counting changed between the two dates.")
        if any(isinstance(h.change, Absent) for h in drawn)
        else "",
    )


def _dumbbell(ax: Axes, place: int, host: HostChange) -> None:
    before, after = host.before.people, host.after.people
    whole = isinstance(host.change, Estimate)
    if whole:
        ax.plot([before.value, after.value], [place, place], color=COLOURS[0], linewidth=1.6,
                zorder=1)  # fmt: skip
    for people, face in ((before, "white"), (after, COLOURS[0])):
        reach = errors(people)
        ax.errorbar(
            people.value, place, xerr=reach and [[reach[0]], [reach[1]]], marker="o",
            markersize=6, color=COLOURS[0], markerfacecolor=face, ecolor=GREY, linewidth=1,
            zorder=2 if face == "white" else 3,
        )  # fmt: skip
    ax.annotate(
        _beside(host),
        (_highest(host), place), xytext=(9, 0), textcoords="offset points", va="center",
        fontsize=8.5, color=INK,
    )  # fmt: skip


def _highest(host: HostChange) -> float:
    ends = [host.before.people, host.after.people]
    return max(e.high if e.high is not None else e.value for e in ends)


def _room(host: HostChange) -> float:
    """The part of the axis that the words beside a host need."""
    return min(0.6, 0.05 + 0.0145 * len(_beside(host)))


def _beside(host: HostChange) -> str:
    if isinstance(host.change, Absent):
        return _("break in the series")
    text = phrasing.formats(host.change)["range"]
    return f"+{text}" if host.change.value > 0 else text


def _alt(title: str, change: HostsChange, drawn: Sequence[HostChange]) -> str:
    lines = [
        _("{host}: {before}, then {after}; {change}").format(
            host=h.after.name,
            before=phrasing.formats(h.before.people)["value"],
            after=phrasing.formats(h.after.people)["value"],
            change=_beside(h),
        )
        for h in drawn
    ]
    return _("{title}, {before} and {after}. {hosts}.").format(
        title=title,
        **change.ends,
        hosts=". ".join(lines),
    )
