"""The same runs on an existing Dask cluster: files go there by content, notebooks come back.

No disk is shared. Every worker gets the project's files once, under the digest of all of them; it
runs notebooks by the same engine as this machine; what comes back is stored as if it had been run
here. Jobs of a worker that is lost are run again by another one. A worker whose packages are not
those of this machine is refused.

Nothing of Dask is imported before a cluster is asked for.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import os
import platform
import re
import sys
import tarfile
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from reportbook.errors import ReportError
from reportbook.running.environment import LOCK, VARIABLES
from reportbook.running.execution import run_all
from reportbook.running.tasks import Failure, Run, Task

_ENOUGH = 5  # differences of a worker in an error
_PATIENCE = "10s"  # until a scheduler answers
_LOST = "the worker that ran it was lost, and so were those that tried again"
_NOT_SENT = ("__pycache__", "_build", "node_modules")
_SRC = Path(__file__).resolve().parents[3]  # the folder this package is imported from
_OF_A_MACHINE = ("PYTHONPATH", "MPLCONFIGDIR", "IPYTHONDIR")  # variables that name its folders
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


class Cluster:
    """The workers behind the scheduler at `address`, ready to run notebooks of a project.

    Raises
    ------
    ReportError
        If Dask is not installed, no scheduler answers, there is no worker, or one has other
        packages than this machine.
    """

    def __init__(self, address: str, root: Path) -> None:
        self._distributed, self._worker, self._sent_code = _imported()
        self._root = root.resolve()
        try:
            self._client = self._distributed.Client(
                address, timeout=_PATIENCE, set_as_default=False, name="reportbook"
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise ReportError(
                f"No Dask scheduler answers at {address} ({error}). Start one with 'dask "
                "scheduler', or leave out --scheduler to run the notebooks on this machine."
            ) from error
        try:
            self._name = self._equip(address)
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type | None, *error: object) -> None:
        with contextlib.suppress(Exception):
            if kind is not None:
                self._client.run(functools.partial(self._worker.stop, self._name))
        self._client.close()

    def run_all(
        self,
        tasks: Iterable[Task],
        *,
        jobs: int,
        on_start: Callable[[Task], None] = lambda task: None,
        on_end: Callable[[Run], None] = lambda run: None,
    ) -> list[Run]:
        """As `execution.run_all`, on the cluster; `jobs` counts for what cannot be sent there.

        That is notebooks that do not belong to the project's own files, such as the copies in
        which an edition is run on the data rows it was published with.
        """
        ordered = list(tasks)
        sent = {number: task for number, task in enumerate(ordered) if self._has(task.source)}
        topic = f"reportbook-{uuid.uuid4().hex}"
        talking = threading.Lock()

        def started(event: tuple[float, Any]) -> None:
            with talking:
                on_start(sent[event[1]])

        def ended(run: Run) -> None:
            with talking:
                on_end(run)

        self._client.subscribe_topic(topic, started)
        futures = {
            self._client.submit(
                self._worker.run, self._name, topic, number, self._job(task), pure=False
            ): number
            for number, task in sent.items()
        }
        try:
            here = {number: task for number, task in enumerate(ordered) if number not in sent}
            runs = dict(
                zip(here, run_all(here.values(), jobs=jobs, on_start=on_start, on_end=ended),
                    strict=True)
            )  # fmt: skip
            for future in self._distributed.as_completed(futures, loop=self._client.loop):
                number = futures[future]
                runs[number] = self._run(sent[number], future)
                ended(runs[number])
        except BaseException:
            self._client.cancel(list(futures), force=True)
            raise
        finally:
            self._client.unsubscribe_topic(topic)
        return [runs[number] for number in range(len(ordered))]

    def _has(self, path: Path) -> bool:
        path = path.resolve()
        return path.is_relative_to(self._root) and not any(
            _is_left_out(part) for part in path.relative_to(self._root).parts
        )

    def _job(self, task: Task) -> dict[str, Any]:
        return {
            "source": task.source.resolve().relative_to(self._root).as_posix(),
            "parameters": dict(task.parameters),
            "timeout": task.timeout,
            "pictures": task.pictures,
            "output_limit": task.output_limit,
        }

    def _run(self, task: Task, future: Any) -> Run:
        """What became of a task, its notebook written where a run on this machine writes it."""
        try:
            answer = future.result()
        except self._distributed.KilledWorker:
            return Run(task, 0.0, Failure("", _LOST))
        except Exception as error:
            return Run(task, 0.0, Failure(type(error).__name__, str(error).rstrip(".")))
        if "refused" in answer:
            raise ReportError(_refusal(answer["address"], answer["refused"]))
        if "lost" in answer:
            return Run(task, 0.0, Failure("", answer["lost"]))
        task.output.parent.mkdir(parents=True, exist_ok=True)
        task.output.unlink(missing_ok=True)
        if answer["notebook"] is not None:
            task.output.write_bytes(_as_if_here(answer["notebook"], task))
        failure = answer["failure"] and Failure(**answer["failure"])
        observed = answer["observed"] and _places_here(answer["observed"], answer["folders"])
        return Run(task, answer["seconds"], failure, observed if task.root else None)

    def _equip(self, address: str) -> str:
        """Send every worker the project's files, unless it has them; refuse those that differ."""
        if not self._client.scheduler_info(n_workers=-1)["workers"]:
            raise ReportError(
                f"The cluster at {address} has no worker. Start some with 'dask worker {address}'."
            )
        wanted = _wanted(self._root, self._worker)
        settings = {name: os.environ.get(name) for name in VARIABLES if name not in _OF_A_MACHINE}
        files = dict(_files(self._root))
        content, digest = archive(files)
        roots = _import_roots(self._root)
        code = b"".join(path.read_bytes() for path in self._sent_code)
        whole = hashlib.sha256(
            json.dumps([digest, wanted, roots, settings], sort_keys=True).encode() + code
        )
        ours = "reportbook-" + _digest(f"{platform.node()} {self._root}".encode())[:8]
        name = f"{ours}-{whole.hexdigest()[:24]}"
        known = self._client.run_on_scheduler(self._worker.registered)
        if name not in known:
            for earlier in known:
                if earlier.startswith(ours):
                    self._client.unregister_worker_plugin(earlier)
            workshop = self._worker.Workshop(name, content, wanted, roots, settings)
            self._client.register_plugin(workshop, name=name)
        found = self._client.run(functools.partial(self._worker.refused, name))
        said = [_refusal(worker, differs) for worker, differs in found.items() if differs]
        if said:
            raise ReportError("\n".join(said))
        return name


