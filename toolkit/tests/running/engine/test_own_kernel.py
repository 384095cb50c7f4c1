import json
import os
import sys
from pathlib import Path

import papermill
import pytest
from jupyter_client.kernelspec import NoSuchKernel
from miniature import notebook

from reportbook.files.notebooks import notebook_text, read_notebook
from reportbook.running.engine.own_kernel import arguments_of, is_own
from reportbook.running.engine.warm import can_fork

OWN = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
SAYS = """
import json, os, sys
from ipykernel.kernelapp import IPKernelApp
os.environ["STARTED_BY"] = "a launcher of its own"
IPKernelApp.launch_instance(sys.argv[1:])
"""


@pytest.fixture
def known(tmp_path, monkeypatch):
    """Has Jupyter know a kernel: ``known(name, argv=..., language=..., ...)``."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))

    def make(name, **described):
        folder = tmp_path / "jupyter" / "kernels" / name
        folder.mkdir(parents=True)
        kernel = {"argv": OWN, "language": "python", "display_name": name, **described}
        (folder / "kernel.json").write_text(json.dumps(kernel))
        return name

    return make


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (["{python}", "-m", "ipykernel_launcher", "-f", "x.json"], ["-f", "x.json"]),
        (["{python}", "-m", "xeus_python", "-f", "x.json"], None),
        (["{python}", "-c", "ipykernel_launcher", "-f", "x.json"], None),
        (["/no/such/python", "-m", "ipykernel_launcher", "-f", "x.json"], None),
        (["/bin/sh", "-m", "ipykernel_launcher", "-f", "x.json"], None),
        (["bash"], None),
    ],
)
def test_only_this_environment_s_kernel_is_forked(command, arguments):
    assert arguments_of([part.format(python=sys.executable) for part in command]) == arguments


def test_another_environment_s_link_to_the_same_python_is_another_python(tmp_path):
    other = tmp_path / "bin" / "python"
    other.parent.mkdir()
    other.symlink_to(Path(sys.executable).resolve())
    assert arguments_of([str(other), *OWN[1:]]) is None


@pytest.mark.parametrize(
    ("described", "own"),
    [
        ({}, True),
        ({"argv": [sys.executable, *OWN[1:]]}, True),
        ({"argv": ["bash", "-f", "{connection_file}"], "language": "bash"}, False),
        ({"argv": [*OWN, "--matplotlib=inline"]}, False),
        ({"env": {"PYTHONHASHSEED": "0"}}, False),
        ({"metadata": {"kernel_provisioner": {"provisioner_name": "local-provisioner"}}}, False),
    ],
)
def test_a_kernel_is_forked_if_its_description_asks_for_no_more(known, described, own):
    assert is_own(known("asked_for", **described)) is own


@pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")
def test_papermill_with_our_engine_runs_the_kernel_that_was_asked_for(known, tmp_path):
    launcher = tmp_path / "launcher.py"
    launcher.write_text(SAYS)
    known("of_its_own", argv=["python", str(launcher), "-f", "{connection_file}"])
    source = tmp_path / "a.ipynb"
    cells = notebook(("code", "import os; print(os.environ.get('STARTED_BY', 'us'))"))
    source.write_text(notebook_text(cells))
    given = {"engine_name": "reportbook", "progress_bar": False, "language": "python"}

    def said_on(**kernel):
        papermill.execute_notebook(source, tmp_path / "out.ipynb", **given, **kernel)
        return read_notebook(tmp_path / "out.ipynb").cells[0].outputs[0].text.strip()

    assert said_on() == "us"
    assert said_on(kernel_name="of_its_own") == "a launcher of its own"
    with pytest.raises(NoSuchKernel, match="no_such_kernel"):
        said_on(kernel_name="no_such_kernel")
    assert os.environ.get("STARTED_BY") is None
