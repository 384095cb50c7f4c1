import asyncio
import socket
from contextlib import suppress

import pytest
from nbclient.exceptions import DeadKernelError

from reportbook.running.engine.client import ForkedKernelClient
from reportbook.running.engine.warm import Child, can_fork
from reportbook.running.engine.wire import pack

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system does not fork safely")
SHELL, IOPUB = 0, 1


def ended_after(*channels):
    """A client whose kernel said something on each of `channels`, and ended."""
    ours, theirs = socket.socketpair()
    client = ForkedKernelClient(Child(ours, pid=1 << 30))
    for channel in channels:
        theirs.sendall(pack(channel, client.session.serialize(client.session.msg("status", {}))))
    theirs.close()
    return client


async def read(channel, most):
    """Read up to `most` messages, as long as there are any; how many there were."""
    for number in range(most):
        with suppress(DeadKernelError):
            await channel.get_msg(timeout=None)
            continue
        return number
    return most


@pytest.mark.parametrize("said", [(), (SHELL,), (IOPUB,), (SHELL, IOPUB, IOPUB)])
@pytest.mark.parametrize("shell", [0, 1, 9])
@pytest.mark.parametrize("iopub", [0, 1, 9])
def test_every_wait_for_a_kernel_that_ended_ends_whatever_lies_unread(
    said, shell, iopub, monkeypatch
):
    monkeypatch.setattr("reportbook.running.engine.client._SECONDS_TO_READ", 0.05)

    async def both():
        client = ended_after(*said)
        reading = read(client.shell_channel, shell), read(client.iopub_channel, iopub)
        found = await asyncio.wait_for(asyncio.gather(*reading), 20)
        await asyncio.wait_for(client.becomes_idle(20), 10)
        return found

    # what was said before the end is read by those who wait for it
    expected = [min(shell, said.count(SHELL)), min(iopub, said.count(IOPUB))]
    assert asyncio.run(both()) == expected
