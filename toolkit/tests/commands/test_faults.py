"""Whatever goes wrong in the middle, the site is wholly the old one or wholly the new one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import pytest
from miniature import replace

from reportbook.running.engine.warm import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes are looked for in /proc")

# Runs the command with one function of it replaced: `fault` is done before or after its nth call.
FAULTY = """
import errno, functools, importlib, os, signal, sys

place, when, nth, fault = sys.argv[1:5]
def no_more_copies():
    import shutil
    shutil.copyfile = os.link = lambda *_, **__: faults["full"]()

faults = {
    "no more copies": no_more_copies,
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
from reportbook.cli.main import main
main()
"""


def heeds_ctrl_c():
    """What a shell starts in the background ignores SIGINT, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Report:
    """The miniature report as published, then changed so that a build has something to do."""

    def __init__(self, root):
        self.root, self.site = root, root / "_build" / "site"
        self.scratch = Path(tempfile.mkdtemp())  # a socket's path has to be short
        self.mark = uuid.uuid4().hex  # in the environment of every process of ours
        self.old = self.shown()
        replace(root / "notebooks" / "people.ipynb", "6 / 8 if", "7 / 8 if")
        self.changed = time.time()

    def shown(self):
        """What the published editions say."""
        return {
            path.parent.name: json.loads(path.read_text())["numbers"]["people.share"]["value"]
            for path in sorted(self.site.glob("*/results.json"))
        }

    def start(self, *arguments, **more):
        command = [sys.executable, *arguments]
        given = {**os.environ, "FAULT_TEST": self.mark, "TMPDIR": str(self.scratch)}
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.Popen(
            command, cwd=self.root, env=given, text=True, preexec_fn=heeds_ctrl_c, **more
        )

    def remains(self):
        """What was made for a while only, and is still there."""
        found = (*self.scratch.iterdir(), *self.site.parent.glob("site.*"))
        return [path.name for path in found]

    def build(self, *arguments, fault=(), **more):
        """Exit code and what was said; `fault` is place, when, number of the call, and kind."""
        how = ("-c", FAULTY, *map(str, fault)) if fault else ("-m", "reportbook")
        process = self.start(*how, "build", "--jobs", "2", *arguments, **more)
        said, complained = process.communicate(timeout=240)
        return process.returncode, (said or "") + (complained or "")

    def left(self):
        """The processes that a build left behind, after the time they need to end."""
        until = time.monotonic() + 10
        while (found := self.processes()) and time.monotonic() < until:
            time.sleep(0.05)
        return found

    def processes(self):
        """The processes of ours that run now."""
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

    def remembered_runs(self):
        """How many of the runs that the change asks for are done and kept."""
        runs = (self.root / "_build" / "memory").glob("people-*")
        return sum(path.stat().st_mtime > self.changed for path in runs)

    def is_whole(self):
        """Whether every page of the site says what the results beside it say."""
        for edition, value in self.shown().items():
            text = f"{100 * value:.1f}%"
            assert text in (self.site / edition / "notebooks" / "people.html").read_text()
            assert text in (self.site / "index.html").read_text() or edition != "latest"
        return True


@pytest.fixture
def changed(published):
    made = Report(published)
    yield made
    shutil.rmtree(made.scratch)


NEW = {"2020": 0.625, "latest": 0.875}
STAGES = [
    ("reportbook.commands.build_steps.run:run_all", "before", 1),
    ("reportbook.cache.runs:Memory.remember", "after", 1),
    ("reportbook.book.jupyter_book:JupyterBook.build", "after", 1),
    ("reportbook.site.assemble:exchange", "before", 1),
    ("reportbook.site.assemble:exchange", "after", 1),
]


@pytest.mark.parametrize(("place", "when", "nth"), STAGES)
def test_killed_at_any_stage_and_built_again(changed, place, when, nth):
    code, _ = changed.build(fault=(place, when, nth, "kill"))
    assert code == -signal.SIGKILL
    assert changed.left() == []
    assert changed.shown() in (changed.old, NEW)
    assert changed.is_whole()
    remembered = changed.remembered_runs()

    code, said = changed.build()
    assert code == 0, said
    assert changed.shown() == NEW
    assert changed.is_whole()
    assert changed.left() == []
    assert said.count("  ran  ") == 2 - remembered
    assert said.count("  built  ") == 2
    assert changed.remains() == []


@pytest.mark.parametrize(
    ("place", "when", "kind", "said"),
    [
        ("reportbook.commands.build_steps.publish:put_in_place", "before", "full", "No space left"),
        ("reportbook.site.assemble:exchange", "before", "read-only", "Read-only file system"),
        ("reportbook.commands.build_steps.make:stage", "before", "full", "No space left"),
        (
            "reportbook.commands.build_steps.publish:put_in_place",
            "before",
            "no more copies",
            "No space left on device. What was published before has not been changed.",
        ),
    ],
)
def test_a_disk_that_takes_no_more(changed, place, when, kind, said):
    code, told = changed.build(fault=(place, when, 1, kind))
    assert code == 1
    assert said in told
    assert "Traceback" not in told
    # an edition of which nothing went wrong is published all the same
    assert changed.shown() in ((changed.old, NEW) if place.endswith("stage") else (changed.old,))
    assert changed.is_whole()
    assert changed.left() == []
    assert changed.remains() == []
    assert len(told) < 1000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no disk that is always full")
def test_an_output_that_takes_no_more(changed):
    with open("/dev/full", "w") as full:
        code, told = changed.build(stdout=full)
    assert code == 1
    assert changed.shown() == NEW
    assert (
        "The result could not be written to standard output: No space left on device. The new site "
        f"is in place: {changed.site}." in told
    )
    assert "has not been changed" not in told
    assert "Exception ignored" not in told


def test_an_output_that_nobody_reads(changed):
    reading, writing = os.pipe()
    os.close(reading)
    code, told = changed.build(stdout=writing)
    os.close(writing)
    assert code == 1
    assert changed.shown() == NEW
    assert "standard output: Broken pipe. The new site is in place" in told
    assert "Exception ignored" not in told


@pytest.mark.parametrize("mode", ["full", "closed"])
def test_progress_that_nobody_can_be_told_stops_nothing(changed, mode):
    if mode == "closed":
        reading, writing = os.pipe()
        os.close(reading)
    else:
        writing = os.open("/dev/full", os.O_WRONLY)
    code, told = changed.build(stderr=writing)
    os.close(writing)
    assert code == 0
    assert "Published in" in told
    assert changed.shown() == NEW


def test_a_memory_that_cannot_be_written_only_forgets(changed):
    memory = changed.root / "_build" / "memory"
    for path in memory.iterdir():
        path.unlink()
    memory.rmdir()
    memory.write_text("no folder")
    code, said = changed.build()
    assert code == 0, said
    assert changed.shown() == NEW


def test_a_kernel_that_is_killed_and_a_cell_that_hangs(changed):
    people = changed.root / "notebooks" / "people.ipynb"
    text = people.read_text()
    replace(people, "share = 7 / 8 if", "import os; os.kill(os.getpid(), 9)\\nshare = 7 / 8 if")
    code, said = changed.build()
    assert code == 1
    assert "code cell 2: the kernel died" in said
    people.write_text(text.replace("share = 7 / 8 if", "while True: pass\\nshare = 7 / 8 if"))
    code, said = changed.build("--timeout", "1")
    assert code == 1
    assert "was still running after 1 seconds" in said
    assert changed.shown() == changed.old
    assert changed.left() == []


ENDINGS = {
    signal.SIGINT: "Stopped. What",
    signal.SIGTERM: "Stopped by SIGTERM. What",
    signal.SIGHUP: "Stopped by SIGHUP. What",
}


@pytest.mark.parametrize("number", ENDINGS)
def test_ctrl_c_ends_everything_and_leaves_the_old_site(changed, number):
    people = changed.root / "notebooks" / "people.ipynb"
    replace(people, "share = 7 / 8 if", "import time; time.sleep(600)\\nshare = 7 / 8 if")
    process = changed.start("-m", "reportbook", "build", start_new_session=True)
    until = time.monotonic() + 60
    while len(changed.processes()) < 3 and time.monotonic() < until:  # it, and warm, and a kernel
        time.sleep(0.1)
    time.sleep(1)
    os.killpg(process.pid, number)
    _, complained = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert f"{ENDINGS[number]} was published before has not been changed." in complained
    assert changed.remains() == []
    assert "Traceback" not in complained
    assert changed.left() == []
    assert changed.shown() == changed.old
    assert changed.is_whole()


@pytest.mark.parametrize("names", [("latest", "latest"), ("latest", "2020")])
def test_two_builds_at_once(changed, names):
    builds = [changed.start("-m", "reportbook", "build", name) for name in names]
    ended = [(each.communicate(timeout=240), each.returncode) for each in builds]
    assert sorted(code for _, code in ended) in ([0, 0], [0, 1])
    for (said, complained), code in ended:
        assert code == 0 or "Another build of this report is running" in said + complained
    assert changed.shown() in (changed.old, NEW)
    assert changed.is_whole()
    assert changed.left() == []


def test_what_another_version_remembered_is_not_trusted(changed):
    for path in (changed.root / "_build" / "memory").glob("*.run"):
        kept = path.read_bytes()
        path.write_bytes(kept.replace(b" 1 ", b" 0 ", 1) if b" 1 " in kept[:40] else b"0" + kept)
    code, said = changed.build()
    assert code == 0, said
    assert changed.shown() == NEW
    assert said.count("  ran  ") == 4
