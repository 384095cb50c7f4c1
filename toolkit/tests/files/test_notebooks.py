import json
import subprocess
import sys
from pathlib import Path

import miniature
import pytest
from miniature import notebook

from reportbook.errors import ReportError
from reportbook.files.notebooks import (  # fmt: skip
    SLOW,
    notebook_text,
    parse_notebook,
    plain_text,
    read_notebook,
    read_plain,
)

AWKWARD = sorted((Path(miniature.__file__).parent / "awkward").glob("**/*.ipynb"))


@pytest.mark.parametrize("read", [read_notebook, read_plain])
def test_a_file_that_is_no_notebook_is_named(tmp_path, read):
    path = tmp_path / "x.ipynb"
    for text in ("{", "[]", '{"nbformat": 4}', "\xff"):
        path.write_text(text, encoding="latin-1")
        with pytest.raises(ReportError, match=r"x\.ipynb cannot be read as a notebook"):
            read(path)
    with pytest.raises(ReportError, match=r"gone\.ipynb does not exist"):
        read(tmp_path / "gone.ipynb")


@pytest.mark.parametrize("path", AWKWARD, ids=lambda path: path.stem)
def test_plain_data_are_what_nbformat_reads(path, tmp_path):
    read_both_ways(path, tmp_path)


def test_plain_data_are_what_nbformat_reads_of_outputs_too(accepted, tmp_path):
    paths = sorted((accepted.root / "notebooks").glob("*.ipynb"))
    assert any(cell["outputs"] for cell in read_plain(paths[0])["cells"] if "outputs" in cell)
    for path in paths:
        read_both_ways(path, tmp_path)


def read_both_ways(path, tmp_path):
    assert read_plain(path) == read_notebook(path)
    again = tmp_path / "again.ipynb"
    again.write_text(plain_text(read_plain(path)), encoding="utf-8")
    assert read_notebook(again) == read_notebook(path)


def test_a_notebook_of_an_old_format_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.ipynb"
    cell = {"cell_type": "code", "collapsed": False, "input": ["1\n", "2"], "language": "python",
            "metadata": {}, "outputs": []}  # fmt: skip
    sheet = {"cells": [cell], "metadata": {}}
    old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet]}
    path.write_text(json.dumps(old))
    assert [each["source"] for each in read_plain(path)["cells"]] == ["1\n2"]


def test_text_and_notebook_are_the_same_thing():
    text = notebook_text(notebook(("text", "# é"), ("code", "a")))
    assert text.endswith("}\n")
    assert "é" in text
    assert notebook_text(parse_notebook(text)) == text


def test_the_slow_grammar_is_not_loaded_and_can_be_later():
    code = (
        "import sys; from reportbook.files.notebooks import nbformat; nbformat();"
        f"import jsonschema; assert '{SLOW}' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: made["cells"][1].pop("metadata"), "cell 2 has no 'metadata'"),
        (lambda made: made["cells"][1].update(metadata=None), "cell 2 has no 'metadata'"),
        (lambda made: made["cells"][1].update(metadata=[]), "'metadata' that is a list"),
        (lambda made: made["cells"][1]["metadata"].update(tags="a"), "'tags' that are no list"),
        (lambda made: made["cells"][1].pop("source"), "cell 2 has no 'source'"),
        (lambda made: made["cells"][1].pop("cell_type"), "cell 2 has no 'cell_type'"),
        (lambda made: made["cells"].insert(0, "text"), "cell 1 is a str"),
        (lambda made: made.pop("cells"), "it has no 'cells'"),
        (lambda made: made.pop("metadata"), "it has no 'metadata'"),
    ],
)
def test_a_notebook_that_lacks_something_is_refused_with_its_cell(tmp_path, change, said):
    made = json.loads(notebook_text(notebook(("text", "# A"), ("code", "a = 1"))))
    change(made)
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(made))
    with pytest.raises(ReportError, match=f"a.ipynb cannot be read as a notebook: .*{said}"):
        read_plain(path)


def test_a_cell_without_outputs_has_none(tmp_path):
    made = json.loads(notebook_text(notebook(("code", "a = 1"))))
    del made["cells"][0]["outputs"]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(made))
    assert read_plain(path)["cells"][0]["outputs"] == []
