"""What tests have a warm process do: functions that a child finds by name."""

import os
import signal
import subprocess
import sys
import time
from importlib.machinery import SourceFileLoader


def loaded():
    return [
        name
        for name in ("fractions", "numpy", "reportbook.book.jupyter_book")
        if name in sys.modules
    ]


def loader():
    return SourceFileLoader.get_code.__name__


def leave(name):
    sys.modules[name] = None
    os.environ[name] = "left"


def found(name):
    return name in sys.modules or name in os.environ


def draws():
    import random

    import numpy

    return random.random(), numpy.random.random()


def start_and_leave():
    return subprocess.Popen(["sleep", "600"]).pid


def leave_in_a_session(how):
    """The number of a process that no group of ours holds."""
    if how == "started":
        return subprocess.Popen(["sleep", "600"], start_new_session=True).pid
    if how == "without a parent":
        code = "import subprocess as s; print(s.Popen(['sleep', '600'], stdout=-3).pid)"
        command = [sys.executable, "-c", code]
        return int(subprocess.run(command, start_new_session=True, stdout=-1, check=True).stdout)
    found = os.fork()
    if not found:
        os.setsid()
        time.sleep(600)
    return found


def wait_for_ever(connection, given):
    time.sleep(600)


def modules():
    return sorted(sys.modules)


def write_for_ever(connection, given):
    while True:
        connection.sendall(b"x" * 1000)


def say_and_leave_one_that_holds_the_socket(connection, given):
    if (left := os.fork()) == 0:
        os.setsid()  # in no group that is ended
        time.sleep(60)
        os._exit(0)
    connection.sendall(str(left).encode())
    os.kill(os.getpid(), signal.SIGKILL)


def import_path():
    return sys.path
