"""The parts of ipykernel that are not documented for others, and what is made of them here.

ipykernel's kernel talks over five ZeroMQ sockets, and hands every message to a thread that owns the
socket for output, for which it waits four times a cell. A forked kernel has one Unix socket, a
`Wire`, that may be written from any thread: whoever has something to say sends it. The thread stays
for what comes late: flushes after a while, and output of processes that a cell forks.

`USED` names each part that a new version of ipykernel may move without notice. A test asks whether
each is still there; `pyproject.toml` keeps ipykernel below the next version that could move one.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
import threading
import traceback
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import DottedObjectName, Float, default

from reportbook.running.engine.wire import Wire

USED = {
    "ipykernel.iostream:IOPubThread._is_master_process":
        "tells the kernel from a process that a cell forked; without it no output is sent",
    "ipykernel.iostream:IOPubThread._really_send":
        "sends from the thread that calls it; without it no output is sent",
    "ipykernel.iostream:OutStream._is_master_process":
        "tells the kernel from a process that a cell forked; without it a flush fails",
    "ipykernel.iostream:OutStream._flush":
        "sends what was written; without it output is lost",
    "ipykernel.iostream:OutStream._watch_pipe_fd":
        "is replaced: reads what programs write to the descriptor; under another name, such output "
        "would stand behind what was printed later",
    "ipykernel.iostream:OutStream._fid":
        "is the pipe that what programs write comes from; without it such output is lost",
    "ipykernel.iostream:OutStream._should_watch":
        "tells whether the descriptor is watched; without it a flush fails",
    "ipykernel.iostream:OutStream._original_stdstream_copy":
        "is where the descriptor led before; without it a flush fails",
    "ipykernel.iostream:OutStream._exc":
        "keeps the error that ended the watching thread until the stream is closed",
    "ipykernel.kernelbase:Kernel._execute_sleep":
        "is set to nothing: a wait after each cell for output that is on its way; under another "
        "name, each cell takes half a millisecond longer",
    "ipykernel.kernelbase:Kernel._supports_kernel_subshells":
        "is replaced by no: cells would be run in threads of their own, by sockets that are not "
        "there",
    "ipykernel.kernelbase:Kernel._abort_queues":
        "is replaced by nothing: it empties sockets that are not there when a cell fails",
    "ipykernel.kernelbase:Kernel.dispatch_shell":
        "answers one request; without it no cell is run",
    "ipykernel.kernelbase:Kernel.execute_request":
        "runs one cell; it is extended to answer where that fails, and no cell waits for ever",
    "ipykernel.kernelbase:Kernel._publish_status":
        "says that a cell is done; without it, a cell whose answer failed would never end",
    "ipykernel.kernelbase:Kernel.shell_stream":
        "is where answers go; under another name, no cell would ever end",
    "ipykernel.kernelbase:Kernel.shell_channel_thread":
        "is asked for the thread that cells run in",
    "ipykernel.kernelapp:IPKernelApp.init_connection_file":
        "is replaced by nothing: there is no such file",
    "ipykernel.kernelapp:IPKernelApp.init_poller":
        "is replaced by nothing: who started the kernel ends it",
    "ipykernel.kernelapp:IPKernelApp.init_heartbeat":
        "is replaced by nothing: there is no heartbeat",
    "ipykernel.kernelapp:IPKernelApp.init_sockets":
        "is replaced: makes the ways out of one socket; under another name, the kernel would open "
        "ports that nobody knows",
    "ipykernel.kernelapp:IPKernelApp.init_kernel":
        "is replaced: makes the kernel with those ways out",
    "ipykernel.kernelapp:IPKernelApp.configure_tornado_logger":
        "is called as ipykernel's own `init_sockets` does",
    "ipykernel.kernelapp:IPKernelApp.write_connection_file":
        "is replaced by nothing: there is no such file",
    "ipykernel.kernelapp:IPKernelApp.log_connection_info":
        "is replaced by nothing: it names a file that is not there",
    "ipykernel.kernelapp:IPKernelApp.outstream_class":
        "names the class of standard output and error; under another name, output that programs "
        "write would stand in another order than it was written",
}  # fmt: skip

_SHELL, _IOPUB = 0, 1  # channels of the wire, as the client numbers them
_PIPE = 1 << 16  # what a pipe holds at the most
_SAID_OF_A_CELL = ("stream", "error", "execute_reply")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Publisher(IOPubThread):
    """ipykernel's thread for messages, which sends at once what this process says."""

    def send_multipart(self, *args: Any, **kwargs: Any) -> None:
        """Send a message; returns when it was sent, in the kernel's own process."""
        if self._is_master_process():
            self._really_send(*args, **kwargs)
        else:
            super().send_multipart(*args, **kwargs)


