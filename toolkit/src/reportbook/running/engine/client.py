"""A forked kernel as nbclient sees it: a kernel manager and a kernel client over one socket."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.client import KernelClient
from nbclient.exceptions import DeadKernelError

from reportbook.running.engine.warm import Child, fork
from reportbook.running.engine.wire import Unpacker, pack

_KERNEL = "reportbook.running.engine.kernel:main"
_SHELL, _IOPUB = 0, 1  # as in the kernel, whose module brings in all of ipykernel
_AT_ONCE = 1 << 20
_SECONDS_TO_END = 5
_SECONDS_TO_READ = 1  # how long the last messages of a kernel that ended may lie unread


class TooMuchOutput(Exception):
    """A cell has written more than it may."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a cell wrote more than {limit} bytes of output")


class _Channel:
    """What has arrived on one channel, and what is sent on it."""

    def __init__(self, client: ForkedKernelClient) -> None:
        self._client = client
        self.arrived: deque[dict[str, Any]] = deque()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message to the kernel."""
        self._client.send(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message.

        Raises
        ------
        Empty
            After `timeout` seconds without one.
        DeadKernelError
            If the kernel has ended.
        TooMuchOutput
            If it was ended because a cell wrote more than it may.
        """
        until = None if timeout is None else asyncio.get_running_loop().time() + timeout
        while not self.arrived:
            await self._client.more(self, until)
        return self.arrived.popleft()


class ForkedKernelClient(KernelClient):
    """Speaks Jupyter's messages with a forked kernel.

    From one request to the next the kernel may send `output_limit` bytes, read or not; None for any
    number. One that sends more is ended at once, before this process holds it all.
    """

    def __init__(self, child: Child, output_limit: int | None = None) -> None:
        super().__init__()
        self._limit, self._received = output_limit, 0
        self.session.key = b""  # nobody else has this socket
        self._child = child
        self._channels = (_Channel(self), _Channel(self))
        self._unpacker = Unpacker()
        self._changed = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False
        self._unanswered = 0
        self._unread: int | None = None  # messages, once the kernel has ended
        self._unread_since = 0.0

    @property
    def shell_channel(self) -> _Channel:
        """Requests and their answers."""
        return self._channels[_SHELL]

    @property
    def iopub_channel(self) -> _Channel:
        """What the kernel says while it works."""
        return self._channels[_IOPUB]

    @property
    def is_idle(self) -> bool:
        """Whether every request was answered."""
        return not self._unanswered

    def start_channels(self, *channels: bool, **more: bool) -> None:
        """Nothing to start: the socket is there from the beginning."""

    def stop_channels(self) -> None:
        """Do not listen any more."""
        if self._loop is not None:
            self._loop.remove_reader(self._child.connection)
            self._loop = None

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing to wait for: what is sent before the kernel listens is not lost."""

    async def is_alive(self) -> bool:
        """Whether the kernel has not ended yet."""
        return not self._ended

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a request; that the kernel has ended, the wait for the answer finds out."""
        parts = [bytes(memoryview(part)) for part in self.session.serialize(message)]
        parts += [bytes(memoryview(part)) for part in message.get("buffers") or ()]
        connection = self._child.connection
        connection.setblocking(True)
        try:
            connection.sendall(pack(_SHELL, parts))
        except ConnectionError:  # to read finds the end, after what was sent before it
            return
        finally:
            connection.setblocking(False)
        self._unanswered += 1
        self._received = 0

    async def becomes_idle(self, seconds: float) -> bool:
        """Whether every request is answered, and all output read, within `seconds`."""
        until = asyncio.get_running_loop().time() + seconds
        try:
            while not self.is_idle or self.iopub_channel.arrived:
                await self.more(self.shell_channel, until)
        except (Empty, DeadKernelError, TooMuchOutput):
            return False
        return True

    def ask_to_end(self) -> bool:
        """Send the message that ends a kernel; False if it has ended already."""
        self.stop_channels()
        self._child.connection.setblocking(True)
        try:
            self._child.connection.sendall(pack(_SHELL, []))
        except OSError:
            return False
        return True

    async def more(self, channel: _Channel, until: float | None) -> None:
        """Wait until something has arrived for any channel.

        Parameters
        ----------
        channel
            The one that is waited for.
        until
            The loop's time at which to stop waiting; None for never.

        Raises
        ------
        Empty
            If that time has come.
        DeadKernelError
            If the kernel has ended, and the last messages on the other channel were read, or lie
            unread for a second: then nobody reads that channel.
        """
        loop = asyncio.get_running_loop()
        if self._limit is not None and self._received > self._limit:
            raise TooMuchOutput(self._limit)
        if self._loop is None and not self._ended:
            self._loop = loop
            self._child.connection.setblocking(False)
            loop.add_reader(self._child.connection, self._read)
        if until is not None and loop.time() > until:
            raise Empty
        if self._ended:
            self._stop_if_nobody_reads(channel, loop.time())
            await asyncio.sleep(0.001)
            return
        self._changed.clear()
        try:
            left = None if until is None else until - loop.time()
            await asyncio.wait_for(self._changed.wait(), left)
        except TimeoutError:
            raise Empty from None

    def _stop_if_nobody_reads(self, channel: _Channel, now: float) -> None:
        # of both channels: those who wait on one each would else see two numbers by turns, and
        # take that for progress; nothing arrives any more, so this one only falls
        unread = sum(len(each.arrived) for each in self._channels)
        if self._unread is None or unread < self._unread:
            self._unread, self._unread_since = unread, now
        if unread == len(channel.arrived) or now - self._unread_since > _SECONDS_TO_READ:
            raise DeadKernelError("Kernel died")

    def _read(self) -> None:
        try:
            data = self._child.connection.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._received += len(data)
        if self._limit is not None and self._received > self._limit:
            self._child.signal(signal.SIGKILL)
            data = b""
            self.iopub_channel.arrived.clear()
        if not data:
            self._ended = True
            if self._loop is not None:
                self._loop.remove_reader(self._child.connection)
        for number, parts in self._unpacker.feed(data):
            _, rest = self.session.feed_identities(parts)
            self._channels[number].arrived.append(self.session.deserialize(rest))
            self._unanswered -= number == _SHELL
        self._changed.set()


