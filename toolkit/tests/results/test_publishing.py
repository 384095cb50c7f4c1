import subprocess
import sys

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
        return {"kind": "number", "value": 0.75, **self.more}

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
    assert data[MEDIA_TYPE] == {"name": "people.share", "kind": "number", "value": 0.75}
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


def test_what_has_no_record_is_refused():
    with pytest.raises(ReportError, match="a float does not say where it comes from"):
        publish("people.share", 0.75)


@pytest.mark.parametrize("more", [{"kind": "map"}, {"value": float("nan")}, {"value": {1}}])
def test_a_record_that_is_no_plain_data_is_refused(more):
    with pytest.raises(ReportError, match="cannot be published"):
        publish("people.share", Number(**more))


class Chart(Number):
    def as_record(self):
        return {"kind": "chart"}

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
    def as_record(self): return {"kind": "number"}
    def _repr_mimebundle_(self): return {"text/plain": "75.0%"}
publish("people.share", X())
"""


def test_a_plain_script_prints_and_imports_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("75.0%\n", "")
