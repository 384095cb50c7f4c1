"""The strict notebook test must notice a changed number and a removed output, and nothing else."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

PROJECT = Path(__file__).parents[2]
RECORD = "application/vnd.reportbook.record+json"

# What every cell of the notebook displays when it is run.
SHOWN = {
    "text/plain": "7.7 million",
    "image/svg+xml": "<svg>new</svg>",
    RECORD: {"name": "people.abroad", "value": 7.7e6},
}
SOURCE = f"from IPython.display import display\ndisplay({SHOWN!r}, raw=True)"


def stored(bundle, execution_count=1):
    """A cell that displays SHOWN when run, with `bundle` stored as its output (None: no output)."""
    outputs = [] if bundle is None else [new_output("display_data", data=bundle)]
    return new_code_cell(SOURCE, outputs=outputs, execution_count=execution_count)


CELLS = {
    "unchanged": (stored(SHOWN), "passed"),
    "unchanged, without execution count": (stored(SHOWN, execution_count=None), "passed"),
    "changed SVG": (stored({**SHOWN, "image/svg+xml": "<svg>old</svg>"}), "passed"),
    "SVG not stored": (stored({k: v for k, v in SHOWN.items() if k != "image/svg+xml"}), "passed"),
    "changed text": (stored({**SHOWN, "text/plain": "7.8 million"}), "failed"),
    "changed record": (
        stored({**SHOWN, RECORD: {"name": "people.abroad", "value": 7.8e6}}),
        "failed",
    ),
    "record not stored": (stored({k: v for k, v in SHOWN.items() if k != RECORD}), "failed"),
    "removed output": (stored(None), "failed"),
    "cleared cell": (stored(None, execution_count=None), "failed"),
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """What one strict run over a notebook of all CELLS says of each: "passed" or "failed"."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copy(PROJECT / "conftest.py", folder)
    nbformat.write(new_notebook(cells=[cell for cell, _ in CELLS.values()]), folder / "a.ipynb")
    options = ["--nbval", "--nbval-current-env", "--junitxml=out.xml", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir=.", "a.ipynb"],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 1, run.stdout + run.stderr  # some cells failed, pytest itself did not
    cases = ET.parse(folder / "out.xml").getroot().iter("testcase")
    return dict(zip(CELLS, ["failed" if len(case) else "passed" for case in cases], strict=True))


@pytest.mark.parametrize("cell", CELLS)
def test_verdict_of_strict_comparison(verdicts, cell):
    assert verdicts[cell] == CELLS[cell][1]
