"""A warm process, as seen by whoever wants something run in a clean child of it."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import pickle
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from reportbook.files.scratch import Scratch
from reportbook.running.engine.preload import KERNEL, STACK
from reportbook.running.engine.wire import Wire
from reportbook.running.watch import importable

_log = logging.getLogger(__name__)
_SCRIPT = Path(__file__).with_name("warm_process.py")
_FIRST = str(Path(__file__).parents[1] / "compiled_modules.py")  # before a child imports anything
_LENGTH = struct.Struct("!Q")
_RESULT, _RAISED = 0, 1
_SECONDS_TO_FORK = 180  # the first caller waits for all that is imported before


class ChildDied(RuntimeError):
    """The child ended, or was ended, before it had given its answer."""


def can_fork() -> bool:
    """Whether this system forks safely: macOS can, but its own libraries break in the child."""
    return sys.platform == "linux" and hasattr(os, "fork")


class Child:
    """A child of a warm process: its pid (also its group's) and the socket to talk to it."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.connection, self.pid = connection, pid

    @property
    def has_ended(self) -> bool:
        """Whether its end of the socket is closed, whatever lies unread in this one.

        No child closes it before its end, and the warm process does so for one that is killed.
        """
        if self.connection.fileno() < 0:
            return True
        asked = select.poll()
        asked.register(self.connection, select.POLLRDHUP)
        return bool(asked.poll(0))

    def signal(self, number: int) -> None:
        """Send a signal to the child and what it has started."""
        if not self.has_ended:  # later, the number may be another process's
            with contextlib.suppress(OSError):
                os.killpg(self.pid, number)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for its end; False if it did not come in time. Unread messages are dropped."""
        until = None if seconds is None else time.monotonic() + seconds
        try:
            while True:
                left = None if until is None else until - time.monotonic()
                if left is not None and left <= 0:
                    return self.has_ended
                self.connection.settimeout(left)
                if not self.connection.recv(1 << 16):
                    return True
        except TimeoutError:
            return False
        except OSError:
            return True

    def end(self, seconds: float = 0) -> None:
        """See it ended: by itself within `seconds`, by force after that."""
        if not (seconds and self.wait(seconds)):
            self.signal(signal.SIGKILL)
            self.wait(10)
        self.connection.close()


def fork(
    address: str,
    target: str,
    given: Any = None,
    *,
    folder: Path | str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Child:
    """Have the warm process at `address` fork a child that calls `target`.

    Parameters
    ----------
    target
        ``module:function``, called with the child's end of the socket and with `given`, which is
        plain JSON.
    folder, environment
        The child's working folder and environment; the caller's if not given. It imports from where
        a new interpreter with that environment does.

    Raises
    ------
    OSError
        If the warm process is not there (any more), or does not answer within three minutes.
    """
    request = {
        "target": target,
        "given": given,
        "folder": str(folder or Path.cwd()),
        "environment": dict(os.environ if environment is None else environment),
    }
    data = json.dumps(request).encode()
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(_SECONDS_TO_FORK)
    try:
        with _short(address) as short:
            connection.connect(short)
        connection.sendall(_LENGTH.pack(len(data)) + data)
        answer = connection.recv(_LENGTH.size)  # so short that it comes whole
        if len(answer) < _LENGTH.size:
            raise ConnectionResetError("the warm process ended")
        connection.settimeout(None)
    except BaseException:
        connection.close()
        raise
    return Child(connection, _LENGTH.unpack(answer)[0])


@contextlib.contextmanager
def _short(address: str) -> Iterator[str]:
    """A socket's address in 25 characters: a Unix socket takes 107, and TMPDIR may be longer."""
    path = Path(address)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class WarmProcess:
    """Starts a warm process; it ends with `close`, with this object, or with this process.

    Returns at once: requests wait until everything in `preload` is imported. What cannot be
    imported is logged as a warning, once in this process, with the reason.

    Parameters
    ----------
    preload
        Modules; with ``module:list``, those that a list of names in a module has; a path that ends
        in ``.py`` is a script that is run. Those of a package that is not installed are left out.
    absent
        Modules that count as not installed meanwhile: others import them only where they are.
    settings
        Variables of its environment that are not this process's.
    """

    def __init__(
        self,
        preload: Sequence[str] = (),
        absent: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> None:
        scratch = Scratch()
        self.address = str(scratch.path / "warm")
        with socket.socket(socket.AF_UNIX) as listening:
            with _short(self.address) as address:
                listening.bind(address)
            listening.listen(64)
            asked_for = json.dumps([[_FIRST, *preload], list(absent), str(scratch.path)])
            environment = {**os.environ, **(settings or {}), "REPORTBOOK_PRELOAD": asked_for}
            report, reporting = os.pipe()
            self._process = subprocess.Popen(
                [sys.executable, str(_SCRIPT), str(listening.fileno()), str(reporting)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                pass_fds=[listening.fileno(), reporting],
                start_new_session=True,  # Ctrl-C is for its starter, who ends it in order
            )
            os.close(reporting)
        threading.Thread(target=_tell_what_failed, args=(report,), daemon=True).start()
        self.close = weakref.finalize(self, _end, self._process, scratch)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @cached_property
    def modules(self) -> frozenset[str]:
        """The names of the modules and packages it has imported; waits until it has."""
        return frozenset(self.run(_imported))

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def __enter__(self) -> WarmProcess:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def run(self, function: Callable[..., Any], *given: Any) -> Any:
        """Call a function of a module in a clean child, and return or raise what it does.

        Threads may call at the same time; each has a child of its own.

        Raises
        ------
        ChildDied
            If the child ended without an answer: killed, crashed, out of memory.
        OSError
            If the warm process is gone.
        """
        child = fork(self.address, f"{__name__}:_answer")
        try:
            wire = Wire(child.connection)
            name = f"{function.__module__}:{function.__qualname__}".encode()
            try:
                wire.send(0, [name, pickle.dumps(given)])
                answer = wire.receive()
            except ConnectionError:
                answer = None
            if answer is None:
                raise ChildDied("the process that did it ended before it was done")
            kind, (data,) = answer
            found = pickle.loads(data)
            if kind == _RAISED:
                raise found
            return found
        finally:
            child.end(1)


_shared: dict[tuple[tuple[str, ...], frozenset[tuple[str, str]]], WarmProcess] = {}
_sharing = threading.Lock()


def shared(preload: Sequence[str], settings: Mapping[str, str] | None = None) -> WarmProcess:
    """The warm process that this process keeps for `preload`; a new one if that has ended."""
    key = tuple(preload), frozenset((settings or {}).items())
    with _sharing:
        if key not in _shared or _shared[key].has_ended:
            _shared[key] = WarmProcess(preload, settings=settings)
        return _shared[key]


def for_notebooks_in(folder: Path, settings: Mapping[str, str] | None = None) -> WarmProcess:
    """A warm process in whose children a notebook of `folder` imports what it would in any kernel.

    A module in that folder comes before an installed one of the same name. Where one has the name
    of what is imported ahead of notebooks, nothing is but the kernel's own parts.
    """
    warm = shared(STACK, settings)
    there = importable(folder)
    try:
        hides_one = bool(there and there & warm.modules)
    except (ChildDied, OSError):  # a notebook has ended it meanwhile
        hides_one = True
    return shared(KERNEL, settings) if hides_one else warm


def end_shared() -> None:
    """End the warm processes that this process keeps, with all that runs in their children."""
    with _sharing:
        for process in _shared.values():
            process.close()
        _shared.clear()


_told: set[str] = set()


def _tell_what_failed(report: int) -> None:
    """Warn of modules that a warm process could not import, each once."""
    with open(report, encoding="utf-8") as stream:
        written = stream.read()
    for name, reason in json.loads(written or "[]"):  # nothing is written where it was killed
        if name not in _told:
            _told.add(name)
            _log.warning(
                "%s could not be loaded before the work began (%s). Every notebook or book that "
                "needs it loads it itself, which takes longer or fails.", name, reason,
            )  # fmt: skip


def _end(process: subprocess.Popen[bytes], scratch: Scratch) -> None:
    assert process.stdin is not None  # it was asked for
    process.stdin.close()  # at the end of its input it ends its children, then itself
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    scratch.close()


def _imported() -> set[str]:
    """In the child: what was imported, without the parts of packages."""
    return {name.partition(".")[0] for name in sys.modules}


def _answer(connection: socket.socket, given: None) -> None:
    """In the child: call what is asked for and send back what comes of it."""
    import importlib

    wire = Wire(connection)
    message = wire.receive()
    if message is None:
        return
    _, (name, data) = message
    module, _, function = name.decode().partition(":")
    try:
        result, kind = getattr(importlib.import_module(module), function)(*pickle.loads(data)), 0
        answer = pickle.dumps(result)
    except Exception as error:
        kind = _RAISED
        try:
            answer = pickle.dumps(error)
            pickle.loads(answer)
        except Exception:  # some exceptions do not survive the journey
            answer = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    wire.send(kind, [answer])
