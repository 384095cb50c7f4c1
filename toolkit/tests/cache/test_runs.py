"""What a change makes stale, and that nothing else: real runs of a few small notebooks."""

import os
import shutil
import threading
from dataclasses import replace as changed
from pathlib import Path

import nbformat
import pytest
from miniature import notebook, replace

from reportbook.cache.run_or_recall import NotRun, run_or_recall
from reportbook.cache.runs import Memory
from reportbook.files.notebooks import read_notebook, read_plain
from reportbook.running.engine.warm import end_shared
from reportbook.running.tasks import Failure, Run, Task

READING = 'reading: str = "plain"'
COUNTS = """\
import csv
from shares import share

rows = list(csv.DictReader(open("../data/counts.csv", newline="")))
print(reading, share(int(rows[-1]["value"]), 8))
"""
PICTURE = 'import matplotlib.style\nmatplotlib.style.use("../report.mplstyle")\n6 * 7'
LOOKING = """\
from pathlib import Path
try:
    import faster
except ImportError:
    pass
found = Path("../data/extra.csv").exists()
names = sorted(path.name for path in Path("../data").glob("*.csv"))
"""
CALLING = 'import subprocess\nsubprocess.run(["true"])'
SHARES = "def share(part, whole):\n    return part / whole  # as a fraction\n"


def write(root):
    for folder in ("notebooks", "data"):
        (root / folder).mkdir(parents=True)
    (root / "notebooks" / "shares.py").write_text(SHARES)
    (root / "data" / "counts.csv").write_text("observation,value\np001,5\np002,6\n")
    (root / "report.mplstyle").write_text("lines.linewidth: 2\n")
    (root / "requirements.lock").write_text("numpy==1\n")
    cells = {
        "counts": [
            ("text", "# Counts"),
            ("parameters", 'reading: str = "plain"'),
            ("code", COUNTS),
        ],
        "picture": [("code", PICTURE)],
        "looking": [("code", LOOKING), ("code", "found, names")],
        "calling": [("code", CALLING)],
    }
    for stem, of_it in cells.items():
        nbformat.write(notebook(*of_it), root / "notebooks" / f"{stem}.ipynb")
    return root


def tasks(root):
    """The runs of the report, by what to call them."""
    folder, out = root / "notebooks", root / "_build" / "out"
    found = {
        stem: Task(folder / f"{stem}.ipynb", out / f"{stem}.ipynb")
        for stem in ("counts", "picture", "looking", "calling")
    }
    wide = {"reading": "wide"}
    found["counts, wide"] = Task(folder / "counts.ipynb", out / "wide.ipynb", wide)
    return found


def memory(root):
    return Memory(root, root / "_build" / "memory")


def stale(root):
    """What is not fresh, with the reasons; the notebook that calls others never is."""
    kept = memory(root)
    found = {name: reasons for name, task in tasks(root).items() if (reasons := kept.stale(task))}
    said = found.pop("calling")
    assert said[0].startswith("notebooks/calling.ipynb: it starts another process"), said
    return found


def run(root, **options):
    """Run what is stale: what ran, and all runs by name."""
    by_name = tasks(root)
    runs = run_or_recall(memory(root), by_name.values(), jobs=2, **options)
    named = dict(zip(by_name, runs, strict=True))
    return {name for name, each in named.items() if not each.remembered}, named


@pytest.fixture(scope="module")
def _ran_once(tmp_path_factory):
    root = write(tmp_path_factory.mktemp("memory") / "report")
    ran, runs = run(root)
    assert ran == set(runs)
    assert not any(each.failure for each in runs.values()), runs
    return root


@pytest.fixture
def report(_ran_once, tmp_path):
    """A copy of a report whose notebooks were run."""
    shutil.copytree(_ran_once, tmp_path / "report")
    return tmp_path / "report"


def printed(root, name):
    return "".join(
        output.get("text", "")
        for cell in read_notebook(tasks(root)[name].output).cells
        for output in cell.get("outputs", ())
    )


def code_cells(root, name):
    cells = read_plain(tasks(root)[name].output)["cells"]
    kept = ("source", "outputs", "execution_count")
    return [[cell[key] for key in kept] for cell in cells if cell["cell_type"] == "code"]


def test_nothing_changed_and_nothing_is_run(report):
    before = code_cells(report, "counts, wide")
    assert stale(report) == {}
    ran, _ = run(report)
    assert ran == {"calling"}
    assert code_cells(report, "counts, wide") == before
    assert printed(report, "counts, wide") == "wide 0.75\n"


