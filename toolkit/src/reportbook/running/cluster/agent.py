"""The process that runs notebooks on a worker of a cluster: a job a line, an answer a line.

It ends, with what it runs, when the worker is gone.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reportbook.files.notebooks import nbformat
from reportbook.running.engine.warm import end_shared
from reportbook.running.execution import ENGINE, run_all
from reportbook.running.tasks import Task


def done(job: Mapping[str, Any]) -> dict[str, Any]:
    """Run one notebook of the project in the working folder."""
    root = Path.cwd()
    task = Task(
        root / job["source"],
        Path(job["output"]),
        job["parameters"],
        job["timeout"],
        job["pictures"],
        root,
        job["output_limit"],
    )
    (run,) = run_all([task], jobs=1)
    return {
        "seconds": run.seconds,
        "failure": run.failure and asdict(run.failure),
        "observed": run.observed,
    }


def main() -> None:
    """Run each notebook that a line on standard input asks for; answer with a line for each."""
    nbformat()  # before papermill imports it the slow way
    from papermill.engines import papermill_engines

    from reportbook.running.engine.papermill_engine import WarmEngine

    papermill_engines.register(ENGINE, WarmEngine)  # the package may not be installed here
    jobs = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what is printed is no answer
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)

    def answer(line: str) -> None:
        print(json.dumps(done(json.loads(line))), file=answers, flush=True)

    for line in jobs:
        threading.Thread(target=answer, args=(line,), daemon=True).start()
    end_shared()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
