"""In a forked kernel: standard output and error without a detour through another thread.

ipykernel hands every message to a thread that owns the ZeroMQ socket and waits for it at each
flush, four times a cell. A `Wire` may be written from any thread, so here whoever has something to
say sends it. The thread stays for what comes late: flushes after a while, and output of processes
that a cell forks.
"""

from __future__ import annotations

import codecs
import os
import select
import sys
import threading
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

_PIPE = 1 << 16  # what a pipe holds at the most


class Publisher(IOPubThread):
    """ipykernel's thread for messages, which sends at once what this process says."""

    def send_multipart(self, *args: Any, **kwargs: Any) -> None:
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
            while self._should_watch:
                select.select([self._fid], [], [])
                with self._sending:
                    self._take()
        except Exception:
            self._exc = sys.exc_info()

    def _take(self) -> None:
        """Read what was written to the descriptor until now, by whatever program."""
        if self._should_watch and select.select([self._fid], [], [], 0)[0]:
            data = os.read(self._fid, _PIPE)
            os.write(self._original_stdstream_copy, data)
            self.write(self._decoder.decode(data))
