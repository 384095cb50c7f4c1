"""In a forked child: an IPython kernel that talks over the child's socket.

It is ipykernel's own kernel, shell, streams and message format, so that a notebook finds everything
it would find in a kernel of its own; only the ways in and out are other: one socket in place of
five, no connection file, no heartbeat. `of_ipykernel` says what is changed for that.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading

from reportbook.running.engine import of_matplotlib
from reportbook.running.engine.of_ipykernel import ForkedKernelApp
from reportbook.running.engine.wire import Wire


def main(connection: socket.socket, arguments: list[str]) -> None:
    """Be a kernel until a message of no parts asks for the end, or the other side is gone."""
    of_matplotlib.hide()
    app = ForkedKernelApp.instance()
    app.wire = Wire(connection)
    app.initialize(arguments)
    asyncio.run(_serve(app))


async def _serve(app: ForkedKernelApp) -> None:
    app.kernel.start()
    loop = asyncio.get_running_loop()
    requests: asyncio.Queue[list[bytes]] = asyncio.Queue()

    def read() -> None:
        # in a thread, for a cell may keep the loop from running
        while (message := app.wire.receive()) is not None:
            loop.call_soon_threadsafe(requests.put_nowait, message[1])
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=read, name="Wire", daemon=True).start()
    while request := await requests.get():
        await app.kernel.answer(request)
