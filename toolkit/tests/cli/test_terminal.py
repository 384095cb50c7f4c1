import io

import pytest
from rich.console import Console

from reportbook.cli.terminal import Tally, duration, shown_progress
from reportbook.commands.progress import Outcome, RunPurpose
from reportbook.report.editions import Edition
from reportbook.running.tasks import Failure, Run, Task

PEOPLE = RunPurpose("2020", "notebooks/people")
MONEY = RunPurpose("2020", "notebooks/money")


def work(progress):
    progress.starts(4, 1)
    for _ in range(2):
        progress.ran(MONEY, Run(Task("a", "b"), 0.0, remembered=True))
    progress.running(PEOPLE)
    progress.ran(PEOPLE, Run(Task("a", "b"), 1.25, Failure("ValueError", "[no] figure", 2, 3)))
    progress.running(RunPurpose("2020", "notebooks/slow"))
    progress.building("2020")
    progress.built(Outcome(Edition("2020", "", None, {}, {})), 2.0)


def said(terminal):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=80)
    with shown_progress(console) as progress:
        work(progress)
    return stream.getvalue()


def test_plain_lines_where_there_is_no_terminal():
    assert said(False).splitlines() == [
        "2 notebook runs fresh, taken as remembered",
        "2020  notebooks/people  failed: code cell 2, line 3: ValueError: [no] figure  1.2 s",
        "2020  book  built  2.0 s",
    ]


def test_the_same_lines_above_a_board_on_a_terminal():
    shown = said(True)
    assert "2020  book  built  2.0 s" in shown
    assert "\x1b[" in shown
    assert "notebooks/slow" in shown
    assert "4 of 5, 2 fresh, about" in shown
    assert "1 failed" in shown


def test_what_is_left_takes_as_long_as_what_was_done(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("reportbook.cli.terminal.time.monotonic", lambda: clock[0])
    tally = Tally()
    tally.total = 8
    assert tally.seconds_left is None
    tally.ended("a", "1", 0.0, fresh=True, failed=False)  # says nothing about how long work takes
    assert tally.seconds_left is None
    tally.begins("a", "2")
    tally.begins("a", "3")
    tally.ended("a", "2", 10.0, fresh=False, failed=False)
    tally.begins("a", "4")
    clock[0] = 4.0
    # 6 of 10 s each are left, two of them are 4 s old, two are done at once: (60 - 8) / 2
    assert tally.seconds_left == 26.0
    clock[0] = 100.0  # what takes longer than usual is taken to end soon
    assert tally.seconds_left == 20.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (754, "13 min"), (7500, "2 h 5 min")],
)
def test_durations_are_said_as_people_do(seconds, words):
    assert duration(seconds) == words
