"""The same runs on an existing Dask cluster: files go there by content, notebooks come back.

No disk is shared. Every worker gets the project's files once, under the digest of all of them; it
runs notebooks by the same engine as this machine; what comes back is stored as if it had been run
here. Jobs of a worker that is lost are run again by another one. A worker whose packages are not
those of this machine is refused.

Nothing of Dask is imported before a cluster is asked for.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import platform
import queue
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
from reportbook.running.cluster.deadlines import NoAnswer, Pulse, within
from reportbook.running.cluster.files_sent import files_below, is_left_out, refuse_too_much
from reportbook.running.environment import LOCK, VARIABLES
from reportbook.running.execution import run_all
from reportbook.running.tasks import Failure, Run, Task
from reportbook.running.watch import digest_of_names, importable

_ENOUGH = 5  # differences of a worker in an error
_PATIENCE = 10.0  # seconds until a scheduler answers
_SENDING = 300.0  # seconds until every worker has the files
_SILENCE = 60.0  # seconds for which a cluster at work may say nothing, or have no worker
_BEAT = 2.0  # seconds from one question whether it is there to the next
_FAREWELL = 5.0  # seconds for a step on the way out
_LOST = "the worker that ran it was lost, and so were those that tried again"
_PACKAGE = __name__.partition(".")[0]
_SRC = Path(__file__).resolve().parents[3]  # the folder this package is imported from
_OF_A_MACHINE = ("PYTHONPATH", "MPLCONFIGDIR", "IPYTHONDIR")  # variables that name its folders
_ADDRESS = re.compile(r"[a-z+]+://.+|[^/]+:\d+")
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
        if not _ADDRESS.fullmatch(address):
            raise ReportError(
                f"--scheduler {address}: write the address of a Dask scheduler, such as "
                "tcp://10.0.0.1:8786."
            )
        self._distributed, self._worker, self._sent_code = _imported()
        self._root, self._address = root.resolve(), address
        self._is_silent = False
        self._files = dict(_files(self._root))
        refuse_too_much(self._files)
        try:
            self._client = within(
                _PATIENCE + 1, self._distributed.Client, address, timeout=_PATIENCE,
                set_as_default=False, name="reportbook",
            )  # fmt: skip
        except (OSError, TimeoutError, ValueError, NoAnswer) as error:
            raise ReportError(
                f"No Dask scheduler answers at {address} ({error}). Start one with 'dask "
                "scheduler', or leave out --scheduler to run the notebooks on this machine."
            ) from error
        try:
            self._name = self._equip()
        except BaseException:
            self._take_leave()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type | None, *error: object) -> None:
        try:
            if kind is not None:
                self._tell(self._client.run, functools.partial(self._worker.stop, self._name))
        finally:
            self._take_leave()

    def _take_leave(self) -> None:
        try:
            self._tell(self._client.close, timeout=_FAREWELL)
        finally:
            self._client.status = "closed"  # or it would try once more when it is collected

    def _tell(self, function: Callable[..., Any], *given: Any, **more: Any) -> None:
        """Do what belongs to the end of the work; a cluster that is silent is told no more."""
        try:
            if not self._is_silent:
                within(_FAREWELL, function, *given, **more)
        except NoAnswer:
            self._is_silent = True
        except Exception:
            return  # it is gone, and whatever was to be said to it with it

    def _ask(self, seconds: float, function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        """What the cluster answers.

        Raises
        ------
        ReportError
            If it does not within `seconds`, or is gone.
        """
        try:
            return within(seconds, function, *given, **more)
        except (OSError, NoAnswer) as error:
            raise ReportError(self._lost(str(error))) from error

    def _lost(self, how: str) -> str:
        return (
            f"The cluster at {self._address} was lost: {how}. Look at its scheduler and its "
            "workers, or leave out --scheduler to run the notebooks on this machine."
        )

    def run_all(
        self,
        tasks: Iterable[Task],
        *,
        jobs: int,
        on_start: Callable[[Task], None] = lambda task: None,
        on_end: Callable[[Run], None] = lambda run: None,
    ) -> list[Run]:
        """As `execution.run_all`, on the cluster; `jobs` counts for what cannot be sent there.

        That is notebooks that do not belong to the files that are sent, such as the copies in
        which an edition is run on the data rows it was published with, and those that looked on
        their worker for a file that is here and was not sent.
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

        self._ask(_PATIENCE, self._client.subscribe_topic, topic, started)
        futures = {
            self._client.submit(
                self._worker.run, self._name, topic, number, self._job(task), pure=False
            ): number
            for number, task in sent.items()
        }
        runs: dict[int, Run] = {}
        here = {number: task for number, task in enumerate(ordered) if number not in sent}

        def run_here() -> None:
            ran = run_all(here.values(), jobs=jobs, on_start=on_start, on_end=ended)
            runs.update(zip(here, ran, strict=True))
            here.clear()

        try:
            run_here()
            for future in self._completed(futures):
                number = futures[future]
                run = self._run(sent[number], future)
                if self._lacked(run):
                    here[number] = sent[number]
                else:
                    runs[number] = run
                    ended(run)
            run_here()
        except BaseException:
            self._tell(self._client.cancel, list(futures), force=True)
            raise
        finally:
            self._tell(self._client.unsubscribe_topic, topic)
        return [runs[number] for number in range(len(ordered))]

    def _completed(self, futures: Iterable[Any]) -> Iterator[Any]:
        """The futures as they end.

        Raises
        ------
        ReportError
            If the scheduler falls silent, or no worker is left.
        """
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        waited_for = list(futures)
        for future in waited_for:
            future.add_done_callback(arrived.put)
        pulse = Pulse(lambda: self._client.run_on_scheduler(self._worker.count), _BEAT)
        try:
            for _ in waited_for:
                while True:
                    try:
                        yield arrived.get(timeout=_BEAT)
                        break
                    except queue.Empty:
                        self._refuse_silence(pulse)
        finally:
            pulse.end()

    def _refuse_silence(self, pulse: Pulse) -> None:
        if pulse.seconds_of_silence > _SILENCE:
            how = f"its scheduler has said nothing for {pulse.seconds_of_silence:.0f} seconds"
            raise ReportError(self._lost(how))
        if pulse.seconds_of_none > _SILENCE:
            how = f"it has had no worker for {pulse.seconds_of_none:.0f} seconds"
            raise ReportError(self._lost(how))

    def _lacked(self, run: Run) -> bool:
        """Whether a run looked for something that is here and was not sent: here it may differ."""
        seen = run.observed
        if seen is None:
            return False
        return (
            any(kind == "absent" and self._is_here(place) for place, kind in seen["kinds"].items())
            or any(
                self._is_here(place) and digest_of_names(self._root / place) != digest
                for place, digest in seen["folders"].items()
            )
            or any(
                importable(self._root / each["folder"]) & set(each["names"]) - set(each["present"])
                for each in seen["searched"]
            )
        )

    def _is_here(self, place: str) -> bool:
        return not os.path.isabs(place) and (self._root / place).exists()

    def _has(self, path: Path) -> bool:
        path = path.resolve()
        if not path.is_relative_to(self._root):
            return False
        return f"project/{path.relative_to(self._root).as_posix()}" in self._files

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
        except self._distributed.CancelledError as error:
            raise ReportError(self._lost("its scheduler forgot what it was asked")) from error
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

    def _equip(self) -> str:
        """Send every worker the project's files, unless it has them; refuse those that differ."""
        if not self._ask(_PATIENCE, self._client.run_on_scheduler, self._worker.count):
            raise ReportError(
                f"The cluster at {self._address} has no worker. Start some with 'dask worker "
                f"{self._address}'."
            )
        wanted = _wanted(self._root, self._worker)
        settings = {name: os.environ.get(name) for name in VARIABLES if name not in _OF_A_MACHINE}
        content, digest = archive(self._files)
        roots = _import_roots(self._root)
        code = b"".join(path.read_bytes() for path in self._sent_code)
        whole = hashlib.sha256(
            json.dumps([digest, wanted, roots, settings], sort_keys=True).encode() + code
        )
        ours = "reportbook-" + _digest(f"{platform.node()} {self._root}".encode())[:8]
        name = f"{ours}-{whole.hexdigest()[:24]}"
        known = self._ask(_PATIENCE, self._client.run_on_scheduler, self._worker.registered)
        if name not in known:
            for earlier in known:
                if earlier.startswith(ours):
                    self._ask(_SENDING, self._client.unregister_worker_plugin, earlier)
            workshop = self._worker.Workshop(name, content, wanted, roots, settings)
            self._ask(_SENDING, self._client.register_plugin, workshop, name=name)
        refused = functools.partial(self._worker.refused, name)
        found = self._ask(_SENDING, self._client.run, refused)
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
    yield from (("project/" + name, path) for name, path in files_below(root))
    packages = _packages(root)
    if packages is not None:
        for name, path in files_below(packages / _PACKAGE, only_tracked=False):
            yield f"packages/{_PACKAGE}/{name}", path


def _packages(root: Path) -> Path | None:
    """The folder that this package is imported from, if it is neither the project's nor installed
    from the lock.
    """
    folder = _SRC
    installed = {"site-packages", "dist-packages"} & set(folder.parts)
    return None if installed or folder.is_relative_to(root) else folder


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
            if not any(is_left_out(part) for part in inside.parts):
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
