import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
import warm_work
from warm_work import (
    draws,
    found,
    import_path,
    leave,
    leave_in_a_session,
    loaded,
    loader,
    start_and_leave,
)

from reportbook.running.compiled_modules import get_code_by_content
from reportbook.running.engine.warm import ChildDied, WarmProcess, can_fork, fork
from reportbook.running.engine.wire import Unpacker, pack

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")


@pytest.fixture(scope="module", autouse=True)
def _children_find_these_tests():
    with pytest.MonkeyPatch.context() as patch:
        own = str(Path(warm_work.__file__).parent)
        patch.setenv("PYTHONPATH", own, prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def warm():
    with WarmProcess(["fractions", "numpy", "no_such_module"]) as process:
        yield process


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def ends(pid, seconds=10):
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


def test_messages_arrive_whole_however_they_are_cut():
    sent = [(0, [b"a", b""]), (7, []), (1, [b"x" * 1000])]
    data = b"".join(pack(*message) for message in sent)
    for size in (1, 3, len(data)):
        unpacker = Unpacker()
        parts = [data[start : start + size] for start in range(0, len(data), size)]
        assert [message for part in parts for message in unpacker.feed(part)] == sent


def test_a_child_loads_modules_by_content_from_the_first_on(warm):
    assert warm.run(loader) == get_code_by_content.__name__


def test_what_cannot_be_imported_is_told_once_with_the_reason(tmp_path, monkeypatch, caplog):
    (tmp_path / "breaks.py").write_text("1 / 0")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    preload = ["breaks", "fractions.no_such_part", "no_such_package", "no_such_package.part"]
    for _ in range(2):
        with WarmProcess(preload) as process:
            process.run(os.getpid)  # everything is imported by now
            until = time.monotonic() + 10
            while len(caplog.messages) < 2 and time.monotonic() < until:
                time.sleep(0.01)
    told = [message.partition(" could not be loaded before the work began ") for message in
            caplog.messages]  # fmt: skip
    assert [(name, reason.split(".")[0]) for name, _, reason in told] == [
        ("breaks", "(ZeroDivisionError: division by zero)"),
        ("fractions.no_such_part", "(ModuleNotFoundError: No module named 'fractions"),
    ]


def test_a_child_has_what_was_preloaded_and_nothing_of_the_project(warm):
    assert warm.run(loaded) == ["fractions", "numpy"]


def test_nothing_of_one_child_reaches_another(warm):
    warm.run(leave, "left_behind")
    assert not warm.run(found, "left_behind")


def test_random_numbers_differ_between_children(warm):
    first, second = warm.run(draws), warm.run(draws)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_results_exceptions_and_deaths_come_back(warm):
    assert warm.run(math.sqrt, 4.0) == 2.0
    with pytest.raises(ValueError, match="invalid literal"):
        warm.run(int, "x")
    with pytest.raises(ChildDied):
        warm.run(os._exit, 3)
    with pytest.raises(ChildDied):
        warm.run(signal.raise_signal, signal.SIGKILL)
    assert warm.run(math.sqrt, 9.0) == 3.0


def test_threads_may_ask_at_the_same_time(warm):
    found = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(warm.run(math.sqrt, n * n)))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(8))


def test_the_caller_s_folder_and_environment_are_the_child_s(warm, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OF_THE_CALLER", "yes")
    assert warm.run(os.getcwd) == str(tmp_path)
    assert warm.run(os.getenv, "OF_THE_CALLER") == "yes"


def test_what_a_child_started_ends_with_it(warm):
    assert ends(warm.run(start_and_leave))


def test_a_child_that_never_stops_talking_is_ended(warm):
    child = fork(warm.address, "warm_work:write_for_ever")
    assert not child.wait(0.2)
    assert not child.has_ended
    child.end(0.2)
    assert ends(child.pid)


def test_a_child_has_ended_whatever_lies_unread_and_whoever_holds_its_socket(warm):
    child = fork(warm.address, "warm_work:say_and_leave_one_that_holds_the_socket")
    until = time.monotonic() + 10
    while not child.has_ended and time.monotonic() < until:
        time.sleep(0.01)
    assert child.has_ended
    left = child.connection.recv(100)
    assert child.wait(5)
    with contextlib.suppress(ProcessLookupError):  # it may have ended with the child
        os.kill(int(left), signal.SIGKILL)


@pytest.mark.parametrize("how", ["started", "without a parent", "forked"])
def test_what_left_its_group_ends_with_the_warm_process(how):
    with WarmProcess() as process:
        left = process.run(leave_in_a_session, how)
        assert process.run(math.sqrt, 4) == 2
        assert is_running(left)  # as it would after an ordinary kernel
    assert ends(left)


def test_nothing_stays_when_the_starter_is_killed(tmp_path):
    script = (
        "import json, sys, time\n"
        "from reportbook.running.engine.warm import WarmProcess, fork\n"
        "warm = WarmProcess()\n"
        "child = fork(warm.address, 'warm_work:wait_for_ever', folder=sys.argv[1])\n"
        "print(json.dumps([warm.pid, child.pid]), flush=True)\n"
        "time.sleep(600)\n"
    )
    path = os.pathsep.join([str(Path(warm_work.__file__).parent), *filter(None, sys.path)])
    starter = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    pids = json.loads(starter.stdout.readline())
    assert all(is_running(pid) for pid in pids)
    starter.kill()
    starter.wait()
    assert all(ends(pid) for pid in pids)


def test_the_folder_of_temporary_files_may_have_a_name_of_any_length(tmp_path, monkeypatch):
    folder = tmp_path / ("x" * 120)  # a Unix socket's address has 107 characters
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with WarmProcess() as process:
        assert str(folder) in process.address
        assert process.run(math.sqrt, 4.0) == 2.0
    assert not list(folder.iterdir())


def test_without_its_warm_process_a_call_says_so():
    gone = WarmProcess()
    gone.close()
    with pytest.raises(OSError, match="No such file"):
        fork(gone.address, "os:getcwd")


def test_a_child_imports_from_where_a_new_interpreter_does(warm, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)  # as the working folder is after ``python -m``
    code = "import json, sys; print(json.dumps(sys.path[1:]))"  # the first is for the script
    new = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert warm.run(import_path) == json.loads(new.stdout)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    assert warm.run(import_path)[0] == str(tmp_path)
