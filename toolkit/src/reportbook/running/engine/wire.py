"""Messages between a process and the child that was forked for it, over one Unix socket.

A message is a channel and any number of byte strings. The socket is closed by the end of either
side, so both learn of the other's end at once.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Sequence

_HEAD = struct.Struct("!BI")  # channel, number of parts
_LENGTH = struct.Struct("!Q")
_AT_ONCE = 1 << 18


def pack(channel: int, parts: Sequence[bytes]) -> bytes:
    """A message as it travels."""
    lengths = b"".join(_LENGTH.pack(len(part)) for part in parts)
    return b"".join((_HEAD.pack(channel, len(parts)), lengths, *parts))


class Unpacker:
    """Takes bytes as they arrive and gives back the messages that are complete."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, list[bytes]]]:
        """Messages, as (channel, parts), that `data` completes."""
        self._buffer += data
        while (message := self._take()) is not None:
            yield message

    def _take(self) -> tuple[int, list[bytes]] | None:
        have = len(self._buffer)
        if have < _HEAD.size:
            return None
        channel, count = _HEAD.unpack_from(self._buffer)
        start = _HEAD.size + count * _LENGTH.size
        if have < start:
            return None
        lengths = [
            _LENGTH.unpack_from(self._buffer, _HEAD.size + number * _LENGTH.size)[0]
            for number in range(count)
        ]
        end = start + sum(lengths)
        if have < end:
            return None
        parts = []
        for length in lengths:
            parts.append(bytes(self._buffer[start : start + length]))
            start += length
        del self._buffer[:end]
        return channel, parts


class Wire:
    """One end of the socket, for blocking use; several threads may send."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._sending = threading.Lock()
        self._unpacker = Unpacker()
        self._waiting: list[tuple[int, list[bytes]]] = []

    def send(self, channel: int, parts: Sequence[bytes]) -> None:
        """Send a message whole; raises OSError when the other side is gone."""
        data = pack(channel, parts)
        with self._sending:
            self.connection.sendall(data)

    def receive(self) -> tuple[int, list[bytes]] | None:
        """The next message; None when the other side has ended."""
        while not self._waiting:
            try:
                data = self.connection.recv(_AT_ONCE)
            except ConnectionError:
                return None
            if not data:
                return None
            self._waiting += self._unpacker.feed(data)
        return self._waiting.pop(0)
