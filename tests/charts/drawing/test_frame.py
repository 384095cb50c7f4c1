"""What every chart shares, and the ranking asked through its axes."""

import base64
import datetime
import xml.etree.ElementTree as ET

from made import SOURCE, estimate

from analysis.charts import Blank, Chart, ranked
from analysis.numbers.tables import Column, Table


def chart(rows, **changes):
    table = Table(
        "Hosts",
        [Column("host", "Host"), Column("people", "People"), Column("source", "Source")],
        [(name, amount, SOURCE) for name, amount in rows],
        empty="No host was known then.",
    )
    words = {
        "title": "Where people live",
        "subtitle": "Persons",
        "alt": "Bars of two hosts, from 20 to 100.",
        "as_of": datetime.date(2020, 5, 31),
        **changes,
    }
    return ranked(rows, table=table, **words)


ROWS = [("Aland", estimate("a", 100, resolution=20)), ("Borland", estimate("b", 20))]


def test_bars_have_the_values_and_their_ranges():
    ax = chart(ROWS).figure.axes[0]
    bars = [patch for patch in ax.patches if patch.get_width()]
    assert [bar.get_width() for bar in bars] == [100, 20]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Aland", "Borland"]
    # 100 to the nearest 20: from 90 to 110; the exact 20 has no range to draw
    (line,) = [c for container in ax.containers if hasattr(container, "lines") and
               container.lines for c in container.lines[2]]  # fmt: skip
    (start, _y0), (end, _y1) = line.get_segments()[0]
    assert (start, end) == (90, 110)
    assert ax.get_xlim()[0] == 0


def test_the_chart_names_its_title_measure_source_and_date():
    texts = [text.get_text() for text in chart(ROWS).figure.texts]
    assert texts == ["Where people live", "Persons", "Source: Press. As known on 31 May 2020."]
    texts = [text.get_text() for text in chart(ROWS, as_of=None).figure.texts]
    assert texts[-1] == "Source: Press. With everything published so far."


def test_long_titles_wrap_and_stay_inside():
    made = chart(
        ROWS, title="A title that is far longer than one line of the chart can hold at all"
    )
    made.figure.draw_without_rendering()
    width, height = made.figure.bbox.width, made.figure.bbox.height
    boxes = [t.get_window_extent() for t in made.figure.texts]
    assert len(boxes) == 4
    assert all(b.x0 >= 0 and b.x1 <= width and b.y0 >= 0 and b.y1 <= height for b in boxes)
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_the_picture_is_the_same_to_the_byte_and_is_svg():
    one, other = chart(ROWS), chart(ROWS)
    assert one.svg == other.svg
    assert ET.fromstring(one.svg).tag.endswith("svg")
    assert one._repr_mimebundle_() == {
        "text/plain": "Bars of two hosts, from 20 to 100.",
        "image/svg+xml": one.svg,
    }


def test_the_record_carries_table_alt_sources_and_licence():
    record = chart(ROWS).as_record()
    assert record["kind"] == "chart"
    assert record["alt"] == "Bars of two hosts, from 20 to 100."
    assert [row[0] for row in record["table"]["rows"]] == ["Aland", "Borland"]
    assert (record["sources"], record["licence"], record["as_of"]) == (
        ["press"],
        "CC-BY-4.0",
        "2020-05-31",
    )


def test_nothing_to_draw_is_said_in_words():
    blank = chart([])
    assert isinstance(blank, Blank)
    assert not isinstance(blank, Chart)
    bundle = blank._repr_mimebundle_()
    assert bundle["text/plain"] == "Where people live: No host was known then."
    assert "image/svg+xml" not in bundle
    assert blank.as_record()["reason"] == "No host was known then."


def test_a_png_comes_to_who_asks_for_it():
    made = chart(ROWS)
    assert set(made._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}
    picture = base64.b64decode(made._repr_mimebundle_(include={"image/png"})["image/png"])
    assert picture.startswith(b"\x89PNG")
    assert picture == chart(ROWS).svg_and_png[1]
    assert made.svg == made.svg_and_png[0]
