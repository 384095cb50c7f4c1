import io

from rich.console import Console

from reportbook.build import Outcome
from reportbook.editions import Edition
from reportbook.execution import Failure, Run, Task
from reportbook.progress import shown_progress


def work(progress):
    run = Run(Task("a", "b"), 1.25, Failure("ValueError", "[no] figure", 2, 3))
    progress.starts(1, 1)
    progress.running("2020", "notebooks/people")
    progress.ran("2020", "notebooks/people", run)
    progress.building("2020")
    progress.built(Outcome(Edition("2020", "", None, {}, {})), 2.0)


def said(terminal):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=60)
    with shown_progress(console) as progress:
        work(progress)
    return stream.getvalue()


def test_plain_lines_where_there_is_no_terminal():
    assert said(False).splitlines() == [
        "2020  notebooks/people  failed: code cell 2, line 3: ValueError: [no] figure  1.2 s",
        "2020  book  built  2.0 s",
    ]


def test_the_same_lines_above_a_bar_on_a_terminal():
    shown = said(True)
    assert "2020  book  built  2.0 s" in shown
    assert "\x1b[" in shown
