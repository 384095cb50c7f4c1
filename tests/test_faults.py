"""Whatever goes wrong in the middle, the site is wholly the old one or wholly the new one."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from miniature import digest, replace

from reportbook.engine.warm import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes are looked for in /proc")

# Runs the command with one function of it replaced: `fault` is done before or after its nth call.
FAULTY = """
import errno, functools, importlib, os, signal, sys

place, when, nth, fault = sys.argv[1:5]
faults = {
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "full": lambda: (_ for _ in ()).throw(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
    "read-only": lambda: (_ for _ in ()).throw(OSError(errno.EROFS, os.strerror(errno.EROFS))),
}
module, _, names = place.partition(":")
owner = importlib.import_module(module)
*within, name = names.split(".")
for each in within:
    owner = getattr(owner, each)
works, calls = getattr(owner, name), iter(range(1, 10_000))

@functools.wraps(works)
def faulty(*given, **more):
    now = next(calls) == int(nth)
    if now and when == "before":
        faults[fault]()
    result = works(*given, **more)
    if now and when == "after":
        faults[fault]()
    return result

setattr(owner, name, faulty)
sys.argv[:] = ["reportbook", *sys.argv[5:]]
from reportbook.cli import main
main()
"""


class Report:
    """The miniature report as published, then changed so that a build has something to do."""

    def __init__(self, root):
        self.root, self.site = root, root / "_build" / "site"
        self.mark = uuid.uuid4().hex  # in the environment of every process of ours
        self.old = self.shown()
        replace(root / "notebooks" / "people.ipynb", "6 / 8 if", "7 / 8 if")

    def shown(self):
        """What the published editions say."""
        return {
            path.parent.name: json.loads(path.read_text())["numbers"]["people.share"]["value"]
            for path in sorted(self.site.glob("*/results.json"))
        }

    def start(self, *arguments, **more):
        command = [sys.executable, *arguments]
        environment = {**os.environ, "FAULT_TEST": self.mark}
        return subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, **more,
        )  # fmt: skip

    def build(self, *arguments, fault=()):
        """Exit code and what was said; `fault` is place, when, number of the call, and kind."""
        how = ("-c", FAULTY, *map(str, fault)) if fault else ("-m", "reportbook")
        process = self.start(*how, "build", "--jobs", "2", *arguments)
        said, complained = process.communicate(timeout=240)
        return process.returncode, said + complained

    def left(self):
        """The processes that a build left behind, after the time they need to end."""
        until = time.monotonic() + 10
        while (found := self._processes()) and time.monotonic() < until:
            time.sleep(0.05)
        return found

    def _processes(self):
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    ours = self.mark.encode() in (entry / "environ").read_bytes()
                    state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                except OSError:
                    continue
                if ours and state != "Z":
                    found.append(entry.name)
        return found

    def is_whole(self):
        """Whether every page of the site says what the results beside it say."""
        for edition, value in self.shown().items():
            text = f"{100 * value:.1f}%"
            assert text in (self.site / edition / "notebooks" / "people.html").read_text()
            assert text in (self.site / "index.html").read_text() or edition != "latest"
        return True


@pytest.fixture
def changed(published):
    return Report(published)


NEW = {"2020": 0.625, "latest": 0.875}
STAGES = [
    ("reportbook.fresh_runs:run_all", "before", 1),
    ("reportbook.memory:Memory.remember", "after", 1),
    ("reportbook.memory:Memory.remember", "after", 2),
    ("reportbook.build:stage", "after", 1),
    ("reportbook.build:build_book", "before", 1),
    ("reportbook.build:build_book", "after", 1),
    ("reportbook.build:put_in_place", "before", 1),
    ("reportbook.site:_write_switcher", "after", 1),
    ("reportbook.site:exchange", "before", 1),
    ("reportbook.site:exchange", "after", 1),
    ("reportbook.build:Books.remember_site", "after", 1),
]


@pytest.mark.parametrize(("place", "when", "nth"), STAGES)
def test_killed_at_any_stage_and_built_again(changed, place, when, nth):
    code, _ = changed.build(fault=(place, when, nth, "kill"))
    assert code == -signal.SIGKILL
    assert changed.left() == []
    assert changed.shown() in (changed.old, NEW)
    assert changed.is_whole()
    done = len(list((changed.root / "_build" / "memory").glob("people-*.run")))

    code, said = changed.build()
    assert code == 0, said
    assert changed.shown() == NEW
    assert changed.is_whole()
    assert changed.left() == []
    code, said = changed.build()
    assert " ran " not in said
    assert done
