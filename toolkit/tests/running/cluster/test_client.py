"""Notebooks run on a real cluster of this machine, which is given nothing but what is sent."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from miniature import digest, replace, write

from reportbook.commands.build import build
from reportbook.commands.progress import Progress
from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.running.cluster.client import Cluster, _files, archive
from reportbook.running.cluster.worker import differences

pytest.importorskip("distributed")


class Machines:
    """A scheduler and two workers of one thread, each in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", str(port))
        self.workers = [self.start_worker(name) for name in ("one", "two")]
        for worker in self.workers:
            self.wait_for(worker)

    def start(self, command, *arguments):
        folder = self.folder / f"{command}-{len(list(self.folder.iterdir()))}"
        folder.mkdir()
        given = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", command, *arguments, "--no-dashboard"],
                cwd=folder, env=given, stdout=log, stderr=log,
            )  # fmt: skip
        process.folder = folder
        return process

    def start_worker(self, name):
        return self.start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--name", name,
            "--local-directory", str(self.folder / name),
        )  # fmt: skip

    def wait_for(self, worker):
        until = time.monotonic() + 60
        while "Registered to" not in (said := (worker.folder / "log").read_text()):
            assert worker.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.05)

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    made = Machines(tmp_path_factory.mktemp("machines"))
    yield made
    made.end()


class Heard(Progress):
    def __init__(self, on_start=lambda count: None):
        self.started, self.ended, self._on_start = [], [], on_start

    def running(self, purpose):
        self.started.append((purpose.edition, purpose.notebook))
        self._on_start(len(self.started))

    def ran(self, purpose, run):
        self.ended.append((purpose.edition, purpose.notebook, run.remembered))


def outputs(root):
    """What the executed notebooks hold that readers may see, by their place."""
    folder = root / "_build" / "editions"
    return {
        path.relative_to(folder).as_posix(): [
            cell.get("outputs") for cell in json.loads(path.read_text())["cells"]
        ]
        for path in sorted(folder.glob("*/executed/**/*.ipynb"))
    }


def made(summary):
    assert not summary.failed, [outcome.problems for outcome in summary.outcomes]
    return [outcome.edition.name for outcome in summary.outcomes if not outcome.fresh]


def test_a_project_goes_there_and_its_notebooks_come_back_as_if_run_here(
    machines, tmp_path, monkeypatch
):
    root = write(tmp_path / "report")
    code = "import os; print(os.getcwd())\\nfrom things"
    replace(root / "notebooks" / "money.ipynb", "from things", code)
    project = load_project(root)
    heard = Heard()
    assert made(build(project, scheduler=machines.address, progress=heard)) == ["latest", "2020"]
    assert len(heard.started) == len(heard.ended) == 4
    executed = root / "_build" / "editions" / "2020" / "executed" / "notebooks" / "money.ipynb"
    account = json.loads(executed.read_text())["metadata"]["papermill"]
    assert account["output_path"] == str(executed)
    assert account["input_path"] == str(root / "notebooks" / "money.ipynb")
    folder = outputs(root)["2020/executed/notebooks/money.ipynb"][-1][0]["text"][0]
    assert str(machines.folder) in folder  # not where the project lies

    # remembered as if run here: nothing is left to do, and the cluster is not asked
    monkeypatch.setattr("reportbook.running.cluster.client._imported", None)
    assert made(build(project, scheduler=machines.address)) == []

    # an edit is sent, too
    monkeypatch.undo()
    replace(root / "notebooks" / "things.py", "def number(", "print('edited')\n\n\ndef number(")
    build(project, ["2020"], scheduler=machines.address)
    assert "edited" in str(outputs(root)["2020/executed/notebooks/people.ipynb"])


def test_a_worker_that_dies_loses_nothing(machines, tmp_path):
    here, there = write(tmp_path / "here"), write(tmp_path / "there")
    for root in (here, there):
        for name in ("people", "money"):
            slow = "import time; time.sleep(1)\\nfrom things"
            replace(root / "notebooks" / f"{name}.ipynb", "from things", slow)

    def kill(count):
        if count == 2:  # both workers are at work
            machines.workers[0].send_signal(signal.SIGKILL)

    heard = Heard(kill)
    assert made(build(load_project(there), ["2020"], scheduler=machines.address, progress=heard))
    assert machines.workers[0].wait(10) == -signal.SIGKILL
    assert len(heard.ended) == 2
    assert len(heard.started) == 3  # one was begun twice
    assert made(build(load_project(here), ["2020"], jobs=2))
    assert outputs(there) == outputs(here)
    for root in (here, there):
        (root / "_build" / "site" / "2020" / ".buildinfo").unlink()  # of the configuration's paths
    assert digest(there / "_build" / "site") == digest(here / "_build" / "site")


def test_failures_come_back_with_cell_and_line(machines, tmp_path):
    root = write(tmp_path / "report")
    replace(root / "notebooks" / "money.ipynb", "from things", "1 / 0\\nfrom things")
    summary = build(load_project(root), ["latest"], scheduler=machines.address)
    (problem,) = summary.outcomes[0].problems
    assert "notebooks/money.ipynb, code cell 2, line 1: ZeroDivisionError" in problem


def test_a_worker_with_other_packages_is_refused_by_name(machines, report, monkeypatch):
    wanted = {"Python": "CPython 3.9.1", "numpy": "0.1", "no-such-package": "1.0"}
    monkeypatch.setattr("reportbook.running.cluster.client._wanted", lambda *_: wanted)
    with pytest.raises(ReportError, match=r"tcp://127\.0\.0\.1:\d+ has other packages") as caught:
        Cluster(machines.address, report)
    assert "instead of CPython 3.9.1, numpy " in str(caught.value)
    assert "no no-such-package 1.0. Make its environment from the same" in str(caught.value)


def test_differences_are_of_what_is_wanted():
    found = {"Python": "CPython 3.11.7", "numpy": "2.2", "more": "1"}
    assert differences({"Python": "CPython 3.11.7", "numpy": "2.2"}, found) == []
    assert differences({"numpy": "2.3", "pandas": "2"}, found) == [
        "numpy 2.2 instead of 2.3", "no pandas 2",
    ]  # fmt: skip


def test_what_is_sent_is_told_by_its_content(report, tmp_path):
    def digest_of(root):
        return archive(dict(_files(root)))[1]

    shutil.copytree(report, tmp_path / "copy")
    before = digest_of(report)
    (report / "_build").mkdir()
    (report / "_build" / "made").write_text("x")
    (report / ".env").write_text("secret")
    (report / "environment").mkdir()
    (report / "environment" / "pyvenv.cfg").write_text("")
    assert digest_of(report) == digest_of(tmp_path / "copy") == before
    replace(report / "notebooks" / "things.py", "def number(", "def  number(")
    assert digest_of(report) != before


def test_what_is_missing_is_said(report, monkeypatch):
    monkeypatch.setattr("reportbook.running.cluster.client._PATIENCE", "0.5s")
    with pytest.raises(ReportError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        build(load_project(report), scheduler="tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ReportError, match=r"pip install 'reportbook\[cluster\]'"):
        build(load_project(report), scheduler="tcp://127.0.0.1:1")


def test_nothing_of_dask_is_imported_where_no_cluster_is_asked_for():
    code = (
        "import sys, reportbook.commands.build, reportbook.running.cluster.client\n"
        "print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'reportbook.running.cluster.client'" in done.stdout
    assert not {"'dask'", "'distributed'", "'cloudpickle'"} & set(done.stdout[1:-2].split(", "))
