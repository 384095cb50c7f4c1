"""Which of the kernels that Jupyter knows can be forked: this environment's own Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

LAUNCHER = "ipykernel_launcher"


def arguments_of(command: Sequence[str]) -> list[str] | None:
    """What follows ``python -m ipykernel_launcher``; None if another kernel is asked for."""
    if len(command) < 3 or list(command[1:3]) != ["-m", LAUNCHER]:
        return None
    return list(command[3:]) if _is_this_python(Path(command[0])) else None


def is_own(kernel_name: str) -> bool:
    """Whether a kernel, by Jupyter's name for it, is what a forked one would be.

    It is not if it has another language or Python, arguments or an environment of its own, or if
    somebody else's provisioner starts it.

    Raises
    ------
    jupyter_client.kernelspec.NoSuchKernel
        If Jupyter knows none of that name.
    """
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name=kernel_name, connection_file="connection.json")
    described = manager.kernel_spec
    if described is None or described.language.lower() != "python" or described.env:
        return False
    if "kernel_provisioner" in described.metadata:
        return False
    return arguments_of(manager.format_kernel_cmd()) == ["-f", os.path.realpath("connection.json")]


def _is_this_python(program: Path) -> bool:
    """Whether a program is this environment's Python.

    The Pythons of two environments may be links to one file: the folder tells them apart.
    """
    own = Path(sys.executable)
    try:
        return program.samefile(own) and program.parent.samefile(own.parent)
    except OSError:
        return False
