import datetime
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from insides import moved
from miniature import notebook
from papermill.engines import NotebookExecutionManager

from reportbook.files.notebooks import notebook_text
from reportbook.running.engine import of_papermill
from reportbook.running.engine.warm import can_fork


def test_papermill_has_the_parts_that_are_used():
    assert moved("papermill", of_papermill.USED, of_papermill.__name__) == []


def run_papermill(folder, *cells):
    """Start papermill with our engine on a notebook of `cells`, as its command does."""
    (folder / "a.ipynb").write_text(notebook_text(notebook(*(("code", each) for each in cells))))
    command = [sys.executable, "-m", "papermill", "--engine", "reportbook", "a.ipynb", "out.ipynb"]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)


def test_the_progress_bar_stands_where_a_run_that_failed_has_come_to(tmp_path):
    _, said = run_papermill(tmp_path, "1", "2", "1 / 0", "4", "5", "6").communicate()
    bars = [line for line in said.splitlines() if "cell/s" in line or "s/cell" in line]
    assert "3/6" in bars[-1]
    assert not any("6/6" in line for line in bars)


@pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")
def test_what_was_done_is_on_disk_when_the_process_is_killed(tmp_path):
    running = tmp_path / "running"
    process = run_papermill(
        tmp_path, "'one'", "import time; time.sleep(0.5); 'two'", "'three'",
        f"open({str(running)!r}, 'w').close(); time.sleep(60)",
    )  # fmt: skip
    until = time.monotonic() + 60
    while not running.exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1.5)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    cells = json.loads((tmp_path / "out.ipynb").read_text())["cells"]
    outputs = [["".join(each["data"]["text/plain"]) for each in cell["outputs"]] for cell in cells]
    assert outputs == [["'one'"], ["'two'"], ["'three'"], []]


def test_the_longer_a_write_takes_the_rarer_it_is(monkeypatch):
    now = [datetime.datetime(2020, 1, 1)]
    written = []

    def slow(account):
        now[0] += datetime.timedelta(seconds=2)
        written.append(now[0])
        account.last_save_time = now[0]

    monkeypatch.setattr(NotebookExecutionManager, "save", slow)
    monkeypatch.setattr(of_papermill.Account, "now", lambda account: now[0])
    account = of_papermill.Account(notebook(("code", "1")), progress_bar=False)
    for _ in range(60):  # cells of a second each
        now[0] += datetime.timedelta(seconds=1)
        account.save()
    assert len(written) == 10  # 2 seconds of writing, 6 of rest
    assert account.until_due == 1  # the last one was five seconds ago
    account.save_now()
    assert account.until_due == 6
