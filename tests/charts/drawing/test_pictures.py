"""Picture files of a figure: short, the same each time, their text as text."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from analysis.charts.drawing import pictures
from analysis.charts.drawing.frame import styled

SVG = "{http://www.w3.org/2000/svg}"


@styled
def drawn(text="", **more):
    """A line from the origin to (1, 1/3), 4 × 3 inches, with a text in its middle."""
    figure = Figure(figsize=(4, 3), layout="constrained")
    ax = figure.subplots()
    ax.plot([0, 1], [0, 1 / 3])
    figure.text(0.5, 0.5, text, **more)
    return figure


@styled
def picture(figure):
    return ET.fromstring(pictures.svg(figure))


def texts(root):
    return {each.text: each for each in root.iter(f"{SVG}text")}


def test_text_stays_text_in_a_font_that_every_reader_has():
    root = picture(drawn("Words & more"))
    assert "Words & more" in texts(root)
    assert root.get("font-family").startswith("'DejaVu Sans',Verdana,")
    assert root.get("font-family").endswith(",sans-serif")
    assert not any(each.get("font-family") for each in root.iter() if each is not root)


def test_what_nobody_sees_is_left_out():
    root = picture(drawn())
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert {"metadata", "style", "g"} & kinds == set()
    shapes = [each.get("d") for each in root.iter(f"{SVG}path")]
    assert shapes
    assert not re.search(r"\.\d{3}|\s\s", " ".join(shapes))


def test_every_reference_has_its_target():
    root = picture(drawn())
    text = ET.tostring(root, encoding="unicode")
    wanted = set(re.findall(r'url\(#(\w+)\)|href="#(\w+)"', text))
    assert wanted
    assert {a or b for a, b in wanted} == {e.get("id") for e in root.iter() if e.get("id")}


def test_lines_meet_where_they_are_anchored_in_any_font():
    # 4 inches are 288 points: the middle is 144
    for side, anchor in (("right", "end"), ("center", "middle")):
        found = texts(picture(drawn("short\na longer line", ha=side)))
        for line in ("short", "a longer line"):
            assert found[line].get("text-anchor") == anchor
            assert float(found[line].get("x")) == 144
        assert float(found["short"].get("y")) < float(found["a longer line"].get("y"))
    left = texts(picture(drawn("short\na longer line", ha="left")))
    assert float(left["short"].get("x")) == float(left["a longer line"].get("x")) == 144


@styled
def both(figure):
    return pictures.svg_and_png(figure)


def test_one_drawing_gives_both_pictures_the_same_each_time():
    svg, png = both(drawn("one\ntwo", ha="right"))
    assert svg == styled(pictures.svg)(drawn("one\ntwo", ha="right"))
    figure = drawn("one\ntwo", ha="right")
    assert both(figure) == both(figure) == (svg, png)
    assert int.from_bytes(png[16:20]) == 4 * pictures.PNG_DPI  # the width in a PNG's head


def test_a_png_of_few_colours_shows_what_was_drawn():
    figure = drawn("one\ntwo", ha="right")
    figure.patches.append(Rectangle((0, 0), 1, 0.25, color="#0072b2", transform=figure.transFigure))
    few = Image.open(io.BytesIO(both(figure)[1]))
    assert few.mode == "P"
    shown = np.asarray(few.convert("RGB")).astype(int)
    assert tuple(shown[0, 0]) == (255, 255, 255)  # the ground of a slide is as white
    assert abs(shown[-5, 5] - (0x00, 0x72, 0xB2)).max() < 16
    assert round(few.info["dpi"][0]) == pictures.PNG_DPI


def test_a_picture_within_a_picture_is_in_both():
    figure = drawn()
    figure.axes[0].imshow([[0, 1], [1, 0]], extent=(0, 1, 0, 1), cmap="binary")
    svg, png = both(figure)
    assert ET.fromstring(svg).find(f".//{SVG}image") is not None
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    assert (shown < 16).mean() > 0.1  # its black half
