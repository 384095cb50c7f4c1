"""What is measured, each against the plain tool in the same run."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import plain, report
from benchmarks.timing import Measured, compared, seconds, summed

from reportbook.running.engine.preload import STACK
from reportbook.running.engine.warm import end_shared, shared
from reportbook.running.execution import run_all
from reportbook.running.tasks import Task

CORES = os.cpu_count() or 1


def runs(root: Path, rounds: int) -> Iterator[Measured]:
    """Notebook runs: 8 editions of 3 notebooks."""
    pairs = [(name, date) for date in report.dates(8, 30) for name in report.NOTEBOOKS]
    out = root / "_build" / "benchmarks"

    def planned(kind: str) -> list[tuple[Path, Path, dict[str, str]]]:
        return [
            (root / "notebooks" / f"{name}.ipynb", out / kind / date / f"{name}.ipynb",
             {"as_of": date})
            for name, date in pairs
        ]  # fmt: skip

    def engine(jobs: int, plan: list[tuple[Path, Path, dict[str, str]]]) -> Callable[[], None]:
        def work() -> None:
            end_shared()  # the warm process starts within the time that is taken
            ran = run_all([Task(*each) for each in plan], jobs=jobs)
            failed = [str(run.failure) for run in ran if run.failure]
            if failed:
                raise SystemExit(failed[0])

        return work

    def one_by_one() -> None:
        for each in planned("command"):
            plain.papermill_command(*each)

    ours, command, processes, public = [], [], [], []
    for _ in range(rounds):
        ours.append(seconds(engine(CORES, planned("engine"))))
        public.append(seconds(lambda: plain.public_kernels(planned("public"), CORES)))
        command.append(seconds(one_by_one))
        processes.append(seconds(lambda: plain.papermill_processes(planned("processes"), CORES)))
    yield compared(
        "24 notebook runs, engine with all cores ÷ papermill command one by one",
        ours, command, 1 / 8,
    )  # fmt: skip
    yield compared(
        "the same ÷ papermill API with as many processes as cores", ours, processes, 1 / 2.2
    )
    yield compared(
        "the same ÷ papermill API on kernels that only the public provisioner forks",
        ours, public, 0.9,
    )  # fmt: skip
    one = planned("one")[: len(report.NOTEBOOKS)]
    warm, script, memory = [], [], []
    for _ in range(max(3, rounds)):
        shared(STACK).run(os.getpid)  # its imports are done, as the script's are
        with _peak_of_kernels() as peak:
            warm.append(seconds(_without_restart(one)))
        memory.append(peak[0])
        script.append(sum(plain.script(source, given) for source, _, given in one))
    yield compared("engine ÷ plain script, imports done, one worker", warm, script, 1.2)
    yield summed("memory of a worker at its peak", memory, 200, unit="MB")


def _without_restart(plan: list[tuple[Path, Path, dict[str, str]]]) -> Callable[[], None]:
    return lambda: run_all([Task(*each) for each in plan], jobs=1)


@contextmanager
def _peak_of_kernels() -> Iterator[list[float]]:
    """The largest resident memory, in megabytes, that a child of the warm process came to."""
    peak, ended = [0.0], threading.Event()
    parent = shared(STACK).pid

    def look() -> None:
        while not ended.wait(0.05):
            for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
                try:
                    status = Path(f"/proc/{child}/status").read_text()
                except OSError:
                    continue
                for line in status.splitlines():
                    if line.startswith("VmHWM:"):
                        peak[0] = max(peak[0], int(line.split()[1]) / 1000)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def unchanged(root: Path, rounds: int) -> Iterator[Measured]:
    """A build with nothing changed."""
    report.reportbook(root, "build", "latest")
    book = root / "_build" / "editions" / "latest" / "book"
    plain.jupyter_book(book)
    ours, theirs = [], []
    for _ in range(rounds * 3):
        ours.append(seconds(lambda: report.reportbook(root, "build", "latest")))
        theirs.append(seconds(lambda: plain.jupyter_book(book)))
    yield compared(
        "build with nothing changed ÷ jupyter-book build with nothing changed",
        ours, theirs, 1 / 6,
    )  # fmt: skip


def prose(root: Path, rounds: int) -> Iterator[Measured]:
    """One cell of prose changed, until the edition's page is on disk."""
    report.reportbook(root, "build", "latest")
    page = root / "notebooks" / "displacement.ipynb"
    heading = '"# '
    text = page.read_text(encoding="utf-8")
    assert heading in text
    ours, theirs = [], []
    for number in range(rounds):
        changed = text.replace(heading, f"{heading}{'Edited ' * (number + 1)}", 1)
        page.write_text(changed, encoding="utf-8")
        ours.append(seconds(lambda: report.reportbook(root, "build", "latest")))
        html = root / "_build" / "site" / "latest" / "notebooks" / "displacement.html"
        assert "Edited " * (number + 1) in html.read_text(encoding="utf-8")
        theirs.append(_plain_edition(root, "latest", {}))
    page.write_text(text, encoding="utf-8")
    yield compared(
        "one prose cell changed, page on disk ÷ papermill + jupyter-book for that edition",
        ours, theirs, 1 / 6,
    )  # fmt: skip


