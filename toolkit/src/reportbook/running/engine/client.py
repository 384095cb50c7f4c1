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


class _Channel:
    """What has arrived on one channel, and what is sent on it."""

    def __init__(self, client: ForkedKernelClient) -> None:
        self._client = client
        self.arrived: deque[dict[str, Any]] = deque()

    def send(self, message: Mapping[str, Any]) -> None:
        self._client.send(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; raises `Empty` after `timeout` seconds without one."""
        until = None if timeout is None else asyncio.get_running_loop().time() + timeout
        while not self.arrived:
            await self._client.more(self, until)
        return self.arrived.popleft()


class ForkedKernelClient(KernelClient):
    """Speaks Jupyter's messages with a forked kernel."""

    def __init__(self, child: Child) -> None:
        super().__init__()
        self.session.key = b""  # nobody else has this socket
        self._child = child
        self._channels = (_Channel(self), _Channel(self))
        self._unpacker = Unpacker()
        self._changed: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False
        self._unanswered = 0

    @property
    def shell_channel(self) -> _Channel:  # type: ignore[override]
        return self._channels[_SHELL]

    @property
    def iopub_channel(self) -> _Channel:  # type: ignore[override]
        return self._channels[_IOPUB]

    @property
    def is_idle(self) -> bool:
        """Whether every request was answered."""
        return not self._unanswered

    def start_channels(self, *channels: bool, **more: bool) -> None:
        """Nothing to start: the socket is there from the beginning."""

    def stop_channels(self) -> None:
        if self._loop is not None:
            self._loop.remove_reader(self._child.connection)
            self._loop = None

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing to wait for: what is sent before the kernel listens is not lost."""

    async def is_alive(self) -> bool:
        return not self._ended

    def send(self, message: Mapping[str, Any]) -> None:
        parts = [bytes(memoryview(part)) for part in self.session.serialize(message)]
        parts += [bytes(memoryview(part)) for part in message.get("buffers") or ()]
        connection = self._child.connection
        connection.setblocking(True)
        try:
            connection.sendall(pack(_SHELL, parts))
        except ConnectionError:  # reading will find the end, after what was said before it
            return
        finally:
            connection.setblocking(False)
        self._unanswered += 1

    async def becomes_idle(self, seconds: float) -> bool:
        """Whether every request is answered within `seconds`; what is said until then is read."""
        until = asyncio.get_running_loop().time() + seconds
        try:
            while not self.is_idle or self.iopub_channel.arrived:
                await self.more(self.shell_channel, until)
        except (Empty, DeadKernelError):
            return False
        return True

    def ask_to_end(self) -> bool:
        """Send the message that ends a kernel; False if there is none to hear it."""
        self.stop_channels()
        self._child.connection.setblocking(True)
        try:
            self._child.connection.sendall(pack(_SHELL, []))
        except OSError:
            return False
        return True

    async def more(self, channel: _Channel, until: float | None) -> None:
        """Wait until something has arrived for any channel, or the kernel has ended."""
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop, self._changed = loop, asyncio.Event()
            self._child.connection.setblocking(False)
            loop.add_reader(self._child.connection, self._read)
        if self._ended:
            others = [each for each in self._channels if each is not channel]
            if any(each.arrived for each in others):  # heard out before the death is told
                await asyncio.sleep(0)
                return
            raise DeadKernelError("Kernel died")
        self._changed.clear()
        try:
            left = None if until is None else max(0, until - loop.time())
            await asyncio.wait_for(self._changed.wait(), left)
        except TimeoutError:
            raise Empty from None

    def _read(self) -> None:
        try:
            data = self._child.connection.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._ended = True
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
        Whoever made this sees the kernel ended, by `end`: nbclient only asks it to end, and need
        not wait for that.
    """

    ipykernel = True

    def __init__(self, address: str, *, lent: bool = False) -> None:
        self._address, self._lent = address, lent
        self._child: Child | None = None
        self._client: ForkedKernelClient | None = None
        self._asked = False

    @property
    def has_kernel(self) -> bool:
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
        self._client = ForkedKernelClient(self._child)
        return self._client

    def is_alive(self) -> bool:
        return self._child is not None and not self._child.has_ended

    def interrupt_kernel(self) -> None:
        self._child.signal(signal.SIGINT)

    async def shutdown_kernel(self, now: bool = False) -> None:
        """Interrupt what the kernel does, and ask it to end; by force if it does not."""
        client = self._client
        if not now and client is not None:
            if not client.is_idle:
                self._child.signal(signal.SIGINT)
                now = not await client.becomes_idle(_SECONDS_TO_END)
            now = now or not client.ask_to_end()
            self._asked = not now
        if now or not self._lent:
            self.end()

    def cleanup_resources(self) -> None:
        if self._client is not None:
            self._client.stop_channels()
        if not self._lent:
            self.end()

    def end(self) -> None:
        """See the kernel ended: by itself if it was asked to, by force if it was not."""
        if self._child is not None:
            self._child.end(_SECONDS_TO_END if self._asked else 0)
            self._child = None
