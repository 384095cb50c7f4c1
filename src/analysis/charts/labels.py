"""Labels beside marks: each where it covers neither another label nor a mark, or nowhere."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.frame import INK
from analysis.charts.pictures import settle

# Offsets from a point, in points, with the text's own alignment, in the order they are tried.
AFTER = (
    (0, 4, "left", "bottom"),
    (7, 0, "left", "center"),
    (0, -5, "left", "top"),
    (6, 4, "left", "bottom"),
)
BEFORE = (
    (-7, 0, "right", "center"),
    (0, 4, "right", "bottom"),
    (0, -5, "right", "top"),
    (-6, 4, "right", "bottom"),
)
LEVEL = BEFORE[:1]  # before the point, where above it would belong to another mark


@dataclass(frozen=True)
class Label:
    """A text that wants to stand beside a point given in the data's coordinates."""

    axes: Axes
    text: str
    x: float
    y: float
    colour: str = INK
    places: tuple[tuple[float, float, str, str], ...] = AFTER + BEFORE


def place(
    figure: Figure, labels: Sequence[Label], *, size: float = 8.5, avoid: Sequence[Artist] = ()
) -> list[str]:
    """Write labels, the most important first, and return the texts that found a place.

    Parameters
    ----------
    figure : Figure
        Finished: its layout must not change any more.
    labels : sequence of Label
        By importance. One that fits nowhere is left out; the chart's table holds it.
    size : float
        Of the type, in points.
    avoid : sequence of Artist
        What no label may cover beside texts and marks, such as a legend or an inset.
    """
    settle(figure)
    figure.draw_without_rendering()
    marks = {axes: _marks(axes) for axes in {label.axes for label in labels}}
    taken: list[Bbox] = [text.get_window_extent() for text in figure.texts]
    taken += [box for artist in avoid if (box := artist.get_tightbbox()) is not None]
    written = []
    for label in labels:
        frame = label.axes.get_window_extent()
        for dx, dy, horizontal, vertical in label.places:
            text = label.axes.annotate(
                label.text, (label.x, label.y), xytext=(dx, dy), textcoords="offset points",
                ha=horizontal, va=vertical, fontsize=size, color=label.colour,
                linespacing=1.1,
            )  # fmt: skip
            text.set_in_layout(False)
            box = text.get_window_extent().padded(1)
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 + 2 and frame.y0 <= box.y0
            inside = inside and box.y1 <= frame.y1 + 6
            if inside and not any(box.overlaps(other) for other in (*taken, *marks[label.axes])):
                taken.append(box)
                written.append(label.text)
                break
            text.remove()
    return written


def _marks(axes: Axes) -> list[Bbox]:
    """Boxes around the lines, markers and circles drawn, in pixels."""
    boxes = []
    for line in axes.lines:
        points = line.get_transform().transform(line.get_xydata())
        reach = 3.5 if line.get_marker() not in ("None", "", None) else 0.8
        boxes += [_around([p], reach) for p in points] if reach > 1 else []
        if line.get_linestyle() != "None":
            boxes += [_around(pair, 0.8) for pair in itertools.pairwise(points)]
    for circles in axes.collections:
        if isinstance(circles, PathCollection):
            points = axes.transData.transform(circles.get_offsets())
            pixels = axes.figure.dpi / 72
            reaches = [math.sqrt(size) / 2 * pixels for size in circles.get_sizes()]
            boxes += [_around([p], r) for p, r in zip(points, itertools.cycle(reaches))]
    return boxes


def _around(points, reach: float) -> Bbox:
    xs, ys = zip(*points, strict=True)
    return Bbox([[min(xs) - reach, min(ys) - reach], [max(xs) + reach, max(ys) + reach]])
