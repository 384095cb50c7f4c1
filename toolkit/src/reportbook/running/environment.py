"""What every run depends on beside what it reads: Python, packages, platform, settings."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path

from reportbook.running.digests import Digests

LOCK = "requirements.lock"
RUNNING = "the way reportbook runs notebooks"
VARIABLES = (
    "LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MONETARY", "LC_NUMERIC", "LC_TIME",
    "TZ", "SOURCE_DATE_EPOCH", "MPLBACKEND", "MATPLOTLIBRC", "MPLCONFIGDIR", "IPYTHONDIR",
    "PYTHONHASHSEED", "PYTHONOPTIMIZE",
    "PYTHONPATH", "PYTHONUTF8", "PYTHONWARNINGS", "PYTHONIOENCODING",
)  # fmt: skip
# the modules here that decide what a run gives, and what is kept of it
_RUNNERS = ("running", "cache/runs.py", "files/notebooks.py")
_NOT_CODE = ("__pycache__", ".*")
_PACKAGE = Path(__file__).parents[1]


def digest_of_variable(name: str) -> str | None:
    """The SHA-256 of an environment variable's value; None where it is not set."""
    value = os.environ.get(name)
    return None if value is None else hashlib.sha256(os.fsencode(value)).hexdigest()


def digest_of_variables() -> str:
    """The SHA-256 of the names and values of all environment variables."""
    lines = sorted(f"{name}={value}\0" for name, value in os.environ.items())
    return hashlib.sha256(os.fsencode("".join(lines))).hexdigest()


def surroundings(digests: Digests) -> dict[str, str]:
    """What a run depends on in its environment, by what people call it.

    Installed packages count by name and version, as their folders are called; what somebody
    changed inside one by hand is not seen.
    """
    found = {
        LOCK: digests.file(LOCK) or "",
        "the version of Python": f"{sys.implementation.name} {sys.version}",
        "the platform": f"{sys.platform} {os.uname().machine}" if os.name == "posix" else os.name,
        "the set of installed packages": _installed(),
        RUNNING: "".join(
            digests.tree(str(_PACKAGE / name), without=_NOT_CODE) or "" for name in _RUNNERS
        ),
    }
    for name in VARIABLES:
        if name in os.environ:
            found[f"the environment variable {name}"] = os.environ[name]
    return found


def of_no_user() -> dict[str, str]:
    """Variables that keep a user's own settings of matplotlib and IPython out of every run.

    A variable that is set already is a choice: it stays, and counts (`VARIABLES`). The folders are
    in the user's cache: matplotlib keeps its list of fonts in its one, which takes long to make.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    settings = {}
    for name, folder in (("MPLCONFIGDIR", "matplotlib"), ("IPYTHONDIR", "ipython")):
        own = home / "reportbook" / folder
        with contextlib.suppress(OSError):  # without a home there are no settings in it
            own.mkdir(parents=True, exist_ok=True)
            if name not in os.environ:
                settings[name] = str(own)
    return settings


def of_books(digests: Digests) -> dict[str, str]:
    """What a book depends on in its environment: all of reportbook too."""
    package = digests.tree(str(_PACKAGE), without=_NOT_CODE)
    return {**surroundings(digests), "reportbook": package or ""}


def differences(then: dict[str, str], now: dict[str, str]) -> list[str]:
    """What is not as it was, in words."""
    return [f"{name} changed" for name in sorted({*then, *now}) if then.get(name) != now.get(name)]


def python_here() -> str:
    """The Python that runs, and what on, in words."""
    where = f"{sys.platform} {os.uname().machine}" if os.name == "posix" else os.name
    return f"{sys.implementation.name} {'.'.join(map(str, sys.version_info[:3]))}, {where}"


def packages() -> dict[str, str]:
    """The version of each installed package, by name."""
    from importlib.metadata import distributions

    found = {str(each.metadata["Name"]): each.version for each in distributions()}
    return dict(sorted(found.items(), key=lambda item: item[0].casefold()))


def _installed() -> str:
    names: set[str] = set()
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")):
            try:
                names.update(
                    name for name in os.listdir(folder) if name.endswith((".dist-info", ".pth"))
                )
            except OSError:
                continue
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()
