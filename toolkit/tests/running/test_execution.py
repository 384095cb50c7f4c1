import subprocess
import sys

import nbformat
import pytest
from miniature import notebook

from reportbook.files.notebooks import read_notebook
from reportbook.running.engine.warm import can_fork
from reportbook.running.execution import run_all, run_notebook
from reportbook.running.tasks import Failure, Task


def write(folder, name, *cells):
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook(*cells), path)
    return path


@pytest.fixture(params=["forked", "ordinary"])
def kernel(request, monkeypatch):
    """Runs on kernels forked from a warm process, and on ordinary ones as where none can fork."""
    if request.param == "ordinary":
        import papermill  # noqa: F401  (it loads the engine, which cannot be loaded before it)

        monkeypatch.setattr("reportbook.running.execution.can_fork", lambda: False)
        monkeypatch.setattr("reportbook.running.engine.papermill_engine.can_fork", lambda: False)
    elif not can_fork():
        pytest.skip("this system does not fork safely")
    return request.param


def test_parameters_arrive_and_the_working_folder_is_the_notebooks_own(tmp_path, kernel):
    home = tmp_path / "notebooks"
    home.mkdir()
    (home / "beside.txt").write_text("found")
    source = write(
        home, "a", ("parameters", "area: str | None = None"),
        ("code", "print(area, open('beside.txt').read())"),
    )  # fmt: skip
    before = source.read_bytes()
    run = run_notebook(source, tmp_path / "out" / "a.ipynb", {"area": "NO"})
    assert run.failure is None
    assert read_notebook(tmp_path / "out" / "a.ipynb").cells[-1].outputs[0].text == "NO found\n"
    assert source.read_bytes() == before


def test_a_mistake_in_a_module_is_named_with_its_file_and_line(tmp_path, kernel):
    (tmp_path / "odd.py").write_text(
        "def gone():\n    return deeper()\n\ndef deeper():\n"
        "    return None.gone\n\ndef refused():\n    raise ValueError('no such area')\n"
    )
    found = {}
    for call in ("odd.gone()", "odd.refused()", "odd.missing"):
        source = write(tmp_path, "a", ("code", f"import odd\n{call}"))
        task = Task(source, tmp_path / "out" / "a.ipynb", root=tmp_path)
        found[call] = str(run_all([task], jobs=1)[0].failure)
    assert found == {
        "odd.gone()": "code cell 1, line 2: AttributeError in odd.py, line 5: "
        "'NoneType' object has no attribute 'gone'",
        "odd.refused()": "code cell 1, line 2: ValueError: no such area",
        "odd.missing": "code cell 1, line 2: AttributeError: "
        "module 'odd' has no attribute 'missing'",
    }


def test_failures_are_told_apart_and_stop_no_other_run(tmp_path, kernel):
    raised = write(
        tmp_path, "raised", ("text", "# x"), ("parameters", "a: int = 1"),
        ("code", "print('so far')"), ("code", "def f():\n    raise ValueError('no figure')\n\nf()"),
    )  # fmt: skip
    killed = write(
        tmp_path, "killed", ("code", "import os, signal"), ("code", "os.kill(os.getpid(), 9)")
    )
    hung = write(tmp_path, "hung", ("text", "# x"), ("code", "import time; time.sleep(60)"))
    good = write(tmp_path, "good", ("code", "1 + 1"))
    out = tmp_path / "out"
    tasks = [
        Task(raised, out / "raised.ipynb", {"a": 2}),
        Task(killed, out / "killed.ipynb"),
        Task(hung, out / "hung.ipynb", timeout=1),
        Task(good, out / "good.ipynb"),
        Task(tmp_path / "gone.ipynb", out / "gone.ipynb"),
    ]
    ended = []
    runs = run_all(tasks, jobs=2, on_end=ended.append)
    assert [run.task for run in runs] == tasks
    assert {id(run) for run in runs} == {id(run) for run in ended}
    first, second, third, fourth, fifth = (run.failure for run in runs)
    assert first == Failure("ValueError", "no figure", cell=3, line=4)
    assert str(first) == "code cell 3, line 4: ValueError: no figure"
    assert "kernel died" in str(second)
    assert second.cell == 2
    assert str(third) == "code cell 1: was still running after 1 seconds and was stopped"
    assert fourth is None
    assert "gone.ipynb" in fifth.message
    partial = read_notebook(out / "raised.ipynb")
    assert any("so far" in str(cell.get("outputs")) for cell in partial.cells)


def test_what_a_callback_raises_comes_out(tmp_path):
    source = write(tmp_path, "a", ("code", "1 + 1"))

    def fails(run):
        raise RuntimeError("no such column")

    with pytest.raises(RuntimeError, match="no such column"):
        run_all([Task(source, tmp_path / "out.ipynb")], jobs=1, on_end=fails)


