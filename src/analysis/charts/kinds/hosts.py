"""Host countries: ranked at one date, and as dumbbells between two dates."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from matplotlib.axes import Axes

from analysis.charts.drawing import dots
from analysis.charts.drawing.axis_style import draw_key, label_values, name_rows, write_beside
from analysis.charts.drawing.frame import COLOURS, GREY, Blank, Chart, axes, finish, styled
from analysis.charts.kinds.ranking import ranked
from analysis.data.periods import Period
from analysis.displacement.host_changes import HostChange, HostsChange
from analysis.displacement.hosts import Hosts, first_hosts
from analysis.displacement.stocks import dated
from analysis.displacement.unhcr import UnhcrCount
from analysis.language import _, locale, ngettext
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Table

# How many hosts an alternative text names, which is heard from end to end; the table has them all.
_RANKED_IN_TEXT = 10
_CHANGES_IN_TEXT = 5
_SIZE = 6  # points: a dot


def ranked_hosts(hosts: Hosts, shown: int, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the leading host list, as many hosts as are to be shown.

    Parameters
    ----------
    hosts : Hosts
    shown : int
        Number of hosts, from 1 on.
    as_of : datetime.date or None

    Raises
    ------
    NotAccepted
        When `shown` is not a whole number from 1 on.
    """
    lead = hosts.lead
    chosen = first_hosts(lead.hosts if lead else (), shown)
    if lead is None:
        return Blank(hosts.title, hosts.lacking)
    rows = [(h.name if lead.one_date else dated(h.name, h.period), h.people) for h in chosen]
    return _ranked(
        rows, hosts.title, lead.period, lead.table(), as_of, len(lead.hosts) - len(chosen)
    )


def ranked_unhcr_hosts(
    count: UnhcrCount, shown: int, *, as_of: datetime.date | None
) -> Chart | Blank:
    """Draw the hosts by the sum of UNHCR's categories, as many as are to be shown.

    Parameters
    ----------
    count : UnhcrCount
    shown : int
        Number of hosts, from 1 on.
    as_of : datetime.date or None

    Raises
    ------
    NotAccepted
        When `shown` is not a whole number from 1 on.
    """
    title = _("Hosts by UNHCR's categories together")
    chosen = first_hosts(count.hosts, shown)
    if not chosen:
        return Blank(title, count.lacking)
    rows = [(h.place, h.sum) for h in chosen]
    left_out = len(count.hosts) - len(chosen)
    return _ranked(rows, title, chosen[0].period, count.hosts_table(), as_of, left_out)


def _ranked(
    rows: Sequence[tuple[str, Estimate]],
    title: str,
    period: Period,
    table: Table,
    as_of: datetime.date | None,
    left_out: int,
) -> Chart | Blank:
    date = period.label(locale())
    wide = any(max(dots.reach(people) or (0,)) > 0 for _name, people in rows)
    bars = _("Thin bars are the ranges of the wording.") if wide else ""
    told, untold = rows[:_RANKED_IN_TEXT], rows[_RANKED_IN_TEXT:]
    return ranked(
        rows,
        title=title,
        subtitle=_("People, {date}").format(date=date),
        alt=_("{title}, {date}. {hosts}. {more}")
        .format(
            title=title,
            date=date,
            hosts="; ".join(f"{name}: {p.formats['range']}" for name, p in told),
            more=_more(len(untold) + left_out),
        )
        .strip(),
        table=table,
        as_of=as_of,
        note=" ".join(filter(None, [bars, _more(left_out)])),
    )


def _more(left_out: int) -> str:
    if not left_out:
        return ""
    return ngettext(
        "{n} more host is in the table.", "{n} more hosts are in the table.", left_out
    ).format(n=left_out)


@styled
def hosts_change(change: HostsChange, shown: int, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw each host at two dates; no line joins the two where the host's series breaks.

    Parameters
    ----------
    change : HostsChange
    shown : int
        Number of hosts, from 1 on.
    as_of : datetime.date or None

    Raises
    ------
    NotAccepted
        When `shown` is not a whole number from 1 on.
    """
    drawn = first_hosts(change.hosts, shown)
    if not drawn:
        return Blank(change.title, change.refused)
    figure, ax = axes(0.34 * len(drawn) + 0.7)
    _dots(ax, [h.before.people for h in drawn], "white", zorder=2)
    _dots(ax, [h.after.people for h in drawn], COLOURS[0], zorder=3)
    for place, host in enumerate(drawn):
        _dumbbell(ax, place, host)
    name_rows(ax, [h.after.name for h in drawn], room=0.6)
    right = max(_highest(h) / (1 - _room(h)) for h in drawn)
    ax.set_xlim(-0.012 * right, right)  # so that a mark near zero is whole
    label_values(ax, "x", "persons", most=5)
    people = [each.people for h in drawn for each in (h.before, h.after)]
    bars = dots.what_bars_are({ax: people}, along="x", mark=_SIZE)
    ends, colour = change.ends, COLOURS[0]
    draw_key(ax, [("o", colour, "white", ends["before"]), ("o", colour, colour, ends["after"])])
    return finish(
        figure,
        title=change.title,
        subtitle=_("People, {before} and {after}; the change beside them").format(**ends),
        alt=_alt(change, drawn),
        table=change.table(),
        as_of=as_of,
        note=" ".join(
            filter(
                None,
                [
                    bars,
                    _("A thick line joins a host’s two figures."),
                    _("Not joined where the way of counting changed between the two dates.")
                    if any(isinstance(h.change, Absent) for h in drawn)
                    else "",
                    _more(len(change.hosts) - len(drawn)),
                ],
            )
        ),
    )


def _dots(ax: Axes, people: Sequence[Estimate], face: str, *, zorder: int) -> None:
    dots.draw(
        ax, range(len(people)), people, along="x", marker="o", markersize=_SIZE, color=COLOURS[0],
        markerfacecolor=face, ecolor=GREY, linewidth=1, capsize=dots.CAP, zorder=zorder,
    )  # fmt: skip


def _dumbbell(ax: Axes, place: int, host: HostChange) -> None:
    before, after = host.before.people, host.after.people
    if isinstance(host.change, Estimate):
        ax.plot([before.value, after.value], [place, place], color=COLOURS[0], linewidth=1.6,
                zorder=1)  # fmt: skip
    write_beside(ax, _change(host), _highest(host), place, apart=9)


def _highest(host: HostChange) -> float:
    return max(dots.highest(each.people) for each in (host.before, host.after))


def _room(host: HostChange) -> float:
    """The part of the axis that the words beside a host need."""
    return min(0.6, 0.05 + 0.0145 * len(_change(host)))


def _change(host: HostChange) -> str:
    """What stands beside a host: by how much it changed, or why that is not said."""
    if isinstance(host.change, Absent):
        return _("break in the series")
    text = host.change.formats["range"]
    return f"+{text}" if host.change.value > 0 else text


def _alt(change: HostsChange, drawn: Sequence[HostChange]) -> str:
    lines = [
        _("{host}: {before}, then {after}; {change}").format(
            host=h.after.name,
            before=h.before.people.formats["words"],
            after=h.after.people.formats["words"],
            change=_change(h),
        )
        for h in drawn[:_CHANGES_IN_TEXT]
    ]
    text = _("{title}, {before} and {after}. {hosts}. {more}").format(
        title=change.title,
        **change.ends,
        hosts=". ".join(lines),
        more=_more(len(change.hosts) - len(lines)),
    )
    return text.strip()