class Stream(OutStream):
    """ipykernel's stream; a flush sends all that was written before it, also to the descriptor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._sending = threading.RLock()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        super().__init__(*args, **kwargs)

    def flush(self) -> None:
        """Send what was written until now, by whatever way."""
        if not self._is_master_process():
            super().flush()
            return
        with self._sending:
            self._take()
            self._flush()

    def _flush(self) -> None:
        with self._sending:  # what is on its way goes before what is said next
            super()._flush()

    def _watch_pipe_fd(self) -> None:
        try:
            while self._should_watch and self._fid is not None:
                select.select([self._fid], [], [])
                with self._sending:
                    self._take()
        except Exception:
            self._exc = sys.exc_info()

    def _take(self) -> None:
        """Read what was written to the descriptor until now, by whatever program."""
        if not self._should_watch or self._fid is None:
            return
        if select.select([self._fid], [], [], 0)[0]:
            data = os.read(self._fid, _PIPE)
            os.write(self._original_stdstream_copy, data)
            self.write(self._decoder.decode(data))


class _Session(Session):
    """Jupyter's messages; half a letter, which cannot be sent, keeps no cell from being answered.

    What a cell wants shown fails in the cell, as in a plain kernel. What is said of the cell has
    nowhere to fail: U+FFFD stands there for what cannot be sent.
    """

    def serialize(
        self, msg: dict[str, Any], ident: list[bytes] | bytes | None = None
    ) -> list[bytes]:
        """The parts of a message as they travel."""
        try:
            return super().serialize(msg, ident)
        except UnicodeEncodeError:
            if msg["msg_type"] not in _SAID_OF_A_CELL:
                raise
            return super().serialize({**msg, "content": _sendable(msg["content"])}, ident)


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _sendable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_sendable(each) for each in value]
    return value


class _Outlet:
    """Stands where ipykernel has a ZeroMQ socket to send on."""

    def __init__(self, wire: Wire, channel: int, context: zmq.Context[zmq.Socket[bytes]]) -> None:
        self._wire, self._channel, self.context = wire, channel, context
        self.sent = 0  # messages

    def send_multipart(self, parts: list[Any], flags: int = 0, copy: bool = True, **_: Any) -> None:
        """Send a message; the settings are of ZeroMQ and mean nothing here."""
        # an interrupt comes before or after a message: half of one could not be taken back
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._wire.send(self._channel, [bytes(memoryview(part)) for part in parts])
            self.sent += 1
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def close(self) -> None:
        """Nothing to close: the wire ends with the process."""


class ForkedKernel(IPythonKernel):
    """ipykernel's kernel without what only a user at a screen needs."""

    shell_stream = AnyTrait()
    shell_channel_thread = AnyTrait()
    _execute_sleep = Float(0)  # a flush is over when it returns: there is nothing to wait for

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def start(self) -> None:
        """Be ready for requests, which `answer` takes: there are no sockets to listen on."""
        self.io_loop = IOLoop.current()
        self._streams = sys.stdout, sys.stderr
        if self.shell is not None:
            self.shell.exit_now = False

    async def answer(self, request: list[bytes]) -> None:
        """Do what one request asks, and send the answer."""
        try:
            await self.dispatch_shell([zmq.Frame(part) for part in request])
        except Exception:  # what was said last could not be sent, which was answered already
            self._publish_status("idle", "shell")

    async def execute_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """Run a cell; what keeps its answer from being sent is the answer."""
        sent = stream.sent
        try:
            await super().execute_request(stream, ident, parent)
        except Exception as error:
            if stream.sent > sent or self.session is None:
                raise
            sys.stdout, sys.stderr = self._streams  # a cell's own ones may be what failed
            content = {
                "ename": type(error).__name__,
                "evalue": str(error),
                "traceback": traceback.format_exception(error),
            }
            self.session.send(self.iopub_socket, "error", content, parent)
            reply = {"status": "error", "execution_count": self.execution_count, **content}
            self.session.send(stream, "execute_reply", reply, parent, ident=ident)

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """One request at a time is sent, so none is waiting when a cell fails."""


class ForkedKernelApp(IPKernelApp):
    """ipykernel's application over a `Wire`: what opens sockets and files is left out."""

    wire = AnyTrait()
    outstream_class = DottedObjectName(f"{Stream.__module__}.{Stream.__name__}")

    @default("session")
    def _make_session(self) -> Session:
        return _Session(parent=self)

    def init_connection_file(self) -> None:
        """Nothing: there is no file that says where to connect."""

    def init_poller(self) -> None:
        """Nothing: whoever started this process ends it."""

    def init_heartbeat(self) -> None:
        """Nothing: the end of the socket tells of the end of the kernel."""

    def write_connection_file(self, **_: Any) -> None:
        """Nothing: there is no file that says where to connect."""

    def log_connection_info(self) -> None:
        """Nothing: there is no file that says where to connect."""

    def init_sockets(self) -> None:
        """Make what output is sent by."""
        self.session.key = b""  # nobody else has this socket
        context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.context = context
        self.configure_tornado_logger()
        self.iopub_socket = _Outlet(self.wire, _IOPUB, context)
        self.iopub_thread = Publisher(self.iopub_socket, pipe=True, session=self.session)
        self.iopub_thread.start()

    def init_kernel(self) -> None:
        """Make the kernel, whose answers go the same way."""
        self.kernel = ForkedKernel.instance(
            parent=self,
            session=self.session,
            shell_stream=_Outlet(self.wire, _SHELL, self.iopub_socket.context),
            # asked for the thread that cells run in
            shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
