import subprocess
import sys

import pytest
from miniature import notebook

from reportbook.errors import ReportError
from reportbook.notebook_files import SLOW, notebook_text, parse_notebook, read_notebook


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text("{")
    with pytest.raises(ReportError, match=r"x\.ipynb cannot be read as a notebook"):
        read_notebook(path)
    with pytest.raises(ReportError, match=r"gone\.ipynb does not exist"):
        read_notebook(tmp_path / "gone.ipynb")


def test_text_and_notebook_are_the_same_thing():
    text = notebook_text(notebook(("text", "# é"), ("code", "a")))
    assert text.endswith("}\n")
    assert "é" in text
    assert notebook_text(parse_notebook(text)) == text


def test_the_slow_grammar_is_not_loaded_and_can_be_later():
    code = (
        "import sys; from reportbook.notebook_files import nbformat; nbformat();"
        f"import jsonschema; assert '{SLOW}' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
