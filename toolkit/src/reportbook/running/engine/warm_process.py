"""The warm process itself: run as a script, so that nothing of this project is imported in it.

It imports the modules it is told, then forks a child for every connection to its socket. The child
is given its caller's environment and working folder, and calls the function named in the request.
Its import path is that of a new interpreter with that environment, whatever its caller has added.
When whoever started this process is gone, it ends, and with it its children and all that they have
started and left behind, in whatever session or group.

    python warm_process.py LISTENING_DESCRIPTOR REPORTING_DESCRIPTOR

What to import is in the environment. What could not be imported, and why, is written to the second
descriptor, which is then closed. When the standard input ends, so does this process.
"""

import builtins
import contextlib
import ctypes
import gc
import importlib
import importlib.util
import json
import os
import runpy
import selectors
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from typing import Any, NoReturn

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_SECONDS_TO_END = 5  # for processes that were killed, all together
_LENGTH = struct.Struct("!Q")


class _KernelToCome:
    """What pandas looks for when it is imported: it asks whether there is a kernel to write for."""

    kernel = True


def _preload(names: list[str], absent: list[str]) -> list[tuple[str, str]]:
    """Import modules; returns those that could not be imported, each with the reason."""
    builtins.get_ipython = _KernelToCome  # type: ignore[attr-defined]
    hidden = [name for name in absent if name not in sys.modules]
    for name in hidden:
        # None makes an import fail, as Python documents; the type of sys.modules has no None
        sys.modules[name] = None  # type: ignore[assignment]
    failed = []
    for name in names:
        try:
            _import(name)
        except Exception as error:
            if not _is_of_a_package_not_installed(name, error):
                failed.append((name, f"{type(error).__name__}: {error}"))
    for name in hidden:
        del sys.modules[name]
    del builtins.get_ipython  # type: ignore[attr-defined]
    return failed


@contextlib.contextmanager
def _nobody_s_settings(empty: str) -> Iterator[None]:
    """Have modules imported in a folder without settings, and without those of the environment.

    Theirs are read where the notebook is (`of_matplotlib`).
    """
    before = {name: os.environ.pop(name, None) for name in ("MPLBACKEND", "MATPLOTLIBRC")}
    here = os.open(".", os.O_RDONLY)
    os.chdir(empty)
    own = importlib.util.find_spec("matplotlib")
    for folder in (own and own.submodule_search_locations) or ():
        os.environ["MATPLOTLIBRC"] = os.path.join(folder, "mpl-data", "matplotlibrc")
    try:
        yield
    finally:
        os.fchdir(here)
        os.close(here)
        os.environ.pop("MATPLOTLIBRC", None)
        os.environ.update((name, each) for name, each in before.items() if each is not None)


def _is_of_a_package_not_installed(name: str, error: Exception) -> bool:
    """Whether nobody can need a module here: its whole package is not installed."""
    return isinstance(error, ModuleNotFoundError) and error.name == name.partition(".")[0]


def _import(name: str) -> None:
    """Import a module, or the modules that a list in one names (``module:list``); run a script."""
    if name.endswith(".py"):
        runpy.run_path(name)
        return
    name, _, attribute = name.partition(":")
    module = importlib.import_module(name)
    for each in getattr(module, attribute) if attribute else ():
        importlib.import_module(each)


