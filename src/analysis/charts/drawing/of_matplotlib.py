"""The parts of matplotlib that are not documented for others: one drawing made SVG and pixels.

matplotlib's renderers are made for its own canvases, each of which asks the figure anew what is to
be drawn where. Here one drawing is handed to two of them. `pictures` reads the SVG that comes of
it, and `column_layout` sets what a layout engine of matplotlib's has to set.

`USED` names each part that a new version of matplotlib may move without notice. A test asks whether
each is still there; `pyproject.toml` keeps matplotlib below the next version that could move one.
"""

from __future__ import annotations

from typing import IO, Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform, TransformedPath
from matplotlib.typing import ColorType

_RENDERERS = (
    "matplotlib.backends.backend_svg:RendererSVG",
    "matplotlib.backends.backend_agg:RendererAgg",
)
USED = {
    f"{renderer}.{method}": "draws one kind of mark in SVG or pixels; without it no chart is drawn"
    for renderer in _RENDERERS
    for method in (
        "draw_path", "draw_markers", "draw_path_collection", "draw_text", "new_gc",
    )
} | {
    "matplotlib.backends.backend_svg:RendererSVG.finalize":
        "closes the SVG; without it the file is not whole",
    "matplotlib.backends.backend_agg:RendererAgg.buffer_rgba":
        "is the pixels; without it there is no PNG",
    "matplotlib.backend_bases:GraphicsContextBase.copy_properties":
        "gives the enlarged mark the look of the other; without it lines lose colour and width",
    "matplotlib.backend_bases:GraphicsContextBase.get_clip_path":
        "tells where a mark is cut off; without it marks reach beyond their axes in PNG",
    "matplotlib.backend_bases:GraphicsContextBase.get_clip_rectangle":
        "tells the same of rectangles",
    "matplotlib.layout_engine:LayoutEngine._adjust_compatible":
        "has to be set by every layout engine; under another name, figures refuse ours",
    "matplotlib.layout_engine:LayoutEngine._colorbar_gridspec":
        "has to be set, too",
}  # fmt: skip

_POINTS = 72  # to an inch; SVG is drawn in points


class CannotShareDrawing(Exception):
    """Raised where a figure holds a part that must be drawn once for each resolution."""


class BothRenderers(RendererSVG):
    """Draws SVG as matplotlib does, and every mark once more, enlarged, as pixels.

    To find out what is to be drawn where takes longer than to draw it, and is done once. Text is
    measured as for SVG, so that it stands in one place in both.

    Parameters
    ----------
    width, height : float
        Of the figure, in inches.
    target : text stream
        Where the SVG goes.
    dpi : int
        Dots per inch of the pixels.

    Raises
    ------
    CannotShareDrawing
        On drawing a picture or a mesh, which has pixels of its own for each resolution.
    """

    def __init__(self, width: float, height: float, target: IO[str], dpi: int) -> None:
        nothing = {"Date": None, "Creator": None}
        super().__init__(width * _POINTS, height * _POINTS, target, metadata=nothing)
        self._agg = RendererAgg(round(width * dpi), round(height * dpi), dpi)
        self._times = dpi / _POINTS
        self._larger = Affine2D().scale(self._times)
        self._svg_alone = False

    @property
    def pixels(self) -> np.ndarray:
        """The drawing so far, height × width × 4 (RGBA), 0 to 255."""
        return np.asarray(self._agg.buffer_rgba())

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,
    ) -> None:
        """Draw a line or an area."""
        super().draw_path(gc, path, transform, rgbFace)
        if not self._svg_alone:
            self._agg.draw_path(self._enlarged(gc), path, transform + self._larger, rgbFace)

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: ColorType | None = None,
    ) -> None:
        """Draw the same mark at each point of a path."""
        super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        self._agg.draw_markers(
            self._enlarged(gc), marker_path, marker_trans + self._larger, path,
            trans + self._larger, rgbFace,
        )  # fmt: skip

    def draw_path_collection(
        self,
        gc: GraphicsContextBase,
        master_transform: Transform,
        paths: Any,
        all_transforms: Any,
        offsets: Any,
        offset_trans: Transform,
        *given: Any,
        **more: Any,
    ) -> None:
        """Draw many paths, each at its offset."""
        self._svg_alone = True  # a short collection is drawn for SVG by one `draw_path` for each
        super().draw_path_collection(
            gc, master_transform, paths, all_transforms, offsets, offset_trans, *given, **more
        )
        self._svg_alone = False
        self._agg.draw_path_collection(
            self._enlarged(gc), master_transform + self._larger, paths, all_transforms, offsets,
            offset_trans + self._larger, *given, **more,
        )  # fmt: skip

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """Draw a line of text."""
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        x, y = x * self._times, y * self._times
        self._agg.draw_text(self._enlarged(gc), x, y, s, prop, angle, ismath, mtext)

    def draw_image(self, *given: Any, **more: Any) -> None:
        """Refuse: pixels of one resolution cannot be those of another."""
        raise CannotShareDrawing

    draw_quad_mesh = draw_gouraud_triangles = draw_tex = draw_image

    def finalize(self) -> None:
        """End the SVG, after all is drawn."""
        super().finalize()

    def _enlarged(self, gc: GraphicsContextBase) -> GraphicsContextBase:
        """How the mark looks, clipped where the enlarged one is to be clipped.

        Widths of lines are in points, which `RendererAgg` turns into pixels itself.
        """
        made = self._agg.new_gc()
        made.copy_properties(gc)
        box = gc.get_clip_rectangle()
        if box is not None:
            made.set_clip_rectangle(box.transformed(self._larger))
        path, transform = gc.get_clip_path()
        if path is not None and transform is not None:
            # Its types promise a TransformedPath; what comes is the path and, apart, its transform.
            made.set_clip_path(TransformedPath(path, transform + self._larger))  # type: ignore[arg-type]
        return made
