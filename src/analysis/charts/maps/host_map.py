"""Host countries on a map: a circle each, its area proportional to the people."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.offsetbox import AnchoredOffsetbox, DrawingArea, HPacker, TextArea, VPacker
from matplotlib.patches import Circle
from matplotlib.text import Text

from analysis.charts.drawing import labels
from analysis.charts.drawing.frame import COLOURS, GREY, INK, Blank, Chart, axes, finish, styled
from analysis.charts.maps import basemap
from analysis.charts.maps.outlines import Outlines
from analysis.data.periods import Period
from analysis.displacement.hosts import Host, Hosts
from analysis.displacement.measures import WORLD
from analysis.displacement.scope import Scope
from analysis.displacement.stocks import dated
from analysis.language import _, locale, ngettext
from analysis.numbers import phrasing

HEIGHT = 5.8  # inches, of the map
_WIDTH = 6.2
_WORLD_HEIGHT = 3.3  # of one of the world: about half as high as it is wide
_SMALLER = 34.0  # points: the same where hosts lie close together all over the world
_VAST = 25.0  # degrees: of a country wider than that only the middle need be on a map
_FAR_APART = 120.0  # degrees: places farther apart are shown on a map of the world
_MOST = 0.85  # of the people: whose hosts the window of a map shows
_NAMED = 8  # hosts that a map of the world has names for
_TYPE = 9.5  # points
_LARGEST = 46.0  # points: diameter of the largest host's circle
_INSETS = 3  # hosts outside the window that have room at its edge
_NAMED_LINES = 150_000  # people, from which on a label has a line for the name of its own
_WITHIN = tuple((dx, 0, "center", "center") for dx in (0, 7, 14))  # places for the origin's name
_SHIFTS = (2, -2, 4, -4, 6, -6, 8, -8)  # points up or down, of a label beside its circle
_ASIDE = (0, 5, -5, 10, -10)  # points to the right or left, of a label above or below its circle
_TRIES = 5  # at finding a place for every label
_IN_TEXT = 5  # hosts that the alternative text names


@dataclass(frozen=True)
class _Fill:
    """How the circles of one class of dates are filled, and the years it stands for."""

    label: str
    years: range
    face: str
    hatch: str


@dataclass(frozen=True)
class _Circles:
    """What the circles of a map share.

    Attributes
    ----------
    outlines : Outlines
        Where countries lie.
    scale : float
        Diameter squared for each person, in points squared.
    fills : sequence of _Fill
    """

    outlines: Outlines
    scale: float
    fills: Sequence[_Fill]

    def place(self, area: str, frame: basemap.Frame) -> tuple[float, float]:
        """Return where a country's circle stands in the plane."""
        ((x, y),) = frame.project(np.array([self.outlines.anchor(area)]))
        return float(x), float(y)

    def draw(self, ax: Axes, frame: basemap.Frame, hosts: Sequence[Host]) -> None:
        """Draw a circle for each host."""
        for fill in self.fills:
            chosen = [h for h in hosts if h.period.last_day.year in fill.years]
            if chosen:
                places = [self.place(h.area, frame) for h in chosen]
                # A marker's size is its diameter squared, in points: as large as its area.
                ax.scatter(
                    [x for x, _y in places], [y for _x, y in places],
                    s=[h.people.value * self.scale for h in chosen], facecolor=fill.face,
                    edgecolor=COLOURS[0], linewidth=0.9, hatch=fill.hatch, alpha=0.85, zorder=2,
                )  # fmt: skip