def main() -> None:
    """Import what the command line names, then fork a child for each caller until it is closed."""
    if sys.path[0] == os.path.dirname(os.path.abspath(__file__)):  # not where Python leaves it out
        del sys.path[0]
    given = _folders(os.environ.get("PYTHONPATH"))
    own_path = [folder for folder in sys.path if folder not in given]
    listening = socket.socket(fileno=int(sys.argv.pop(1)))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    _ask_of_linux(_PR_SET_CHILD_SUBREAPER, 1)  # what loses its parent becomes a child of ours
    wake_in, wake_out = os.pipe()
    os.set_blocking(wake_in, False)
    os.set_blocking(wake_out, False)
    children: dict[int, socket.socket] = {}
    preload, absent, empty = json.loads(os.environ.pop("REPORTBOOK_PRELOAD"))
    with _nobody_s_settings(empty):
        failed = _preload(preload, absent)
    with open(int(sys.argv.pop()), "w", encoding="utf-8") as report, contextlib.suppress(OSError):
        json.dump(failed, report)
    gc.collect()
    gc.freeze()  # a child's collections would otherwise touch, and so copy, every page
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_out, warn_on_full_buffer=False)
    with selectors.DefaultSelector() as selector:
        for watched in (listening, wake_in, 0):
            selector.register(watched, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if wake_in in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(wake_in, 4096)
                _reap(children)
            if 0 in ready and not os.read(0, 1):
                for child in children:
                    _kill_group(child)
                _end_descendants()
                os._exit(0)
            if listening in ready:
                connection, _ = listening.accept()
                request = _read_request(connection)
                # OSError: no more processes; the caller sees its connection closed
                with contextlib.suppress(OSError):
                    if request is not None:
                        child = os.fork()
                        if child == 0:
                            selector.close()
                            for other in children.values():
                                other.close()
                            given = _folders(request["environment"].get("PYTHONPATH"))
                            sys.path[:] = dict.fromkeys([*given, *own_path])
                            _be_the_child(connection, request, listening, (wake_in, wake_out))
                        children[child] = connection
                        with contextlib.suppress(OSError):  # the child does so, too, or is gone
                            os.setpgid(child, child)
                        continue
                connection.close()


def _folders(python_path: str | None) -> list[str]:
    """The folders that the variable PYTHONPATH names, as Python has them in its import path."""
    return [os.path.abspath(each) for each in (python_path or "").split(os.pathsep) if python_path]


def _reap(children: dict[int, socket.socket]) -> None:
    while True:
        try:
            child, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if child == 0:
            return
        if connection := children.pop(child, None):
            _kill_group(child)  # what a notebook started and left behind
            # for all who have it: a process that the child forked may live on, and keep it open
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def _end_descendants() -> None:
    """End every process that is left below this one; the children of one that ends are ours then.

    What a notebook started in a session of its own lives on after the notebook, as it would in an
    ordinary kernel, but not longer than this process.
    """
    until = time.monotonic() + _SECONDS_TO_END
    while time.monotonic() < until and (found := _children()):
        for each in found:
            with contextlib.suppress(OSError):
                os.kill(each, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.001)


def _children() -> list[int]:
    """The children of this process, also those it was given when their parents ended."""
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as stream:
                parent = stream.read().rpartition(b")")[2].split()[1]
                if int(parent) == os.getpid():
                    found.append(int(name))
    return found


def _ask_of_linux(what: int, how: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(what, how)


def _kill_group(child: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(child, signal.SIGKILL)


def _read_request(connection: socket.socket) -> dict[str, Any] | None:
    connection.settimeout(10)
    try:
        (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
        request: dict[str, Any] = json.loads(_exactly(connection, length))
        return request
    except (OSError, ValueError, EOFError):  # the caller is gone, or sent something else
        return None
    finally:
        connection.settimeout(None)


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def _be_the_child(
    connection: socket.socket,
    request: dict[str, Any],
    listening: socket.socket,
    pipe: tuple[int, int],
) -> NoReturn:
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        _ask_of_linux(_PR_SET_PDEATHSIG, signal.SIGKILL)
        listening.close()
        for descriptor in pipe:
            os.close(descriptor)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.environ.clear()
        os.environ.update(request["environment"])
        os.chdir(request["folder"])
        importlib.invalidate_caches()
        if "numpy.random" in sys.modules:  # Python's own is seeded anew by every fork
            sys.modules["numpy.random"].seed()
        connection.sendall(_LENGTH.pack(os.getpid()))
        module, _, function = request["target"].partition(":")
        getattr(importlib.import_module(module), function)(connection, request["given"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        _end(connection, code)


def _end(connection: socket.socket, code: int) -> NoReturn:
    """End as a program does, except for taking the modules apart one by one."""
    import atexit
    import threading

    with contextlib.suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    with contextlib.suppress(OSError):  # the caller need not wait until the memory is given back
        connection.shutdown(socket.SHUT_WR)
    os._exit(code)


if __name__ == "__main__":
    main()
