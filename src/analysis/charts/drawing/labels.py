"""Labels beside marks: each where it covers neither another label nor a mark, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure

from analysis.charts.drawing import pictures
from analysis.charts.drawing.frame import INK

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
MIDDLE = (  # of a line
    (0, 4, "center", "bottom"),
    (0, -5, "center", "top"),
    (10, 4, "center", "bottom"),
    (10, -5, "center", "top"),
)
BELOW = ((0, -5, "center", "top"),)
LEVEL = BEFORE[:1]  # before the point, where above it would belong to another mark

_ALONG = {"left": 0.0, "center": -0.5, "right": -1.0}  # from the point, in widths of the text
_ABOVE = {"bottom": 0.0, "center": -0.5, "top": -1.0}


@dataclass(frozen=True)
class Label:
    """A text that wants to stand beside a point given in the data's coordinates."""

    axes: Axes
    text: str
    x: float
    y: float
    colour: str = INK
    places: tuple[tuple[float, float, str, str], ...] = AFTER + BEFORE


@dataclass(frozen=True)
class Settled:
    """A finished figure that has been laid out, with what measures texts in it."""

    figure: Figure
    renderer: RendererAgg


def settle(figure: Figure) -> Settled:
    """Lay out a finished figure, so that labels can be placed in it where they will be drawn.

    Parameters
    ----------
    figure : Figure
        With a layout engine, and finished: its layout does not change any more.
    """
    pictures.settle(figure)
    for axes in figure.axes:
        axes.apply_aspect()
    return Settled(figure, FigureCanvasAgg(figure).get_renderer())


def place(
    settled: Settled, labels: Sequence[Label], *, size: float = 8.5, avoid: Sequence[Artist] = ()
) -> list[str]:
    """Write labels, the most important first, and return the texts that found a place.

    Parameters
    ----------
    settled : Settled
        From `settle`.
    labels : sequence of Label
        By importance. One that fits nowhere is left out; the chart's table holds it.
    size : float
        Of the type, in points.
    avoid : sequence of Artist
        What no label may cover beside texts and marks, such as a legend or an inset.
    """
    renderer, pixels = settled.renderer, settled.figure.dpi / 72
    marks = {axes: _marks(axes) for axes in {label.axes for label in labels}}
    texts = [text.get_window_extent(renderer) for text in settled.figure.texts]
    others = [artist.get_tightbbox(renderer) for artist in avoid]
    taken = [np.array(covered.extents) for covered in (*texts, *others) if covered is not None]
    written = []
    for label in labels:
        left, bottom, right, top = label.axes.get_window_extent().extents
        text = label.axes.annotate(
            label.text, (label.x, label.y), xytext=(0, 0), textcoords="offset points",
            ha="left", va="bottom", fontsize=size, color=label.colour, linespacing=1.1,
        )  # fmt: skip
        text.set_in_layout(False)
        # Measured once: measuring costs more than anything else here, and its places differ only
        # by how far the text is moved.
        there = text.get_window_extent(renderer)
        obstacles = np.vstack([np.empty((0, 4)), *taken, *marks[label.axes]])
        for dx, dy, horizontal, vertical in label.places:
            x = there.x0 + dx * pixels + _ALONG[horizontal] * there.width
            y = there.y0 + dy * pixels + _ABOVE[vertical] * there.height
            box = np.array([x - 1, y - 1, x + there.width + 1, y + there.height + 1])
            inside = left <= box[0] and box[2] <= right + 2 and bottom <= box[1]
            if inside and box[3] <= top + 6 and not _overlaps(box, obstacles):
                text.set(position=(dx, dy), ha=horizontal, va=vertical)
                taken.append(box)
                written.append(label.text)
                break
        else:
            text.remove()
    return written


def _overlaps(box: np.ndarray, others: np.ndarray) -> bool:
    """Whether a box has a point in common with any of the others; each is x0, y0, x1, y1."""
    low, high = others[:, :2], others[:, 2:]
    return bool(((box[:2] <= high) & (low <= box[2:])).all(axis=1).any())


def _marks(axes: Axes) -> list[np.ndarray]:
    """Boxes around the lines, markers, bars of ranges and circles drawn, in pixels: arrays of x0,
    y0, x1, y1.
    """
    boxes = []
    for line in axes.lines:
        points = line.get_transform().transform(line.get_xydata())
        if line.get_marker() not in ("None", "", None):
            boxes.append(_around(points, points, 3.5))
        if line.get_linestyle() != "None":
            boxes.append(_around(points[:-1], points[1:], 0.8))
    for drawn in axes.collections:
        if isinstance(drawn, PathCollection):
            points = axes.transData.transform(drawn.get_offsets())
            reaches = np.sqrt(drawn.get_sizes()) / 2 * axes.figure.dpi / 72
            boxes.append(_around(points, points, np.resize(reaches, len(points))[:, None]))
        elif isinstance(drawn, LineCollection):
            for segment in drawn.get_segments():
                points = axes.transData.transform(segment)
                boxes.append(_around(points[:-1], points[1:], 0.8))
    return boxes


def _around(starts: np.ndarray, ends: np.ndarray, reach: float | np.ndarray) -> np.ndarray:
    return np.hstack([np.minimum(starts, ends) - reach, np.maximum(starts, ends) + reach])
