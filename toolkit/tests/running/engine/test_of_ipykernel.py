import nbformat
import pytest
from insides import moved
from miniature import notebook

from reportbook.files.notebooks import read_notebook
from reportbook.running.engine import of_ipykernel
from reportbook.running.engine.warm import can_fork
from reportbook.running.execution import run_notebook

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")


def test_ipykernel_has_the_parts_that_are_used():
    assert moved("ipykernel", of_ipykernel.USED, of_ipykernel.__name__) == []


MANY = "é" * 20_000  # more than a pipe's read of old, and no read ends where a letter does
ALL_WAYS = f"""
import os, subprocess
print("printed", end=" ")
_ = os.write(1, b"raw ")
display("shown")
_ = subprocess.run(["printf", "{MANY}"])
display("shown again")
_ = os.write(1, b"last")
"""


def test_what_was_written_before_stands_before_whatever_way_it_took(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves descriptors alone where it is set
    source = tmp_path / "a.ipynb"
    nbformat.write(
        notebook(("code", ALL_WAYS), ("code", "_ = os.write(2, b'of the second cell')")), source
    )
    for _ in range(3):  # it was a matter of timing
        assert run_notebook(source, tmp_path / "out.ipynb").failure is None
        first, second = read_notebook(tmp_path / "out.ipynb").cells
        said = [each.get("text") or each.data["text/plain"] for each in first.outputs]
        assert said == ["printed raw ", "'shown'", MANY, "'shown again'", "last"]
        assert second.outputs[0].text == "of the second cell"


def test_an_interrupt_cuts_no_message_in_two(tmp_path):
    source = tmp_path / "a.ipynb"
    endless = "while True:\n    print('x' * 5_000, flush=True)"
    nbformat.write(notebook(("code", endless)), source)
    run = run_notebook(source, tmp_path / "out.ipynb", timeout=1)
    assert "was still running after 1 seconds" in str(run.failure)
    (cell,) = read_notebook(tmp_path / "out.ipynb").cells
    said = cell.outputs[0].text
    assert set(said.splitlines()) == {"x" * 5_000}


HALF_A_LETTER = r"'\ud83d'"


@pytest.mark.parametrize(
    "says",
    [
        f"print('before', {HALF_A_LETTER}, 'after')",
        f"import sys; print('before', {HALF_A_LETTER}, 'after', file=sys.stderr)",
        f"import threading\nsays = threading.Thread(target=print, args=('before', {HALF_A_LETTER}, "
        "'after'))\nsays.start(); says.join()",
    ],
)
def test_half_a_letter_is_printed_as_one_that_is_unknown(tmp_path, says):
    source = tmp_path / "a.ipynb"
    nbformat.write(notebook(("code", says), ("code", "1 + 1")), source)
    assert run_notebook(source, tmp_path / "out.ipynb", timeout=20).failure is None
    first, second = read_notebook(tmp_path / "out.ipynb").cells
    said = "".join(each.text for each in first.outputs)
    assert said == "before \N{REPLACEMENT CHARACTER} after\n"
    assert second.outputs[0].data["text/plain"] == "2"


BROKEN = """
import io, sys
class Broken(io.StringIO):
    def flush(self):
        raise OSError("no more of this")
sys.stdout = Broken()
"""


@pytest.mark.parametrize(
    ("cell", "failure"),
    [
        (f"raise ValueError({HALF_A_LETTER})", "ValueError: \N{REPLACEMENT CHARACTER}"),
        (BROKEN, "OSError: no more of this"),
        ("import sys; del sys.stdout", "'sys' has no attribute 'stdout'"),
    ],
)
def test_a_cell_is_answered_whatever_keeps_its_words_from_being_sent(tmp_path, cell, failure):
    source = tmp_path / "a.ipynb"
    nbformat.write(notebook(("code", cell), ("code", "1 + 1")), source)
    run = run_notebook(source, tmp_path / "out.ipynb", timeout=20)
    assert failure in str(run.failure)
    assert "code cell 1" in str(run.failure)