def _plain_edition(root: Path, edition: str, parameters: dict[str, str]) -> float:
    """Seconds for one edition by papermill's command and jupyter-book's."""
    sources = sorted((root / "notebooks").glob("*.ipynb"))
    book = root / "_build" / "editions" / edition / "book"

    def work() -> None:
        for source in sources:
            given = parameters if "as_of" in source.read_text(encoding="utf-8") else {}
            output = root / "_build" / "benchmarks" / "plain" / source.name
            plain.papermill_command(source, output, given)
        plain.jupyter_book(book, "--all")

    return seconds(work)


def editions(root: Path, rounds: int) -> Iterator[Measured]:
    """Ten and a hundred editions from cold, over the same years: old ones have less to say."""
    each: dict[int, list[float]] = {}
    theirs = []
    for count in (10, 100):
        names = report.write_editions(root, count, 2200 // count)
        for _ in range(rounds if count == 10 else 1):
            report.forget(root)
            taken = seconds(lambda: report.reportbook(root, "build"))
            each.setdefault(count, []).append(taken / count)
    for name in names[:: len(names) // (2 * rounds)]:
        theirs.append(_plain_edition(root, name, {"as_of": name}))
    hundred = each[100] * len(theirs)
    yield compared(
        "100 editions from cold, per edition ÷ papermill + jupyter-book per edition",
        hundred, theirs, 1 / 8,
    )  # fmt: skip
    ten = each[10]
    yield compared("cost per edition at 100 editions ÷ at 10", each[100] * len(ten), ten, 1.1)


def table(root: Path, rounds: int) -> Iterator[Measured]:
    """A producer's table as large as UNHCR publishes it, against the selection in the report."""
    page = root / "notebooks" / "displacement.ipynb"
    output = root / "_build" / "benchmarks" / "displacement.ipynb"

    def run() -> float:
        shared(STACK).run(os.getpid)
        return seconds(_without_restart([(page, output, {"origin": "SYR"})]))

    with report.full_table(root) as (put, take_back):
        more = []
        for _ in range(max(3, rounds)):
            take_back()
            before = run()
            put()
            more.append(1000 * (run() - before))
    yield summed(
        "page of one origin, UNHCR's table nearly ten times as long, more than before", more, 500,
        unit="ms",
    )  # fmt: skip


def origins(root: Path, rounds: int) -> Iterator[Measured]:
    """An edition for each of the 52 origins, by one command."""
    names = report.names_of_grid(root, "editions/origins.yml")
    report.forget(root)
    grid = str(root / "editions" / "origins.yml")
    taken = seconds(lambda: report.reportbook(root, "build", "--grid", grid))
    theirs = [_plain_edition(root, name, {}) for name in names[: 2 * rounds]]
    yield compared(
        "52 origins from cold, per edition ÷ papermill + jupyter-book per edition",
        [taken / len(names)] * len(theirs), theirs, 1 / 8,
    )  # fmt: skip
    site = root / "_build" / "site"
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    yield summed("size of an edition of these", [size / len(names) / 1e6], 5, unit="MB")


ALL = {
    "runs": runs,
    "unchanged": unchanged,
    "prose": prose,
    "editions": editions,
    "table": table,
    "origins": origins,
}
