"""The plain tools that the engine is measured against, used as their manuals say."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path


def papermill_command(source: Path, output: Path, parameters: Mapping[str, str]) -> None:
    """``papermill SOURCE OUTPUT --cwd …``, a process of its own."""
    output.parent.mkdir(parents=True, exist_ok=True)
    given = [part for name, value in parameters.items() for part in ("-r", name, value)]
    _run(
        "-m",
        "papermill",
        str(source),
        str(output),
        "--cwd",
        str(source.parent),
        "-k",
        "python3",
        *given,
    )


def papermill_processes(
    runs: Sequence[tuple[Path, Path, Mapping[str, str]]], processes: int
) -> None:
    """papermill's API in as many processes as there are cores."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(_papermill, *run) for run in runs]:
            done.result()


def _papermill(source: Path, output: Path, parameters: Mapping[str, str]) -> None:
    import logging

    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    output.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        source, output, dict(parameters), cwd=source.parent, progress_bar=False
    )


def public_kernels(
    runs: Sequence[tuple[Path, Path, Mapping[str, str]]], jobs: int, shutdown: str = "graceful"
) -> None:
    """papermill's API on its own engine, its kernels ipykernel's own, forked by the provisioner.

    Nothing private is used, and what papermill offers to save time is: the notebook is written
    once. `shutdown` is nbclient's: ``graceful`` as by default, or ``immediate``.
    """
    import logging

    import papermill
    from jupyter_client.provisioning import KernelProvisionerFactory

    logging.getLogger("papermill").setLevel(logging.ERROR)
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "reportbook"
    KernelProvisionerFactory.clear_instance()  # it asked the environment when it was made

    def one(source: Path, output: Path, parameters: Mapping[str, str]) -> None:
        output.parent.mkdir(parents=True, exist_ok=True)
        papermill.execute_notebook(
            source,
            output,
            dict(parameters),
            engine_name="nbclient",
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            shutdown_kernel=shutdown,
            resources={"metadata": {"path": str(source.parent)}},
            extra_arguments=["--IPKernelApp.log_level=50"],
        )

    try:
        with ThreadPoolExecutor(jobs) as threads:
            for done in [threads.submit(one, *run) for run in runs]:
                done.result()
    finally:
        del os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"]


def jupyter_book(folder: Path, *options: str) -> None:
    """``jupyter-book build FOLDER``, a process of its own."""
    command = "import sys; from jupyter_book.cli.main import main; sys.exit(main())"
    _run("-c", command, "build", str(folder), "--quiet", *options)


def script(source: Path, parameters: Mapping[str, str]) -> float:
    """Seconds in which a plain script computes and draws what a notebook does.

    The script's imports of third-party modules are done before the clock starts.
    """
    told = json.dumps({"source": str(source), "parameters": dict(parameters)})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.plain", told],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout.splitlines()[-1])


def _script(source: str, parameters: Mapping[str, str]) -> float:
    import importlib

    from reportbook.files.notebooks import read_notebook
    from reportbook.running.engine.preload import STACK

    for name in STACK:
        if not name.startswith(("ipykernel", "IPython")):  # a script has no use for them
            importlib.import_module(name)
    cells = [cell for cell in read_notebook(Path(source)).cells if cell.cell_type == "code"]
    os.chdir(Path(source).parent)
    names: dict[str, object] = {"__name__": "__main__"}
    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            exec(compile(cell.source, source, "exec"), names)
            if "parameters" in cell.metadata.get("tags", ()):
                names.update(parameters)
    return time.perf_counter() - started


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stderr[-3000:]}")


if __name__ == "__main__":
    print(_script(**json.loads(sys.argv[1])))
