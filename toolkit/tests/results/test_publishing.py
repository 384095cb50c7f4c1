import subprocess
import sys

import pandas as pd
import pytest
from IPython import get_ipython
from IPython.testing.globalipapp import start_ipython

from reportbook import publish
from reportbook.errors import ReportError
from reportbook.results.publishing import MEDIA_TYPE


class Number:
    def __init__(self, **more):
        self.more = more

    def as_record(self):
        return {"kind": "number", "value": 0.75, "text": "75.0%", **self.more}

    def _repr_mimebundle_(self, **_):
        return {"text/plain": "75.0%", "text/html": "<b>75.0%</b>"}


@pytest.fixture
def shell(monkeypatch):
    monkeypatch.setattr(sys.modules["reportbook.results.publishing"], "_published", {})
    return start_ipython() or get_ipython()


def run(shell, code, cell):
    """Run a cell as a kernel would: with the cell's identity in the request."""
    shell.get_parent = lambda: {"metadata": {"cellId": cell}}
    shell.user_ns.update(publish=publish, Number=Number)
    return shell.run_cell(code, store_history=True)


def test_the_record_travels_beside_what_is_shown(shell, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **how: shown.append((data, how)))
    result = run(shell, "publish('people.share', Number())", "one")
    assert result.result is None
    data, how = shown[0]
    assert data["text/html"] == "<b>75.0%</b>"
    assert data[MEDIA_TYPE] == {
        "name": "people.share", "kind": "number", "value": 0.75, "text": "75.0%",
    }  # fmt: skip
    assert how["raw"] is True


def test_the_same_cell_may_publish_again_and_another_may_not(shell):
    assert run(shell, "publish('people.again', Number())", "one").success
    assert run(shell, "publish('people.again', Number())", "one").success
    other = run(shell, "publish('people.again', Number())", "two")
    assert "already published" in str(other.error_in_exec)


def test_twice_in_one_run_of_a_cell_is_an_error(shell):
    code = "for _ in range(2):\n    publish('people.loop', Number())"
    assert "already published" in str(run(shell, code, "one").error_in_exec)


@pytest.mark.parametrize("name", ["share", "People.share", "people.share ", "people-share.x", 7])
def test_a_badly_made_name_is_refused(name):
    with pytest.raises(ReportError, match="not a name to publish under"):
        publish(name, Number())


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ("84%", "a str is no number, data frame or figure. Text stands in the prose"),
        ([1, 2], "a list is no number.* Make it a data frame"),
        (True, "a bool is no number"),
        (object(), "Publish one of these, or something with 'as_record'"),
    ],
)
def test_what_has_no_record_is_refused(x, said):
    with pytest.raises(ReportError, match=said):
        publish("people.share", x)


def test_what_is_told_of_a_number_is_known_of_numbers():
    with pytest.raises(ReportError, match=r"does not take 'unti' of one.* Did you mean 'unit'"):
        publish("people.share", 0.75, unti="share")


def test_what_brings_its_own_record_is_told_nothing_more():
    with pytest.raises(ReportError, match="has a record of its own, so 'unit' cannot be told"):
        publish("people.share", Number(), unit="share")


def test_a_record_that_lacks_a_field_says_which():
    class Short(Number):
        def as_record(self):
            return {"kind": "table", "title": "People"}

    with pytest.raises(ReportError, match="a table, which this is, lacks 'columns', 'rows'"):
        publish("people.table", Short())


def test_what_readers_would_not_see_is_refused():
    class Unseen:
        def as_record(self):
            return {"kind": "number", "value": 1, "text": "1"}

    with pytest.raises(ReportError, match="does not say what readers see"):
        publish("people.share", Unseen())


def test_a_plain_number_and_a_frame_are_published(shell, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **how: shown.append(data))
    frame = pd.DataFrame({"people": [6, 8]})
    publish("people.share", 0.75, unit="share", low=0.7, high=0.8)
    publish("people.table", frame, caption="People")
    assert shown[0]["text/plain"] == "75% (70–80%)"
    assert shown[0][MEDIA_TYPE]["high"] == 0.8
    assert shown[1][MEDIA_TYPE]["title"] == "People"


@pytest.mark.parametrize("more", [{"kind": "map"}, {"value": float("nan")}, {"value": {1}}])
def test_a_record_that_is_no_plain_data_is_refused(more):
    with pytest.raises(ReportError, match="cannot be published"):
        publish("people.share", Number(**more))


class Chart(Number):
    def as_record(self):
        return {"kind": "chart", "title": "A chart", "alt": "A line"}

    def _repr_mimebundle_(self, include=()):
        return {"text/plain": "a chart", **{media: "AAAA" for media in include or ()}}


@pytest.mark.parametrize(("wanted", "there"), [("1", True), ("", False)])
def test_a_png_is_asked_for_only_where_the_environment_says_so(shell, monkeypatch, wanted, there):
    shown = []
    monkeypatch.setenv("REPORTBOOK_PNG", wanted)
    monkeypatch.setattr("IPython.display.display", lambda data, **how: shown.append(data))
    publish("people.chart", Chart())
    assert ("image/png" in shown[0]) is there


SCRIPT = """
import sys
from reportbook import publish
assert not {"papermill", "sphinx", "IPython", "nbformat"} & set(sys.modules)
class X:
    def as_record(self): return {"kind": "number", "value": 0.75, "text": "75.0%"}
    def _repr_mimebundle_(self): return {"text/plain": "75.0%"}
publish("people.share", X())
"""


def test_a_plain_script_prints_and_imports_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("75.0%\n", "")
