"""A notebook run by plain papermill and by the engine, and what the two left made comparable.

Set aside are timings, random ids, and where the stream of one cell is cut in two, which is a matter
of timing, too.
"""

import hashlib
import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from reportbook.files.notebooks import read_notebook
from reportbook.running import watch
from reportbook.running.execution import run_all
from reportbook.running.tasks import Task

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


def run(engine, source, output, root):
    """Run a notebook in this process, as ``papermill`` does, and say how it ended."""
    import papermill

    os.environ["SOURCE_DATE_EPOCH"] = "0"  # the date in a picture
    os.environ.pop(
        "PYTEST_CURRENT_TEST", None
    )  # where it is set, ipykernel leaves descriptors alone
    os.environ[watch.ROOT] = str(root)
    os.environ[watch.OUTPUT] = f"{output}.observed"
    watching = f"--IPKernelApp.extra_extensions={watch.__name__}"
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


@contextmanager
def both(sources: Iterable[Path], folder: Path, root: Path) -> Iterator[dict]:
    """For each notebook, how it ended and what it left, by plain papermill and by the engine."""
    runs = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for source in sources:
            for engine in ("nbclient", "reportbook"):
                output = folder / f"{source.stem}-{engine}.ipynb"
                runs[source.stem, engine] = pool.submit(run, engine, source, output, root), output
        yield {key: (ended.result(), output) for key, (ended, output) in runs.items()}


@contextmanager
def at_once(sources: Iterable[Path], folder: Path) -> Iterator[dict]:
    """As `both`, with all notebooks at once: by as many processes, and by one `run_all`."""
    sources = list(sources)
    outputs = {
        (source.stem, engine): folder / f"{source.stem}-{engine}.ipynb"
        for source in sources
        for engine in ("nbclient", "reportbook")
    }
    with ProcessPoolExecutor(len(sources), mp_context=get_context("spawn")) as pool:
        ended = {
            source.stem: pool.submit(
                run, "nbclient", source, outputs[source.stem, "nbclient"], folder
            )
            for source in sources
        }
    tasks = [Task(source, outputs[source.stem, "reportbook"], root=folder) for source in sources]
    ours = {run.task.source.stem: run.failure for run in run_all(tasks, jobs=len(tasks))}
    yield {
        (stem, engine): (
            ended[stem].result() if engine == "nbclient" else str(ours[stem] or "ran"), output
        )
        for (stem, engine), output in outputs.items()
    }  # fmt: skip


def check(ran: dict, stem: str) -> None:
    """Stop where the two engines ended otherwise or left another notebook."""
    (plain_end, plain), (our_end, ours) = ran[stem, "nbclient"], ran[stem, "reportbook"]
    assert our_end == plain_end
    assert comparable(ours).splitlines() == comparable(plain).splitlines()