BOTH = ("counts", "counts, wide")
CHANGES = [
    ("data/counts.csv", "p002,6", "p002,7", BOTH, "data/counts.csv changed"),
    ("notebooks/shares.py", "part /", "2 * part /", BOTH, "notebooks/shares.py changed"),
    ("report.mplstyle", "2", "3", ("picture",), "report.mplstyle changed"),
    ("notebooks/counts.ipynb", "int(", "2 * int(", BOTH,
     "the code of notebooks/counts.ipynb changed (code cell 2)"),
    ("notebooks/counts.ipynb", '"parameters"', '"parametres"', BOTH,
     "the code of notebooks/counts.ipynb changed (code cell 1)"),
    ("requirements.lock", "1", "2", (*BOTH, "picture", "looking"), "requirements.lock changed"),
    ("notebooks/counts.ipynb", "# Counts", "# Numbers", (), ""),
    ("notebooks/shares.py", "# as a fraction", "# of one\n\n# see the methods", (), ""),
    ("notebooks/shares.py", "part / whole", "part  /  whole", (), ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "which", "why"), CHANGES)
def test_a_change_makes_stale_what_depends_on_it_and_nothing_else(
    report, file, old, new, which, why
):
    replace(report / file, old, new)
    assert stale(report) == {name: [why] for name in which}


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("data/extra.csv", ["data/extra.csv is there now", "other files lie in data"]),
        ("data/other.csv", ["other files lie in data"]),
        ("notebooks/faster.py", ["the module faster in notebooks is there now"]),
        ("notebooks/unrelated.py", None),
    ],
)
def test_a_file_that_appears(report, file, why):
    (report / file).write_text("a = 1\n")
    assert stale(report) == ({"looking": why} if why else {})


def test_a_file_that_is_gone(report):
    (report / "data" / "counts.csv").unlink()
    assert stale(report)["counts"] == ["data/counts.csv is gone"]


def test_a_module_that_hides_one_of_pythons(report):
    (report / "notebooks" / "csv.py").write_text("")
    assert stale(report)["counts"] == ["the module csv in notebooks is there now"]


def test_other_parameters_and_pictures_are_other_runs(report):
    kept, task = memory(report), tasks(report)["counts"]
    assert kept.stale(changed(task, parameters={"reading": "narrow"})) == [
        "never run with its parameters"
    ]
    assert kept.stale(changed(task, pictures=True)) == ["never run with its parameters"]
    assert kept.stale(changed(task, source=report / "notebooks" / "new.ipynb")) == ["never run"]


def test_the_environment_counts(report, monkeypatch):
    monkeypatch.setenv("TZ", "America/Lima")
    assert stale(report)["picture"] == ["the environment variable TZ changed"]


def test_what_depends_on_a_row_is_run_again_and_is_right(report):
    replace(report / "data" / "counts.csv", "p002,6", "p002,7")
    ran, runs = run(report, may_run=lambda task: task.source.stem != "calling")
    assert ran - {"calling"} == set(BOTH)
    assert isinstance(runs["calling"].failure, NotRun)
    assert printed(report, "counts") == "plain 0.875\n"
    assert stale(report) == {}


def test_a_module_with_other_bytes_of_the_same_size_and_time(report, monkeypatch):
    # as 'cp -p', 'rsync -t' and archives leave it
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    end_shared()  # a warm process that was started with it keeps no module compiled
    module = report / "notebooks" / "shares.py"
    before = 1_000_000_000
    os.utime(module, (before, before))
    run(report, force=True)
    replace(module, "part / whole", "part - whole")
    os.utime(module, (before, before))
    assert stale(report) == {name: ["notebooks/shares.py changed"] for name in BOTH}
    run(report)
    assert printed(report, "counts") == "plain -2\n"
    replace(module, "part - whole", "part + whole")
    os.utime(module, (before, before))
    run(report, force=True)
    assert printed(report, "counts") == "plain 14\n"


def test_prose_of_today_stands_beside_the_outputs_of_the_run(report):
    replace(report / "notebooks" / "counts.ipynb", "# Counts", "# Numbers")
    run(report, may_run=lambda task: False)
    cells = read_notebook(tasks(report)["counts, wide"].output).cells
    assert [cell.source.splitlines()[0] for cell in cells[:3]] == [
        "# Numbers", READING, "# Parameters",
    ]  # fmt: skip
    assert printed(report, "counts, wide") == "wide 0.75\n"


def test_force_runs_what_is_fresh_and_twins_are_run_once(report):
    task = tasks(report)["looking"]
    twin = changed(task, output=task.output.with_name("twin.ipynb"))
    ended = []
    first, second = run_or_recall(
        memory(report), [task, twin], jobs=2, force=True, on_end=ended.append
    )
    assert (first.remembered, second.remembered) == (False, True)
    assert ended == [first, second]
    assert twin.output.read_bytes() == task.output.read_bytes()


