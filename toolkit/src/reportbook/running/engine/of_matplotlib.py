"""What matplotlib does when it is imported, done when a notebook imports it.

To import matplotlib reads its settings: the file ``matplotlibrc`` of the working folder or of the
user, and the variable ``MPLBACKEND``. A notebook may change folder and variables before it does so.
A kernel forked from a process that has imported matplotlib hides it until the notebook asks for it,
and has the settings read then; the watch sees that like whatever else a run reads.

`USED` names each part that a new version may move without notice. A test asks whether each is still
there.
"""

from __future__ import annotations

import importlib.util
import locale
import os
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

USED = {
    "matplotlib:rcParamsOrig":
        "is what `rc_file_defaults` goes back to: otherwise that would be another user's settings",
    "matplotlib:RcParams.copy":
        "makes that copy",
}  # fmt: skip
_NAME = "matplotlib"


def hide() -> None:
    """Hide matplotlib, if it was imported, until somebody imports it."""
    modules = {
        name: module
        for name, module in sys.modules.items()
        if name == _NAME or name.startswith(f"{_NAME}.")
    }
    if _NAME in modules:
        for name in modules:
            del sys.modules[name]
        sys.meta_path.insert(0, _Hidden(modules))


class _Hidden(MetaPathFinder, Loader):
    """Finds matplotlib once, among the modules that were hidden."""

    def __init__(self, modules: dict[str, ModuleType]) -> None:
        self._modules = modules
        self._own = modules[_NAME].__spec__

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Where matplotlib is; None for any other module, and for another matplotlib."""
        if name != _NAME:
            return None
        sys.meta_path.remove(self)
        found = importlib.util.find_spec(_NAME)
        if found is None or self._own is None or found.origin != self._own.origin:
            return None
        return ModuleSpec(_NAME, self, origin=found.origin, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module as it was."""
        return self._modules[_NAME]

    def exec_module(self, module: ModuleType) -> None:
        """Have the settings read as they are now."""
        module.__spec__ = self._own
        sys.modules.update(self._modules)
        _read_settings(module)


def _read_settings(matplotlib: Any) -> None:
    found = matplotlib.rc_params()
    dict.update(matplotlib.rcParams, dict.items(found))
    matplotlib.rcParamsOrig = matplotlib.rcParams.copy()
    if matplotlib.rcParams["axes.formatter.use_locale"]:
        locale.setlocale(locale.LC_ALL, "")
    if backend := os.environ.get("MPLBACKEND"):
        matplotlib.rcParams["backend"] = backend
