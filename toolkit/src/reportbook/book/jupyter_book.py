"""The one place that calls jupyter-book: it builds a staged folder, with warnings as errors."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportbook.book.defaults import book_settings
from reportbook.book.of_jupyter_book import NEEDED, build_all, complaints, reason
from reportbook.files.notebooks import SLOW, nbformat
from reportbook.running.compiled_modules import install
from reportbook.running.engine.warm import ChildDied, WarmProcess, can_fork

FOLDER_OF_TEMPLATES = "REPORTBOOK_TEMPLATES"  # in a book's environment, if it may keep them
_REHEARSAL = str(Path(__file__).with_name("rehearsal.py"))
_ALONE = """
import sys
from reportbook.book.jupyter_book import jupyter_book
sys.exit(jupyter_book(*sys.argv[1:]))
"""


class JupyterBook:
    """Builds the books of a report, each in a clean process.

    If the system can fork, each is the child of a process that has imported Sphinx, the theme and
    the extensions; `start` starts that process, which imports them while other work goes on. It
    imports nothing of this project or of the report, so an edit always takes effect. Compiled page
    templates are kept in the folder `templates`, if one is given, for the next book.
    """

    def __init__(
        self, root: Path, config: Mapping[str, Any], templates: Path | None = None
    ) -> None:
        self._templates = templates
        self._preload = [_REHEARSAL, *NEEDED, *_installed_extensions(root, book_settings(config))]
        self._warm: WarmProcess | None = None
        self._starting = threading.Lock()
        self._closed = False

    def __enter__(self) -> JupyterBook:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End at once, with the books that are being built."""
        with self._starting:
            self._closed = True
            if self._warm is not None:
                self._warm.close()

    def start(self) -> None:
        """Begin to import what books need; returns at once."""
        with self._starting:
            if can_fork() and not self._closed and (self._warm is None or self._warm.has_ended):
                self._warm = WarmProcess(self._preload, absent=[SLOW])

    def build(self, source: Path, output: Path) -> tuple[Path, list[str]]:
        """Build the staged book `source`; its pages are written to ``output/_build/html``.

        Nothing of an earlier build is used: a page that is not built again would not repeat its
        warnings. As jupyter-book may end with exit code 0 all the same, its messages are read.

        Returns
        -------
        The folder of the pages, and what is wrong, one sentence each with the page and its line.
        """
        made = output / "_build"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        given = [str(source), str(output), str(made / "said"), str(made / "complained")]
        if self._templates is not None:
            self._templates.mkdir(parents=True, exist_ok=True)
            given.append(str(self._templates))
        # after a failure Sphinx and docutils cannot be used again: each book has its own process
        self.start()
        if self._warm is not None:
            try:
                code = self._warm.run(jupyter_book, *given)
            except (ChildDied, OSError) as death:  # OSError: the process that forks has ended
                return made / "html", [f"jupyter-book was stopped: {death}."]
        else:
            code = subprocess.run(
                [sys.executable, "-P", "-c", _ALONE, *given], check=False
            ).returncode
        said, complained = (
            path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            for path in (made / "said", made / "complained")
        )
        problems = complaints(complained, source)
        html = made / "html"
        if not problems and (code != 0 or not (html / "index.html").is_file()):
            why = reason(complained or said)
            problems = [f"jupyter-book stopped with exit code {code}: {why}"]
        return html, problems


def jupyter_book(source: str, output: str, said: str, complained: str, templates: str = "") -> int:
    """Run jupyter-book in this process, which must end afterwards; returns its exit code.

    All that it writes to standard output goes to the file `said`, standard error to `complained`.
    """
    os.environ["NO_COLOR"] = "1"
    os.environ[FOLDER_OF_TEMPLATES] = templates
    for number, path in ((1, said), (2, complained)):
        to = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(to, number)
        os.close(to)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    install()
    nbformat()
    try:
        build_all(source, output)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _installed_extensions(root: Path, config: Mapping[str, Any]) -> Iterator[str]:
    """The extensions from installed packages, not those of this toolkit or of the report."""
    sphinx = config.get("sphinx") or {}
    own = (root.resolve(), Path(__file__).resolve().parents[1])
    named = [*(sphinx.get("extra_extensions") or ())]
    named += (sphinx.get("config") or {}).get("extensions") or ()
    for name in named:
        try:
            found = find_spec(name.partition(".")[0])
        except (ImportError, ValueError):
            continue
        folders = [Path(place).resolve() for place in (found and _places(found)) or ()]
        if folders and not any(
            folder.is_relative_to(each) and "site-packages" not in folder.relative_to(each).parts
            for folder in folders
            for each in own
        ):
            yield name


def _places(found: ModuleSpec) -> Iterator[str]:
    yield from found.submodule_search_locations or [found.origin or "built-in"]