@styled
def host_map(hosts: Hosts, *, as_of: datetime.date | None) -> Chart | Blank:
    """Draw the newest figure of every host known, each at its own date.

    Where the hosts are those of a region the window shows its countries; where they are those of
    the world it shows the origin and the nearest hosts of most people, or all land where these lie
    too far apart. Hosts outside it have insets at its edge.

    Parameters
    ----------
    hosts : Hosts
    as_of : datetime.date or None
    """
    scope, newest = hosts.scope, hosts.newest
    title = _("Where people from {origin} live").format(origin=scope.origin_name)
    if not any(map(hosts.holds, newest)):
        return Blank(title, hosts.lacking)
    outlines = Outlines(scope.data.outlines)
    shown = (
        [scope.origin, *_nearest(newest, scope.origin, outlines)]
        if scope.hosts_in == WORLD
        else list(scope.members)
    )
    everywhere = basemap.spread(map(outlines.anchor, shown)) > _FAR_APART
    figure, ax = axes(_WORLD_HEIGHT if everywhere else HEIGHT)
    if everywhere:
        window = basemap.world()
    else:
        parts = [part for area in shown for part in _drawn(outlines, area, scope.hosts_in)]
        window = basemap.around(parts, aspect=_WIDTH / HEIGHT, margin=0.015)
    basemap.draw(ax, window, outlines, marked=scope.origin)
    inside = [h for h in newest if window.holds(outlines.anchor(h.area))]
    outside = [h for h in newest if h not in inside]
    largest = newest[0].people.value
    one_date = len({host.period for host in newest}) == 1
    across = _SMALLER if scope.hosts_in == WORLD else _LARGEST
    circles = _Circles(outlines, across**2 / largest, _fills(newest))
    circles.draw(ax, window, inside)
    key = _key(ax, circles, largest, dates=not one_date)
    insets = _outside(ax, circles, outside[:_INSETS])
    left_out = len(outside[_INSETS:])
    chart = finish(
        figure,
        title=title,
        subtitle=_("People in each country, {date}").format(date=newest[0].period.label(locale()))
        if one_date
        else _("People in each country, at the country's own newest date"),
        alt=_alt(title, hosts),
        table=hosts.newest_table(),
        as_of=as_of,
        note=" ".join(filter(None, [_boxed(insets), _left_out(left_out), _disclaimer()])),
    )
    settled = labels.settle(figure)
    _name_origin(settled, ax, window, scope, outlines)
    named = inside[:_NAMED] if scope.hosts_in == WORLD else inside
    _label(settled, ax, window, circles, named, avoid=[key, *insets])
    return chart


def _drawn(outlines: Outlines, area: str, hosts_in: str) -> Sequence[shapely.Geometry]:
    """What of a country the window must show: of the hosts in the world no islands overseas."""
    parts = outlines.parts(area)
    if hosts_in != WORLD:
        return parts
    west, _south, east, _north = parts[0].bounds if parts else (0, 0, 0, 0)
    if parts and east - west < _VAST:
        return parts[:1]
    return [shapely.Point(outlines.anchor(area)).buffer(_VAST / 5)]


def _nearest(hosts: Sequence[Host], origin: str, outlines: Outlines) -> list[str]:
    """The hosts nearest to the origin that have most of the people between them, by code."""
    wanted = _MOST * sum(host.people.value for host in hosts)
    places = np.array([outlines.anchor(host.area) for host in hosts])
    far = basemap.Azimuthal(*outlines.anchor(origin)).distance(places)
    found: list[str] = []
    reached = 0.0
    for n in np.argsort(far):
        if reached >= wanted:
            break
        found.append(hosts[n].area)
        reached += hosts[n].people.value
    return found


def _fills(hosts: Sequence[Host]) -> list[_Fill]:
    """The newest year filled, the year before it among the figures hatched, the others hollow."""
    years = sorted({h.period.last_day.year for h in hosts}, reverse=True)
    looks = ((COLOURS[0], ""), ("#cfe3f1", "//////"), ("white", ""))
    fills = [
        _Fill(str(year), range(year, year + 1), *look)
        for year, look in zip(years[: len(looks)], looks, strict=False)
    ]
    if len(years) > len(looks):
        last = years[len(looks) - 1]
        text = _("{year} or before").format(year=last)
        fills[-1] = _Fill(text, range(years[-1], last + 1), *looks[-1])
    return fills