def test_a_run_that_fails_is_not_remembered(report):
    replace(report / "notebooks" / "looking.ipynb", "found, names", "1 / 0")
    task = tasks(report)["looking"]
    for _ in range(2):
        (failed,) = run_or_recall(memory(report), [task], jobs=1)
        assert (failed.failure.error, failed.remembered) == ("ZeroDivisionError", False)
    replace(report / "notebooks" / "looking.ipynb", "1 / 0", "found, names")
    assert "looking" not in stale(report)


def test_a_file_edited_in_mid_run_is_used_and_not_remembered(report):
    source = report / "notebooks" / "slow.ipynb"
    reads = 'print(open("../data/counts.csv").read())'
    nbformat.write(notebook(("code", reads), ("code", "import time; time.sleep(2)")), source)
    task = Task(source, report / "_build" / "out" / "slow.ipynb")
    seen = task.output.with_suffix(".observed.json")

    def edit():
        while not seen.exists():
            pause.wait(0.02)
        replace(report / "data" / "counts.csv", "p002,6", "p002,7")

    pause = threading.Event()
    editor = threading.Thread(target=edit)
    editor.start()
    (ran,) = run_or_recall(memory(report), [task], jobs=1)
    editor.join()
    assert ran.failure is None
    assert "data/counts.csv" in ran.observed["files"]
    assert memory(report).stale(task) == ["never run"]


ASKING = """\
import os
from pathlib import Path
os.environ["SET_HERE"] = "1"
print(os.environ["SET_HERE"], os.environ.get("TERM"), os.environ.get("COUNTRY"))
"""


@pytest.mark.parametrize("code", [ASKING, ASKING + "names = sorted(os.environ.copy())", "%env"])
def test_variables_of_the_environment(report, monkeypatch, code):
    source = report / "notebooks" / "asking.ipynb"
    nbformat.write(notebook(("code", code)), source)
    task = Task(source, report / "_build" / "out" / "asking.ipynb")
    monkeypatch.setenv("COUNTRY", "COL")
    (ran,) = run_or_recall(memory(report), [task], jobs=1)
    assert ran.failure is None
    assert memory(report).stale(task) == []
    monkeypatch.setenv("COUNTRY", "PER")
    all_of_them = ["the environment variables changed, of which it lists all"]
    one = ["the environment variable COUNTRY changed"]
    assert memory(report).stale(task) == (one if code == ASKING else one + all_of_them)
    monkeypatch.setenv("COUNTRY", "COL")
    monkeypatch.setenv("ANOTHER_ONE", "")
    assert memory(report).stale(task) == ([] if code == ASKING else all_of_them)


def entry(root, name):
    kept = memory(root)
    return kept.store.folder / kept.key(tasks(root)[name])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content.replace(b"memory 1", b"memory 0"),
        lambda content: content.replace(b'"reading": "wide"', b'"reading": "wild"'),
        lambda content: content.replace(b"wide 0.75", b"wide 0.99"),
        lambda content: b"\xff\x00 something else entirely\n{}\n",
    ],
)
def test_an_entry_that_is_not_whole_and_ours_is_not_trusted(report, spoil):
    path = entry(report, "counts, wide")
    whole = path.read_bytes()
    assert spoil(whole) != whole
    path.write_bytes(spoil(whole))
    assert memory(report).recall(tasks(report)["counts, wide"]) is None
    tasks(report)["counts"].output.unlink()
    assert memory(report).recall(tasks(report)["counts"]) is not None


def test_an_entry_of_one_run_does_not_answer_for_another(report):
    shutil.copyfile(entry(report, "counts"), entry(report, "counts, wide"))
    assert stale(report)["counts, wide"] == ["what is remembered is of another run"]


def test_only_what_belongs_to_the_project_is_remembered(report, tmp_path):
    task = Task(tmp_path / "elsewhere.ipynb", tmp_path / "out.ipynb")
    seen = {"files": {}, "modules": {}, "kinds": {}, "folders": {}, "variables": {}, "searched": [],
            "all_variables": None, "unprovable": []}  # fmt: skip
    kept = memory(report)
    before = sorted(Path(kept.store.folder).iterdir())
    kept.remember(Run(task, 1.0, None, seen))
    kept.remember(Run(tasks(report)["counts"], 1.0, Failure("E", "x"), seen))
    kept.remember(Run(tasks(report)["counts"], 1.0, None, None))
    assert sorted(Path(kept.store.folder).iterdir()) == before
