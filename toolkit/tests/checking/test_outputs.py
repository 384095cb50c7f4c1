import nbformat
import pytest
from miniature import notebook
from nbformat.v4 import new_output

from reportbook.checking.outputs import check_outputs
from reportbook.report.contents import Page
from reportbook.results.publishing import MEDIA_TYPE


def said(folder, data, tags=()):
    """What is said of a notebook whose second code cell shows `data`."""
    made = notebook(("code", "1"), ("code", "shown"))
    made.cells[1]["outputs"] = [new_output("display_data", data=data)]
    made.cells[1]["metadata"]["tags"] = list(tags)
    path = folder / "made.ipynb"
    nbformat.write(made, path)
    return check_outputs({Page("notebooks/made", path): path})


WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Slider()"}
FRAME = '<iframe src="https://video.example/1"></iframe>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (WIDGET, "a widget, which does nothing without a kernel. Show the values"),
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<div>"}, 'publish("stem.name"'),
        ({"application/vnd.vegalite.v5+json": {}}, 'alt.renderers.enable("svg")'),
        ({"text/html": FRAME}, "on another host (https://video.example/1). Save the file"),
    ],
)  # fmt: skip
def test_an_output_that_no_page_can_show_is_named_with_what_to_write_instead(tmp_path, data, words):
    (problem,) = said(tmp_path, data)
    assert problem.startswith("notebooks/made.ipynb, code cell 2 shows ")
    assert words in problem


@pytest.mark.parametrize(
    ("data", "tags"),
    [
        ({"text/html": '<table><a href="https://example.org">a link</a></table>'}, ()),
        ({"text/html": '<img src="beside.png">'}, ()),
        (WIDGET, ["remove-output"]),  # no reader sees it
        ({"application/vnd.vegalite.v5+json": {}, MEDIA_TYPE: {"kind": "chart"}}, ()),  # published
    ],
)
def test_what_pages_can_show_is_left_alone(tmp_path, data, tags):
    assert said(tmp_path, data, tags) == []