FLOODS = {
    "printed": "while True: print('x' * 1000)",
    "in one piece": "print('x' * 30_000_000)",
    "displayed": "while True: display({'text/plain': 'x' * 100_000}, raw=True)",
    "by a program": "import subprocess; subprocess.run(['yes'])",
    "by a thread": """\
import threading
def flood():
    while True: print('x' * 1000)
threading.Thread(target=flood).start()
threading.Event().wait()""",
    "in an error": "raise ValueError('x' * 30_000_000)",
}


@pytest.mark.parametrize("code", FLOODS.values(), ids=FLOODS)
def test_output_without_end_is_stopped_by_name(tmp_path, kernel, code, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves out programs' output where it is
    source = write(tmp_path, "a", ("code", "print('before')"), ("code", code), ("code", "1"))
    out = tmp_path / "out.ipynb"
    (run,) = run_all([Task(source, out, timeout=120, output_limit=2)], jobs=1)
    assert str(run.failure) == (
        "code cell 2: wrote more than 2 MB of output and was stopped ('--output-limit' allows more)"
    )
    assert out.stat().st_size < 10_000_000
    first, _, third = read_notebook(out).cells
    assert first.outputs[0].text == "before\n"
    assert third.execution_count is None


def test_each_cell_may_write_as_much_as_is_allowed(tmp_path, kernel):
    source = write(tmp_path, "a", *[("code", "print('x' * 800_000)")] * 3)
    (run,) = run_all([Task(source, tmp_path / "out.ipynb", output_limit=1)], jobs=1)
    assert run.failure is None


def test_an_error_that_a_cell_is_to_raise_is_an_output_and_any_other_a_failure(tmp_path, kernel):
    made = notebook(("code", "1 / 0"), ("code", "print 1"), ("code", "print(6 * 7)"))
    for cell in made.cells[:2]:
        cell["metadata"]["tags"] = ["raises-exception"]
    source, out = tmp_path / "meant.ipynb", tmp_path / "out.ipynb"
    nbformat.write(made, source)
    assert run_notebook(source, out).failure is None
    cells = read_notebook(out).cells
    assert [cell.outputs[0].get("ename") for cell in cells[:2]] == [
        "ZeroDivisionError", "SyntaxError",
    ]  # fmt: skip
    assert cells[2].outputs[0].text == "42\n"
    assert len(cells) == 3  # without the marks of papermill
    made.cells[2]["source"] = "gone"
    nbformat.write(made, source)
    assert run_notebook(source, out).failure.error == "NameError"


@pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")
def test_a_notebook_that_kills_the_warm_process_stops_only_itself(tmp_path):
    slow = write(tmp_path, "slow", ("code", "import time; time.sleep(1)"))
    killer = write(
        tmp_path, "killer", ("code", "import os, time; os.kill(os.getppid(), 9); time.sleep(60)")
    )
    tasks = [
        Task(source, tmp_path / f"{number}.ipynb")
        for number, source in enumerate([slow, killer, slow])
    ]
    runs = run_all(tasks, jobs=3)
    assert [run.failure is None for run in runs] == [True, False, True]
    assert "the kernel died" in str(runs[1].failure)


@pytest.mark.parametrize("kernel", ["ordinary"], indirect=True)
def test_a_kernel_that_does_not_start_is_tried_again(tmp_path, monkeypatch, kernel):
    # as when another kernel takes the port between its choice and its use: the first launch ends
    once = tmp_path / "ipython" / "profile_default" / "ipython_kernel_config.py"
    once.parent.mkdir(parents=True)
    marker = tmp_path / "launched"
    once.write_text(
        f"import os, pathlib\nmarker = pathlib.Path({str(marker)!r})\n"
        "if not marker.exists():\n    marker.touch()\n    os._exit(1)\n"
    )
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    run = run_notebook(write(tmp_path, "a", ("code", "1 + 1")), tmp_path / "out.ipynb")
    assert marker.exists()
    assert run.failure is None


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Failure("", "the kernel died", 2), "code cell 2: the kernel died"),
        (Failure("OSError", "no space"), "OSError: no space"),
        (
            Failure("KeyError", "'a'", 2, 1, "a.py, line 3"),
            "code cell 2, line 1: KeyError in a.py, line 3: 'a'",
        ),
    ],
)
def test_a_failure_reads_as_a_sentence(failure, said):
    assert str(failure) == said


def test_where_nothing_is_to_be_run_nothing_is_imported_for_it():
    code = (
        "import sys; from reportbook.running.execution import run_all\n"
        "assert run_all([], jobs=2) == []\n"
        "assert not {'papermill', 'nbclient', 'jsonschema'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
