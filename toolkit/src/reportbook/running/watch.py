"""What a run reads, seen from inside its process.

CPython tells an audit hook of every file that Python code opens and every folder it lists. It does
not tell of `os.stat`, so that function and its kin are wrapped while a run is watched; nor of what
compiled libraries open themselves (Parquet, HDF5), which whoever calls them declares::

    sys.audit("reportbook.read", path)

Modules are told from other files: the import machinery compiles their source and forgets it, so
comments and blank lines in it cannot reach a result. A run that reads the source of a module as
text (`inspect`, a traceback, a warning that quotes its line) has it among its files, with every
byte. Of the environment's variables, those count that the project's own code asks for, itself or
through a function that looks one up for it (`Path.home`, ``%env``).

What a run cannot be trusted to repeat (another process, the network, a file it wrote) is listed
too: nobody can say that such a run is fresh. Neither the times of files nor the clock are watched,
nor the numbers of lines where code asks for them without the text (``%(lineno)d`` of a log).

Little is imported here, and nearly all of the standard library: this runs before a notebook does.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import FrameType
from typing import Any

from reportbook.running.compiled_modules import get_code_by_content, install

READ = "reportbook.read"  # the event by which native readers are declared
ROOT, OUTPUT = "REPORTBOOK_ROOT", "REPORTBOOK_OBSERVED"  # how a kernel learns what to watch

_IMPORTER = "<frozen importlib._bootstrap_external>"
_LOADERS = ("get_code", get_code_by_content.__name__)
_MADE_BY_RUNNING = ("__pycache__", ".ipynb_checkpoints")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SUFFIXES = (".py", ".pyc", ".so", ".pyd")
# libraries that ask the system for its name or its fonts, whatever the notebook
_HARMLESS = {"platform", "matplotlib.font_manager", "ctypes.util", "sysconfig", "uuid"}
_PROCESSES = {
    "subprocess.Popen": 0, "os.system": 0, "os.exec": 0, "os.posix_spawn": 0, "os.spawn": 1,
    "os.startfile": 0, "pty.spawn": 0, "os.fork": None, "os.forkpty": None,
}  # fmt: skip
_NETWORK = {
    "socket.connect": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.sendto": 1,
    "urllib.Request": 0, "http.client.connect": 1, "ftplib.connect": 1, "smtplib.connect": 1,
}  # fmt: skip
# arguments with a path, and with the open folder it may be relative to
_CHANGES = {
    "os.rename": ((0, 2), (1, 3)), "os.remove": ((0, 1),), "os.rmdir": ((0, 1),),
    "os.truncate": ((0, None),), "os.link": ((1, 3),), "os.symlink": ((1, 2),),
    "os.mkdir": ((0, 2),),
}  # fmt: skip
# they ask for a variable because whoever calls them does
_ASKING_FOR_OTHERS = (
    "os.", "collections.abc.", "posixpath.", "ntpath.", "genericpath.", "pathlib.", "getpass.",
    "shutil.", "string.", "IPython.", "reportbook.running.",
)  # fmt: skip
_OURS = "REPORTBOOK_"  # variables by which a run is told how it is to be done
_PROCESS_MODULES = ("popen_fork", "popen_forkserver", "popen_spawn_posix", "popen_spawn_win32")


def digest_of(path: str | Path) -> str | None:
    """The SHA-256 of a file's bytes; None where there is no such regular file."""
    try:
        with open(path, "rb") as stream:
            if not S_ISREG(os.fstat(stream.fileno()).st_mode):
                return None
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def digest_of_names(folder: str | Path) -> str | None:
    """The SHA-256 of the sorted names in a folder, subfolders marked; None if there is none.

    What running itself leaves there (``__pycache__``) does not count.
    """
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                f"{each.name}/" if each.is_dir() else each.name
                for each in entries
                if each.name not in _MADE_BY_RUNNING
            )
    except OSError:
        return None
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def kind_of(path: str | Path) -> str:
    """What is there: ``file``, ``folder`` or ``absent``."""
    try:
        return "folder" if S_ISDIR(_stat(path).st_mode) else "file"
    except (OSError, ValueError):
        return "absent"