def run_all_on(address: str, root: Path, tasks: Iterable[Task], **how: Any) -> list[Run]:
    """As `execution.run_all`, on the cluster at `address`, which is asked only if there is work."""
    ordered = list(tasks)
    if not ordered:
        return []
    with Cluster(address, root) as cluster:
        return cluster.run_all(ordered, **how)


def _imported() -> tuple[ModuleType, ModuleType, list[Path]]:
    """Dask, what its workers are sent, and the files with the code of that."""
    try:
        import cloudpickle
        import distributed
    except ImportError as error:
        raise ReportError(
            "--scheduler needs the package 'distributed', which is not installed. Install the "
            "extra of that name: pip install 'reportbook[cluster]'; 'make "
            "environment' does so, too."
        ) from error

    from reportbook.running.cluster import of_dask, worker

    for module in (worker, of_dask):
        cloudpickle.register_pickle_by_value(module)
    return distributed, worker, [Path(str(module.__file__)) for module in (worker, of_dask)]


def archive(files: Mapping[str, Path]) -> tuple[bytes, str]:
    """The files, by their names in it, as one compressed archive; and the digest of them all."""
    all_of_them = hashlib.sha256()
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=3) as packed:
        for name in sorted(files):
            content = files[name].read_bytes()
            all_of_them.update(f"{name} {_digest(content)}\n".encode("utf-8", "surrogateescape"))
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            packed.addfile(entry, io.BytesIO(content))
    return stream.getvalue(), all_of_them.hexdigest()


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """What a notebook may need: the project, and this package where it does not belong to that."""
    yield from (("project/" + name, path) for name, path in _below(root))
    packages = _packages(root)
    if packages is not None:
        yield from (("packages/" + name, path) for name, path in _below(packages))


def _packages(root: Path) -> Path | None:
    """The folder that this package is imported from, if it is neither the project's nor installed
    from the lock.
    """
    folder = _SRC
    installed = {"site-packages", "dist-packages"} & set(folder.parts)
    return None if installed or folder.is_relative_to(root) else folder


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(
            each
            for each in folders
            if not _is_left_out(each) and not Path(at, each, "pyvenv.cfg").exists()
        )
        for name in sorted(names):
            path = Path(at, name)
            if not name.startswith(".") and path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name in _NOT_SENT


def _import_roots(root: Path) -> list[str]:
    """Where modules are imported from, as folders of the archive, in order."""
    found = []
    packages = _packages(root)
    for each in sys.path:
        path = Path(each).resolve()
        if path == packages:
            found.append("packages")
        elif path.is_relative_to(root) and path.is_dir() and path != root:
            inside = path.relative_to(root)
            if not any(_is_left_out(part) for part in inside.parts):
                found.append(f"project/{inside.as_posix()}")
    return list(dict.fromkeys(found if packages is None else [*found, "packages"]))


def _wanted(root: Path, worker: ModuleType) -> dict[str, str]:
    """The version of Python, and of the packages that the lock pins, on this machine."""
    here: dict[str, str] = worker.environment()
    lock = root / LOCK
    if not lock.is_file():
        return here
    pinned = {name.casefold().replace("_", "-").replace(".", "-")
              for name in _PINNED.findall(lock.read_text(encoding="utf-8"))}  # fmt: skip
    return {name: version for name, version in here.items() if name == "Python" or name in pinned}


def _refusal(address: str, differs: Sequence[str]) -> str:
    more = f" and {len(differs) - _ENOUGH} more" if len(differs) > _ENOUGH else ""
    return (
        f"The worker {address} has other packages than this machine: "
        f"{', '.join(differs[:_ENOUGH])}{more}. Make its environment from the same {LOCK}, or end "
        "it."
    )


def _as_if_here(content: bytes, task: Task) -> bytes:
    """An executed notebook with the places of this machine."""
    from reportbook.files.notebooks import notebook_text, parse_notebook

    notebook = parse_notebook(content.decode("utf-8"))
    account = notebook.metadata.get("papermill")
    if account is not None:
        account["input_path"] = str(task.source.resolve())
        account["output_path"] = str(task.output.resolve())
    return notebook_text(notebook).encode("utf-8")


def _places_here(observed: Mapping[str, Any], folders: Mapping[str, str]) -> dict[str, Any]:
    """What a run read, with the places of this machine for those of the worker."""
    there = folders["packages"]
    here = str(_SRC)

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {renamed(key): renamed(each) for key, each in value.items()}
        if isinstance(value, list):
            return [renamed(each) for each in value]
        if isinstance(value, str) and (value == there or value.startswith(there + os.sep)):
            return here + value[len(there) :]
        return value

    return {key: renamed(each) for key, each in observed.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
