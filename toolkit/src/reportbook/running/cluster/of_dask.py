"""The parts of Dask that are not documented for others.

`USED` names each part that a new version of Dask may move without notice. A test asks whether each
is still there; `pyproject.toml` keeps Dask below the next version that could move one.

Like `worker`, this module travels to workers by value and imports nothing of this project.
"""

from __future__ import annotations

from typing import Any

USED = {
    "distributed.worker:Worker.plugins":
        "is where a worker keeps the project's files and processes under their name; without it no "
        "notebook runs there",
    "distributed.worker:Worker.local_directory":
        "is the folder in which they lie",
    "distributed.worker:Worker.address":
        "is how an error names the worker",
    "distributed.scheduler:Scheduler.worker_plugins":
        "tells what the workers have been sent; without it they would be sent everything at every "
        "build",
    "distributed.scheduler:Scheduler.workers":
        "is counted to tell whether any worker is left; without it a build would wait for none",
    "distributed.client:Client.status":
        "is set where a cluster does not let go; otherwise the end of the build waits for it again",
    "distributed.scheduler:KilledWorker":
        "is what comes of a run whose workers were all lost",
    "cloudpickle:register_pickle_by_value":
        "sends code to workers that do not have this package",
}  # fmt: skip


def plugin(worker: Any, name: str) -> Any:
    """What a worker was sent under a name."""
    return worker.plugins[name]


def names_of_plugins(scheduler: Any) -> list[str]:
    """The names of all that workers were sent."""
    return list(scheduler.worker_plugins)
