"""A copy of the report to measure on: the files git knows, in a folder that is thrown away."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent.parent
NEWEST = datetime.date(2026, 6, 30)
NOTEBOOKS = ("displacement", "funding_leverage", "covid_funding")
_NOT_NEEDED = ("tests/", "toolkit/tests/", "benchmarks/", ".ci/", ".github/")


@contextmanager
def copy_of_report() -> Iterator[Path]:
    """The report in a folder of its own; for processes started meanwhile, its code comes first."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HERE, check=True, capture_output=True, text=True
    ).stdout
    before = os.environ.get("PYTHONPATH")
    with TemporaryDirectory(prefix="benchmark-") as scratch:
        root = Path(scratch, "report")
        for name in filter(None, listed.split("\0")):
            if not name.startswith(_NOT_NEEDED) and (HERE / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(HERE / name, root / name)
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [str(root / "src"), str(root / "toolkit" / "src"), str(HERE)]
        )
        try:
            yield root
        finally:
            if before is None:
                del os.environ["PYTHONPATH"]
            else:
                os.environ["PYTHONPATH"] = before


def dates(count: int, apart: int) -> list[str]:
    """`count` dates of knowledge, some days apart, the newest first: each may give other numbers.

    The newest is a day of 2026 on which all sources were known. Before May 2020 the report's prose
    does not hold, and no edition is built.
    """
    return [str(NEWEST - datetime.timedelta(days=apart * back)) for back in range(count)]


def write_editions(root: Path, count: int, apart: int) -> list[str]:
    """`count` editions, some days apart, in place of the report's own; their names."""
    shutil.rmtree(root / "editions")
    (root / "editions").mkdir()
    names = dates(count, apart)
    for name in names:
        text = f'title: As known on {name}\nscope: A benchmark.\nparameters: {{as_of: "{name}"}}\n'
        (root / "editions" / f"{name}.yml").write_text(text, encoding="utf-8")
    return names


def names_of_grid(root: Path, grid: str) -> list[str]:
    """The names of the editions of a grid of one parameter."""
    import yaml

    (values,) = yaml.safe_load((root / grid).read_text(encoding="utf-8"))["grid"].values()
    return list(values)


@contextmanager
def full_table(root: Path) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """Two functions: one makes UNHCR's table nearly ten times as long, one puts it back.

    The rows are the report's own, also under the names of countries that are no origins in it, and
    for as many years before.
    """
    (path,) = (root / "data" / "tables" / "unhcr_population").glob("*.csv")
    own = path.read_text(encoding="utf-8")
    head, *rows = own.splitlines()
    cells = [row.split(",") for row in rows]
    origins = sorted({origin for _, origin, *_ in cells})
    listed = (root / "data" / "m49.csv").read_text(encoding="utf-8").splitlines()[1:]
    free = [code for line in listed if (code := line.split(",")[0]) not in origins]
    every = [*origins, *free]
    groups = [every[n : n + len(origins)] for n in range(0, len(every), len(origins))]
    made = [
        ",".join([str(int(year) - shift), names[origin], *rest])
        for shift in (0, 26)
        for names in (dict(zip(origins, group, strict=False)) for group in groups)
        for year, origin, *rest in cells
        if origin in names
    ]
    long = "\n".join([head, *made]) + "\n"
    try:
        yield (
            lambda: path.write_text(long, encoding="utf-8"),
            lambda: path.write_text(own, encoding="utf-8"),
        )
    finally:
        path.write_text(own, encoding="utf-8")


def forget(root: Path) -> None:
    """As after a fresh clone: nothing built, nothing remembered."""
    shutil.rmtree(root / "_build", ignore_errors=True)


def reportbook(root: Path, *arguments: str) -> None:
    """The command, a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "reportbook", "-C", str(root), *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"reportbook {' '.join(arguments)} failed:\n{done.stderr[-3000:]}")
