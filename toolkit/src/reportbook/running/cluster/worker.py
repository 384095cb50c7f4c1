"""What a worker of a Dask cluster is sent: the project's files, and how to run notebooks there.

This module travels by value, with `of_dask`, and imports nothing else of this project, so a worker
needs no more than the packages of the lock. Notebooks are run by a process of the worker's own that
does import it, from the files that were sent: another build with edited files gets another process.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin, get_worker

from reportbook.running.cluster.of_dask import names_of_plugins, plugin

PROJECT, PACKAGES = "project", "packages"  # the two folders of an archive


def environment() -> dict[str, Any]:
    """The version of Python and of every installed package."""
    packages: dict[str, str] = {}
    for each in importlib.metadata.distributions():
        name = each.metadata["Name"] if each.metadata else None
        if name:
            packages.setdefault(name.casefold().replace("_", "-").replace(".", "-"), each.version)
    return {"Python": f"{platform.python_implementation()} {platform.python_version()}"} | packages


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """What of `wanted` a worker has not, in words."""
    return [
        f"{name} {found[name]} instead of {version}" if name in found else f"no {name} {version}"
        for name, version in wanted.items()
        if found.get(name) != version
    ]


class Workshop(WorkerPlugin):
    """A project as it was when a build began, and the processes that run its notebooks.

    Dask hands it to every worker there is, and to those that come later. `import_roots` are
    folders of the archive; `settings` are environment variables, None for those not to be set.
    """

    def __init__(
        self,
        name: str,
        archive: bytes,
        wanted: Mapping[str, str],
        import_roots: list[str],
        settings: Mapping[str, str | None],
    ) -> None:
        self.name, self.archive, self.wanted = name, archive, wanted
        self.import_roots, self.settings = import_roots, settings

    def setup(self, worker: Any) -> None:
        """Unpack the files on a worker, and note what its packages differ in."""
        self.differences = differences(self.wanted, environment())
        self.address = worker.address
        self.folder = Path(worker.local_directory, "reportbook", self.name)
        self.idle: list[subprocess.Popen[str]] = []
        self.at_work: list[subprocess.Popen[str]] = []
        self.handing = threading.Lock()
        if not self.folder.is_dir():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(dir=self.folder.parent))
            with tarfile.open(fileobj=io.BytesIO(self.archive)) as files:
                files.extractall(made, filter="data")
            made.rename(self.folder)
        self.archive = b""  # it lies on the disk now

    def teardown(self, worker: Any) -> None:
        """End what runs on a worker, and remove its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self) -> None:
        """End the processes that run notebooks, and with them the notebooks."""
        with self.handing:
            for process in (*self.idle, *self.at_work):
                with contextlib.suppress(OSError):
                    process.kill()
            self.idle.clear()

    def run(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Run one notebook; what became of it, or why this worker may not."""
        if self.differences:
            return {"refused": self.differences, "address": self.address}
        with self.handing:
            process = self.idle.pop() if self.idle else self._start()
            self.at_work.append(process)
        with tempfile.TemporaryDirectory() as scratch:
            output = Path(scratch, "executed.ipynb")
            answer = _answer(process, {**job, "output": str(output)})
            with self.handing:
                self.at_work.remove(process)
                if answer:
                    self.idle.append(process)
            if not answer:
                process.kill()
                process.wait()
                return {"lost": "the process that ran notebooks on the worker ended"}
            return {
                **json.loads(answer),
                "notebook": output.read_bytes() if output.exists() else None,
                "folders": {each: str(self.folder / each) for each in (PROJECT, PACKAGES)},
            }

    def _start(self) -> subprocess.Popen[str]:
        given = {**os.environ, **self.settings}
        roots = [str(self.folder / each) for each in self.import_roots]
        given["PYTHONPATH"] = os.pathsep.join(roots)
        return subprocess.Popen(
            [sys.executable, "-m", "reportbook.running.cluster.agent"],
            cwd=self.folder / PROJECT,
            env={name: value for name, value in given.items() if value is not None},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


def _answer(process: subprocess.Popen[str], job: Mapping[str, Any]) -> str:
    """The line with which a process answers a job; empty if it ended."""
    assert process.stdin is not None  # both were asked for
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        return process.stdout.readline()
    except OSError:
        return ""


def run(name: str, topic: str, number: int, job: Mapping[str, Any]) -> dict[str, Any]:
    """The task that Dask runs on a worker."""
    worker = get_worker()
    worker.log_event(topic, number)
    workshop: Workshop = plugin(worker, name)
    return workshop.run(job)


def refused(name: str, dask_worker: Any) -> list[str]:
    """What is different on a worker."""
    workshop: Workshop = plugin(dask_worker, name)
    return workshop.differences


def stop(name: str, dask_worker: Any) -> None:
    """End what runs on a worker."""
    plugin(dask_worker, name).stop()


def count(dask_scheduler: Any) -> int:
    """How many workers there are."""
    return len(dask_scheduler.workers)


def registered(dask_scheduler: Any) -> list[str]:
    """The names of what workers were sent."""
    return names_of_plugins(dask_scheduler)
