"""What decides a result when a package is imported: settings, of whom, and local modules."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
from miniature import notebook

from reportbook.files.notebooks import read_notebook
from reportbook.running.digests import Digests
from reportbook.running.engine.preload import STACK
from reportbook.running.engine.warm import can_fork, end_shared, for_notebooks_in, shared
from reportbook.running.execution import run_all, run_notebook
from reportbook.running.tasks import Task

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")
WIDTH = "import matplotlib\nmatplotlib.rcParams['lines.linewidth']"
BACKEND = "import matplotlib\nmatplotlib.rcParams['backend']"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's home, whose settings are read when a process starts."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    for name in ("MPLCONFIGDIR", "MATPLOTLIBRC", "MPLBACKEND", "IPYTHONDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    end_shared()
    yield folder
    end_shared()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "report" / "notebooks"
    made.mkdir(parents=True)
    return made


def write(folder, *cells):
    nbformat.write(notebook(*(("code", each) for each in cells)), folder / "a.ipynb")
    return folder / "a.ipynb"


def shown(folder, *cells):
    """What the last cell of a notebook in `folder` shows."""
    output = folder.parent / "out.ipynb"
    run = run_notebook(write(folder, *cells), output)
    assert run.failure is None, run.failure
    return read_notebook(output).cells[-1].outputs[0].data["text/plain"]


def test_settings_of_the_notebook_s_folder_count_whatever_the_caller_s_is(
    folder, home, tmp_path, monkeypatch
):
    (folder / "matplotlibrc").write_text("lines.linewidth: 7\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "matplotlibrc").write_text("lines.linewidth: 9\n")
    for caller in (folder, folder.parent, elsewhere):
        monkeypatch.chdir(caller)
        end_shared()
        assert shown(folder, WIDTH) == "7.0"
    go = f"import os; os.chdir({str(elsewhere)!r})"
    assert shown(folder, go, "from matplotlib.figure import Figure", WIDTH) == "9.0"


def test_a_user_s_own_settings_do_not_count_unless_a_variable_asks_for_them(
    folder, home, monkeypatch
):
    own = home / ".config" / "matplotlib"
    (own / "stylelib").mkdir(parents=True)
    (own / "matplotlibrc").write_text("lines.linewidth: 5\n")
    (own / "stylelib" / "ggplot.mplstyle").write_text("lines.linewidth: 6\n")
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("mine = True\n")
    styled = "import matplotlib.style\nmatplotlib.style.use('ggplot')"
    assert shown(folder, WIDTH) == "1.5"
    assert shown(folder, styled, WIDTH) == "1.5"
    assert shown(folder, "'mine' in globals()") == "False"
    monkeypatch.setenv("MPLCONFIGDIR", str(own))
    assert shown(folder, WIDTH) == "5.0"


def test_a_backend_that_a_cell_asks_for_before_the_import_is_taken(folder, home):
    assert "inline" in shown(folder, BACKEND)
    asked = "import os; os.environ['MPLBACKEND'] = 'svg'"
    assert shown(folder, asked, BACKEND) == "'svg'"


def test_a_module_beside_the_notebook_comes_before_an_installed_one(folder, home):
    (folder / "yaml.py").write_text("own = 'of this report'\n")
    (folder / "babel").mkdir()
    (folder / "babel" / "__init__.py").write_text("own = 'also'\n")
    assert shown(folder, "import yaml, babel; yaml.own, babel.own") == (
        "('of this report', 'also')"
    )


def test_a_warm_process_that_was_ended_is_asked_nothing(folder, home):
    (folder / "beside.py").write_text("")
    warm = shared(STACK)
    os.kill(warm.pid, signal.SIGSTOP)  # so that it is there, and gives no answer
    threading.Timer(0.5, os.kill, (warm.pid, signal.SIGKILL)).start()
    assert for_notebooks_in(folder).pid != warm.pid


def test_a_run_depends_on_the_settings_it_read_and_on_those_it_looked_for(folder, home):
    (folder.parent / "matplotlibrc").write_text("lines.linewidth: 3\n")
    source = write(folder, WIDTH)
    seen = []
    for settings in (None, "lines.linewidth: 7\n"):
        if settings:
            (folder / "matplotlibrc").write_text(settings)
        task = Task(source, folder.parent / "out.ipynb", root=folder.parent)
        (run,) = run_all([task], jobs=1)
        assert run.failure is None
        seen.append(run.observed)
    assert seen[0]["kinds"]["notebooks/matplotlibrc"] == "absent"
    digests = Digests(folder.parent)
    assert seen[1]["files"]["notebooks/matplotlibrc"] == digests.file("notebooks/matplotlibrc")


def test_the_import_path_is_the_same_for_the_command_and_for_python_m(folder, home):
    (folder.parent / "beside.py").write_text("")
    source = write(folder, "import importlib.util\nimportlib.util.find_spec('beside') is None")
    script = (
        "import sys; from pathlib import Path; from reportbook.running.execution import *\n"
        "print(run_notebook(Path(sys.argv[1]), Path(sys.argv[2])).failure)"
    )
    output = folder.parent / "out.ipynb"
    for options in (["-c"], ["-P", "-c"]):  # with and without the working folder
        command = [sys.executable, *options, script, str(source), str(output)]
        done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True)
        assert done.stdout == "None\n", done.stderr
        assert read_notebook(output).cells[0].outputs[0].data["text/plain"] == "True"
    assert os.getcwd() != str(folder.parent)
