"""A page is asked for again where that may help, and refused where something else came."""

import datetime
import threading
from email.utils import format_datetime

import pytest
from answering import Answer, answering

from reportbook.errors import ReportError
from reportbook.snapshots.asking import ATTEMPTS, Asking, Unusable

GOOD = Answer({"items": [1]})


def ask(answers, *, pause=0.0):
    """The document, the waits, and how often it was asked; the last answer is repeated."""
    waits = []
    with (
        answering(lambda path, before: answers[min(before, len(answers) - 1)]) as server,
        Asking(pause, wait=waits.append) as asking,
    ):
        try:
            _, document = asking.page(f"{server.address}x", say=lambda said: None)
        except ReportError as error:
            document = error
    return document, [each for each in waits if each], len(server.asked)


def test_a_page_comes_at_once():
    assert ask([GOOD]) == ({"items": [1]}, [], 1)


@pytest.mark.parametrize(
    "bad",
    [
        Answer(status=503),
        Answer(status=500),
        Answer({"items": [1, 2]}, cut=5),
        Answer(b'{"items": [1, '),
    ],
    ids=["503", "500", "cut connection", "cut document"],
)
def test_what_may_pass_is_asked_again_after_longer_and_longer_waits(bad):
    assert ask([bad, bad, bad, GOOD]) == ({"items": [1]}, [1.0, 2.0, 4.0], 4)


def test_a_service_says_how_long_it_wants_to_be_left_alone():
    assert ask([Answer(status=429, headers={"Retry-After": "17"}), GOOD])[1] == [17.0]
    when = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=100)
    until = Answer(status=503, headers={"Retry-After": format_datetime(when, usegmt=True)})
    ((wait,), times) = ask([until, GOOD])[1:]
    assert (90 < wait <= 100, times) == (True, 2)


def test_a_service_that_wants_an_hour_is_left_alone():
    error, waits, times = ask([Answer(status=429, headers={"Retry-After": "3600"})])
    assert (waits, times) == ([], 1)
    assert "was asked 1 time in vain: the service answers 429 Too Many Requests." in str(error)


def test_it_is_not_asked_for_ever():
    error, waits, times = ask([Answer(status=502)])
    assert times == ATTEMPTS
    assert waits == [1.0, 2.0, 4.0, 8.0]
    assert "the same command takes up from there" in str(error)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (Answer({"error": "no such country"}, status=400), "400 Bad Request. It says: {\"error\""),
        (Answer(status=404), "answers 404 Not Found. It says: nothing"),
        (Answer(b"<html><script>x</script><h1>Down for&nbsp;repair</h1>"),
         "a page for a browser came in place of data. It says: Down for"),
        (Answer(status=302, headers={"Location": "https://example.org/"}), "answers 302 Found"),
    ],
    ids=["400", "404", "page", "led elsewhere"],
)  # fmt: skip
def test_what_does_not_pass_is_refused_at_once_with_what_it_says(bad, said):
    error, waits, times = ask([bad])
    assert isinstance(error, Unusable)
    assert (waits, times) == ([], 1)
    assert said in str(error)
    assert error.content == bad.content


def test_a_machine_that_is_not_there_is_said():
    with answering(lambda path, before: GOOD) as server:
        gone = server.address
    with (
        Asking(0, wait=lambda seconds: None) as asking,
        pytest.raises(ReportError, match="in vain: it cannot be reached"),
    ):
        asking.page(gone, say=lambda said: None)


def test_an_answer_that_does_not_come_is_given_up_and_asked_for_again():
    late = threading.Event()

    def answer(path, before):
        if not before:
            late.wait(10)
        return GOOD

    with (
        answering(answer) as server,
        Asking(0, timeout=0.2, wait=lambda seconds: None) as asking,
    ):
        _, document = asking.page(server.address, say=lambda said: late.set())
    assert document == {"items": [1]}


def test_requests_keep_their_distance():
    waits = []
    with (
        answering(lambda path, before: GOOD) as server,
        Asking(60.0, wait=waits.append) as asking,
    ):
        for _ in range(2):
            asking.page(server.address, say=lambda said: None)
    assert waits[0] == 0.0
    assert 50 < waits[1] <= 60
