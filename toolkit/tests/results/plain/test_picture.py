"""Drawn figures as records and pictures."""

import base64
import io
import sys
import types

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from reportbook.errors import ReportError
from reportbook.results.plain import picture
from reportbook.results.schema import mistakes_of

SAID = {"title": "Rain", "alt": "Bars: more rain in May than in June"}


@pytest.fixture(autouse=True)
def outside_of_a_report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def figure():
    drawn = Figure()
    drawn.subplots().bar(["May", "June"], [120, 50])
    return drawn


def drawn(name, x, **told):
    library = picture.library_of(x)
    record = picture.chart_record(name, x, **{**SAID, **told})
    return record, picture.drawn(name, x, record, library, with_png=True)


def test_a_figure_is_a_chart_with_its_data(figure):
    data = pd.DataFrame({"month": ["May", "June"], "mm": [120, 50]})
    record, shown = drawn("rain.chart", figure, data=data, licence="CC-BY-4.0")
    assert mistakes_of(record, "chart") == []
    assert [column["name"] for column in record["table"]["columns"]] == ["month", "mm"]
    assert record["table"]["rows"][1] == [
        "June", {"text": "50", "value": 50, "low": None, "high": None},
    ]  # fmt: skip
    assert "<svg" in shown["image/svg+xml"]
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
    assert shown["text/plain"] == "Rain. Bars: more rain in May than in June"


def test_the_same_figure_is_the_same_picture(figure):
    assert drawn("rain.chart", figure)[1] == drawn("rain.chart", figure)[1]


def test_a_notebook_does_not_show_the_figure_a_second_time():
    mpl.use("agg")
    from matplotlib import pyplot

    made, _ = pyplot.subplots()
    drawn("rain.chart", made)
    assert made.number not in pyplot.get_fignums()


@pytest.mark.parametrize(
    ("missing", "said"),
    [("title", 'without a title.*title="Rain by month"'), ("alt", "without an alternative text")],
)
def test_what_readers_need_is_asked_for_with_an_example(figure, missing, said):
    with pytest.raises(ReportError, match=said):
        picture.chart_record("rain.chart", figure, **{**SAID, missing: ""})


class Altair:
    """As much of an Altair chart as is used: whether it can be saved is told by its library."""

    data = pd.DataFrame({"mm": [120]})
    error = None

    def save(self, stream, format):
        if self.error:
            raise self.error
        stream.write("<svg/>" if format == "svg" else b"\x89PNG")


class Plotly:
    """As much of a Plotly figure as is used; names in its picture are drawn by lot."""

    data = (types.SimpleNamespace(name="s", x=(1, 2), y=(3, 4)), types.SimpleNamespace(name=None))
    lots = iter((b"4229e6", b"0a1b2c", b"999999", b"111111"))
    error = None

    def to_image(self, format):
        if self.error:
            raise self.error
        lot = next(self.lots)
        return b'<svg><g id="defs-%s"/><g id="clip%sx"/></svg>' % (lot, lot)


@pytest.fixture
def libraries(monkeypatch):
    altair = types.SimpleNamespace(TopLevelMixin=Altair)
    monkeypatch.setitem(sys.modules, "altair", altair)
    plotly = types.SimpleNamespace(BaseFigure=Plotly)
    monkeypatch.setitem(sys.modules, "plotly.basedatatypes", plotly)


def test_altair_and_plotly_know_their_data(libraries):
    record, shown = drawn("rain.chart", Altair())
    assert shown["image/svg+xml"] == "<svg/>"
    assert record["table"]["columns"][0]["name"] == "mm"
    record, shown = drawn("rain.chart", Plotly())
    assert shown["image/svg+xml"] == '<svg><g id="defs-plot"/><g id="clipplotx"/></svg>'
    assert [row[0] for row in record["table"]["rows"]] == ["s", "s"]


def test_what_a_library_needs_to_draw_is_named(libraries, monkeypatch):
    monkeypatch.setattr(Altair, "error", ImportError("The vl-convert-python package is required"))
    with pytest.raises(ReportError, match=r"Altair.*takes vl-convert-python. Install it"):
        drawn("rain.chart", Altair())
    monkeypatch.setattr(Plotly, "error", RuntimeError("Kaleido requires Google Chrome"))
    with pytest.raises(ReportError, match=r"Plotly.*takes kaleido"):
        drawn("rain.chart", Plotly())
    monkeypatch.setattr(Plotly, "error", RuntimeError("out of memory"))
    with pytest.raises(RuntimeError, match="out of memory"):
        drawn("rain.chart", Plotly())


def test_other_things_are_no_figures():
    assert picture.library_of(io.StringIO()) is None