def _key(ax: Axes, circles: _Circles, largest: float, *, dates: bool) -> AnchoredOffsetbox:
    """What the circles' sizes and fills stand for, in the lower left corner: open sea."""
    amounts = round_amounts(largest)
    reach = math.sqrt(amounts[0] * circles.scale)
    plain = _Fill("", range(0), "none", "")
    parts: list[Artist] = [
        TextArea(_("People")),
        *(_row(phrasing.figure(n, "persons", 0), plain, n * circles.scale, reach) for n in amounts),
    ]
    if dates:
        parts += [
            TextArea(_("\nDate of the figure")),
            *(_row(fill.label, fill, 110.0, reach) for fill in circles.fills),
        ]
    box = VPacker(children=parts, align="left", sep=4)
    key = AnchoredOffsetbox("lower left", child=box, pad=0, borderpad=0, frameon=False)
    for text in key.findobj(Text):
        text.set(fontsize=_TYPE, color=INK)
    ax.add_artist(key)
    return key


def _row(text: str, fill: _Fill, size: float, reach: float) -> HPacker:
    """A circle of a size (diameter squared) in the middle of a column, with its text."""
    diameter = math.sqrt(size)
    area = DrawingArea(reach, diameter)
    middle = (reach / 2, diameter / 2)
    look = {"facecolor": fill.face, "edgecolor": COLOURS[0], "hatch": fill.hatch}
    area.add_artist(Circle(middle, diameter / 2, linewidth=0.9, alpha=0.85, **look))
    return HPacker(children=[area, TextArea(text)], align="center", sep=7)


def round_amounts(largest: float) -> list[float]:
    """Return three round numbers for a size legend, the largest first.

    Parameters
    ----------
    largest : float
        Above zero; the first number is the largest of 1, 2 and 5 times a power of ten up to it.
    """
    power = math.floor(math.log10(largest))
    steps = [m * 10.0**p for p in range(power, power - 3, -1) for m in (5, 2, 1)]
    return [step for step in steps if step <= largest][0:5:2]


def _outside(ax: Axes, circles: _Circles, hosts: Sequence[Host]) -> list[Axes]:
    """One small map for each host outside the window, side by side from west to east."""
    width, height, gap = 0.178, 0.135, 0.012
    ordered = sorted(hosts, key=lambda h: circles.outlines.anchor(h.area)[0])
    insets = []
    for place, host in enumerate(ordered):
        left = 1 - (len(ordered) - place) * width - (len(ordered) - place - 1) * gap
        inset = ax.inset_axes((left, 1 - height, width, height))
        # An island without an outline has a window of a few degrees around its point.
        island = shapely.Point(circles.outlines.anchor(host.area)).buffer(2)
        parts = circles.outlines.parts(host.area)[:1] or (island,)
        frame = basemap.around(parts, aspect=_WIDTH * width / (HEIGHT * height), margin=0.08)
        basemap.draw(inset, frame, circles.outlines)
        inset.spines[:].set(visible=True, color=GREY, linewidth=0.6)
        circles.draw(inset, frame, [host])
        words = f"{host.name}\n{host.people.formats['brief']}"
        inset.text(
            0.5, -0.06, words, transform=inset.transAxes, ha="center", va="top",
            fontsize=_TYPE, color=INK, linespacing=1.1,
        )  # fmt: skip
        insets.append(inset)
    return insets


def _name_origin(
    settled: labels.Settled, ax: Axes, window: basemap.Frame, scope: Scope, outlines: Outlines
) -> None:
    """Write the name of the country of origin on it, where it is on the map."""
    parts = outlines.parts(scope.origin)
    if not parts or not window.holds(outlines.anchor(scope.origin)):
        return
    ((x, y),) = window.project(np.array([outlines.anchor(scope.origin)]))
    labels.place(settled, [labels.Label(ax, scope.origin_name, x, y, "#444444", _WITHIN)])
    for part in parts:  # a line: no other label is written across it
        xs, ys = window.project(np.asarray(part.exterior.coords)).T
        ax.plot(xs, ys, color="white", linewidth=0.7, zorder=0.6)


