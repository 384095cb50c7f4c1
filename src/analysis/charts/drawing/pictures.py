"""A finished figure as picture files: SVG with its text as text, and PNG.

The figure's layout is found once and both pictures are drawn in one pass. matplotlib's own
`savefig` draws each picture twice, the first time to find the layout.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from analysis.charts.drawing.of_matplotlib import BothRenderers, CannotShareDrawing

PNG_DPI = 200
# What matplotlib measures with, then what stands in for it: Verdana has nearly its widths, all
# others are narrower, so that no text grows out of its place.
FONTS = "'DejaVu Sans',Verdana,'Bitstream Vera Sans',Geneva,Arial,Helvetica,sans-serif"

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_LEVEL = re.compile(r"rotate\(-?0 [^)]*\)")
_MOVED = re.compile(r"translate\((\S+) (\S+)\)")
_POINTS = re.compile(r"\s*([MLCQZz])\s*")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_ANCHOR = "lines-"  # begins the names of texts of several lines that do not start at the left
_NAMED = {"font-family": "DejaVu Sans", "font-weight": "400"}  # what the SVG's root says already


def settle(figure: Figure) -> None:
    """Give everything its place, once: the layout does not change any more."""
    layout = figure.get_layout_engine()
    if layout is not None:
        layout.execute(figure)
        figure.set_layout_engine("none")


def svg(figure: Figure) -> str:
    """Return the picture as SVG: the same bytes for the same drawing, no more of them than needed.

    Text stays text, in the first of `FONTS` that a reader has.
    """
    settle(figure)
    _note_anchors(figure)
    target = io.StringIO()
    with _dpi(figure, figure.dpi):  # to draw SVG sets another
        FigureCanvasSVG(figure).print_svg(target, metadata={"Date": None, "Creator": None})
    return _shortened(target.getvalue())


def svg_and_png(figure: Figure) -> tuple[str, bytes]:
    """Return the picture as SVG, as `svg` does, and as PNG, sharp on paper, from one drawing.

    The PNG has at most 256 colours, which nobody can see in a chart: less than half of the
    bytes, and less time than it takes to write the others.
    """
    settle(figure)
    _note_anchors(figure)
    target = io.StringIO()
    renderer = BothRenderers(figure.get_figwidth(), figure.get_figheight(), target, PNG_DPI)
    try:
        with _dpi(figure, 72):
            figure.draw(renderer)
    except CannotShareDrawing:
        canvas = FigureCanvasAgg(figure)
        with _dpi(figure, PNG_DPI):
            canvas.draw()
        return svg(figure), _png(np.asarray(canvas.buffer_rgba()))
    renderer.finalize()
    return _shortened(target.getvalue()), _png(renderer.pixels)


@contextmanager
def _dpi(figure: Figure, dpi: float) -> Iterator[None]:
    before = figure.dpi
    figure.dpi = dpi
    try:
        yield
    finally:
        figure.dpi = before


def _png(pixels: np.ndarray) -> bytes:
    drawn = Image.fromarray(pixels).convert("RGB")
    few = drawn.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # Colours that are nearly one become their mean: the background stays what it was.
    palette = few.getpalette() or []
    background = 3 * int(np.asarray(few)[0, 0])
    palette[background : background + 3] = np.asarray(drawn)[0, 0].tolist()
    few.putpalette(palette)
    target = io.BytesIO()
    few.save(target, "png", dpi=(PNG_DPI, PNG_DPI), compress_level=3)
    return target.getvalue()


def _note_anchors(figure: Figure) -> None:
    """Keep, in its name, where the lines of a text end or have their middle.

    matplotlib writes each line of such a text from its left, where it stands in DejaVu Sans; in a
    narrower font the lines would no longer meet at the right or in the middle.
    """
    for text in figure.findobj(Text):
        side = text.get_horizontalalignment()
        if "\n" in text.get_text() and text.get_visible() and side != "left":
            box = text.get_window_extent()
            end = side == "right"
            place = (box.x1 if end else (box.x0 + box.x1) / 2) * 72 / figure.dpi
            text.set_gid(f"{_ANCHOR}{'end' if end else 'middle'}-{place:.2f}")


def _shortened(drawn: str) -> str:
    """The same picture without metadata, groups, and digits that nobody sees."""
    root = ET.fromstring(drawn)
    metadata, defaults = root[:2]
    root.remove(metadata)
    root.remove(defaults)  # a style sheet, which would go before attributes: here it is one
    root.set("stroke-linejoin", "round")
    root.set("font-family", FONTS)
    names: dict[str, str] = {}
    root[:] = [part for child in root for part in _parts(child)]
    small = {part for defined in root.iter(f"{_SVG}defs") for part in defined.iter()}
    for element in root.iter():
        element.text = (element.text and element.text.strip("\n ")) or None
        element.tail = None
        _style(element)
        for key, value in list(element.attrib.items()):
            element.set(key, _value(key, value, names, digits=2 if element in small else 1))
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", _LINK[1:-1])
    return ET.tostring(root, encoding="unicode") + "\n"


def _parts(element: ET.Element) -> list[ET.Element]:
    """The element without groups that only carry a name, within it and around it."""
    inner = [part for child in element for part in _parts(child)]
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if element.tag == f"{_SVG}text" and moved:
        del element.attrib["transform"]
        element.set("x", moved[1])
        element.set("y", moved[2])
    if element.tag == f"{_SVG}g":
        name = element.attrib.pop("id", "")
        if name.startswith(_ANCHOR):
            anchor, place = name.removeprefix(_ANCHOR).split("-")
            for text in inner:
                text.set("text-anchor", anchor)
                text.set("x", place)
        if not element.attrib or not inner:
            return inner
    element[:] = inner
    return [element]


def _style(element: ET.Element) -> None:
    """Turn a style into attributes, which are shorter and which every program reads."""
    for said in filter(None, element.attrib.pop("style", "").split(";")):
        key, _, value = (part.strip() for part in said.partition(":"))
        if _NAMED.get(key) != value.strip("'\""):
            element.set(key, value.removesuffix("px"))
    if element.get("stroke-dashoffset") == "0":
        del element.attrib["stroke-dashoffset"]
    if _LEVEL.fullmatch(element.get("transform", "")):
        del element.attrib["transform"]


def _value(key: str, value: str, names: dict[str, str], digits: int) -> str:
    if key == "id":
        return names.setdefault(value, f"a{len(names)}")
    if key == f"{_LINK}href":
        return "#" + names.setdefault(value[1:], f"a{len(names)}")
    if key in ("d", "x", "y", "width", "height", "transform", "points"):
        value = _NUMBER.sub(lambda found: _rounded(found[0], digits), value)
    if key == "d":
        value = _POINTS.sub(r"\1", value).strip()
    return _REFERENCE.sub(
        lambda found: f"url(#{names.setdefault(found[1], f'a{len(names)}')})", value
    )


def _rounded(number: str, digits: int) -> str:
    text = f"{float(number):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