def importable(folder: str | Path) -> set[str]:
    """The names that an import would find in a folder."""
    found = set()
    try:
        with os.scandir(folder) as entries:
            for each in entries:
                stem, dot, _ = each.name.partition(".")
                is_module = dot and each.name.endswith(_SUFFIXES)
                is_folder = not dot and stem not in _MADE_BY_RUNNING and each.is_dir()
                if is_module or is_folder:
                    found.add(stem)
    except OSError:
        pass
    return found


class Watch:
    """What one process has read since it was made; `start` makes the one there is."""

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        self._inside = self.root + os.sep
        self._ignored = tuple(_ignored())
        self._scratch = tuple(_scratch())
        self._started = time.time()
        self._busy = threading.local()
        self._files: dict[str, str] = {}
        self._modules: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._variables: dict[str, None] = {}
        self._lists_variables = False
        self._unprovable: dict[str, None] = {}
        self._written: set[str] = set()
        self._asked_for: set[str] = set()  # names of modules, found or not
        self._places: dict[str, str | None] = {}
        self._handlers: dict[str, Callable[[str, tuple[Any, ...]], None]] = {
            "open": self._on_open,
            "os.listdir": self._on_list,
            "os.scandir": self._on_list,
            "import": self._on_import,
            "sqlite3.connect": self._on_read,
            READ: self._on_read,
            **dict.fromkeys(_PROCESSES, self._on_process),
            **dict.fromkeys(_NETWORK, self._on_network),
            **dict.fromkeys(_CHANGES, self._on_change),
        }
        self._before = set(sys.modules)
        self._folder = os.getcwd()
        with _Quiet(self._busy):
            self._see_modules()

    @property
    def seen(self) -> tuple[int, ...]:
        """How much was seen so far: while it does not grow, nothing new was found."""
        return (
            len(self._files), len(self._modules), len(self._kinds), len(self._folders),
            len(self._variables), self._lists_variables, len(self._unprovable),
            len(self._asked_for), len(sys.modules),
        )  # fmt: skip

    def found(self) -> dict[str, Any]:
        """All that was seen so far, as plain JSON.

        Files of the project are named relative to its root with slashes, others in full.

        Returns
        -------
        ``files`` and ``modules`` (path to digest, at first sight), ``kinds`` (path to what it was
        looked for and found to be: file, folder or absent), ``folders`` (path to digest of names),
        ``variables`` of the environment that the project's own code asked for (names), and whether
        it ``lists_variables``, all that there are,
        ``searched`` (folders in which modules were looked for: names, and which were ``present``),
        ``unprovable`` (sentences).
        """
        with _Quiet(self._busy):
            self._see_modules()
            searched = [
                {"folder": folder, "names": sorted(names), "present": sorted(names & there)}
                for folder, names, there in self._searched()
            ]
            if any(
                f"multiprocessing.{name}" in sys.modules
                and f"multiprocessing.{name}" not in self._before
                for name in _PROCESS_MODULES
            ):
                self._unprovable["it starts another process (multiprocessing)"] = None
            # what opened another way was seen is no module only: all its bytes count
            return {
                "files": dict(self._files),
                "modules": {k: v for k, v in self._modules.items() if k not in self._files},
                "kinds": {k: v for k, v in self._kinds.items() if k not in self._files},
                "folders": dict(self._folders),
                "searched": searched,
                "variables": list(self._variables),
                "lists_variables": self._lists_variables,
                "unprovable": list(self._unprovable),
            }

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        """What the interpreter calls; an error in here is noted and never reaches the run."""
        if getattr(self._busy, "now", False):
            return
        with _Quiet(self._busy):
            try:
                self._handlers[event](event, args)
            except Exception as error:
                self._unprovable[f"what it reads could not be seen ({event}: {error!r})"] = None

    def asks(self, path: Any) -> None:
        """Note that a path was looked for."""
        if getattr(self._busy, "now", False) or isinstance(path, int):
            return
        with _Quiet(self._busy):
            try:
                place = self._place(path)
                if place and place not in self._kinds and not self._own(place):
                    self._kinds[place] = kind_of(self._full(place))
            except Exception as error:
                self._unprovable[f"what it looks for could not be seen ({error!r})"] = None

    def asks_variable(self, name: Any, frame: FrameType | None) -> None:
        """Note that a variable of the environment was asked for, if the project's code did."""
        if isinstance(name, str | bytes) and self._is_for_own_code(frame):
            text = os.fsdecode(name)
            if not text.startswith(_OURS):
                self._variables[text] = None

    def asks_for_all_variables(self, frame: FrameType | None) -> None:
        """Note that all variables of the environment were asked for, if the project's code did."""
        if self._is_for_own_code(frame):
            self._lists_variables = True

    def _is_for_own_code(self, frame: FrameType | None) -> bool:
        while frame is not None and f"{_module_of(frame)}.".startswith(_ASKING_FOR_OTHERS):
            frame = frame.f_back
        if getattr(self._busy, "now", False) or frame is None:
            return False
        with _Quiet(self._busy):
            file = frame.f_code.co_filename
            own = os.path.isabs(file) and self._place(file) is not None
            return own or _module_of(frame) == "__main__"

    # events

    def _on_open(self, event: str, args: tuple[Any, ...]) -> None:
        path, mode, flags = (*args, None, 0)[:3]
        if path is None or isinstance(path, int):
            return
        frame = sys._getframe(3)  # beyond this and the hook: who opens
        if frame.f_code.co_filename == _IMPORTER and frame.f_code.co_name == "get_data":
            loader = frame.f_back.f_code.co_name if frame.f_back else ""
            if loader in _LOADERS:
                self._imports(os.fspath(path), loader)
                return
        place = self._place(path)
        if place is None or _is_made(place):
            return
        writes = any(each in mode for each in "wax+") if isinstance(mode, str) else flags & _WRITES
        if writes:
            self._writes(place)
            if not (isinstance(mode, str) and ("a" in mode or "+" in mode)):
                return
        self._reads(place)

    def _on_read(self, event: str, args: tuple[Any, ...]) -> None:
        path = args[0]
        if path not in (":memory:", "", b":memory:"):
            place = self._place(path)
            if place is not None:
                self._reads(place)

    def _on_list(self, event: str, args: tuple[Any, ...]) -> None:
        path = args[0] if args else None
        if isinstance(path, int):
            path = _path_of(path)
        frame = sys._getframe(3)
        if frame.f_code.co_filename == _IMPORTER or _is_metadata(frame):
            return  # what an import would find there is in `searched`
        place = self._place(path or ".")
        if place is not None and place not in self._folders and not self._own(place):
            names = digest_of_names(self._full(place))
            if names is None:
                self._kinds.setdefault(place, kind_of(self._full(place)))
            else:
                self._folders[place] = names

    def _on_import(self, event: str, args: tuple[Any, ...]) -> None:
        self._asked_for.add(args[0])

    def _on_process(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._is_called_by(_HARMLESS):
            self._note("it starts another process", event, args, _PROCESSES[event])

    def _on_network(self, event: str, args: tuple[Any, ...]) -> None:
        self._note("it asks the network", event, args, _NETWORK[event])

    def _on_change(self, event: str, args: tuple[Any, ...]) -> None:
        for path, folder in _CHANGES[event]:
            within = -1 if folder is None else args[folder]
            name = args[path]
            if within != -1 and not isinstance(name, int) and not os.path.isabs(name):
                name = os.path.join(_path_of(within), os.fsdecode(name))
            place = None if isinstance(name, int) else self._place(name)
            if place is None or _is_made(place) or place in self._written:
                continue
            if event == "os.mkdir" and kind_of(self._full(place)) != "absent":
                continue  # asked for in case it is not there
            self._writes(place)

    # what they mean

    def _reads(self, place: str) -> None:
        if place in self._files or place in self._written or self._own(place):
            return
        found = digest_of(self._full(place))
        if found is None:
            self._kinds.setdefault(place, kind_of(self._full(place)))
        else:
            self._files[place] = found

    def _writes(self, place: str) -> None:
        self._written.add(place)
        if not self._is_scratch(place):
            self._unprovable[f"it writes {place}"] = None

    def _imports(self, path: str, loader: str) -> None:
        """The import machinery opens a module's source, or what it was once compiled to."""
        place = self._place(path)
        if place is None:
            return
        if not path.endswith(".pyc"):
            self._module(place)
        elif loader != get_code_by_content.__name__:  # its source says all
            self._reads(place)

    def _module(self, place: str) -> None:
        if place not in self._modules:
            found = digest_of(self._full(place))
            if found is not None:
                self._modules[place] = found

    def _see_modules(self) -> None:
        """Modules that were there before the hook was, or that came without Python source."""
        for module in list(sys.modules.values()):
            path = getattr(module, "__dict__", {}).get("__file__")
            place = self._place(path) if isinstance(path, str) else None
            if place is not None and place.endswith(".py"):
                self._module(place)
            elif place is not None:
                self._reads(place)

    def _searched(self) -> Iterator[tuple[str, set[str], set[str]]]:
        """Folders of the project in which modules were looked for, which, and what is there."""
        names = {*sys.modules, *self._asked_for}
        below: dict[str, set[str]] = {}
        for name in names:
            parent, _, last = name.rpartition(".")
            below.setdefault(parent, set()).add(last)
        folders = [(path or self._folder, below.get("", set())) for path in list(sys.path)]
        for name, module in list(sys.modules.items()):
            paths = getattr(module, "__dict__", {}).get("__path__")
            if name in below and paths is not None:
                try:
                    folders += [(path, below[name]) for path in list(paths)]
                except Exception:  # whatever a library puts there
                    continue
        done = set()
        for path, wanted in folders:
            place = self._place(path) if isinstance(path, str) else None
            if place is None or place in done:
                continue
            done.add(place)
            yield place, wanted, importable(self._full(place))

    def _note(self, what: str, event: str, args: tuple[Any, ...], which: int | None) -> None:
        said = "" if which is None or which >= len(args) else f": {args[which]!s:.60}"
        self._unprovable[f"{what} ({event}{said})"] = None

    def _is_called_by(self, names: set[str]) -> bool:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_globals.get("__name__") in names:
                return True
            frame = frame.f_back
        return False

    # places

    def _place(self, path: Any) -> str | None:
        """How a path is named here; None if it is of Python, its libraries or the system."""
        text = os.fsdecode(path)
        if not os.path.isabs(text):
            text = os.path.join(os.getcwd(), text)
        if text not in self._places:
            self._places[text] = self._place_of(os.path.normpath(text))
        return self._places[text]

    def _place_of(self, path: str) -> str | None:
        inside = path.startswith(self._inside) or path == self.root
        for ignored in self._ignored:
            # Python may live in the project (.venv), and the project below Python's folder
            if path.startswith(ignored) and (ignored.startswith(self._inside) or not inside):
                return None
        if inside:
            return path[len(self._inside) :].replace(os.sep, "/") or "."
        return path

    def _full(self, place: str) -> str:
        return place if os.path.isabs(place) else os.path.join(self.root, place)

    def _is_scratch(self, place: str) -> bool:
        return os.path.isabs(place) and place.startswith(self._scratch)

    def _own(self, place: str) -> bool:
        """Whether it is a temporary file of this run's own."""
        if not self._is_scratch(place):
            return False
        try:
            return _stat(place).st_mtime >= self._started
        except OSError:
            return True


class _Quiet:
    """While it lasts, what this thread reads is the watch's own business."""

    def __init__(self, busy: threading.local) -> None:
        self._busy = busy

    def __enter__(self) -> None:
        self._was = getattr(self._busy, "now", False)
        self._busy.now = True

    def __exit__(self, *_: object) -> None:
        self._busy.now = self._was


def _module_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _is_metadata(frame: FrameType) -> bool:
    """Whether a frame is of what looks for installed packages, wherever modules are looked for."""
    return _module_of(frame).startswith("importlib.metadata")


def _path_of(descriptor: int) -> str:
    """The path of a folder that is open."""
    if sys.platform == "darwin":
        import fcntl

        return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink(f"/proc/self/fd/{descriptor}")


def _is_made(place: str) -> bool:
    return any(part in _MADE_BY_RUNNING for part in place.split("/"))


def _ignored() -> Iterator[str]:
    """Folders whose files are pinned by the lock, or say nothing of a report."""
    home = os.path.expanduser("~")
    folders = [
        sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix,
        os.path.dirname(os.__file__), "/proc", "/sys", "/dev",
        "/etc/fonts", "/var/cache/fontconfig", "/usr/share/fonts", "/usr/share/fontconfig",
        *(path for path in sys.path if path.endswith(("site-packages", "dist-packages"))),
        *filter(None, [sys.pycache_prefix]),
        *(os.path.join(home, *each.split("/")) for each in (
            ".ipython", ".jupyter", ".local/share/jupyter", ".config/matplotlib",
            ".cache/matplotlib", ".matplotlib", ".cache/fontconfig", ".config/fontconfig",
            ".fontconfig", ".fonts", ".local/share/fonts", "Library/Jupyter",
        )),
        *(os.environ[name] for name in (
            "IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
        ) if os.environ.get(name)),
    ]  # fmt: skip
    for folder in folders:
        for form in {os.path.abspath(folder), os.path.realpath(folder)}:
            if form != os.path.abspath(os.sep):
                yield form.rstrip(os.sep) + os.sep


def _scratch() -> Iterator[str]:
    """Folders of temporary files."""
    for folder in ("/tmp", "/var/tmp", *(os.environ.get(name) for name in ("TMPDIR", "TEMP"))):
        if folder:
            for form in {os.path.abspath(folder), os.path.realpath(folder)}:
                yield form + os.sep


_stat = os.stat  # as it was before a watch wraps it
_watch: Watch | None = None


def start(root: Path) -> Watch:
    """Watch this process from now on, as a run of the project at `root`; once is enough."""
    global _watch
    if _watch is not None and _watch.root == os.path.realpath(root):
        return _watch
    first = _watch is None
    install()  # or old code may run beside the digest of a new source
    _watch = Watch(root)
    if first:
        handled = frozenset(_watch._handlers)  # most events, a hundred thousand a run, are not

        def hook(event: str, args: tuple[Any, ...]) -> None:
            if event in handled and _watch is not None:
                _watch.hook(event, args)

        sys.addaudithook(hook)
        for name in ("stat", "lstat", "access"):
            _wrap(name)
        _wrap_environment()
    return _watch


def _wrap_environment() -> None:
    kind: Any = type(os.environ)  # there is no other way to see who asks
    the_one = (os.environ, getattr(os, "environb", None))
    asked = kind.__getitem__

    def __getitem__(self: Any, key: Any) -> Any:
        if _watch is not None and any(self is each for each in the_one):
            _watch.asks_variable(key, sys._getframe(1))
        return asked(self, key)

    kind.__getitem__ = __getitem__
    for name in ("__iter__", "__len__", "__repr__"):
        setattr(kind, name, _listing(getattr(kind, name), the_one))


def _listing(function: Callable[[Any], Any], the_one: tuple[Any, ...]) -> Callable[[Any], Any]:
    def listed(self: Any) -> Any:
        if _watch is not None and any(self is each for each in the_one):
            _watch.asks_for_all_variables(sys._getframe(1))
        return function(self)

    return listed


def _wrap(name: str) -> None:
    function = getattr(os, name)

    def asked(path: Any, *args: Any, **kwargs: Any) -> Any:
        if _watch is not None:
            _watch.asks(path)
        return function(path, *args, **kwargs)

    asked.__name__ = asked.__qualname__ = name
    asked.__doc__, asked.__module__ = function.__doc__, function.__module__
    # what shutil and others ask before they hand over more than a path
    for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks,
                 os.supports_effective_ids):  # fmt: skip
        if function in able:
            able.add(asked)
    setattr(os, name, asked)


def load_ipython_extension(shell: Any) -> None:
    """Watch a plain kernel: what it found is written after every cell, so a killed one leaves some.

    The environment says of which project it is, and where to write.
    """
    root, output = os.environ.get(ROOT), os.environ.get(OUTPUT)
    if not root or not output:
        return
    watch = start(Path(root))

    written: list[tuple[int, ...]] = []

    def write(*_: object) -> None:
        if written == [watch.seen]:
            return
        found = json.dumps(watch.found())
        written[:] = [watch.seen]
        with _Quiet(watch._busy):
            temporary = f"{output}.{os.getpid()}"
            with open(temporary, "w", encoding="utf-8") as stream:
                stream.write(found)
            os.replace(temporary, output)

    shell.events.register("post_run_cell", write)