def _label(
    settled: labels.Settled,
    ax: Axes,
    window: basemap.Frame,
    circles: _Circles,
    hosts: Sequence[Host],
    *,
    avoid: Sequence[Artist],
) -> None:
    """Write each host's name and people beside its circle, where there is room."""
    wanted = []
    for host in hosts:
        x, y = circles.place(host.area, window)
        radius = math.sqrt(host.people.value * circles.scale) / 2
        wanted.append(labels.Label(ax, _words(host), x, y, places=_beside(radius)))
    # The largest hosts first; a label that then finds no place is tried before them, since a
    # large circle has room on more sides.
    before = list(ax.texts)
    avoid = [*avoid, *before]
    missing = wanted
    for _try in range(_TRIES):
        for text in set(ax.texts) - set(before):
            text.remove()
        wanted = [*missing, *(label for label in wanted if label not in missing)]
        written = labels.place(settled, wanted, size=_TYPE, avoid=avoid)
        missing = [label for label in wanted if label.text not in written]
        if not missing:
            break


def _beside(radius: float) -> tuple[tuple[float, float, str, str], ...]:
    """Places around a circle, in points from its centre."""
    clear, across = radius + 2.5, 0.72 * radius + 2
    return (
        (-clear, 0, "right", "center"),
        *((-clear, dy, "right", "center") for dy in _SHIFTS),
        (clear, 0, "left", "center"),
        *((dx, clear, "center", "bottom") for dx in _ASIDE),
        *((dx, -clear, "center", "top") for dx in _ASIDE),
        (across, across, "left", "bottom"),
        (-across, across, "right", "bottom"),
        (across, -across, "left", "top"),
        (-across, -across, "right", "top"),
        *((clear, dy, "left", "center") for dy in _SHIFTS),
    )


def _words(host: Host) -> str:
    between = "\n" if host.people.value >= _NAMED_LINES else " "
    return f"{host.name}{between}{host.people.formats['brief']}"


def _boxed(insets: Sequence[Axes]) -> str:
    if not insets:
        return ""
    return ngettext(
        "In the box: a host outside the map, its circle of the same scale.",
        "In the boxes: hosts outside the map, their circles of the same scale.",
        len(insets),
    )


def _left_out(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "{n} more host outside the map is in the table.",
        "{n} more hosts outside the map are in the table.",
        number,
    ).format(n=number)


def _disclaimer() -> str:
    return _(
        "Outlines: Natural Earth, simplified. Borders and names are for orientation only: showing "
        "them neither endorses nor accepts any claim to a territory."
    )


def _alt(title: str, hosts: Hosts) -> str:
    newest = hosts.newest
    first, last = (choose(h.period for h in newest) for choose in (min, max))
    outside = [h for h in newest if not hosts.holds(h)]
    text = _(
        "{title}: a map with a circle for each of {n} countries, its area proportional to the "
        "people there. {dates} The largest figures: {largest}."
    ).format(
        title=title,
        n=len(newest),
        dates=(
            _("All are of {first}.")
            if first == last
            else _("The dates run from {first} to {last}.")
        ).format(first=first.label(locale()), last=last.label(locale())),
        largest="; ".join(_in_text(h) for h in newest[:_IN_TEXT]),
    )
    if len(newest) > _IN_TEXT:
        text += " " + _("The smallest figure is {host}.").format(host=_in_text(newest[-1]))
    if outside:
        text += " " + _("Outside {region}: {hosts}.").format(
            region=hosts.scope.region_name, hosts="; ".join(_in_text(h) for h in outside)
        )
    return text


def _dates(first: Period, last: Period) -> str:
    if first == last:
        return _("All are of {date}.").format(date=first.label(locale()))
    return _("The dates run from {first} to {last}.").format(
        first=first.label(locale()), last=last.label(locale())
    )


def _in_text(host: Host) -> str:
    people = host.people.formats["range"]
    return f"{dated(host.name, host.period)}: {people}"