class ForkedKernelManager:
    """Starts and ends one forked kernel; the part of a kernel manager that nbclient uses.

    Parameters
    ----------
    address
        Where the warm process listens.
    lent
        Whoever made this calls `end`, which waits for the kernel's end: then nbclient only asks
        the kernel to end, and does not wait.
    """

    ipykernel = True

    def __init__(self, address: str, *, lent: bool = False) -> None:
        self._address, self._lent = address, lent
        self.output_limit: int | None = None  # bytes that a cell may write
        self._child: Child | None = None
        self._client: ForkedKernelClient | None = None
        self._asked = False

    @property
    def has_kernel(self) -> bool:
        """Whether a kernel was started."""
        return self._child is not None

    def start_kernel(
        self,
        extra_arguments: Sequence[str] = (),
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        **_: Any,
    ) -> None:
        """Fork a kernel; returns while it is still making itself ready."""
        folder = Path(cwd or Path.cwd()).resolve()
        environment = {**(os.environ if env is None else env), "JPY_PARENT_PID": str(os.getpid())}
        arguments = list(extra_arguments)
        self._child = fork(
            self._address, _KERNEL, arguments, folder=folder, environment=environment
        )

    def client(self) -> ForkedKernelClient:
        """A client that speaks with the kernel."""
        self._client = ForkedKernelClient(self._started(), self.output_limit)
        return self._client

    def is_alive(self) -> bool:
        """Whether the kernel was started and has not ended yet."""
        return self._child is not None and not self._child.has_ended

    def interrupt_kernel(self) -> None:
        """Stop what the kernel does, as Ctrl-C would."""
        self._started().signal(signal.SIGINT)

    def _started(self) -> Child:
        if self._child is None:
            raise RuntimeError("No kernel is running!")  # nbclient knows these words
        return self._child

    async def shutdown_kernel(self, now: bool = False) -> None:
        """Interrupt what the kernel does, and ask it to end; by force if it does not."""
        client = self._client
        if not now and client is not None:
            if not client.is_idle:
                self.interrupt_kernel()
                now = not await client.becomes_idle(_SECONDS_TO_END)
            now = now or not client.ask_to_end()
            self._asked = not now
        if now or not self._lent:
            self.end()

    def cleanup_resources(self) -> None:
        """Do not listen to the kernel any more, and end it if nobody else will."""
        if self._client is not None:
            self._client.stop_channels()
        if not self._lent:
            self.end()

    def end(self) -> None:
        """Wait until the kernel has ended; by force if it was not asked to end, or does not."""
        if self._client is not None:
            self._client.stop_channels()  # before the socket is closed
        if self._child is not None:
            self._child.end(_SECONDS_TO_END if self._asked else 0)
            self._child = None
