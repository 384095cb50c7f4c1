"""The engine leaves the same notebook as plain papermill on a kernel of its own, byte for byte,
while what it reads is observed.

Set aside are timings, random ids, and where the stream of one cell is cut in two, which is a matter
of timing, too.
"""

import hashlib
import itertools
import json
import os
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from reportbook import observed
from reportbook.engine.warm import can_fork
from reportbook.notebook_files import read_notebook

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")

HERE = Path(__file__).parent
AWKWARD = sorted(path.relative_to(HERE) for path in HERE.glob("awkward/**/*.ipynb"))
OF_THE_REPORT = sorted((HERE.parent / "notebooks").glob("*.ipynb"))
SECONDS_A_CELL = {"hang": 1, "hang_in_async": 1}
RANDOM = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{32}\b"  # names of widgets
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\bT_[0-9a-f]{5}(?=\b|_)"  # names of styled tables
    r"|(?<=ipykernel_)\d+"  # the process's number in the names of its cells
    r"|(?<=pid=)\d+"  # and in warnings
    r"|0x[0-9a-f]{6,}"  # addresses, and names that matplotlib makes of them
    r"|\b(?:[mp]|image)[0-9a-f]{10}\b"  # parts of a picture without a fixed salt
)


def run(engine, source, output):
    """Run a notebook in this process, as ``papermill`` does, and say how it ended."""
    import papermill

    os.environ["SOURCE_DATE_EPOCH"] = "0"  # the date in a picture
    os.environ.pop(
        "PYTEST_CURRENT_TEST", None
    )  # where it is set, ipykernel leaves descriptors alone
    os.environ[observed.ROOT] = str(HERE.parent)
    os.environ[observed.OUTPUT] = f"{output}.observed"
    watching = f"--IPKernelApp.extra_extensions={observed.__name__}"
    try:
        papermill.execute_notebook(
            source,
            output,
            {"a_parameter": 1} if "awkward" in source.parts else {},
            engine_name=engine,
            cwd=source.parent,
            progress_bar=False,
            execution_timeout=SECONDS_A_CELL.get(source.stem, 300),
            iopub_timeout=120,  # a busy machine takes its time over fifty megabytes
            extra_arguments=[
                "--IPKernelApp.log_level=50",
                *([watching] if engine == "reportbook" else []),
            ],
        )
    except Exception as error:
        return type(error).__name__
    return "ran"


def comparable(path):
    notebook = read_notebook(path)
    notebook.metadata.papermill = {
        key: value
        for key, value in notebook.metadata.papermill.items()
        if key not in ("start_time", "end_time", "duration", "output_path")
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = str(number)
        cell.metadata.pop("execution", None)
        for key in ("start_time", "end_time", "duration"):
            cell.metadata.get("papermill", {}).pop(key, None)
        if cell.cell_type == "code":
            cell.outputs = list(joined(cell.outputs))
    for kept in notebook.metadata.get("widgets", {}).values():  # kept by their random names
        states = (json.dumps(state, sort_keys=True) for state in kept["state"].values())
        kept["state"] = sorted(RANDOM.sub("random", state) for state in states)
    text = json.dumps(notebook, indent=1, ensure_ascii=False)
    names = itertools.count()
    seen = {}
    return RANDOM.sub(lambda m: seen.setdefault(m[0], f"random-{next(names)}"), text)


def joined(outputs):
    for name, group in itertools.groupby(outputs, key=lambda output: output.get("name")):
        if name is None:
            yield from group
        else:
            text = "".join(output.text for output in group)
            large = len(text) > 100_000  # too much for what looks for random ids
            yield {
                "stream": name,
                "text": hashlib.sha256(text.encode()).hexdigest() if large else text,
            }


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """For each notebook, how it ended and what it left, by plain papermill and by the engine."""
    folder = tmp_path_factory.mktemp("same")
    sources = [*(HERE / path for path in AWKWARD), *OF_THE_REPORT]
    # long ones first
    sources.sort(
        key=lambda path: (path.parent.name != "notebooks", path.stem not in SECONDS_A_CELL)
    )
    runs = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for source in sources:
            for engine in ("nbclient", "reportbook"):
                output = folder / f"{source.stem}-{engine}.ipynb"
                runs[source.stem, engine] = pool.submit(run, engine, source, output), output
        yield {key: (ended.result(), output) for key, (ended, output) in runs.items()}


def check(both, stem):
    (plain_end, plain), (our_end, ours) = both[stem, "nbclient"], both[stem, "reportbook"]
    assert our_end == plain_end
    assert comparable(ours).splitlines() == comparable(plain).splitlines()


@pytest.mark.parametrize("stem", [path.stem for path in AWKWARD])
def test_an_awkward_notebook(both, stem):
    check(both, stem)


@pytest.mark.parametrize("stem", [path.stem for path in OF_THE_REPORT])
def test_a_notebook_of_the_report(both, stem):
    check(both, stem)
