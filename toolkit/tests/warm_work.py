"""What tests have a warm process do: functions that a child finds by name."""

import os
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


def wait_for_ever(connection, given):
    time.sleep(600)


def modules():
    return sorted(sys.modules)
