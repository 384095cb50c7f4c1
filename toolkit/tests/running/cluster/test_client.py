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
    monkeypatch.setattr("reportbook.running.cluster.client._PATIENCE", 0.5)
    with pytest.raises(ReportError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        build(load_project(report), scheduler="tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ReportError, match=r"pip install 'reportbook\[cluster\]'"):
        build(load_project(report), scheduler="tcp://127.0.0.1:1")


@pytest.mark.parametrize("address", ["foo", "10.0.0.1", "tcp://", "8786", "a b"])
def test_what_is_no_address_is_refused_at_once(report, monkeypatch, address):
    monkeypatch.setattr("reportbook.running.cluster.client._imported", None)
    with pytest.raises(ReportError, match="write the address of a Dask scheduler, such as tcp://"):
        build(load_project(report), scheduler=address)


def test_a_port_that_accepts_and_never_answers(report, monkeypatch):
    monkeypatch.setattr("reportbook.running.cluster.client._PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ReportError, match=f"No Dask scheduler answers at {address} "):
            build(load_project(report), scheduler=address)


@pytest.fixture
def other_machines(tmp_path):
    """A cluster to break."""
    (tmp_path / "machines").mkdir()
    made = Machines(tmp_path / "machines")
    yield made
    made.end()


def never_ends(root):
    waits = "import threading; threading.Event().wait()\\nfrom things"
    replace(root / "notebooks" / "people.ipynb", "from things", waits)
    return load_project(root)


def test_no_worker_is_left(other_machines, report, monkeypatch):
    monkeypatch.setattr("reportbook.running.cluster.client._SILENCE", 5)
    monkeypatch.setattr("reportbook.running.cluster.client._BEAT", 0.2)

    def kill_all(count):
        for worker in other_machines.workers if count == 1 else ():
            worker.kill()

    with pytest.raises(ReportError, match=r"was lost: it has had no worker for \d+ seconds"):
        build(
            never_ends(report), ["2020"], scheduler=other_machines.address,
            progress=Heard(kill_all),
        )  # fmt: skip


def test_a_scheduler_that_falls_silent(other_machines, report, monkeypatch):
    for name in ("_SILENCE", "_FAREWELL"):
        monkeypatch.setattr(f"reportbook.running.cluster.client.{name}", 1)

    def stop(count):
        other_machines.scheduler.send_signal(signal.SIGSTOP)

    with pytest.raises(ReportError, match=r"was lost: its scheduler has said nothing for \d+ sec"):
        build(never_ends(report), ["2020"], scheduler=other_machines.address, progress=Heard(stop))


def test_ctrl_c_ends_a_build_whose_scheduler_is_silent(other_machines, report):
    never_ends(report)
    process = subprocess.Popen(
        [sys.executable, "-m", "reportbook", "build", "2020", "--scheduler",
         other_machines.address],
        cwd=report, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert "notebooks/money  ran" in process.stderr.readline()
    other_machines.scheduler.send_signal(signal.SIGSTOP)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=240)
    assert process.returncode == 130, said
    assert "Stopped. What was published before has not been changed." in said
    assert "Traceback" not in said


def in_git(root, *ignored):
    (root / ".gitignore").write_text("\n".join(["_build/", *ignored]))
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)


def test_only_what_git_tracks_is_sent(report, tmp_path):
    (tmp_path / "outside").write_text("of the system")
    (report / "leads_out").symlink_to(tmp_path / "outside")
    (report / "leads_within").symlink_to("_toc.yml")
    (report / "secrets.yml").write_text("token")
    before = {name for name, _ in _files(report) if name.startswith("project/")}
    assert {"project/secrets.yml", "project/leads_within"} <= before
    assert "project/leads_out" not in before
    in_git(report, "secrets.yml")
    (report / "stray.bin").write_text("x")
    (report / "notebooks" / "places.md").unlink()
    sent = {name for name, _ in _files(report) if name.startswith("project/")}
    assert sent == before - {"project/secrets.yml", "project/notebooks/places.md"}


def test_a_repository_that_tracks_nothing_is_told(report):
    in_git(report, "*")
    with pytest.raises(ReportError, match=r"names no file\. Add the report's files with 'git add'"):
        dict(_files(report))


def test_more_than_a_cluster_is_sent_is_refused_by_name(report, monkeypatch):
    monkeypatch.setattr("reportbook.running.cluster.files_sent.LARGEST", 1_000_000)
    (report / "big.bin").write_bytes(bytes(2_000_000))
    with pytest.raises(ReportError, match=r"The largest: project/big\.bin \(2 MB\)"):
        build(load_project(report), scheduler="tcp://127.0.0.1:1")


def test_what_needs_a_file_that_was_not_sent_is_run_here(machines, report):
    in_git(report)
    (report / "notebooks" / "untracked.py").write_text("found = 'found'\n")
    (report / "data").mkdir()
    (report / "data" / "untracked.csv").write_text("x")
    looks = (
        "from pathlib import Path\\ntry: from untracked import found\\n"
        "except ImportError: found = 'lost'\\n"
        "print(found, Path('../data/untracked.csv').exists())\\nfrom things"
    )
    replace(report / "notebooks" / "people.ipynb", "from things", looks)
    heard = Heard()
    assert made(build(load_project(report), ["2020"], scheduler=machines.address, progress=heard))
    assert "found True" in str(outputs(report)["2020/executed/notebooks/people.ipynb"])
    assert len(heard.ended) == 2
    assert made(build(load_project(report), ["2020"])) == []


def test_nothing_of_dask_is_imported_where_no_cluster_is_asked_for():
    code = (
        "import sys, reportbook.commands.build, reportbook.running.cluster.client\n"
        "print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'reportbook.running.cluster.client'" in done.stdout
    assert not {"'dask'", "'distributed'", "'cloudpickle'"} & set(done.stdout[1:-2].split(", "))
