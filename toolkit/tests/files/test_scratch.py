import shutil
import signal
import subprocess
import sys
import tempfile

import pytest

from reportbook.files.scratch import Scratch, sweep

MADE = """
import sys, time
from reportbook.files.scratch import Scratch
made = Scratch()
(made.path / "inside").mkdir()
print(made.path.name, flush=True)
time.sleep(600)
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_there_while_it_is_used(place):
    with Scratch() as scratch:
        (scratch.path / "file").write_text("x")
        assert scratch.path.parent == place.resolve()
    assert names(place) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock")
def test_what_a_killed_program_left_is_swept_and_nothing_else(place):
    (place / "reportbook-of-somebody-else").mkdir()  # not locked by us: it is not ours
    program = subprocess.Popen([sys.executable, "-c", MADE], stdout=subprocess.PIPE, text=True)
    name = program.stdout.readline().strip()
    sweep()
    assert name in names(place)
    program.send_signal(signal.SIGKILL)
    program.communicate(timeout=30)
    assert name in names(place)
    with Scratch() as scratch:
        assert names(place) == sorted([scratch.path.name, "reportbook-of-somebody-else"])


def test_a_folder_goes_although_something_still_wrote_into_it(place, monkeypatch):
    folder = Scratch()
    remove, calls = shutil.rmtree, []

    def remove_while_one_writes(path, **options):
        remove(path, **options)
        calls.append(path)
        if len(calls) < 3:
            (path / "late").mkdir(parents=True)

    monkeypatch.setattr(shutil, "rmtree", remove_while_one_writes)
    folder.close()
    assert len(calls) == 3
    assert list(place.iterdir()) == []
